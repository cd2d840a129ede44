//! The watch loop: polls services without a verdict, runs the reads that judges request, and returns results.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use super::data_source::DataSource;
use super::failure_details::FailureDetails;
use super::optional_reads::{OptionalReads, ReadReply, ReadValue};
use super::reads;
use super::result::ServiceResult;
use super::watch_result::NoSuchService;
use super::watch_result::{Unwatchable, WatchResult};
use super::watched_deletion::{DeletionResult, WatchedDeletion};
use super::watched_service::{OptionalRead, WatchedService};
use crate::aws::{SERVICES_A_CALL, within};
use crate::clock::Clock;
use crate::diagnostic::Suggestion;
use crate::ecs::{ActionLogScope, DescribedServices, ProtectedTask};
use crate::engine::polling::{PollErrors, PollOutcome, PollRate, ReadError, Severity};
use crate::engine::waiting;
use crate::exit::Exit;
use crate::model::{Event, RolloutEvent, Sink, TaskFailure, short_id};
use crate::verdict::{FailureKind, ReadRequests, Verdict, WatchTarget};

/// How long to hold back a result while its failures are being explained.
const EXPLANATION_LIMIT: SignedDuration = SignedDuration::from_secs(3);
/// Interval between rounds of explanation reads once polling has ended.
const EXPLANATION_INTERVAL: Duration = Duration::from_secs(1);

/// Interval between first polls of newly joined services when few services are watched.
const FIRST_POLL_INTERVAL: Duration = Duration::from_millis(250);
/// How long a read may take at least, however little time is left.
const LEAST_READ: Duration = Duration::from_secs(5);

/// The watcher's event sink and output options.
#[derive(Clone)]
pub struct Observer<'a> {
    /// Receives progress events.
    pub sink: &'a dyn Sink,
    /// Whether logs of failed tasks may show secrets that task definitions hold in plain text.
    pub show_values: bool,
    /// Canceled when a rollback is requested: ends the watches started with `watch_until_rollback`.
    pub rollback: CancellationToken,
}

/// A command to the watch loop.
pub(super) enum WatchCommand {
    /// Watch a service.
    Watch(Box<WatchedService>),
    /// Wait until a deleted service is INACTIVE.
    WatchDeletion {
        /// The service name.
        service: String,
        /// How long to wait.
        timeout: Duration,
        /// The channel for the result.
        reply: oneshot::Sender<DeletionResult>,
    },
}

/// A service or deletion to poll, by index.
#[derive(Clone, Copy)]
enum PollRead {
    Service(usize),
    Deletion(usize),
}

/// What to poll after a wait.
enum WakeReason {
    /// Everything.
    Everything,
    /// Only newly joined services.
    New,
    /// Nothing: a rollback was requested.
    Nothing,
}

/// The watch loop.
pub(super) struct WatchLoop<'a, S> {
    source: &'a S,
    cluster: &'a str,
    observer: Observer<'a>,
    clock: &'a Clock,
    rate: &'a PollRate,
    errors: PollErrors,
    commands: UnboundedReceiver<WatchCommand>,
    services: Vec<WatchedService>,
    deletions: Vec<WatchedDeletion>,
    /// When the last service or deletion joined the watch.
    joined_at: Timestamp,
    /// When everything was last polled.
    polled_at: Option<Timestamp>,
    /// When newly joined services were last polled ahead of the others.
    first_polled_at: Timestamp,
    /// Whether ECS has responded to any poll.
    has_begun: bool,
    reads: OptionalReads<'a, S>,
    details: FailureDetails<'a, S>,
    /// The error that ended polling, if any.
    broken_by: Option<Arc<ReadError>>,
    denied_tasks: bool,
    denied_deployments: bool,
    denied_protection: bool,
}

impl<'a, S: DataSource> WatchLoop<'a, S> {
    pub fn new(
        source: &'a S,
        cluster: &'a str,
        observer: Observer<'a>,
        clock: &'a Clock,
        rate: &'a PollRate,
        commands: UnboundedReceiver<WatchCommand>,
    ) -> Self {
        Self {
            source,
            cluster,
            clock,
            rate,
            errors: PollErrors::default(),
            commands,
            services: Vec::new(),
            deletions: Vec::new(),
            joined_at: clock.now(),
            polled_at: None,
            first_polled_at: Timestamp::MIN,
            has_begun: false,
            reads: OptionalReads::new(source, cluster, clock, rate),
            details: FailureDetails::new(source, clock, observer.sink, observer.show_values),
            broken_by: None,
            denied_tasks: false,
            denied_deployments: false,
            denied_protection: false,
            observer,
        }
    }

    /// Runs until every watch has its result and the last sender is dropped.
    pub async fn run(mut self) {
        while self.wait_for_work().await {
            let rollback = self.observer.rollback.clone();
            let is_cut_by_rollback = self.services.iter().any(WatchedService::is_cut_by_rollback);
            tokio::select! {
                biased;
                () = rollback.cancelled(), if is_cut_by_rollback => self.cut(),
                () = self.next_poll() => {}
            }
        }
    }

    /// Waits until there is something to watch. Returns false if no more commands can arrive.
    async fn wait_for_work(&mut self) -> bool {
        self.receive_commands();
        while !self.has_work() {
            match self.commands.recv().await {
                Some(command) => self.receive(command),
                None => return false,
            }
            self.receive_commands();
        }
        true
    }

    fn has_work(&self) -> bool {
        self.services.iter().any(WatchedService::is_open)
            || self.deletions.iter().any(WatchedDeletion::is_open)
    }

    fn receive_commands(&mut self) {
        while let Ok(command) = self.commands.try_recv() {
            self.receive(command);
        }
    }

    fn receive(&mut self, command: WatchCommand) {
        self.joined_at = self.clock.now();
        match command {
            WatchCommand::Watch(service) => self.services.push(*service),
            WatchCommand::WatchDeletion {
                service,
                timeout,
                reply,
            } => {
                let deletion = WatchedDeletion::new(service, timeout, reply, self.joined_at);
                self.deletions.push(deletion);
            }
        }
        if let Some(cause) = &self.broken_by {
            self.answer_unwatchable(&Arc::clone(cause));
        }
    }

    /// Ends the watches on a rollback request: services with a verdict return it, the others are cut off.
    fn cut(&mut self) {
        self.receive_commands();
        for at in self.open_services() {
            if self
                .services
                .get(at)
                .is_some_and(WatchedService::is_cut_by_rollback)
                && !self.end_if_decided(at)
            {
                let failures = self.failures(at);
                self.answer_with(at, |service| WatchResult::Cut(service.progress(failures)));
            }
        }
    }

    /// Ends all watches after a permanent error: services with a verdict return it, the others are unwatchable.
    fn end_all_watches(&mut self, cause: ReadError) {
        self.receive_commands();
        for at in self.open_services() {
            self.end_if_decided(at);
        }
        let cause = Arc::new(cause);
        self.broken_by = Some(Arc::clone(&cause));
        self.answer_unwatchable(&cause);
    }

    fn answer_unwatchable(&mut self, cause: &Arc<ReadError>) {
        let had_begun = self.has_begun;
        for at in self.open_services() {
            let (failures, cause) = (self.failures(at), Arc::clone(cause));
            self.answer_with(at, |service| {
                WatchResult::Unwatchable(Unwatchable {
                    cause,
                    had_begun,
                    progress: service.progress(failures),
                })
            });
        }
        for deletion in &mut self.deletions {
            deletion.answer(DeletionResult::Unwatchable(cause.as_ref().clone()));
        }
    }

    /// Returns a result for a service. The next watch of that service doesn't report its failures again.
    fn answer_with(&mut self, at: usize, result: impl FnOnce(&WatchedService) -> WatchResult) {
        let Some(service) = self.services.get_mut(at) else {
            return;
        };
        let result = result(service);
        let failures = match &result {
            WatchResult::Ended(ended) => ended.outcome.failures.as_slice(),
            WatchResult::Cut(progress) | WatchResult::Unwatchable(Unwatchable { progress, .. }) => {
                progress.failures.as_slice()
            }
            WatchResult::NotFound(_) => &[],
        };
        self.details.close(at, service.name(), failures);
        service.answer(result);
    }

    /// Waits until a poll is due, then polls.
    async fn next_poll(&mut self) {
        let polled = match self.wait().await {
            WakeReason::Nothing => return,
            WakeReason::New => {
                self.first_polled_at = self.clock.now();
                self.new_services()
            }
            WakeReason::Everything => {
                self.polled_at = Some(self.clock.now());
                self.undecided()
            }
        };
        if let Err(cause) = self.poll(&polled).await {
            self.end_all_watches(cause);
        }
    }

    /// Waits until a poll is due, while failure explanations and slow reads continue. If few services are
    /// watched, a newly joined one is polled early.
    async fn wait(&mut self) -> WakeReason {
        self.receive_commands();
        let Some(polled_at) = self.polled_at else {
            return WakeReason::Everything;
        };
        let interval = self.interval();
        loop {
            let calls = self.undecided().len().div_ceil(SERVICES_A_CALL);
            self.rate.earn(self.clock.now());
            if calls == 0 {
                self.explain_remaining().await;
                return WakeReason::Everything;
            }
            let pause = interval.saturating_sub(self.clock.elapsed(polled_at));
            let early =
                FIRST_POLL_INTERVAL.saturating_sub(self.clock.elapsed(self.first_polled_at.max(polled_at)));
            let is_early = calls == 1 && early < pause && !self.new_services().is_empty();
            let Some(command) = self.sleep(if is_early { early } else { pause }).await else {
                self.receive_commands();
                self.rate.earn(self.clock.now());
                return if is_early {
                    WakeReason::New
                } else {
                    WakeReason::Everything
                };
            };
            self.receive(command);
            if self.observer.rollback.is_cancelled() {
                return WakeReason::Nothing;
            }
        }
    }

    fn interval(&self) -> Duration {
        let calls = self.undecided().len().div_ceil(SERVICES_A_CALL);
        self.rate.interval(self.clock.elapsed(self.joined_at), calls)
    }

    /// Sleeps, or returns early with a command that arrives meanwhile.
    async fn sleep(&mut self, pause: Duration) -> Option<WatchCommand> {
        let (reads, commands) = (&mut self.reads, &mut self.commands);
        let mut sleep = std::pin::pin!(self.clock.sleep_beside(pause, self.details.work()));
        loop {
            tokio::select! {
                biased;
                () = &mut sleep => return None,
                true = reads.receive() => {}
                Some(command) = commands.recv() => return Some(command),
            }
        }
    }

    /// Waits for the remaining explanations once every service has its verdict.
    async fn explain_remaining(&mut self) {
        let is_answered = self.clock.within(EXPLANATION_INTERVAL, self.details.work()).await;
        if is_answered && self.open_services().iter().any(|at| self.details.is_busy(*at)) {
            self.clock.sleep(EXPLANATION_INTERVAL).await;
        }
    }

    /// Polls these services and deletions.
    async fn poll(&mut self, polled: &[PollRead]) -> Result<(), ReadError> {
        for it in polled {
            if let PollRead::Service(at) = it
                && let Some(service) = self.services.get_mut(*at)
            {
                service.is_new = false;
                service.judge.begin(self.clock.now());
            }
        }
        let batches = polled.chunks(SERVICES_A_CALL);
        self.rate.spend(batches.len());
        let calls = batches.clone().map(async |batch| {
            let names: Vec<String> = batch.iter().filter_map(|it| self.name(*it)).collect();
            let limit = self.time_left(batch);
            within(limit, self.source.describe_services(self.cluster, &names)).await
        });
        let replies = match self.has_begun {
            true => join_all(calls).await,
            false => waiting(self.observer.sink, "the services", join_all(calls)).await,
        };
        let (mut outcome, mut answered) = (PollOutcome::default(), Vec::new());
        for (batch, reply) in batches.zip(replies) {
            match reply {
                Ok(described) => {
                    outcome.succeeded();
                    self.has_begun = true;
                    batch.iter().for_each(|it| self.take(*it, &described));
                    answered.extend(batch.iter().copied());
                }
                Err(error) => {
                    batch.iter().for_each(|it| self.check_timeout(*it));
                    outcome.failed(error);
                }
            }
        }
        for it in answered {
            match it {
                PollRead::Service(at) => self.judge(at),
                PollRead::Deletion(_) => self.check_timeout(it),
            }
        }
        self.errors.record(outcome, self.rate, self.observer.sink)?;
        self.read_more().await;
        self.details.retry();
        self.finish().await;
        Ok(())
    }

    /// Returns how long a read of these may take, so that a reply that never ends doesn't outlast the timeout.
    fn time_left(&self, polled: &[PollRead]) -> Duration {
        let left = |it: &PollRead| match *it {
            PollRead::Service(at) => {
                let left = self.services.get(at)?.judge.time_left(self.clock.now());
                Some(Duration::try_from(left).unwrap_or_default())
            }
            PollRead::Deletion(at) => Some(self.deletions.get(at)?.time_left(self.clock)),
        };
        polled
            .iter()
            .filter_map(left)
            .min()
            .unwrap_or_default()
            .max(LEAST_READ)
    }

    fn name(&self, polled: PollRead) -> Option<String> {
        Some(match polled {
            PollRead::Service(at) => self.services.get(at)?.name().to_owned(),
            PollRead::Deletion(at) => self.deletions.get(at)?.service.clone(),
        })
    }

    /// Takes a service's state from a response. A service not in the response is missing.
    fn take(&mut self, polled: PollRead, described: &DescribedServices) {
        match polled {
            PollRead::Service(at) => {
                if let Some(service) = self.services.get_mut(at) {
                    service.snapshot.service = described.named(service.name()).cloned();
                }
            }
            PollRead::Deletion(at) => {
                if let Some(deletion) = self.deletions.get_mut(at) {
                    let left = described.existing(&deletion.service);
                    deletion.take(left, self.observer.sink);
                }
            }
        }
    }

    /// Checks the timeout of a service that can't be read, or of a deletion.
    fn check_timeout(&mut self, polled: PollRead) {
        match polled {
            PollRead::Service(at) => {
                let now = self.clock.now();
                if let Some(service) = self.services.get_mut(at) {
                    service.read_requests = service.judge.overdue(now).read_requests;
                }
            }
            PollRead::Deletion(at) => {
                if let Some(deletion) = self.deletions.get_mut(at) {
                    deletion.check_timeout(self.clock);
                }
            }
        }
    }

    fn judge(&mut self, at: usize) {
        let now = self.clock.now();
        let Some(service) = self.services.get_mut(at) else {
            return;
        };
        let step = service.judge.step(&service.snapshot, now);
        service.read_requests = step.read_requests;
        self.report(at, step.events);
    }

    /// Emits a service's events and starts explaining stopped tasks.
    fn report(&mut self, at: usize, events: Vec<RolloutEvent>) {
        let Some(service) = self.services.get(at) else {
            return;
        };
        for event in events {
            let stopped = match &event {
                RolloutEvent::Stopped { failure } => Some(failure.as_ref().clone()),
                _ => None,
            };
            let was_reported = stopped
                .as_ref()
                .is_some_and(|it| self.details.was_reported(service.name(), it).is_some());
            if !was_reported {
                self.observer.sink.emit(Event::Rollout {
                    service: service.name().to_owned(),
                    event,
                });
            }
            if let Some(failure) = stopped {
                let id = failure.task_id.clone().unwrap_or_default();
                let failure = TaskFailure {
                    target: service.unhealthy_targets.get(&id).cloned(),
                    ..failure
                };
                let described = service.snapshot.service.as_ref();
                self.details.start(at, failure, service.task(&id), described);
            }
        }
    }

    /// Runs the reads that judges request, and runs the judges again with the responses.
    async fn read_more(&mut self) {
        let mut again = BTreeSet::new();
        for reply in self.reads.read(&mut self.services).await {
            again.extend(self.put(reply));
        }
        for at in again {
            self.judge(at);
        }
    }

    /// Stores a response. Returns the services to judge again.
    fn put(&mut self, reply: ReadReply) -> Vec<usize> {
        let ReadReply {
            read,
            services,
            began_at,
            value,
        } = reply;
        for (at, _) in &services {
            if let Some(service) = self.services.get_mut(*at) {
                service.has_read(read, began_at);
            }
        }
        // Services that have a verdict or were cut off are not judged again.
        let is_undecided = |at: &usize| {
            let service = self.services.get(*at);
            service.is_some_and(|it| it.is_open() && it.decided_at.is_none())
        };
        let undecided: Vec<(usize, String)> =
            services.into_iter().filter(|(at, _)| is_undecided(at)).collect();
        match value {
            None => {
                tracing::debug!(?read, "an optional read timed out");
                return Vec::new();
            }
            Some(Ok(ReadValue::Deployments(found))) if read == OptionalRead::OurDeployment => {
                for (at, arn) in &undecided {
                    let fresh = found.iter().filter(|it| it.arn == *arn).cloned().collect();
                    if let Some(service) = self.services.get_mut(*at) {
                        reads::merge(&mut service.snapshot.service_deployments, fresh);
                    }
                }
            }
            Some(Ok(value)) => {
                if let Some(service) = undecided.first().and_then(|(at, _)| self.services.get_mut(*at)) {
                    match value {
                        ReadValue::StoppedTasks(tasks) => service.take_tasks(tasks, began_at),
                        ReadValue::RunningTasks(tasks) => service.take_running_tasks(tasks, began_at),
                        ReadValue::Health(health) => service.take_health(health, began_at),
                        ReadValue::Protection(tasks, protected) => {
                            service.take_protection(tasks, protected, began_at);
                        }
                        ReadValue::Deployments(found) => service.take_deployments(found, began_at),
                        ReadValue::CodeDeploy(seen) => {
                            service.snapshot.no_code_deployment = seen.is_none();
                            service.snapshot.code_deploy = seen.map(|it| *it);
                        }
                    }
                }
            }
            Some(Err(error)) => self.skip_unreadable(read, &undecided, error),
        }
        undecided.into_iter().map(|(at, _)| at).collect()
    }

    /// Handles a failed optional read, which never ends a watch: lost credentials also fail the next poll.
    fn skip_unreadable(&mut self, read: OptionalRead, of: &[(usize, String)], error: ReadError) {
        tracing::debug!(severity = ?error.severity, error = %error.failure, "an optional read failed");
        if error.severity == Severity::Throttled {
            self.rate.slow_down();
        }
        if !error.severity.is_permanent() {
            return;
        }
        match read {
            OptionalRead::StoppedTasks | OptionalRead::RunningTasks => self.skip_tasks(of, error),
            OptionalRead::Protection => self.skip_protection(of, error),
            // Nothing depends on health reads, so no warning.
            OptionalRead::Health => {
                for (at, _) in of {
                    if let Some(service) = self.services.get_mut(*at) {
                        service.has_unreadable_health();
                    }
                }
            }
            OptionalRead::Deployments | OptionalRead::OurDeployment | OptionalRead::CodeDeploy => {
                self.skip_deployments(of, error);
            }
        }
    }

    fn skip_tasks(&mut self, of: &[(usize, String)], error: ReadError) {
        for (at, _) in of {
            if let Some(service) = self.services.get_mut(*at) {
                service.snapshot.tasks_readable = false;
            }
        }
        if error.severity == Severity::Denied && !std::mem::replace(&mut self.denied_tasks, true) {
            self.observer
                .sink
                .warn_of(error.failure, "can't explain why tasks stop");
        }
    }

    fn skip_protection(&mut self, of: &[(usize, String)], error: ReadError) {
        for (at, _) in of {
            if let Some(service) = self.services.get_mut(*at) {
                service.snapshot.protection_readable = false;
            }
        }
        if error.severity == Severity::Denied && !std::mem::replace(&mut self.denied_protection, true) {
            let consequence = "can't tell whether old tasks are protected from scale-in";
            self.observer.sink.warn_of(error.failure, consequence);
        }
    }

    fn skip_deployments(&mut self, of: &[(usize, String)], error: ReadError) {
        let error = Arc::new(error);
        let mut are_judged_without = false;
        for (at, _) in of {
            if let Some(service) = self.services.get_mut(*at) {
                service.snapshot.deployments_readable = false;
                service.deployments_error = Some(Arc::clone(&error));
                are_judged_without |= !service.judge.is_unwatchable(&service.snapshot);
            }
        }
        if are_judged_without
            && error.severity == Severity::Denied
            && !std::mem::replace(&mut self.denied_deployments, true)
        {
            let consequence = "rollouts are judged by DescribeServices alone";
            self.observer.sink.warn_of(error.failure.clone(), consequence);
        }
    }

    /// Returns the result of every service with a verdict, once it is explained.
    async fn finish(&mut self) {
        for at in self.open_services() {
            let Some((verdict, decided_at)) = self.decision(at) else {
                if let Some(cause) = self.services.get(at).and_then(WatchedService::unwatchable_cause) {
                    let failures = self.failures(at);
                    self.answer_with(at, |service| {
                        WatchResult::Unwatchable(Unwatchable {
                            cause,
                            had_begun: service.service_deployment().is_some(),
                            progress: service.progress(failures),
                        })
                    });
                }
                continue;
            };
            let is_explained = match verdict {
                Verdict::Absent { .. } => true,
                _ => verdict.exit() == Exit::Done || self.is_explained(at, &verdict, decided_at).await,
            };
            if is_explained {
                self.end_if_decided(at);
            }
        }
    }

    /// Whether a failed service has been explained or has waited long enough.
    async fn is_explained(&mut self, at: usize, verdict: &Verdict, decided_at: Option<Timestamp>) -> bool {
        if decided_at.is_none() {
            self.explain(at, verdict).await;
            self.start_action_log(at, verdict);
        }
        let now = self.clock.now();
        if let Some(service) = self.services.get_mut(at) {
            service.read_requests = ReadRequests::default();
            service.decided_at.get_or_insert(now);
        }
        let waited = decided_at.map_or(SignedDuration::ZERO, |since| now.duration_since(since));
        !self.details.is_busy(at) || waited >= EXPLANATION_LIMIT
    }

    /// A service's verdict, and when it was reached.
    fn decision(&self, at: usize) -> Option<(Verdict, Option<Timestamp>)> {
        let service = self.services.get(at)?;
        Some((service.judge.verdict()?.clone(), service.decided_at))
    }

    /// Returns the result of a service that has a verdict. Returns false if it has none.
    fn end_if_decided(&mut self, at: usize) -> bool {
        let Some((verdict, _)) = self.decision(at) else {
            return false;
        };
        if let (Verdict::Protected { tasks, .. }, Some(service)) = (&verdict, self.services.get(at)) {
            let is_same = matches!(service.judge.request().target, WatchTarget::Same { .. });
            let old = if is_same { "" } else { "old " };
            warn_of_protected(self.observer.sink, service.name(), old, tasks);
        }
        let failures = match verdict.exit() {
            Exit::Done => self.failures_without_troubles(at),
            _ => self.failures(at),
        };
        let logged = self.details.action_log(at).to_vec();
        self.answer_with(at, |service| {
            let judge = &service.judge;
            match verdict {
                Verdict::Absent { draining: true } => {
                    WatchResult::NotFound(NoSuchService::Draining(service.name().to_owned()))
                }
                Verdict::Absent { draining: false } => {
                    WatchResult::NotFound(NoSuchService::Missing(service.name().to_owned()))
                }
                verdict => {
                    let result = ServiceResult::new(judge.request(), judge.counts(), failures, verdict);
                    let result = result.with_alarms(judge.alarms()).with_action_log(&logged);
                    WatchResult::Ended(Box::new(result))
                }
            }
        });
        true
    }

    /// The failures of a service with all details known so far.
    fn failures(&self, at: usize) -> Vec<TaskFailure> {
        self.services.get(at).map_or_else(Vec::new, |service| {
            let judge = &service.judge;
            self.details
                .complete(at, service.name(), judge.failures(), judge.troubles())
        })
    }

    fn failures_without_troubles(&self, at: usize) -> Vec<TaskFailure> {
        self.services.get(at).map_or_else(Vec::new, |service| {
            let kinds = service.judge.failures();
            self.details.complete(at, service.name(), kinds, Vec::new())
        })
    }

    /// Reads the stopped tasks again if a failure has no explanation yet, or the targets if no task stopped.
    async fn explain(&mut self, at: usize, verdict: &Verdict) {
        let has_failures = |it: &WatchedService| !it.judge.failures().is_empty();
        if self.services.get(at).is_none_or(has_failures) {
            return;
        }
        self.read_stopped_tasks(at).await;
        let Some(service) = self.services.get(at) else {
            return;
        };
        // After a rollback or a newer deployment, the targets belong to another deployment.
        if let Verdict::TimedOut { .. } | Verdict::Failed { .. } = verdict
            && let Some(described) = &service.snapshot.service
            && !has_failures(service)
            && service.judge.troubles().is_empty()
        {
            self.details.start_targets(at, described);
        }
    }

    /// Starts reading the action log if the deployment failed or isn't done.
    fn start_action_log(&mut self, at: usize, verdict: &Verdict) {
        let has_failed = match verdict {
            Verdict::Failed { how, .. } => *how != FailureKind::ServiceGone,
            Verdict::RolledBack { .. } | Verdict::FailedThenSuperseded { .. } | Verdict::TimedOut { .. } => {
                true
            }
            _ => false,
        };
        let Some(service) = self.services.get(at).filter(|_| has_failed) else {
            return;
        };
        let described = service.snapshot.service.as_ref();
        if let Some(cluster_arn) = described.and_then(|it| it.cluster_arn.clone())
            && let Some(since) = service.judge.deployment_created_at()
        {
            let deployment = service.service_deployment().map(|it| it.arn.clone());
            let service = service.name().to_owned();
            self.details.start_action_log(
                at,
                ActionLogScope {
                    cluster_arn,
                    service,
                    deployment,
                    since,
                },
            );
        }
    }

    async fn read_stopped_tasks(&mut self, at: usize) {
        let now = self.clock.now();
        let Some(service) = self.services.get_mut(at).filter(|it| it.snapshot.tasks_readable) else {
            return;
        };
        let Some(tasks) = self.reads.stopped_tasks_at_once(service).await else {
            return;
        };
        service.take_tasks(tasks, now);
        let events = service.judge.note_tasks(&service.snapshot);
        self.report(at, events);
    }

    fn open_services(&self) -> Vec<usize> {
        (0..self.services.len())
            .filter(|at| self.services.get(*at).is_some_and(WatchedService::is_open))
            .collect()
    }

    /// The services that haven't been polled yet.
    fn new_services(&self) -> Vec<PollRead> {
        let mut polled = self.undecided();
        polled.retain(|it| match it {
            PollRead::Service(at) => self.services.get(*at).is_some_and(|service| service.is_new),
            PollRead::Deletion(_) => false,
        });
        polled
    }

    /// Everything to poll that has no verdict yet.
    fn undecided(&self) -> Vec<PollRead> {
        let services = self.services.iter().enumerate();
        let services = services.filter(|(_, it)| it.is_open() && it.judge.verdict().is_none());
        let deletions = self.deletions.iter().enumerate().filter(|(_, it)| it.is_open());
        services
            .map(|(at, _)| PollRead::Service(at))
            .chain(deletions.map(|(at, _)| PollRead::Deletion(at)))
            .collect()
    }
}

/// Names the tasks that task scale-in protection keeps: old ones, or those beyond a decreased count. `deploy` doesn't wait for them: that may take 48 hours.
fn warn_of_protected(sink: &dyn Sink, service: &str, old: &str, tasks: &[ProtectedTask]) {
    let named = |task: &ProtectedTask| {
        let id = short_id(&task.id);
        let until = task
            .until
            .map(|at| format!(" (until {at:.0})"))
            .unwrap_or_default();
        format!("{id}{until}")
    };
    let names: Vec<String> = tasks.iter().map(named).collect();
    let what = match tasks.len() {
        1 => format!("1 {old}task keeps running, protected from scale-in"),
        count => format!("{count} {old}tasks keep running, protected from scale-in"),
    };
    sink.warn(
        Some(service),
        format!("{what}: {}", names.join(", ")),
        Some(Suggestion::command("tasks", service.to_owned())),
    );
}
