//! The report of a run, with the result of every requested service.

use super::watch::{ServiceResult, Unwatchable, WatchProgress, WatchResult};
use crate::diagnostic::{Failure, Suggestion};
use crate::exit::Exit;
use crate::model::{
    AvailableActions, Ending, ErrorReport, JobResult, ScheduleResult, ServiceOutcome, TaskFailure,
};

/// The results of all requested services.
#[derive(Default)]
pub struct RunReport {
    /// Services with a result.
    pub services: Vec<ServiceResult>,
    /// Services without a result.
    pub unfinished: Vec<UnfinishedService>,
    /// What was done with jobs.
    pub of_jobs: Box<JobOutcomes>,
    /// Calls that failed.
    failures: Vec<Failure>,
    /// Services whose result can no longer be observed.
    unwatchable: Vec<Unwatchable>,
}

/// What a run did with jobs.
#[derive(Default)]
pub struct JobOutcomes {
    /// The jobs that ran.
    pub jobs: Vec<JobResult>,
    /// The schedules that were changed.
    pub schedules: Vec<ScheduleResult>,
}

/// A service without a result.
#[derive(Clone, Debug, PartialEq)]
pub struct UnfinishedService {
    /// The ECS service name.
    pub service: String,
    /// Why it has no result.
    pub reason: UnfinishedReason,
    /// The revision that was being deployed, if any: `web:43`.
    pub definition: Option<String>,
    /// Its failed tasks so far.
    pub failures: Vec<TaskFailure>,
}

/// Why a service has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnfinishedReason {
    /// It was not changed, because the named service, which it depends on, did not become stable.
    DependencyFailed(String),
    /// A call for it failed, as a failure of the run says, too.
    CallFailed(String, Ending),
    /// It is deleted, but not all of its tasks are known to have stopped, as a failure of the run says, too.
    Draining(String, Ending),
    /// A signal or an error ended the run before it was changed.
    NotReached(Ending),
    /// It was not changed, because a rollback was requested before it started.
    NotStarted,
    /// Only its tags were set, because a rollback was requested before it was updated.
    OnlyTagged,
    /// A rollback was requested, but it has no deployment in progress, and this run didn't change its
    /// task definition.
    NothingToRollBack,
    /// Its deployment continues unwatched; a failure says why.
    Unwatched,
}

impl UnfinishedService {
    /// Creates one without further details.
    pub fn new(service: &str, reason: UnfinishedReason) -> Self {
        Self {
            service: service.to_owned(),
            reason,
            definition: None,
            failures: Vec::new(),
        }
    }

    /// Creates one whose deployment continues unwatched.
    pub fn unwatched(progress: &WatchProgress) -> Self {
        Self {
            service: progress.request.service.clone(),
            reason: UnfinishedReason::Unwatched,
            definition: progress.request.short_definition().map(str::to_owned),
            failures: progress.failures.clone(),
        }
    }

    /// Returns the warning to show, or None if a failure already explains it.
    pub fn warning(&self) -> Option<String> {
        let (service, words) = (&self.service, self.words());
        match self.reason {
            UnfinishedReason::Unwatched
            | UnfinishedReason::CallFailed(..)
            | UnfinishedReason::Draining(..) => None,
            UnfinishedReason::OnlyTagged | UnfinishedReason::NothingToRollBack => {
                Some(format!("{service}: {words}"))
            }
            UnfinishedReason::DependencyFailed(_)
            | UnfinishedReason::NotStarted
            | UnfinishedReason::NotReached(_) => Some(format!("{service} was {words}")),
        }
    }

    /// Suggests what to do about it.
    fn hint(&self) -> Suggestion {
        let service = self.service.clone();
        match self.reason {
            UnfinishedReason::DependencyFailed(_)
            | UnfinishedReason::CallFailed(..)
            | UnfinishedReason::NotReached(_)
            | UnfinishedReason::NotStarted
            | UnfinishedReason::OnlyTagged => Suggestion::command("deploy", format!("--only {service}")),
            UnfinishedReason::NothingToRollBack => {
                Suggestion::command("rollback", service).then(" deploys the previous revision")
            }
            UnfinishedReason::Draining(..) => {
                Suggestion::command("delete", service).then(" waits for its last tasks")
            }
            UnfinishedReason::Unwatched => Suggestion::command("wait", service),
        }
    }

    /// Returns it as the error of the run, for when nothing else explains why the run failed.
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
            complete: None,
        }
    }

    /// Returns its exit code for the run, or None if another service or a failure determines the exit
    /// code.
    pub fn exit(&self) -> Option<Exit> {
        matches!(
            self.reason,
            UnfinishedReason::NotStarted | UnfinishedReason::OnlyTagged | UnfinishedReason::NothingToRollBack
        )
        .then_some(Exit::Interrupted)
    }

    fn words(&self) -> String {
        match &self.reason {
            UnfinishedReason::DependencyFailed(other) => {
                format!("skipped: {other}, which it depends on, did not become stable")
            }
            UnfinishedReason::CallFailed(message, _) | UnfinishedReason::Draining(message, _) => {
                message.clone()
            }
            UnfinishedReason::NotReached(_) => {
                let registered = self.definition.as_ref();
                let registered =
                    registered.map(|it| format!("; {it} is registered, and the next deploy uses it"));
                let registered = registered.unwrap_or_default();
                format!("skipped: the run ended before this service was changed{registered}")
            }
            UnfinishedReason::NotStarted => {
                "skipped: rollback was requested before this service started".to_owned()
            }
            UnfinishedReason::OnlyTagged => {
                "its tags were set; rollback was requested before this service was updated".to_owned()
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

    /// Returns its outcome for scripts.
    pub fn outcome(&self) -> ServiceOutcome {
        ServiceOutcome {
            name: self.service.clone(),
            outcome: match self.reason {
                UnfinishedReason::CallFailed(_, ending)
                | UnfinishedReason::Draining(_, ending)
                | UnfinishedReason::NotReached(ending) => ending,
                UnfinishedReason::DependencyFailed(_) => Ending::Failed,
                _ => Ending::Interrupted,
            },
            requested: self.definition.clone(),
            task_definition: None,
            image: None,
            deployment: None,
            running: None,
            pending: 0,
            desired: None,
            is_final: !matches!(
                self.reason,
                UnfinishedReason::Unwatched | UnfinishedReason::Draining(..)
            ),
            exercised: false,
            reason: Some(self.words()),
            last_event_at: None,
            recourse: match self.reason {
                UnfinishedReason::Unwatched => AvailableActions::Back,
                _ => AvailableActions::Untouched,
            },
            cause: None,
            pause: None,
            alarms: Vec::new(),
            action_log: Vec::new(),
            failures: self.failures.clone(),
        }
    }
}

impl RunReport {
    /// Creates the report of a service with a result.
    pub fn of(result: ServiceResult) -> Self {
        Self {
            services: vec![result],
            ..Self::default()
        }
    }

    /// Creates the report of a service without a result.
    pub fn of_unfinished(service: UnfinishedService) -> Self {
        Self {
            unfinished: vec![service],
            ..Self::default()
        }
    }

    /// Creates the report of a service for which a call failed.
    pub fn of_failed_service(service: &str, failure: impl Into<Failure>) -> Self {
        Self::of_failure(service, failure.into(), UnfinishedReason::CallFailed)
    }

    /// Creates the report of a deleted service whose last tasks are not known to have stopped.
    pub fn of_draining_service(service: &str, failure: Failure) -> Self {
        Self::of_failure(service, failure, UnfinishedReason::Draining)
    }

    /// Creates the report of a run that changes none of its services, because some can't be changed. `failure` says
    /// it all.
    pub fn of_refusal<'s>(
        services: impl IntoIterator<Item = &'s str>,
        refused: &[(String, Failure)],
        failure: Failure,
    ) -> Self {
        let unfinished = services.into_iter().map(|name| {
            let reason = match refused.iter().find(|(service, _)| service == name) {
                Some((_, refusal)) => (refusal.in_full(), Ending::of(refusal.exit)),
                None => {
                    let others: Vec<&str> = refused.iter().map(|(service, _)| service.as_str()).collect();
                    let reason = format!("skipped: nothing was changed, because of {}", others.join(", "));
                    (reason, Ending::Failed)
                }
            };
            UnfinishedService::new(name, UnfinishedReason::CallFailed(reason.0, reason.1))
        });
        Self {
            unfinished: unfinished.collect(),
            failures: vec![failure],
            ..Self::default()
        }
    }

    /// Creates the report of services for all of which a call failed.
    pub fn of_failed_services<'s>(services: impl IntoIterator<Item = &'s str>, failure: &Failure) -> Self {
        let all = services.into_iter();
        let all: Vec<(String, Failure)> = all.map(|name| (name.to_owned(), failure.clone())).collect();
        Self::of_refusal(all.iter().map(|(name, _)| name.as_str()), &all, failure.clone())
    }

    fn of_failure(service: &str, failure: Failure, reason: fn(String, Ending) -> UnfinishedReason) -> Self {
        let reason = reason(failure.in_full(), Ending::of(failure.exit));
        Self {
            unfinished: vec![UnfinishedService::new(service, reason)],
            failures: vec![failure],
            ..Self::default()
        }
    }

    /// Creates the report of a service whose result can no longer be observed.
    pub fn of_unwatchable(unwatchable: Unwatchable) -> Self {
        let unfinished = UnfinishedService::unwatched(&unwatchable.progress);
        Self {
            unfinished: vec![unfinished],
            unwatchable: vec![unwatchable],
            ..Self::default()
        }
    }

    /// Creates the report of a watch; `report` reports its result if it has one.
    pub fn of_watch(watched: WatchResult, report: impl FnOnce(ServiceResult) -> Self) -> Self {
        match watched {
            WatchResult::Ended(result) => report(*result),
            WatchResult::NotFound(error) => {
                let service = error.service().to_owned();
                Self::of_failed_service(&service, error)
            }
            WatchResult::Unwatchable(unwatchable) => Self::of_unwatchable(unwatchable),
            WatchResult::Cut(progress) => Self::of_unfinished(UnfinishedService::unwatched(&progress)),
        }
    }

    /// Merges the reports of several services.
    pub fn join(reports: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        reports.into_iter().for_each(|report| all.add(report));
        all
    }

    /// Adds the report of other services.
    pub fn add(&mut self, other: Self) {
        self.services.extend(other.services);
        self.unfinished.extend(other.unfinished);
        self.of_jobs.jobs.extend(other.of_jobs.jobs);
        self.of_jobs.schedules.extend(other.of_jobs.schedules);
        self.failures.extend(other.failures);
        self.unwatchable.extend(other.unwatchable);
    }

    /// Adds a failed call.
    pub fn add_failure(&mut self, failure: impl Into<Failure>) {
        self.failures.push(failure.into());
    }

    /// Returns the failed calls and the watches that ended early, with one failure per common cause.
    pub fn failures(&self) -> Vec<Failure> {
        let unwatchable = Unwatchable::failures(&self.unwatchable);
        unwatchable
            .into_iter()
            .chain(self.failures.iter().cloned())
            .collect()
    }

    /// Whether every service reached the requested state.
    pub fn is_good(&self) -> bool {
        let has_failed = |result: &ServiceResult| result.exit() != Exit::Done;
        self.unfinished.is_empty()
            && self.failures.is_empty()
            && self.unwatchable.is_empty()
            && !self.services.iter().any(has_failed)
    }

    /// Returns the result of the service that determines the exit code, if a service does.
    pub fn decisive(&self) -> Option<&ServiceResult> {
        let exit = self.exit();
        self.services.iter().find(|result| result.exit() == exit)
    }

    /// Returns how the run ended: as what determines its exit code.
    pub fn ending(&self) -> Ending {
        let exit = self.exit();
        let is_done = |result: &ServiceResult| result.outcome.outcome == Ending::Done;
        match self.decisive() {
            Some(_) if exit == Exit::Done && self.services.iter().any(is_done) => Ending::Done,
            Some(result) => result.outcome.outcome,
            None if exit == Exit::Done => Ending::Unchanged,
            None => Ending::of(exit),
        }
    }

    /// Returns why the run failed: the error of what determines its exit code.
    pub fn error(&self) -> Option<ErrorReport> {
        let exit = self.exit();
        let of_failure = || {
            let failures = self.failures();
            let failure = failures.iter().find(|failure| failure.exit == exit);
            failure.map(ErrorReport::from)
        };
        let of_unfinished = || {
            let mut unfinished = self.unfinished.iter();
            unfinished
                .find(|it| it.exit() == Some(exit))
                .map(UnfinishedService::error)
        };
        let of_service = self.decisive().and_then(ServiceResult::error);
        of_service.or_else(of_failure).or_else(of_unfinished)
    }

    /// Returns the exit code of the run.
    pub fn exit(&self) -> Exit {
        let services = self.services.iter().map(ServiceResult::exit);
        let failures = self.failures().into_iter().map(|failure| failure.exit);
        let unfinished = self.unfinished.iter().filter_map(UnfinishedService::exit);
        Exit::of_many(services.chain(failures).chain(unfinished))
    }
}
