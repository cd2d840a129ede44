//! The loop: look at everything that isn't over, read what the judges want besides, wait.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, join_all, select};
use indexmap::IndexMap;
use jiff::Timestamp;

use super::ecs::{BrokenOff, Ecs, Trouble, Weight};
use super::explain::{Clues, Explainer};
use super::joining::Joining;
use super::pace::Pace;
use super::{Left, NoSuchService, Watch, Watched};
use crate::clock::Clock;
use crate::model::{Event, RolloutEvent, Sink, Value};
use crate::verdict::{Aim, Judge, Service, ServiceDeployment, Snapshot, Task, Wants};

/// DescribeServices takes at most ten (API reference).
const SERVICES_A_CALL: usize = 10;
/// Looks that fail in a row before a person is told.
const FAILED_LOOKS: u32 = 3;
/// Looks that may fail for the credentials' sake: the second one has had the chance to load new ones.
pub(super) const REFUSED_LOOKS: u32 = 2;

/// One service that is watched.
pub(super) struct Watchee {
    pub judge: Judge,
    pub snapshot: Snapshot,
    /// Stopped tasks by ARN.
    pub tasks: IndexMap<String, Task>,
    pub wants: Wants,
    /// When a list was last read for it.
    pub served_at: Option<Timestamp>,
    /// When its service deployment was last read again.
    pub refreshed_at: Option<Timestamp>,
    /// When its service deployments were last asked for.
    pub listing_at: Option<Timestamp>,
    /// When it had its verdict.
    pub decided_at: Option<Timestamp>,
    pub end: Option<End>,
}

/// What came of one service.
pub(super) enum End {
    Watched(Box<Watched>),
    Absent(NoSuchService),
}

/// The loop.
pub struct Poller<'a, E> {
    pub(super) ecs: &'a E,
    pub(super) cluster: &'a str,
    pub(super) sink: &'a dyn Sink,
    pub(super) clock: &'a Clock,
    pub(super) services: Vec<Watchee>,
    joining: Joining,
    /// When the last of them joined.
    joined_at: Timestamp,
    /// When the last look began.
    looked_at: Option<Timestamp>,
    /// Whether ECS has answered.
    has_begun: bool,
    pub(super) explainer: Explainer<'a, E>,
    pub(super) pace: Pace,
    pub(super) failed_looks: u32,
    pub(super) refused_looks: u32,
    pub(super) lists_first: bool,
    pub(super) told_denied_tasks: bool,
    pub(super) told_denied_deployments: bool,
}

impl<'a, E: Ecs + Clues> Poller<'a, E> {
    pub fn new(ecs: &'a E, cluster: &'a str, joining: Joining, sink: &'a dyn Sink, clock: &'a Clock) -> Self {
        Self {
            ecs,
            cluster,
            sink,
            clock,
            services: Vec::new(),
            joining,
            joined_at: clock.now(),
            looked_at: None,
            has_begun: false,
            explainer: Explainer::new(ecs, sink),
            pace: Pace::new(),
            failed_looks: 0,
            refused_looks: 0,
            lists_first: false,
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
        let mut watch = Watch {
            services: Vec::new(),
            absent: Vec::new(),
            broken_off,
            left: Vec::new(),
        };
        for watchee in self.services {
            match watchee.end {
                Some(End::Watched(watched)) => watch.services.push(*watched),
                Some(End::Absent(absent)) => watch.absent.push(absent),
                None => watch.left.push(Left {
                    aim: watchee.judge.aim().clone(),
                    failures: watchee.judge.failures().to_vec(),
                }),
            }
        }
        watch
    }

    async fn drive(&mut self) -> Option<BrokenOff> {
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

    fn add(&mut self, aim: Aim) {
        self.joined_at = self.clock.now();
        self.services.push(Watchee::new(aim));
    }

    /// Those that join from here on are not watched either, and are named with the others.
    async fn break_off(&mut self, cause: Trouble) -> BrokenOff {
        self.conclude_at_once();
        while let Some(aim) = self.joining.next().await {
            self.add(aim);
        }
        BrokenOff {
            services: self.open().iter().filter_map(|at| self.name(*at)).collect(),
            had_begun: self.has_begun,
            cause,
        }
    }

    /// Waits until the next look is due. Failures are looked into meanwhile.
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
        self.clock.sleep_beside(pause, self.explainer.work()).await;
        self.pace.earn(elapsed(last, self.clock.now()));
    }

    /// One look at all that isn't over.
    async fn look(&mut self, open: &[usize]) -> Result<(), Trouble> {
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
        let mut trouble = None;
        for ((batch, _), reply) in batches.into_iter().zip(replies) {
            match reply {
                Ok(reply) => {
                    self.take_in(batch, &reply);
                    looked.extend_from_slice(batch);
                }
                Err(error) => {
                    self.overdue(batch);
                    trouble = worse(trouble, error);
                }
            }
        }
        for at in looked {
            self.judge(at);
        }
        self.weigh(trouble)?;
        self.read_more().await?;
        self.explainer.look_again();
        self.conclude().await;
        Ok(())
    }

    /// The services of a reply, each to its judge. One that the reply lacks is missing.
    fn take_in(&mut self, batch: &[usize], reply: &Value) {
        self.has_begun = true;
        let null = Vec::new();
        let found = reply.get("services").and_then(Value::as_array).unwrap_or(&null);
        for at in batch {
            if let Some(watchee) = self.services.get_mut(*at) {
                let name = watchee.judge.aim().service.as_str();
                let ours = found
                    .iter()
                    .find(|it| it.get("serviceName").and_then(Value::as_str) == Some(name));
                watchee.snapshot.service = ours.map(Service::read);
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

    /// What a failed look means for the watch.
    fn weigh(&mut self, trouble: Option<Trouble>) -> Result<(), Trouble> {
        let Some(trouble) = trouble else {
            self.failed_looks = 0;
            self.refused_looks = 0;
            self.pace.recover();
            return Ok(());
        };
        tracing::debug!(weight = ?trouble.weight, error = %trouble.error, "a look failed");
        match trouble.weight {
            Weight::Throttled => self.pace.slow_down(),
            Weight::Passing => {
                self.failed_looks += 1;
                if self.failed_looks == FAILED_LOOKS {
                    self.warn(&trouble, "still trying");
                }
            }
            Weight::Credentials => {
                self.refused_looks += 1;
                if self.refused_looks >= REFUSED_LOOKS {
                    return Err(trouble);
                }
            }
            Weight::Denied | Weight::Unsupported | Weight::Fatal => return Err(trouble),
        }
        Ok(())
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
                self.explainer.begin(at, failure, task, there);
            }
        }
    }

    pub(super) fn warn(&self, trouble: &Trouble, consequence: &str) {
        let error = trouble.error.inner();
        self.sink.emit(Event::Warning {
            resource: error.resource().map(|it| it.into_owned()),
            message: format!("{}: {consequence}", trouble.error),
            hint: error.hint().map(|it| it.into_owned()),
        });
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

impl Watchee {
    fn new(aim: Aim) -> Self {
        Self {
            judge: Judge::new(aim),
            snapshot: Snapshot::of(None),
            tasks: IndexMap::new(),
            wants: Wants::default(),
            served_at: None,
            refreshed_at: None,
            listing_at: None,
            decided_at: None,
            end: None,
        }
    }

    pub(super) fn joined(&self) -> Option<&ServiceDeployment> {
        self.snapshot.service_deployment(self.judge.deployment()?)
    }

    pub(super) fn take_tasks(&mut self, tasks: Vec<(String, Task)>, now: Timestamp) {
        self.tasks.extend(tasks);
        self.snapshot.tasks = self.tasks.values().cloned().collect();
        self.snapshot.tasks_at = Some(now);
    }
}

/// Of two troubles in one look the one that means more.
fn worse(one: Option<Trouble>, other: Trouble) -> Option<Trouble> {
    let rank = |trouble: &Trouble| match trouble.weight {
        Weight::Passing => 0,
        Weight::Throttled => 1,
        Weight::Credentials => 2,
        Weight::Unsupported => 3,
        Weight::Denied => 4,
        Weight::Fatal => 5,
    };
    match one {
        Some(one) if rank(&one) >= rank(&other) => Some(one),
        _ => Some(other),
    }
}

fn elapsed(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or_default()
}
