//! The result of a run: of every service that was asked for.

use super::watch::{ServiceResult, Unwatchable, WatchProgress, WatchResult};
use crate::diagnostic::{Failure, Suggestion};
use crate::exit::Exit;
use crate::model::{AvailableActions, Ending, ErrorReport, ServiceOutcome, TaskFailure};

/// The result of every service that was asked for.
#[derive(Default)]
pub struct RunReport {
    /// Those that ended.
    pub services: Vec<ServiceResult>,
    /// Those that did not.
    pub unfinished: Vec<UnfinishedService>,
    /// Calls that failed.
    failures: Vec<Failure>,
    /// Those whose end can't be seen.
    unwatchable: Vec<Unwatchable>,
}

/// A service that did not end.
#[derive(Clone, Debug, PartialEq)]
pub struct UnfinishedService {
    /// Its name.
    pub service: String,
    /// Why.
    pub reason: UnfinishedReason,
    /// The revision that was being deployed, `web:43`, where one was.
    pub definition: Option<String>,
    /// Its tasks that had failed.
    pub failures: Vec<TaskFailure>,
}

/// Why a service did not end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnfinishedReason {
    /// It was not changed: the service of this name, which it depends on, did not become stable.
    DependencyFailed(String),
    /// It was not changed: a rollback was requested before it was started.
    NotStarted,
    /// A rollback was requested, and no deployment of it is in progress, nor has this run changed its task definition.
    NothingToRollBack,
    /// It goes on unwatched; a failure says why.
    Unwatched,
}

impl UnfinishedService {
    /// One of which nothing more is known.
    pub fn new(service: &str, reason: UnfinishedReason) -> Self {
        Self {
            service: service.to_owned(),
            reason,
            definition: None,
            failures: Vec::new(),
        }
    }

    /// One that goes on unwatched.
    pub fn unwatched(progress: &WatchProgress) -> Self {
        Self {
            service: progress.request.service.clone(),
            reason: UnfinishedReason::Unwatched,
            definition: progress.request.short_definition().map(str::to_owned),
            failures: progress.failures.clone(),
        }
    }

    /// What is worth a warning: nothing, where a failure says it.
    pub fn warning(&self) -> Option<String> {
        let (service, words) = (&self.service, self.words());
        match self.reason {
            UnfinishedReason::Unwatched => None,
            UnfinishedReason::NothingToRollBack => Some(format!("{service}: {words}")),
            UnfinishedReason::DependencyFailed(_) | UnfinishedReason::NotStarted => {
                Some(format!("{service} was {words}"))
            }
        }
    }

    /// What can be done about it.
    fn hint(&self) -> Suggestion {
        let service = self.service.clone();
        match self.reason {
            UnfinishedReason::DependencyFailed(_) | UnfinishedReason::NotStarted => {
                Suggestion::command("deploy", format!("--only {service}"))
            }
            UnfinishedReason::NothingToRollBack => {
                Suggestion::command("rollback", service).then(" deploys the previous revision")
            }
            UnfinishedReason::Unwatched => Suggestion::command("wait", service),
        }
    }

    /// It as the error of a run, where nothing else says why that failed.
    pub fn error(&self) -> ErrorReport {
        ErrorReport {
            code: match self.reason {
                UnfinishedReason::DependencyFailed(_) => "dependency-failed",
                _ => "interrupted",
            }
            .to_owned(),
            message: self
                .warning()
                .unwrap_or_else(|| format!("{}: {}", self.service, self.words())),
            resource: Some(self.service.clone()),
            hint: Some(self.hint()),
        }
    }

    /// The exit code of a run that ends with it. Where another service or a failure is why, that one decides.
    pub fn exit(&self) -> Option<Exit> {
        matches!(
            self.reason,
            UnfinishedReason::NotStarted | UnfinishedReason::NothingToRollBack
        )
        .then_some(Exit::Interrupted)
    }

    fn words(&self) -> String {
        match &self.reason {
            UnfinishedReason::DependencyFailed(other) => {
                format!("skipped: {other}, which it depends on, did not become stable")
            }
            UnfinishedReason::NotStarted => {
                "skipped: rollback was requested before this service started".to_owned()
            }
            UnfinishedReason::NothingToRollBack => {
                "no deployment is in progress, and this run did not change the task definition".to_owned()
            }
            UnfinishedReason::Unwatched => {
                let what = self.definition.as_deref().unwrap_or("its deployment");
                format!("{what} is still in progress, and continues without ecsctl")
            }
        }
    }

    /// Its outcome, for scripts.
    pub fn outcome(&self) -> ServiceOutcome {
        ServiceOutcome {
            name: self.service.clone(),
            outcome: match self.reason {
                UnfinishedReason::DependencyFailed(_) => Ending::Failed,
                _ => Ending::Interrupted,
            },
            requested: self.definition.clone(),
            task_definition: None,
            image: None,
            deployment: None,
            running: None,
            desired: None,
            is_final: self.reason != UnfinishedReason::Unwatched,
            exercised: false,
            reason: Some(self.words()),
            recourse: match self.reason {
                UnfinishedReason::Unwatched => AvailableActions::Back,
                _ => AvailableActions::Untouched,
            },
            cause: None,
            pause: None,
            alarms: Vec::new(),
            failures: self.failures.clone(),
        }
    }
}

impl RunReport {
    /// Of a service that ended.
    pub fn of(result: ServiceResult) -> Self {
        Self {
            services: vec![result],
            ..Self::default()
        }
    }

    /// Of a service that did not end.
    pub fn of_unfinished(service: UnfinishedService) -> Self {
        Self {
            unfinished: vec![service],
            ..Self::default()
        }
    }

    /// Of a call that failed.
    pub fn of_failure(failure: impl Into<Failure>) -> Self {
        Self::of_failures([failure])
    }

    /// Of services that were not found, or calls that failed.
    pub fn of_failures(failures: impl IntoIterator<Item = impl Into<Failure>>) -> Self {
        Self {
            failures: failures.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// Of a service whose end can't be seen.
    pub fn of_unwatchable(unwatchable: Unwatchable) -> Self {
        let unfinished = UnfinishedService::unwatched(&unwatchable.progress);
        Self {
            unfinished: vec![unfinished],
            unwatchable: vec![unwatchable],
            ..Self::default()
        }
    }

    /// Of a watch that nothing cut; `report` reports a result.
    pub fn of_watch(watched: WatchResult, report: impl FnOnce(ServiceResult) -> Self) -> Self {
        match watched {
            WatchResult::Ended(result) => report(*result),
            WatchResult::NotFound(error) => Self::of_failure(error),
            WatchResult::Unwatchable(unwatchable) => Self::of_unwatchable(unwatchable),
            WatchResult::Cut(progress) => Self::of_unfinished(UnfinishedService::unwatched(&progress)),
        }
    }

    /// The reports of several services as one.
    pub fn join(reports: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        reports.into_iter().for_each(|report| all.add(report));
        all
    }

    /// Adds the report of other services.
    pub fn add(&mut self, other: Self) {
        self.services.extend(other.services);
        self.unfinished.extend(other.unfinished);
        self.failures.extend(other.failures);
        self.unwatchable.extend(other.unwatchable);
    }

    /// Adds a call that failed.
    pub fn add_failure(&mut self, failure: impl Into<Failure>) {
        self.failures.push(failure.into());
    }

    /// The calls that failed, and the watches that ended early: one failure for those that share their cause.
    pub fn failures(&self) -> Vec<Failure> {
        let unwatchable = Unwatchable::failures(&self.unwatchable);
        unwatchable
            .into_iter()
            .chain(self.failures.iter().cloned())
            .collect()
    }

    /// Whether every service reached the state that was asked for.
    pub fn is_good(&self) -> bool {
        let has_failed = |result: &ServiceResult| result.exit() != Exit::Done;
        self.unfinished.is_empty()
            && self.failures.is_empty()
            && self.unwatchable.is_empty()
            && !self.services.iter().any(has_failed)
    }

    /// The exit code of the run.
    pub fn exit(&self) -> Exit {
        let services = self.services.iter().map(ServiceResult::exit);
        let failures = self.failures().into_iter().map(|failure| failure.exit);
        let unfinished = self.unfinished.iter().filter_map(UnfinishedService::exit);
        Exit::of_many(services.chain(failures).chain(unfinished))
    }
}
