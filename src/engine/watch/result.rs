//! The result of watching one service, as data and as text.

use super::summary::{requested, summary};
use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::model::{
    ActionLogEntry, AvailableActions, Ending, ErrorReport, Event, PausedDeployment, ServiceOutcome,
    TaskFailure, prefixed,
};
use crate::verdict::{
    FailureKind, RequestedAction, RolloutCounts, Verdict, WatchRequest, WatchTarget, about_words, given_up,
};

/// Maximum number of entries of the action log in a result.
const LOGGED: usize = 5;

/// The result of one service.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceResult {
    /// The outcome for JSON.
    pub outcome: ServiceOutcome,
    /// The verdict.
    pub verdict: Verdict,
    /// The one-line summary.
    pub summary: String,
    /// Whether it already had this result, so that nothing was changed.
    pub found: bool,
    /// Why it failed although its deployment succeeded: a job after it did.
    pub failed_job: Option<(Exit, ErrorReport)>,
}

impl ServiceResult {
    /// Creates a result from a verdict and the last counts.
    pub fn new(
        request: &WatchRequest,
        counts: &RolloutCounts,
        mut failures: Vec<TaskFailure>,
        mut verdict: Verdict,
    ) -> Self {
        // The report counts the stopped tasks that were read; ECS may have counted others.
        let stopped = failures
            .iter()
            .filter(|it| it.task_id.is_some())
            .map(|it| it.count);
        let stopped: u64 = stopped.sum();
        if let Verdict::Failed {
            how: FailureKind::CrashLoop { failed },
            ..
        } = &mut verdict
            && stopped > 0
        {
            *failed = stopped;
        }
        let ours_runs = matches!(
            verdict,
            Verdict::Stable { .. }
                | Verdict::Protected { .. }
                | Verdict::Deployed { .. }
                | Verdict::Unchanged { .. }
        );
        let unexplained = failures.iter().all(|failure| failure.cause.is_none());
        let cause = verdict.reason().filter(|_| unexplained);
        let mut cause = cause.and_then(|reason| about_words(reason, &request.service));
        if has_failed_in_ecs(&verdict) {
            let of_tasks = failures.iter_mut().filter_map(|failure| failure.cause.as_mut());
            of_tasks
                .chain(&mut cause)
                .for_each(|cause| given_up(cause, &request.service));
        }
        let outcome = ServiceOutcome {
            name: request.service.clone(),
            outcome: verdict.ending(),
            requested: requested(request, counts).map(str::to_owned),
            task_definition: counts.definition.clone(),
            image: request.image.clone().filter(|_| ours_runs),
            deployment: counts.deployment.clone(),
            running: counts.running,
            pending: counts.pending,
            desired: counts.desired,
            is_final: verdict.is_final(),
            exercised: verdict.is_exercised(),
            reason: verdict.reason().map(str::to_owned),
            last_event_at: match &verdict {
                Verdict::TimedOut { last_event_at, .. } => last_event_at.map(|at| format!("{at:.0}")),
                _ => None,
            },
            recourse: recourse(request, counts, &verdict),
            cause,
            pause: pause(&verdict),
            alarms: Vec::new(),
            action_log: Vec::new(),
            failures,
        };
        Self {
            summary: summary(request, counts, &verdict),
            outcome,
            verdict,
            found: false,
            failed_job: None,
        }
    }

    /// The same service after a job failed that runs once it is stable.
    #[must_use]
    pub fn with_failed_job(mut self, failure: &Failure) -> Self {
        self.outcome.outcome = match failure.exit {
            Exit::TimedOut => Ending::TimedOut,
            _ => Ending::Failed,
        };
        self.outcome.reason = Some(failure.message.clone());
        self.summary = format!("{}, but {}", self.summary, failure.message);
        self.outcome.recourse = AvailableActions::Untouched;
        let report = ErrorReport {
            code: failure.code.to_owned(),
            message: failure.in_full(),
            resource: Some(self.outcome.name.clone()),
            hint: failure.hint.clone(),
            complete: None,
        };
        self.failed_job = Some((failure.exit, report));
        self
    }

    /// The result of a service that was deleted, or that did not exist.
    pub fn gone(service: &str, existed: bool) -> Self {
        let request = WatchRequest::new(service, WatchTarget::InFlight);
        let (verdict, summary) = match existed {
            true => (
                Verdict::Stable { exercised: false },
                format!("{service} is deleted"),
            ),
            false => (
                Verdict::Unchanged { exercised: false },
                format!("{service}: nothing to do, the service doesn't exist"),
            ),
        };
        Self {
            summary,
            ..Self::new(&request, &RolloutCounts::default(), Vec::new(), verdict)
        }
    }

    /// The same service with another verdict and these failures.
    #[must_use]
    pub fn judged(&self, request: &WatchRequest, failures: Vec<TaskFailure>, verdict: Verdict) -> Self {
        let counts = RolloutCounts {
            definition: self.outcome.task_definition.clone(),
            deployment: self.outcome.deployment.clone(),
            running: self.outcome.running,
            pending: self.outcome.pending,
            desired: self.outcome.desired,
            deploys: self.outcome.requested.clone(),
        };
        Self::new(request, &counts, failures, verdict)
    }

    /// Adds the triggered alarms if it failed.
    #[must_use]
    pub fn with_alarms(mut self, alarms: &[String]) -> Self {
        if self.exit() == Exit::Rollout {
            self.outcome.alarms = alarms.to_vec();
        }
        self
    }

    /// Adds the last entries of the action log that say more than ECS does elsewhere, if it didn't succeed. If no cause
    /// is known, the log may give one.
    #[must_use]
    pub fn with_action_log(mut self, entries: &[ActionLogEntry]) -> Self {
        if code(&self.verdict).is_none() {
            return self;
        }
        let mut news: Vec<ActionLogEntry> = Vec::new();
        for entry in entries {
            let is_like = |it: &ActionLogEntry| it.event == entry.event && it.reason == entry.reason;
            if !self.outcome.says(&entry.reason) && !news.iter().any(is_like) {
                news.push(entry.clone());
            }
        }
        news.drain(..news.len().saturating_sub(LOGGED));
        let is_explained = self.outcome.cause.is_some()
            || self
                .outcome
                .failures
                .iter()
                .any(|failure| failure.cause.is_some());
        if !is_explained {
            let service = &self.outcome.name;
            let mut cause = news.iter().find_map(|entry| about_words(&entry.reason, service));
            if has_failed_in_ecs(&self.verdict) {
                cause.iter_mut().for_each(|cause| given_up(cause, service));
            }
            self.outcome.cause = cause;
        }
        self.outcome.action_log = news;
        self
    }

    /// The event that reports it.
    pub fn event(&self) -> Event {
        Event::Ended {
            outcome: Box::new(self.outcome.clone()),
            summary: self.summary.clone(),
        }
    }

    /// The exit code for this result.
    pub fn exit(&self) -> Exit {
        match &self.failed_job {
            Some((exit, _)) => *exit,
            None => self.verdict.exit(),
        }
    }

    /// Why it failed, as an error; None if it succeeded. There is no hint: the suggestion depends on the
    /// command that was run.
    pub fn error(&self) -> Option<ErrorReport> {
        if let Some((_, report)) = &self.failed_job {
            return Some(report.clone());
        }
        let code = code(&self.verdict)?;
        let message = match self.verdict.reason() {
            Some(reason) if matches!(self.verdict, Verdict::TimedOut { .. }) => {
                let at = prefixed(" at ", self.outcome.last_event_at.as_deref());
                format!("{}; last service event{at}: {reason}", self.summary)
            }
            Some(reason) => format!("{}; AWS: {reason}", self.summary),
            None => self.summary.clone(),
        };
        Some(ErrorReport {
            code: code.to_owned(),
            message,
            resource: Some(self.outcome.name.clone()),
            hint: None,
            complete: None,
        })
    }
}

/// The actions still available, depending on the verdict, then on what was changed.
fn recourse(request: &WatchRequest, counts: &RolloutCounts, verdict: &Verdict) -> AvailableActions {
    match (verdict, &request.target) {
        (
            Verdict::Failed {
                how: FailureKind::ServiceGone,
                ..
            }
            | Verdict::Absent { .. },
            _,
        ) => AvailableActions::Gone,
        (Verdict::RolledBack { complete: false, .. }, _) => AvailableActions::Returning,
        (Verdict::OutOfTurn { .. }, _) => AvailableActions::OutOfTurn,
        // The previous revision still runs: nothing is to be rolled back.
        (
            Verdict::Stopped { .. }
            | Verdict::Failed {
                how: FailureKind::GivenUp,
                ..
            },
            WatchTarget::CodeDeploy { .. },
        ) if counts.definition.as_deref() != requested(request, counts) => AvailableActions::Nowhere,
        (Verdict::FailedThenSuperseded { .. }, _) => AvailableActions::Superseded,
        _ if let RequestedAction::Scale { from } = request.action => AvailableActions::Count(from),
        (_, WatchTarget::Started { previous: None, .. } | WatchTarget::Same { .. }) => {
            AvailableActions::Nowhere
        }
        _ => AvailableActions::Back,
    }
}

/// Whether ECS no longer starts tasks of the requested revision.
fn has_failed_in_ecs(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::RolledBack { .. }
        | Verdict::Stopped { .. }
        | Verdict::Superseded { .. }
        | Verdict::CompletedThenSuperseded { .. }
        | Verdict::FailedThenSuperseded { .. } => true,
        Verdict::Failed { how, .. } => {
            !matches!(how, FailureKind::CrashLoop { .. } | FailureKind::CrashedAfter)
        }
        _ => false,
    }
}

fn pause(verdict: &Verdict) -> Option<PausedDeployment> {
    let Verdict::Paused {
        hook,
        stage,
        expires_at,
        then,
    } = verdict
    else {
        return None;
    };
    Some(PausedDeployment {
        hook_id: hook.clone(),
        stage: stage.clone(),
        expires_at: expires_at.map(|at| at.to_string()),
        timeout_action: then.clone(),
    })
}

/// The stable error code for scripts.
fn code(verdict: &Verdict) -> Option<&'static str> {
    Some(match verdict {
        Verdict::Stable { .. }
        | Verdict::Protected { .. }
        | Verdict::Deployed { .. }
        | Verdict::Unchanged { .. }
        | Verdict::CompletedThenSuperseded { .. } => return None,
        Verdict::RolledBack { complete: true, .. } => "rolled-back",
        Verdict::RolledBack { complete: false, .. } => "rolling-back",
        Verdict::Failed { how, .. } => match how {
            FailureKind::GivenUp => "rollout-failed",
            FailureKind::CrashLoop { .. } => "crash-loop",
            FailureKind::CrashedAfter => "crashed-after-completion",
            FailureKind::RollbackFailed => "rollback-failed",
            FailureKind::ServiceGone => "service-gone",
        },
        Verdict::Absent { .. } => "no-such-service",
        Verdict::Stopped { .. } => "deployment-stopped",
        Verdict::Superseded { .. } => "superseded",
        Verdict::FailedThenSuperseded { .. } => "rollout-failed",
        Verdict::Paused { .. } => "paused",
        Verdict::TimedOut { .. } => "timed-out",
        Verdict::OutOfTurn { .. } => "in-progress",
    })
}
