//! `--if-in-progress`: the turn of a service among the deployments of others. What to do is decided by `verdict::Turn`;
//! here the service is read, and what happens is reported.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::future::BoxFuture;
use jiff::Timestamp;

use crate::aws::Aws;
use crate::diagnostic::Failure;
use crate::ecs::{DeploymentStrategy, RolloutState, Service};
use crate::engine::apply::{ApplyError, WriteGate, another_in_progress};
use crate::engine::code_deploy::deployment_in_progress;
use crate::engine::polling::{Poller, ReadError};
use crate::engine::rollback::newest_open;
use crate::engine::watch::ServiceResult;
use crate::engine::{Run, RunReport, UnfinishedReason, UnfinishedService};
use crate::model::{CodeDeployNames, Event};
use crate::verdict::{
    IfInProgress, RolloutCounts, TIMEOUT, Turn, TurnStep, TurnView, Verdict, WatchTarget, default_timeout,
};

/// The turn of one service among the deployments of others.
pub(super) struct ServiceTurn<'a> {
    run: &'a Run<'a>,
    service: &'a str,
    /// Its CodeDeploy deployment group, if CodeDeploy deploys it.
    code_deploy: Option<CodeDeployNames>,
    mode: IfInProgress,
    state: Mutex<TurnState>,
    random: RandomState,
}

/// What has happened so far.
struct TurnState {
    turn: Turn,
    /// Whether a turn was lost, or refused.
    is_lost: bool,
    /// How many deployments of ours were superseded before they completed.
    replaced: u32,
    /// The result of the last one.
    superseded: Option<ServiceResult>,
    /// Whether the service's tags were set.
    tagged: bool,
    /// The revision to deploy, if known.
    definition: Option<String>,
    polls: u64,
}

impl<'a> ServiceTurn<'a> {
    /// Begins the turn.
    pub fn new(run: &'a Run<'a>, service: &'a str, mode: IfInProgress) -> Self {
        Self {
            run,
            service,
            code_deploy: None,
            mode,
            state: Mutex::new(TurnState {
                turn: Turn::new(mode, run.options.wait.settle),
                is_lost: false,
                replaced: 0,
                superseded: None,
                tagged: false,
                definition: None,
                polls: 0,
            }),
            random: RandomState::new(),
        }
    }

    /// Sets the service's CodeDeploy deployment group.
    pub fn of_code_deploy(mut self, names: Option<CodeDeployNames>) -> Self {
        self.code_deploy = names;
        self
    }

    /// Whether another deployment must not be replaced.
    pub fn is_kept(&self) -> bool {
        self.mode != IfInProgress::Replace
    }

    /// Whether the run queues.
    pub fn waits(&self) -> bool {
        self.mode == IfInProgress::Wait
    }

    /// Whether the service could not be changed at once.
    pub fn is_lost(&self) -> bool {
        self.state().is_lost
    }

    /// Reads the service right before a write. Fails if another deployment is in progress, or began after the plan,
    /// which was made when `planned` was PRIMARY.
    pub async fn look(&self, planned: Option<&str>) -> Result<Option<Service>, ApplyError> {
        let now = self.read().await;
        let (view, other) = match &now {
            Ok(now) => self.view(now.as_ref()).await,
            Err(_) => (TurnView::Unknown, None),
        };
        let step = self.state().turn.before_write(&view, planned);
        match (step, now) {
            (TurnStep::GoOn, now) => now.map_err(|error| ApplyError::Unread(error.failure)),
            (_, Err(error)) => Err(ApplyError::Unread(error.failure)),
            (_, Ok(None)) => Err(ApplyError::DeletedMeanwhile {
                service: self.service.to_owned(),
            }),
            (_, Ok(Some(now))) => Err(other.unwrap_or_else(|| ApplyError::DeployedMeanwhile {
                service: self.service.to_owned(),
                definition: now.short_definition().unwrap_or("another revision").to_owned(),
            })),
        }
    }

    /// Whether an error means that the service has to wait for its turn.
    pub fn awaits(&self, error: &ApplyError) -> bool {
        // CodeDeploy can't replace a deployment in progress, whatever the mode.
        let is_refused = matches!(error, ApplyError::InProgress { .. });
        let is_lost = (self.is_kept() || is_refused) && error.is_other_change();
        self.state().is_lost |= is_lost;
        is_lost && self.waits()
    }

    /// Whether a result means the same: another run changed the service at the same time.
    pub fn is_taken_by(&self, result: &ServiceResult) -> bool {
        let mut state = self.state();
        let queues = state.turn.after_watch(&result.verdict) == TurnStep::Queue;
        if queues {
            state.is_lost = true;
            state.replaced += u32::from(!result.found);
            state.superseded = Some(result.clone());
        }
        queues
    }

    /// Notes that the service's tags were set before the turn was lost.
    pub fn tags_were_set(&self) {
        self.state().tagged = true;
    }

    /// Notes the revision to deploy.
    pub fn deploys(&self, definition: &str) {
        self.state().definition = Some(definition.to_owned());
    }

    /// The report if the run ends without a turn although time is left, because its deployment was superseded. None if
    /// it changed nothing.
    fn superseded(&self) -> Option<RunReport> {
        let superseded = self.state().superseded.take().filter(|it| !it.found)?;
        Some(self.run.report(superseded))
    }

    /// Waits until no deployment of the service is in progress. `--timeout` counts from the first wait; then this is
    /// the service's result.
    pub async fn wait(&self) -> Result<(), RunReport> {
        let clock = self.run.aws.clock();
        self.join_queue(clock.now());
        let mut poller = Poller::new(clock, self.run.sink);
        let mut shown = None;
        loop {
            let read = poller.record_read(self.run.watcher.describe(self.service).await);
            let read = read.map_err(|failure| self.failed_in_queue(failure))?;
            let now = read.as_ref().and_then(Option::as_ref);
            let (view, other) = match &read {
                Some(_) => self.view(now.filter(|it| !it.is_draining())).await,
                None => (TurnView::Unknown, None),
            };
            let timeout = self.run.options.wait.timeout;
            let timeout = timeout.unwrap_or_else(|| now.map_or(TIMEOUT, default_timeout));
            let step = self.state().turn.in_queue(&view, clock.now(), timeout);
            match step {
                TurnStep::TimeOut => return Err(self.timed_out(now, other.as_ref())),
                TurnStep::GoOn => return Ok(()),
                TurnStep::Queue | TurnStep::Wait | TurnStep::Refuse => {}
            }
            if read.is_some() {
                self.show(other.as_ref(), &mut shown);
            }
            poller.wait(1).await;
        }
    }

    fn join_queue(&self, now: Timestamp) {
        let mut state = self.state();
        state.polls += 1;
        let random = self.random.hash_one(state.polls) as f64 / u64::MAX as f64;
        state.turn.queue(now, random);
    }

    /// Reports what the service waits for, unless that was `shown` last.
    fn show(&self, other: Option<&ApplyError>, shown: &mut Option<Event>) {
        let superseded = self.state().superseded.clone();
        let mut event = Event::Queued {
            service: self.service.to_owned(),
            superseded: superseded
                .filter(|it| !it.found)
                .and_then(|it| it.outcome.requested),
            deployment: None,
            task_definition: None,
            since: None,
        };
        if let Event::Queued {
            deployment,
            task_definition,
            since,
            ..
        } = &mut event
            && let Some(ApplyError::InProgress {
                deployment: id,
                definition,
                since: created_at,
                ..
            }) = other
        {
            *deployment = Some(id.clone());
            task_definition.clone_from(definition);
            *since = created_at.map(|at| format!("{at:.0}"));
        }
        if shown.as_ref() != Some(&event) {
            self.run.sink.emit(event.clone());
            *shown = Some(event);
        }
    }

    /// The report if the service can't be read or planned any more.
    pub fn failed_in_queue(&self, failure: Failure) -> RunReport {
        let service = self.service;
        let is_untouched = {
            let state = self.state();
            state.is_lost && state.replaced == 0 && !state.tagged
        };
        let untouched = format!("{service} was not changed: it waited for its turn");
        self.failed(failure.details(is_untouched.then_some(untouched)))
    }

    /// The report if a call for the service failed, with what this run did to it before.
    pub fn failed(&self, failure: Failure) -> RunReport {
        let service = self.service;
        let state = self.state();
        let so_far = match (state.replaced, state.tagged) {
            (0, false) => None,
            (0, true) => Some(format!("the tags of {service} were set")),
            (_, _) => Some(format!(
                "an earlier deployment of {service} by this run was superseded"
            )),
        };
        RunReport::of_failed_service(service, failure.details(so_far))
    }

    /// The report if a rollback was requested before the service had its turn again.
    pub fn canceled(&self) -> RunReport {
        if let Some(report) = self.superseded() {
            return report;
        }
        let reason = match self.state().tagged {
            true => UnfinishedReason::OnlyTagged,
            false => UnfinishedReason::NotStarted,
        };
        RunReport::of_unfinished(UnfinishedService::new(self.service, reason))
    }

    fn timed_out(&self, now: Option<&Service>, other: Option<&ApplyError>) -> RunReport {
        let state = self.state();
        let verdict = Verdict::OutOfTurn {
            after: state.turn.queued_for(self.run.aws.clock().now()),
            blocked_by: other.map(ToString::to_string),
            replaced: state.replaced,
            tagged: state.tagged,
        };
        let mut request = self.run.options.wait.request(self.service, WatchTarget::InFlight);
        request.definition.clone_from(&state.definition);
        drop(state);
        let counts = now.map(RolloutCounts::of).unwrap_or_default();
        let result = ServiceResult::new(&request, &counts, Vec::new(), verdict);
        self.run.report(result)
    }

    async fn view(&self, now: Option<&Service>) -> (TurnView, Option<ApplyError>) {
        view(self.run.aws, self.run.cluster, self.code_deploy.as_ref(), now).await
    }

    async fn read(&self) -> Result<Option<Service>, ReadError> {
        let described = self.run.watcher.describe(self.service).await?;
        Ok(described.filter(|service| !service.is_draining()))
    }

    fn state(&self) -> MutexGuard<'_, TurnState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl WriteGate for ServiceTurn<'_> {
    fn check<'a>(&'a self, planned: Option<&'a str>) -> BoxFuture<'a, Result<(), ApplyError>> {
        Box::pin(async move { self.look(planned).await.map(|_| ()) })
    }
}

/// What was read of a service, with the refusal of a write to it if a deployment is in progress.
async fn view(
    aws: &Aws,
    cluster: &str,
    names: Option<&CodeDeployNames>,
    now: Option<&Service>,
) -> (TurnView, Option<ApplyError>) {
    let Some(now) = now else {
        return (TurnView::Absent, None);
    };
    if let Some(other) = in_progress(aws, cluster, names, now).await {
        return (TurnView::Busy, Some(other));
    }
    let has_failed = now
        .primary()
        .is_some_and(|it| it.rollout_state == Some(RolloutState::Failed));
    let free = TurnView::Free {
        primary: now.primary_id().map(str::to_owned),
        may_roll_back: has_failed && now.rolls_back_on_failure,
    };
    (free, None)
}

/// The refusal of a write to a service with a deployment in progress. None if there is none. Only a rolling
/// deployment says in the service itself that it has completed (API reference: Deployment, `rolloutState`).
pub(super) async fn in_progress(
    aws: &Aws,
    cluster: &str,
    names: Option<&CodeDeployNames>,
    service: &Service,
) -> Option<ApplyError> {
    if let Some(names) = names {
        return code_deploy_in_progress(aws, names, service).await;
    }
    let primary = service.primary()?;
    let is_rolling = service.deployment_strategy == DeploymentStrategy::Rolling;
    let is_open = match &primary.rollout_state {
        Some(RolloutState::InProgress) => true,
        Some(RolloutState::Completed) if is_rolling => false,
        state => match newest_open(aws, cluster, &service.name).await {
            Ok(open) => open.is_some(),
            Err(error) => {
                tracing::debug!(%error, "service deployments can't be read");
                *state != Some(RolloutState::Failed) && !primary.is_filled()
            }
        },
    };
    is_open.then(|| ApplyError::InProgress {
        service: service.name.clone(),
        deployment: primary.id.clone(),
        definition: primary.short_definition(),
        since: primary.created_at,
    })
}

async fn code_deploy_in_progress(
    aws: &Aws,
    names: &CodeDeployNames,
    service: &Service,
) -> Option<ApplyError> {
    let open = match deployment_in_progress(aws, names).await {
        Ok(open) => open?,
        Err(error) => {
            tracing::debug!(%error, "CodeDeploy's deployments can't be read");
            return None;
        }
    };
    Some(another_in_progress(aws, &service.name, &open, Some(service)).await)
}
