//! How a watch ends.

use jiff::{SignedDuration, Timestamp};

use crate::ecs::RollbackInitiator;
use crate::exit::Exit;
use crate::model::Ending;

/// The one verdict on a rollout. What AWS said is kept word for word.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The revision asked for runs: all of it, alone, and it keeps running.
    Stable {
        /// False when no task had to run, so that nothing proves that it works.
        exercised: bool,
    },
    /// The traffic is on the revision asked for (`--until deployed`): not final.
    Deployed {
        /// False when no task had to run.
        exercised: bool,
    },
    /// Nothing was changed, and what is there is as it should be.
    Unchanged {
        /// False when no task had to run.
        exercised: bool,
    },
    /// Failed, and an older revision took its place again.
    RolledBack {
        /// What runs again: `web:41`.
        to: Option<String>,
        /// Whether the older revision is all up. False when the watch ended before.
        complete: bool,
        /// What made ECS go back.
        by: RollbackInitiator,
        /// AWS's words.
        reason: Option<String>,
    },
    /// Failed, and not rolled back.
    Failed {
        /// How.
        how: FailureKind,
        /// AWS's words.
        reason: Option<String>,
    },
    /// There is no service to watch, and nobody has said that there was.
    Absent {
        /// One was deleted, and its tasks still stop.
        draining: bool,
    },
    /// Somebody stopped it.
    Stopped {
        /// AWS's words.
        reason: Option<String>,
    },
    /// Another deployment took its place.
    Superseded {
        /// `ecs-svc/N`.
        by: Option<String>,
        /// `web:44`.
        definition: Option<String>,
        /// When that one was created.
        at: Option<Timestamp>,
    },
    /// A lifecycle hook waits for somebody's word.
    Paused {
        /// The hook's id.
        hook: String,
        /// The lifecycle stage.
        stage: Option<String>,
        /// When the hook times out.
        expires_at: Option<Timestamp>,
        /// What ECS does then: `CONTINUE` or `ROLLBACK`.
        then: Option<String>,
    },
    /// Out of time, still in progress; it goes on without us.
    TimedOut {
        /// How long it was watched.
        after: SignedDuration,
        /// What was still waited for.
        waiting_for: String,
        /// The last that AWS wrote about the service.
        last_event: Option<String>,
    },
}

/// The ways to fail without a rollback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// ECS gave it up: the circuit breaker or an alarm.
    GivenUp,
    /// Its tasks stop again and again, and ECS goes on trying.
    CrashLoop {
        /// How many stopped.
        failed: u64,
    },
    /// It was complete, and then its tasks crashed.
    CrashedAfter,
    /// ECS tried to roll it back, and failed at that.
    RollbackFailed,
    /// The service is gone.
    ServiceGone,
}

impl Verdict {
    /// Failed without a rollback.
    pub fn failed(how: FailureKind, reason: Option<String>) -> Self {
        Self::Failed { how, reason }
    }

    /// The exit code (design §4).
    pub fn exit(&self) -> Exit {
        match self {
            Self::Stable { .. } | Self::Deployed { .. } | Self::Unchanged { .. } => Exit::Done,
            Self::RolledBack { .. } | Self::Failed { .. } | Self::Stopped { .. } => Exit::Rollout,
            Self::Absent { .. } => Exit::Preflight,
            Self::Superseded { .. } => Exit::Superseded,
            Self::Paused { .. } => Exit::Paused,
            Self::TimedOut { .. } => Exit::TimedOut,
        }
    }

    /// How it reads in json.
    pub fn ending(&self) -> Ending {
        match self {
            Self::Stable { .. } | Self::Deployed { .. } => Ending::Done,
            Self::Unchanged { .. } => Ending::Unchanged,
            Self::RolledBack { complete: true, .. } => Ending::RolledBack,
            Self::RolledBack { complete: false, .. }
            | Self::Failed { .. }
            | Self::Absent { .. }
            | Self::Stopped { .. } => Ending::Failed,
            Self::Superseded { .. } => Ending::Superseded,
            Self::Paused { .. } => Ending::Paused,
            Self::TimedOut { .. } => Ending::TimedOut,
        }
    }

    /// Whether nothing of it is still under way.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Stable { .. }
            | Self::Unchanged { .. }
            | Self::Absent { .. }
            | Self::Stopped { .. }
            | Self::Superseded { .. } => true,
            Self::RolledBack { complete, .. } => *complete,
            Self::Failed { how, .. } => !matches!(how, FailureKind::CrashLoop { .. }),
            Self::Deployed { .. } | Self::Paused { .. } | Self::TimedOut { .. } => false,
        }
    }

    /// Whether tasks ran that prove something. Only an end in success can lack it.
    pub fn is_exercised(&self) -> bool {
        match self {
            Self::Stable { exercised } | Self::Deployed { exercised } | Self::Unchanged { exercised } => {
                *exercised
            }
            _ => true,
        }
    }

    /// AWS's own words on why it did not get through.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::RolledBack { reason, .. } | Self::Failed { reason, .. } | Self::Stopped { reason } => {
                reason.as_deref()
            }
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
                    waiting_for: String::new(),
                    last_event: None,
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
