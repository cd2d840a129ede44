//! Explains why tasks fail: each kind of failure once, from its log and target health; and why a deployment failed,
//! from the cluster's action log. These reads don't delay polls or verdicts.

mod action_log;
mod collect;
mod log_destination;
pub(super) mod target;

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use futures_util::stream::FuturesUnordered;

use super::data_source::DataSource;
use crate::clock::Clock;
use crate::ecs::{ActionLogScope, Service, TargetGroup, Task};
use crate::engine::polling::{ReadError, Severity};
use crate::model::{ActionLogEntry, Event, FailureTarget, RolloutEvent, Sink, TaskFailure};
use crate::verdict::diagnose;

use action_log::ActionLogReader;
use collect::{CollectedDetails, DetailCollector, DetailRead};
pub use log_destination::{LogDestination, log_destination};

/// Maximum number of cases read concurrently: all log readers in the account share its rate limits.
const CONCURRENCY: usize = 4;
/// Maximum number of failure kinds explained per service.
const KINDS: usize = 5;
/// Maximum number of rounds to wait for a log or a response: the agent sends log lines within seconds.
const ROUNDS: u32 = 6;

/// One kind of failure to explain.
struct FailureCase {
    /// The service's index among the watched services.
    at: usize,
    service: String,
    failure: TaskFailure,
    /// The stopped task, or `None` if no task stopped and only the targets are read.
    task: Option<Task>,
    groups: Vec<TargetGroup>,
    needs_log: bool,
    needs_target: bool,
    rounds: u32,
    /// Number of polls to skip before the next round.
    pause: u32,
}

/// What a round of reads brought.
enum DetailReply {
    Case(Box<CollectedDetails>),
    /// Entries of the action log, with the service's index.
    ActionLog(usize, Vec<ActionLogEntry>),
}

/// Explains the failures of all watched services.
pub(super) struct FailureDetails<'a, S> {
    collector: Rc<DetailCollector<'a, S>>,
    action_logs: Rc<ActionLogReader<'a, S>>,
    sink: &'a dyn Sink,
    running: FuturesUnordered<LocalBoxFuture<'a, DetailReply>>,
    waiting: VecDeque<FailureCase>,
    /// Cases to read again after the next poll.
    again: Vec<FailureCase>,
    /// Number of open cases by service.
    open: HashMap<usize, usize>,
    /// Number of started cases by service.
    started: HashMap<usize, usize>,
    /// Failures explained so far, by service.
    known: Vec<(usize, TaskFailure)>,
    /// What the action log says, by service.
    logged: HashMap<usize, Vec<ActionLogEntry>>,
    /// Reads whose access denial has been reported.
    denied: HashSet<DetailRead>,
    /// Tasks reported by an earlier watch, by service and task ID, and whether they were explained.
    reported: HashMap<(String, String), bool>,
}

impl<'a, S: DataSource> FailureDetails<'a, S> {
    pub fn new(source: &'a S, clock: &'a Clock, sink: &'a dyn Sink, show_values: bool) -> Self {
        Self {
            collector: Rc::new(DetailCollector::new(source, clock, show_values)),
            action_logs: Rc::new(ActionLogReader::new(source, clock)),
            sink,
            running: FuturesUnordered::new(),
            waiting: VecDeque::new(),
            again: Vec::new(),
            open: HashMap::new(),
            started: HashMap::new(),
            known: Vec::new(),
            logged: HashMap::new(),
            denied: HashSet::new(),
            reported: HashMap::new(),
        }
    }

    /// Starts to explain a failure of the service at index `at`.
    pub fn start(&mut self, at: usize, failure: TaskFailure, task: Option<&Task>, service: Option<&Service>) {
        let started = self.started.entry(at).or_default();
        if *started >= KINDS {
            return;
        }
        *started += 1;
        let failure = TaskFailure {
            event: unhealthy_event(&failure, service),
            ..failure
        };
        let Some(service) = service else { return };
        let has_started = task.is_some_and(|task| task.started_at.is_some());
        let ran = failure.exit_code.is_some() || has_started;
        let groups = service.target_groups.clone();
        self.open(FailureCase {
            at,
            service: service.name.clone(),
            needs_log: ran,
            needs_target: ran && !groups.is_empty(),
            task: task.cloned(),
            failure,
            groups,
            rounds: 0,
            pause: 0,
        });
    }

    /// Starts reading the targets of a service that failed without a stopped task.
    pub fn start_targets(&mut self, at: usize, service: &Service) {
        if service.target_groups.is_empty() {
            return;
        }
        self.open(FailureCase {
            at,
            service: service.name.clone(),
            failure: TaskFailure::default(),
            task: None,
            groups: service.target_groups.clone(),
            needs_log: false,
            needs_target: true,
            rounds: 0,
            pause: 0,
        });
    }

    /// Starts reading what the action log says about a failed deployment.
    pub fn start_action_log(&mut self, at: usize, scope: ActionLogScope) {
        *self.open.entry(at).or_default() += 1;
        let reader = Rc::clone(&self.action_logs);
        self.running.push(Box::pin(async move {
            DetailReply::ActionLog(at, reader.read(&scope).await)
        }));
    }

    /// What the action log says about a service's failed deployment.
    pub fn action_log(&self, at: usize) -> &[ActionLogEntry] {
        self.logged.get(&at).map_or(&[], Vec::as_slice)
    }

    fn open(&mut self, case: FailureCase) {
        *self.open.entry(case.at).or_default() += 1;
        self.waiting.push_back(case);
    }

    /// Whether a service has open cases.
    pub fn is_busy(&self, at: usize) -> bool {
        self.open.get(&at).is_some_and(|open| *open > 0)
    }

    /// Queues the incomplete cases again after a poll.
    pub fn retry(&mut self) {
        for mut case in std::mem::take(&mut self.again) {
            if case.pause == 0 {
                self.waiting.push_back(case);
            } else {
                case.pause -= 1;
                self.again.push(case);
            }
        }
    }

    /// Runs the reads of all queued cases. Cancel-safe: the future may be dropped and the method called again.
    pub async fn work(&mut self) {
        loop {
            while self.running.len() < CONCURRENCY
                && let Some(case) = self.waiting.pop_front()
            {
                let collector = Rc::clone(&self.collector);
                self.running.push(Box::pin(async move {
                    DetailReply::Case(Box::new(collector.collect(case).await))
                }));
            }
            match self.running.next().await {
                Some(DetailReply::Case(collected)) => self.take(*collected),
                Some(DetailReply::ActionLog(at, entries)) => {
                    self.logged.insert(at, entries);
                    self.close_case(at);
                }
                None => return,
            }
        }
    }

    fn take(&mut self, collected: CollectedDetails) {
        let CollectedDetails {
            mut case,
            news,
            targets,
            errors,
        } = collected;
        let throttled = errors.iter().any(|(_, it)| it.severity == Severity::Throttled);
        for (read, error) in errors {
            self.warn(read, error);
        }
        // The service's watch may have ended meanwhile.
        if !self.open.contains_key(&case.at) {
            return;
        }
        for (target, count) in targets {
            self.keep_target(&case, target, count);
        }
        let first = case.rounds == 0;
        case.rounds += 1;
        case.pause = if throttled { 1 << case.rounds.min(4) } else { 0 };
        if case.task.is_some() && (first || news) {
            diagnose(&mut case.failure, &case.service);
            self.keep(&case);
            self.report(&case);
        }
        if (case.needs_log || case.needs_target) && case.rounds < ROUNDS {
            self.again.push(case);
        } else {
            self.close_case(case.at);
        }
    }

    fn close_case(&mut self, at: usize) {
        if let Some(open) = self.open.get_mut(&at) {
            *open = open.saturating_sub(1);
        }
    }

    fn report(&self, case: &FailureCase) {
        if self.was_reported(&case.service, &case.failure) != Some(true) {
            self.sink.emit(Event::Rollout {
                service: case.service.clone(),
                event: RolloutEvent::Explained {
                    failure: Box::new(case.failure.clone()),
                },
            });
        }
    }

    /// Whether an earlier watch of the service reported this task and, if so, whether it was explained then.
    pub fn was_reported(&self, service: &str, failure: &TaskFailure) -> Option<bool> {
        let key = (service.to_owned(), failure.task_id.clone()?);
        self.reported.get(&key).copied()
    }

    /// Ends a service's cases with its watch. The next watch doesn't report these failures again.
    pub fn close(&mut self, at: usize, service: &str, failures: &[TaskFailure]) {
        self.waiting.retain(|case| case.at != at);
        self.again.retain(|case| case.at != at);
        self.open.remove(&at);
        self.reported.extend(failures.iter().filter_map(|failure| {
            let is_explained = failure.log.is_some() || failure.cause.is_some();
            Some(((service.to_owned(), failure.task_id.clone()?), is_explained))
        }));
    }

    fn keep(&mut self, case: &FailureCase) {
        let is_same =
            |(at, known): &&mut (usize, TaskFailure)| *at == case.at && known.task_id == case.failure.task_id;
        match self.known.iter_mut().find(is_same) {
            Some((_, known)) => known.clone_from(&case.failure),
            None => self.known.push((case.at, case.failure.clone())),
        }
    }

    /// Records an unhealthy target without a stopped task as a separate failure.
    fn keep_target(&mut self, case: &FailureCase, target: FailureTarget, count: u64) {
        let mut failure = TaskFailure {
            target: Some(target),
            count,
            ..TaskFailure::default()
        };
        diagnose(&mut failure, &case.service);
        self.known.push((case.at, failure));
    }

    fn warn(&mut self, read: DetailRead, error: ReadError) {
        tracing::debug!(severity = ?error.severity, error = %error.failure, "a failure can't be fully explained");
        if error.severity == Severity::Denied && self.denied.insert(read) {
            let mut failure = error.failure;
            failure.resource = None;
            self.sink.warn_of(failure, read.consequence());
        }
    }

    /// Merges the failures of a service with all known details: `kinds` come from stopped tasks, `troubles`
    /// from service events.
    pub fn complete(
        &self,
        at: usize,
        service: &str,
        kinds: &[TaskFailure],
        troubles: Vec<TaskFailure>,
    ) -> Vec<TaskFailure> {
        let known = |kind: &TaskFailure| {
            let mut of_service = self.known.iter().filter(|(of, _)| *of == at);
            of_service.find(|(_, it)| it.task_id == kind.task_id)
        };
        let explained = kinds.iter().map(|kind| match known(kind) {
            Some((_, known)) => TaskFailure {
                count: kind.count,
                ..known.clone()
            },
            None => {
                let mut kind = kind.clone();
                diagnose(&mut kind, service);
                kind
            }
        });
        let targets = self
            .known
            .iter()
            .filter(|(of, it)| *of == at && it.task_id.is_none())
            .map(|(_, target)| target.clone());
        let mut all: Vec<TaskFailure> = explained.collect();
        // An event with the same cause as a stopped task is not a separate failure.
        let causes: Vec<String> = all
            .iter()
            .filter_map(|it| Some(it.cause.as_ref()?.id.clone()))
            .collect();
        let is_news = |it: &TaskFailure| it.cause.as_ref().is_none_or(|cause| !causes.contains(&cause.id));
        all.extend(troubles.into_iter().filter(is_news).chain(targets));
        all
    }
}

/// The last service event that says why a task was stopped as unhealthy.
/// (Amazon ECS service event messages: "… is unhealthy in (target-group …) due to (reason …)".)
fn unhealthy_event(failure: &TaskFailure, service: Option<&Service>) -> Option<String> {
    let by_scheduler = failure.stop_code.as_deref() == Some("ServiceSchedulerInitiated");
    let by_balancer = failure
        .stopped_reason
        .as_deref()
        .is_some_and(|reason| reason.contains("ELB health checks"));
    if !by_scheduler || !by_balancer {
        return None;
    }
    let is_about_health = |message: &&str| message.contains("is unhealthy in");
    let mut messages = service?.events.iter().map(|event| event.message.as_str());
    let of_task = failure.task_id.as_deref().and_then(|task| {
        let mut messages = messages.clone();
        messages.find(|message| is_about_health(message) && message.contains(task))
    });
    of_task
        .or_else(|| messages.find(is_about_health))
        .map(str::to_owned)
}
