//! The verdict on a rollout.

use jiff::{SignedDuration, Timestamp};

use crate::ecs::{ProtectedTask, RollbackInitiator};
use crate::exit::Exit;
use crate::model::Ending;

/// The verdict on a rollout. AWS's reasons are kept verbatim.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The requested revision is stable: all desired tasks run, old ones are gone, and the new ones keep running.
    Stable {
        /// False if the desired count is 0, so that nothing was proven to work.
        exercised: bool,
    },
    /// The requested revision is stable, except that old tasks keep running because they are protected from
    /// scale-in. Not final.
    Protected {
        /// False if the desired count is 0.
        exercised: bool,
        /// The old tasks.
        tasks: Vec<ProtectedTask>,
    },
    /// The requested revision receives the traffic (`--until deployed`). Not final.
    Deployed {
        /// False if the desired count is 0.
        exercised: bool,
    },
    /// Nothing was changed, and the service is in steady state.
    Unchanged {
        /// False if the desired count is 0.
        exercised: bool,
    },
    /// The rollout failed, and the previous revision was or is being restored.
    RolledBack {
        /// The restored revision: `web:41`.
        to: Option<String>,
        /// Whether the rollback completed; false if the watch ended earlier.
        complete: bool,
        /// What caused the rollback.
        by: RollbackInitiator,
        /// The reason from AWS.
        reason: Option<String>,
    },
    /// The rollout failed and was not rolled back.
    Failed {
        /// How the rollout failed.
        how: FailureKind,
        /// The reason from AWS.
        reason: Option<String>,
    },
    /// The service doesn't exist, and was not known to exist.
    Absent {
        /// Whether the service was deleted and its tasks are still stopping.
        draining: bool,
    },
    /// A user stopped the deployment.
    Stopped {
        /// The reason from AWS.
        reason: Option<String>,
    },
    /// A newer deployment replaced it.
    Superseded {
        /// The newer deployment: `ecs-svc/N`.
        by: Option<String>,
        /// The newer deployment's task definition: `web:44`.
        definition: Option<String>,
        /// When the newer deployment was created.
        at: Option<Timestamp>,
    },
    /// It completed, and a newer deployment has replaced it since. Only for runs that take turns.
    CompletedThenSuperseded {
        /// The newer deployment's task definition: `web:44`.
        definition: Option<String>,
        /// When the newer deployment was created.
        at: Option<Timestamp>,
    },
    /// Another deployment was in progress until time ran out, or replaced ours each time: the requested revision is not
    /// being deployed.
    OutOfTurn {
        /// How long the run waited for its turn.
        after: SignedDuration,
        /// What was in the way: `a deployment of service web is in progress: ecs-svc/1 of web:2`.
        blocked_by: Option<String>,
        /// How many deployments of ours were replaced before they completed.
        replaced: u32,
        /// Whether the service's tags were set.
        tagged: bool,
    },
    /// The rollout failed or was stopped, and a newer deployment replaced it, or replaced its rollback.
    FailedThenSuperseded {
        /// What ended the rollout.
        by: RollbackInitiator,
        /// The newer deployment's task definition: `web:44`.
        definition: Option<String>,
        /// When the newer deployment was created.
        at: Option<Timestamp>,
        /// AWS's reason for the failure.
        reason: Option<String>,
    },
    /// A lifecycle hook waits for approval.
    Paused {
        /// The hook's ID.
        hook: String,
        /// The lifecycle stage.
        stage: Option<String>,
        /// When the hook times out.
        expires_at: Option<Timestamp>,
        /// What ECS does when the hook times out: `CONTINUE` or `ROLLBACK`.
        then: Option<String>,
    },
    /// The watch timed out; the deployment continues.
    TimedOut {
        /// How long the rollout was watched.
        after: SignedDuration,
        /// The state of the rollout: `0 of 2 tasks running so far`, `waiting for 1 old task to stop`.
        state: String,
        /// The last service event.
        last_event: Option<String>,
        /// When ECS created that event.
        last_event_at: Option<Timestamp>,
    },
}

/// How a rollout failed without being rolled back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// ECS marked the deployment FAILED: circuit breaker or alarm.
    GivenUp,
    /// Tasks keep stopping, and ECS keeps retrying.
    CrashLoop {
        /// The number of stopped tasks.
        failed: u64,
    },
    /// Tasks crashed after the deployment had completed.
    CrashedAfter,
    /// The rollback failed too.
    RollbackFailed,
    /// The service no longer exists.
    ServiceGone,
}

impl Verdict {
    /// A failed verdict without a rollback.
    pub fn failed(how: FailureKind, reason: Option<String>) -> Self {
        Self::Failed { how, reason }
    }

    /// The exit code (`docs/design.md` §4.2).
    pub fn exit(&self) -> Exit {
        match self {
            Self::Stable { .. }
            | Self::Protected { .. }
            | Self::Deployed { .. }
            | Self::Unchanged { .. }
            | Self::CompletedThenSuperseded { .. } => Exit::Done,
            Self::RolledBack { .. }
            | Self::Failed { .. }
            | Self::Stopped { .. }
            | Self::FailedThenSuperseded { .. } => Exit::Rollout,
            Self::Absent { .. } => Exit::Preflight,
            Self::Superseded { .. } => Exit::Superseded,
            Self::Paused { .. } => Exit::Paused,
            Self::TimedOut { .. } | Self::OutOfTurn { .. } => Exit::TimedOut,
        }
    }

    /// The outcome in JSON.
    pub fn ending(&self) -> Ending {
        match self {
            Self::Stable { .. }
            | Self::Protected { .. }
            | Self::Deployed { .. }
            | Self::CompletedThenSuperseded { .. } => Ending::Done,
            Self::Unchanged { .. } => Ending::Unchanged,
            Self::RolledBack { complete: true, .. } => Ending::RolledBack,
            Self::RolledBack { complete: false, .. }
            | Self::Failed { .. }
            | Self::Absent { .. }
            | Self::Stopped { .. }
            | Self::FailedThenSuperseded { .. } => Ending::Failed,
            Self::Superseded { .. } => Ending::Superseded,
            Self::Paused { .. } => Ending::Paused,
            Self::TimedOut { .. } | Self::OutOfTurn { .. } => Ending::TimedOut,
        }
    }

    /// Whether nothing is in progress anymore.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Stable { .. }
            | Self::Unchanged { .. }
            | Self::Absent { .. }
            | Self::Stopped { .. }
            | Self::Superseded { .. }
            | Self::CompletedThenSuperseded { .. }
            | Self::FailedThenSuperseded { .. } => true,
            Self::RolledBack { complete, .. } => *complete,
            Self::Failed { how, .. } => !matches!(how, FailureKind::CrashLoop { .. }),
            Self::Protected { .. }
            | Self::Deployed { .. }
            | Self::Paused { .. }
            | Self::TimedOut { .. }
            | Self::OutOfTurn { .. } => false,
        }
    }

    /// Whether any tasks had to run. False only for successful verdicts.
    pub fn is_exercised(&self) -> bool {
        match self {
            Self::Stable { exercised }
            | Self::Protected { exercised, .. }
            | Self::Deployed { exercised }
            | Self::Unchanged { exercised } => *exercised,
            _ => true,
        }
    }

    /// Whether the rollback failed because ECS had no completed deployment to return to, in its own words.
    pub fn has_no_rollback_candidate(&self) -> bool {
        let Self::Failed {
            how: FailureKind::RollbackFailed,
            reason: Some(reason),
        } = self
        else {
            return false;
        };
        reason.to_ascii_lowercase().contains("no rollback candidate")
    }

    /// The reason from AWS for the failure.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::RolledBack { reason, .. }
            | Self::Failed { reason, .. }
            | Self::Stopped { reason }
            | Self::FailedThenSuperseded { reason, .. } => reason.as_deref(),
            Self::TimedOut { last_event, .. } => last_event.as_deref(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use FailureKind as Failed;

    #[test]
    fn every_verdict_has_its_exit_code_and_ending() {
        let rolled_back = |complete| Verdict::RolledBack {
            to: None,
            complete,
            by: RollbackInitiator::default(),
            reason: None,
        };
        let failed = |how| Verdict::Failed { how, reason: None };
        let rows = [
            (Verdict::Stable { exercised: true }, 0, Ending::Done, true),
            (
                Verdict::Protected {
                    exercised: true,
                    tasks: Vec::new(),
                },
                0,
                Ending::Done,
                false,
            ),
            (Verdict::Deployed { exercised: true }, 0, Ending::Done, false),
            (Verdict::Unchanged { exercised: true }, 0, Ending::Unchanged, true),
            (rolled_back(true), 5, Ending::RolledBack, true),
            (rolled_back(false), 5, Ending::Failed, false),
            (failed(Failed::GivenUp), 5, Ending::Failed, true),
            (failed(Failed::CrashLoop { failed: 3 }), 5, Ending::Failed, false),
            (failed(Failed::CrashedAfter), 5, Ending::Failed, true),
            (failed(Failed::RollbackFailed), 5, Ending::Failed, true),
            (failed(Failed::ServiceGone), 5, Ending::Failed, true),
            (Verdict::Absent { draining: true }, 3, Ending::Failed, true),
            (Verdict::Stopped { reason: None }, 5, Ending::Failed, true),
            (
                Verdict::Superseded {
                    by: None,
                    definition: None,
                    at: None,
                },
                7,
                Ending::Superseded,
                true,
            ),
            (
                Verdict::CompletedThenSuperseded {
                    definition: None,
                    at: None,
                },
                0,
                Ending::Done,
                true,
            ),
            (
                Verdict::OutOfTurn {
                    after: SignedDuration::from_mins(15),
                    blocked_by: None,
                    replaced: 0,
                    tagged: false,
                },
                6,
                Ending::TimedOut,
                false,
            ),
            (
                Verdict::FailedThenSuperseded {
                    by: RollbackInitiator::default(),
                    definition: None,
                    at: None,
                    reason: None,
                },
                5,
                Ending::Failed,
                true,
            ),
            (
                Verdict::Paused {
                    hook: "h".into(),
                    stage: None,
                    expires_at: None,
                    then: None,
                },
                9,
                Ending::Paused,
                false,
            ),
            (
                Verdict::TimedOut {
                    after: SignedDuration::from_mins(15),
                    state: String::new(),
                    last_event: None,
                    last_event_at: None,
                },
                6,
                Ending::TimedOut,
                false,
            ),
        ];
        for (verdict, code, ending, is_final) in rows {
            assert_eq!(verdict.exit().code(), code, "{verdict:?}");
            assert_eq!(verdict.ending(), ending, "{verdict:?}");
            assert_eq!(verdict.is_final(), is_final, "{verdict:?}");
        }
    }
}
