//! The loop: look at everything that isn't over, read what the judges want besides, wait.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::future::{Future, pending};
use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{Either, LocalBoxFuture, join_all, select};
use futures_util::stream::FuturesUnordered;
use indexmap::IndexMap;
use jiff::Timestamp;

use super::ecs::{Ecs, ReadError, broken_off};
use super::endurance::{Look, PollErrors, warn};
use super::explain::{Clues, Explainer};
use super::extras::{Extra, Reply};
use super::joining::Joining;
use super::pace::PollRate;
use super::{Left, NoSuchService, ServiceResult, Tell, Watch};
use crate::clock::Clock;
use crate::diagnostic::Failure;
use crate::ecs::{DescribedServices, ServiceDeployment, Task};
use crate::model::{Event, FailureTarget, RolloutEvent, Sink, TaskFailure};
use crate::verdict::{Judge, Snapshot, Wants, WatchRequest};

/// DescribeServices takes at most ten (API reference).
const SERVICES_A_CALL: usize = 10;

/// One service that is watched.
pub(super) struct WatchedService {
    pub judge: Judge,
    pub snapshot: Snapshot,
    /// Stopped tasks by ARN.
    pub tasks: IndexMap<String, Task>,
    pub wants: Wants,
    /// What is being read for it.
    pub reading: BTreeSet<Extra>,
    /// When a list was last read for it.
    pub served_at: Option<Timestamp>,
    /// When its service deployment was last read again.
    pub refreshed_at: Option<Timestamp>,
    /// When its service deployments were last asked for.
    pub listing_at: Option<Timestamp>,
    /// When the health of its tasks was first read, and last.
    pub health_from: Option<Timestamp>,
    pub health_at: Option<Timestamp>,
    /// The health of its tasks, or of their targets, can't be read.
    pub without_health: bool,
    pub without_targets: bool,
    /// Targets of tasks, by their id, whose health checks failed when last seen.
    pub sick: HashMap<String, FailureTarget>,
    /// When it had its verdict.
    pub decided_at: Option<Timestamp>,
    /// Why its service deployments can't be read.
    pub refused: Option<ReadError>,
    pub end: Option<End>,
}

/// What came of one service.
pub(super) enum End {
    ServiceResult(Box<ServiceResult>),
    Absent(NoSuchService),
    /// It goes on, and nobody can tell how.
    Unwatchable(Failure),
}

/// The loop.
pub struct Poller<'a, E> {
    pub(super) ecs: &'a E,
    pub(super) cluster: &'a str,
    pub(super) sink: &'a dyn Sink,
    /// Takes each end as it comes.
    pub(super) ended: &'a dyn Fn(&WatchRequest, &ServiceResult),
    pub(super) clock: &'a Clock,
    pub(super) services: Vec<WatchedService>,
    joining: Joining,
    /// When the last of them joined.
    joined_at: Timestamp,
    /// When the last look began.
    looked_at: Option<Timestamp>,
    /// Whether ECS has answered.
    has_begun: bool,
    pub(super) explainer: Explainer<'a, E>,
    pub(super) pace: PollRate,
    endurance: PollErrors,
    /// Reads that the looks don't wait for, and what came of them since the last one.
    pub(super) reads: FuturesUnordered<LocalBoxFuture<'a, Reply>>,
    pub(super) arrived: Vec<Reply>,
    pub(super) lists_first: bool,
    /// It was waited in vain for such reads.
    pub(super) is_hurried: bool,
    pub(super) told_denied_tasks: bool,
    pub(super) told_denied_deployments: bool,
}

impl<'a, E: Ecs + Clues> Poller<'a, E> {
    pub fn new(
        ecs: &'a E,
        cluster: &'a str,
        joining: Joining,
        Tell {
            sink,
            ended,
            show_values,
        }: Tell<'a>,
        clock: &'a Clock,
    ) -> Self {
        Self {
            ecs,
            cluster,
            sink,
            ended,
            clock,
            services: Vec::new(),
            joining,
            joined_at: clock.now(),
            looked_at: None,
            has_begun: false,
            explainer: Explainer::new(ecs, sink, show_values),
            pace: PollRate::new(),
            endurance: PollErrors::default(),
            reads: FuturesUnordered::new(),
            arrived: Vec::new(),
            lists_first: false,
            is_hurried: false,
            told_denied_tasks: false,
            told_denied_deployments: false,
        }
    }

    /// Watches until everything has ended and no more join, nothing can be read any more, or it is cut short.
    pub async fn run(mut self, cut: impl Future<Output = ()>) -> Watch {
        let broken_off = match select(pin!(self.drive()), pin!(cut)).await {
            Either::Left((broken_off, _)) => broken_off,
            Either::Right(_) => None,
        };
        // Those that joined since the last look are left like the others.
        self.take_arrivals();
        // A verdict that is only held back for its explanation is one.
        self.conclude_at_once();
        let mut watch = Watch {
            services: Vec::new(),
            absent: Vec::new(),
            broken_off,
            unwatchable: Vec::new(),
            left: Vec::new(),
        };
        for (at, watchee) in self.services.into_iter().enumerate() {
            let judge = &watchee.judge;
            let left = || Left {
                aim: WatchRequest {
                    definition: seen(judge),
                    ..judge.aim().clone()
                },
                under_way: judge.under_way(),
                failures: self.explainer.complete(
                    at,
                    &judge.aim().service,
                    judge.failures(),
                    judge.troubles(),
                ),
            };
            match watchee.end {
                Some(End::ServiceResult(watched)) => watch.services.push(*watched),
                Some(End::Absent(absent)) => watch.absent.push(absent),
                Some(End::Unwatchable(why)) => watch.unwatchable.push((why, left())),
                None => watch.left.push(left()),
            }
        }
        watch
    }

    async fn drive(&mut self) -> Option<Failure> {
        while self.is_going_on().await {
            self.rest().await;
            self.take_arrivals();
            self.looked_at = Some(self.clock.now());
            if let Err(cause) = self.look(&self.undecided()).await {
                return Some(self.break_off(cause).await);
            }
        }
        None
    }

    /// Whether there is something to look at; waits for it where something may still join.
    async fn is_going_on(&mut self) -> bool {
        self.take_arrivals();
        if !self.open().is_empty() {
            return true;
        }
        match self.joining.next().await {
            Some(aim) => self.add(aim),
            None => return false,
        }
        true
    }

    fn take_arrivals(&mut self) {
        while let Some(aim) = self.joining.arrived() {
            self.add(aim);
        }
    }

    fn add(&mut self, aim: WatchRequest) {
        self.joined_at = self.clock.now();
        self.services.push(WatchedService::new(aim));
    }

    /// Those that join from here on are not watched either, and are named with the others.
    async fn break_off(&mut self, cause: ReadError) -> Failure {
        self.conclude_at_once();
        while let Some(aim) = self.joining.next().await {
            self.add(aim);
        }
        let services: Vec<String> = self.open().iter().filter_map(|at| self.name(*at)).collect();
        broken_off(&services, self.has_begun, cause)
    }

    /// Waits until the next look is due. Failures are looked into meanwhile, and what takes long to read goes on.
    async fn rest(&mut self) {
        let Some(last) = self.looked_at else { return };
        let polls = self.undecided().len().div_ceil(SERVICES_A_CALL);
        if polls == 0 {
            return self.explain_to_the_end().await;
        }
        let watched = elapsed(self.joined_at, self.clock.now());
        let interval = self.pace.interval(watched, polls);
        let took = elapsed(last, self.clock.now());
        let pause = interval.saturating_sub(took);
        let sleep = self.clock.sleep_beside(pause, self.explainer.work());
        let (reads, arrived) = (&mut self.reads, &mut self.arrived);
        let gather = async {
            while let Some(reply) = reads.next().await {
                arrived.push(reply);
            }
            pending::<()>().await;
        };
        // What wakes up with the sleep counts for the next look.
        select(pin!(sleep), pin!(gather)).await;
        self.pace.earn(elapsed(last, self.clock.now()));
    }

    /// One look at all that isn't over.
    async fn look(&mut self, open: &[usize]) -> Result<(), ReadError> {
        let batches: Vec<(&[usize], Vec<String>)> = open
            .chunks(SERVICES_A_CALL)
            .map(|batch| (batch, batch.iter().filter_map(|at| self.name(*at)).collect()))
            .collect();
        self.pace.spend(batches.len());
        let (ecs, cluster) = (self.ecs, self.cluster);
        let replies = join_all(
            batches
                .iter()
                .map(|(_, names)| ecs.describe_services(cluster, names)),
        )
        .await;
        let mut looked = Vec::new();
        let mut look = Look::default();
        for ((batch, _), reply) in batches.into_iter().zip(replies) {
            match reply {
                Ok(described) => {
                    look.went_through();
                    self.take_in(batch, &described);
                    looked.extend_from_slice(batch);
                }
                Err(trouble) => {
                    self.overdue(batch);
                    look.failed(trouble);
                }
            }
        }
        for at in looked {
            self.judge(at);
        }
        self.endurance.weigh(look, &mut self.pace, self.sink)?;
        self.read_more().await;
        self.explainer.look_again();
        self.conclude().await;
        Ok(())
    }

    /// The services of a reply, each to its judge. One that the reply lacks is missing.
    fn take_in(&mut self, batch: &[usize], described: &DescribedServices) {
        self.has_begun = true;
        for at in batch {
            if let Some(watchee) = self.services.get_mut(*at) {
                let name = watchee.judge.aim().service.as_str();
                watchee.snapshot.service = described.named(name).cloned();
            }
        }
    }

    pub(super) fn judge(&mut self, at: usize) {
        let now = self.clock.now();
        let Some(watchee) = self.services.get_mut(at) else {
            return;
        };
        let step = watchee.judge.step(&watchee.snapshot, now);
        watchee.wants = step.wants;
        self.tell(at, step.events);
    }

    fn overdue(&mut self, batch: &[usize]) {
        let now = self.clock.now();
        for at in batch {
            if let Some(watchee) = self.services.get_mut(*at) {
                watchee.wants = watchee.judge.overdue(now).wants;
            }
        }
    }

    /// Passes on what happened to a service; a task that stopped is looked into.
    pub(super) fn tell(&mut self, at: usize, events: Vec<RolloutEvent>) {
        let Some(watchee) = self.services.get(at) else {
            return;
        };
        let service = &watchee.judge.aim().service;
        for event in events {
            let stopped = match &event {
                RolloutEvent::Stopped { failure } => Some(failure.as_ref().clone()),
                _ => None,
            };
            self.sink.emit(Event::Rollout {
                service: service.clone(),
                event,
            });
            if let Some(failure) = stopped {
                let id = failure.task_id.clone().unwrap_or_default();
                let task = watchee.tasks.values().find(|task| task.id == id);
                let there = watchee.snapshot.service.as_ref();
                let failure = TaskFailure {
                    target: watchee.sick.get(&id).cloned(),
                    ..failure
                };
                self.explainer.begin(at, failure, task, there);
            }
        }
    }

    pub(super) fn warn(&self, trouble: &ReadError, consequence: &str) {
        warn(self.sink, trouble.error.clone(), consequence);
    }

    pub(super) fn open(&self) -> Vec<usize> {
        (0..self.services.len())
            .filter(|at| self.services.get(*at).is_some_and(|it| it.end.is_none()))
            .collect()
    }

    /// Those without a verdict: they are looked at.
    fn undecided(&self) -> Vec<usize> {
        let mut open = self.open();
        open.retain(|at| {
            let watchee = self.services.get(*at);
            watchee.is_some_and(|it| it.judge.verdict().is_none())
        });
        open
    }

    fn name(&self, at: usize) -> Option<String> {
        self.services.get(at).map(|it| it.judge.aim().service.clone())
    }
}

/// What it was asked for, else what was seen.
fn seen(judge: &Judge) -> Option<String> {
    let asked = judge.aim().definition.clone();
    asked.or_else(|| judge.brings().map(str::to_owned))
}

impl WatchedService {
    fn new(aim: WatchRequest) -> Self {
        Self {
            judge: Judge::new(aim),
            snapshot: Snapshot::of(None),
            tasks: IndexMap::new(),
            wants: Wants::default(),
            reading: BTreeSet::new(),
            served_at: None,
            refreshed_at: None,
            listing_at: None,
            health_from: None,
            health_at: None,
            without_health: false,
            without_targets: false,
            sick: HashMap::new(),
            decided_at: None,
            refused: None,
            end: None,
        }
    }

    pub(super) fn joined(&self) -> Option<&ServiceDeployment> {
        self.snapshot.service_deployment(self.judge.deployment()?)
    }

    /// The ARNs of the tasks that have stopped for good.
    pub(super) fn over(&self) -> HashSet<String> {
        let stopped = self.tasks.values().filter(|task| task.is_stopped());
        stopped.map(|task| task.arn.clone()).collect()
    }

    pub(super) fn take_tasks(&mut self, tasks: Vec<Task>, now: Timestamp) {
        self.tasks
            .extend(tasks.into_iter().map(|task| (task.arn.clone(), task)));
        self.snapshot.tasks = self.tasks.values().cloned().collect();
        self.snapshot.tasks_at = Some(now);
    }
}

fn elapsed(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or_default()
}
