//! Why tasks fail, beside the poller: each kind of failure is explained once, by its log and its target's health, read
//! side by side. It never holds up the polling, and no verdict rests on it.

mod clues;
mod investigation;
mod log;
pub(super) mod target;

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use futures_util::stream::FuturesUnordered;

use super::ecs::{ReadError, Severity};
use crate::ecs::{Service, TargetGroup, Task};
use crate::model::{Event, FailureTarget, RolloutEvent, Sink, TaskFailure};
use crate::verdict::diagnose;

pub use clues::Clues;
pub use log::{Destination, destination};

use investigation::{Definitions, Found, Part, Read, investigate, look_at_targets};

/// Investigations at a time: the account's limits are shared with everybody who reads logs.
const AT_ONCE: usize = 4;
/// Kinds of failure of one service that are looked into.
const KINDS: usize = 5;
/// Looks for which a log, or an answer, is waited for: an agent sends its lines within seconds.
const LOOKS: u32 = 6;

/// One kind of failure that is looked into.
struct Case {
    /// The service's place among those watched.
    at: usize,
    service: String,
    failure: TaskFailure,
    /// None: no task stopped, the targets are looked at.
    task: Option<Task>,
    groups: Vec<TargetGroup>,
    log: Part,
    target: Part,
    looks: u32,
    /// Looks to let pass before the next try.
    pause: u32,
}

/// A case after one round of reads.
struct Round {
    case: Case,
    found: Found,
}

/// The explanations of everything that is watched.
pub(super) struct Explainer<'a, E> {
    clues: &'a E,
    sink: &'a dyn Sink,
    definitions: Rc<Definitions>,
    running: FuturesUnordered<LocalBoxFuture<'a, Round>>,
    waiting: VecDeque<Case>,
    /// Not all there yet: tried again after the next look.
    again: Vec<Case>,
    /// By service: cases that are not closed.
    open: HashMap<usize, usize>,
    /// By service: tasks that were looked into.
    begun: HashMap<usize, usize>,
    /// What is known by now, by service.
    known: Vec<(usize, TaskFailure)>,
    /// Missing rights that were told.
    told: HashSet<Read>,
}

impl<'a, E: Clues> Explainer<'a, E> {
    pub fn new(clues: &'a E, sink: &'a dyn Sink, show_values: bool) -> Self {
        Self {
            clues,
            sink,
            definitions: Rc::new(Definitions::new(show_values)),
            running: FuturesUnordered::new(),
            waiting: VecDeque::new(),
            again: Vec::new(),
            open: HashMap::new(),
            begun: HashMap::new(),
            known: Vec::new(),
            told: HashSet::new(),
        }
    }

    /// Begins to look into a failure of the service at a place.
    pub fn begin(&mut self, at: usize, failure: TaskFailure, task: Option<&Task>, service: Option<&Service>) {
        let begun = self.begun.entry(at).or_default();
        if *begun >= KINDS {
            return;
        }
        *begun += 1;
        let failure = TaskFailure {
            event: unhealthy_event(&failure, service),
            ..failure
        };
        let Some(service) = service else { return };
        let started = task.is_some_and(|task| task.started_at.is_some());
        let ran = failure.exit_code.is_some() || started;
        let groups = service.target_groups.clone();
        self.put(Case {
            at,
            service: service.name.clone(),
            log: Part::wanted(ran),
            target: Part::wanted(ran && !groups.is_empty()),
            task: task.cloned(),
            failure,
            groups,
            looks: 0,
            pause: 0,
        });
    }

    /// Begins to look at the targets of a service that failed without a stopped task. False: it has none.
    pub fn begin_targets(&mut self, at: usize, service: &Service) -> bool {
        if service.target_groups.is_empty() {
            return false;
        }
        self.put(Case {
            at,
            service: service.name.clone(),
            failure: TaskFailure::default(),
            task: None,
            groups: service.target_groups.clone(),
            log: Part::wanted(false),
            target: Part::wanted(true),
            looks: 0,
            pause: 0,
        });
        true
    }

    fn put(&mut self, case: Case) {
        *self.open.entry(case.at).or_default() += 1;
        self.waiting.push_back(case);
    }

    /// Whether something about a service may still be found.
    pub fn is_busy(&self, at: usize) -> bool {
        self.open.get(&at).is_some_and(|open| *open > 0)
    }

    /// What was not there at the last look is asked for again.
    pub fn look_again(&mut self) {
        for mut case in std::mem::take(&mut self.again) {
            if case.pause == 0 {
                self.waiting.push_back(case);
            } else {
                case.pause -= 1;
                self.again.push(case);
            }
        }
    }

    /// Goes on with all investigations, until each has been answered. May be dropped at any moment and called again.
    pub async fn work(&mut self) {
        loop {
            while self.running.len() < AT_ONCE
                && let Some(case) = self.waiting.pop_front()
            {
                let (clues, definitions) = (self.clues, Rc::clone(&self.definitions));
                self.running.push(if case.task.is_some() {
                    Box::pin(investigate(clues, definitions, case))
                } else {
                    Box::pin(look_at_targets(clues, case))
                });
            }
            let Some(round) = self.running.next().await else {
                return;
            };
            self.take(round);
        }
    }

    fn take(&mut self, round: Round) {
        let Round { mut case, found } = round;
        for (read, trouble) in &found.troubles {
            self.warn(*read, trouble);
        }
        for (target, count) in found.targets {
            self.keep_target(&case, target, count);
        }
        let throttled = found
            .troubles
            .iter()
            .any(|(_, it)| it.weight == Severity::Throttled);
        let first = case.looks == 0;
        case.looks += 1;
        case.pause = if throttled { 1 << case.looks.min(4) } else { 0 };
        if case.task.is_some() && (first || found.news) {
            diagnose(&mut case.failure, &case.service);
            self.keep(&case);
            self.sink.emit(Event::Rollout {
                service: case.service.clone(),
                event: RolloutEvent::Explained {
                    failure: Box::new(case.failure.clone()),
                },
            });
        }
        let is_over = case.log.is_closed() && case.target.is_closed();
        if is_over || case.looks >= LOOKS {
            if let Some(open) = self.open.get_mut(&case.at) {
                *open = open.saturating_sub(1);
            }
        } else {
            self.again.push(case);
        }
    }

    fn keep(&mut self, case: &Case) {
        let is_same =
            |(at, known): &&mut (usize, TaskFailure)| *at == case.at && known.task_id == case.failure.task_id;
        match self.known.iter_mut().find(is_same) {
            Some((_, known)) => known.clone_from(&case.failure),
            None => self.known.push((case.at, case.failure.clone())),
        }
    }

    /// A target that is not healthy, without a stopped task, is a failure of its own.
    fn keep_target(&mut self, case: &Case, target: FailureTarget, count: u64) {
        let mut failure = TaskFailure {
            target: Some(target),
            count,
            ..TaskFailure::default()
        };
        diagnose(&mut failure, &case.service);
        self.known.push((case.at, failure));
    }

    fn warn(&mut self, read: Read, trouble: &ReadError) {
        tracing::debug!(weight = ?trouble.weight, error = %trouble.error, "a failure can't be explained in full");
        if trouble.weight != Severity::Denied || !self.told.insert(read) {
            return;
        }
        self.sink.emit(Event::Warning {
            resource: None,
            message: format!("{}: {}", trouble.error, read.consequence()),
            hint: trouble.error.hint.clone(),
        });
    }

    /// The failures of a service with all that is known of them: `kinds` are tasks that stopped, `troubles` what events
    /// told.
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
        // An event that tells what a stopped task has told is no failure of its own.
        let told: Vec<String> = all
            .iter()
            .filter_map(|it| Some(it.cause.as_ref()?.id.clone()))
            .collect();
        let is_news = |it: &TaskFailure| it.cause.as_ref().is_none_or(|cause| !told.contains(&cause.id));
        all.extend(troubles.into_iter().filter(is_news).chain(targets));
        all
    }
}

/// The last event that tells why a task was unhealthy, for one that was taken away because it was.
/// (Amazon ECS service event messages: "… is unhealthy in (target-group …) due to (reason …)".)
fn unhealthy_event(failure: &TaskFailure, service: Option<&Service>) -> Option<String> {
    let taken_away = failure.stop_code.as_deref() == Some("ServiceSchedulerInitiated");
    let by_balancer = failure
        .stopped_reason
        .as_deref()
        .is_some_and(|reason| reason.contains("ELB health checks"));
    if !taken_away || !by_balancer {
        return None;
    }
    let told = |message: &&str| message.contains("is unhealthy in");
    let mut messages = service?.events.iter().map(|event| event.message.as_str());
    let of_task = failure.task_id.as_deref().and_then(|task| {
        let mut messages = messages.clone();
        messages.find(|message| told(message) && message.contains(task))
    });
    of_task.or_else(|| messages.find(told)).map(str::to_owned)
}
