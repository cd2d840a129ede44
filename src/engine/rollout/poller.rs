//! The loop: look at everything that isn't over, read what the judges want besides, wait.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::future::join_all;
use indexmap::IndexMap;
use jiff::{SignedDuration, Timestamp};

use super::ecs::{BrokenOff, Ecs, Trouble, Weight};
use super::pace::Pace;
use super::{Watch, Watched, reads};
use crate::clock::Clock;
use crate::exit::Exit;
use crate::model::{Event, RolloutEvent, Sink, Value};
use crate::verdict::{Aim, Judge, Service, ServiceDeployment, Snapshot, Task, Verdict, Wants};

/// DescribeServices takes at most ten (API reference).
const SERVICES_A_CALL: usize = 10;
/// DescribeServiceDeployments takes at most 20 (API reference).
const DEPLOYMENTS_A_CALL: usize = 20;
/// A listing, or the stopped tasks, take a list call and a describe call.
const READS_A_LIST: usize = 2;
/// Time between two tries to find our service deployment.
const JOIN_EVERY: SignedDuration = SignedDuration::from_secs(3);
/// Looks that fail in a row before a person is told.
const FAILED_LOOKS: u32 = 3;
/// Looks that may fail for the credentials' sake: the second one has had the chance to load new ones.
const REFUSED_LOOKS: u32 = 2;

/// One service that is watched.
struct Watchee {
    judge: Judge,
    snapshot: Snapshot,
    /// Stopped tasks by ARN.
    tasks: IndexMap<String, Task>,
    wants: Wants,
    /// When a list was last read for it.
    served_at: Option<Timestamp>,
    /// When its service deployment was last read again.
    refreshed_at: Option<Timestamp>,
    /// When its service deployments were last asked for.
    listing_at: Option<Timestamp>,
    end: Option<Watched>,
}

/// What may be read for one service besides itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extra {
    Tasks,
    Listing,
}

/// What such a read brought.
enum Brought {
    Tasks(Result<Vec<(String, Task)>, Trouble>),
    Listing(Result<Vec<ServiceDeployment>, Trouble>),
}

/// The loop.
pub struct Poller<'a, E> {
    ecs: &'a E,
    cluster: &'a str,
    sink: &'a dyn Sink,
    clock: &'a Clock,
    services: Vec<Watchee>,
    pace: Pace,
    failed_looks: u32,
    refused_looks: u32,
    lists_first: bool,
    told_denied_tasks: bool,
    told_denied_deployments: bool,
}

impl<'a, E: Ecs> Poller<'a, E> {
    pub fn new(ecs: &'a E, cluster: &'a str, aims: Vec<Aim>, sink: &'a dyn Sink, clock: &'a Clock) -> Self {
        Self {
            ecs,
            cluster,
            sink,
            clock,
            services: aims.into_iter().map(Watchee::new).collect(),
            pace: Pace::new(),
            failed_looks: 0,
            refused_looks: 0,
            lists_first: false,
            told_denied_tasks: false,
            told_denied_deployments: false,
        }
    }

    /// Watches until everything has ended or nothing can be read any more.
    pub async fn run(mut self) -> Watch {
        let begun = self.clock.now();
        let broken_off = loop {
            let open = self.open();
            if open.is_empty() {
                break None;
            }
            let started = self.clock.now();
            if let Err(cause) = self.look(&open).await {
                let services = self.open().iter().filter_map(|at| self.name(*at)).collect();
                break Some(BrokenOff { services, cause });
            }
            self.rest(begun, started).await;
        };
        Watch {
            services: self.services.into_iter().filter_map(|it| it.end).collect(),
            broken_off,
        }
    }

    /// Waits for the next look, unless everything has ended.
    async fn rest(&mut self, begun: Timestamp, started: Timestamp) {
        let polls = self.open().len().div_ceil(SERVICES_A_CALL);
        if polls == 0 {
            return;
        }
        let watched = elapsed(begun, started);
        let interval = self.pace.interval(watched, polls);
        let took = elapsed(started, self.clock.now());
        self.clock.sleep(interval.saturating_sub(took)).await;
        self.pace.earn(elapsed(started, self.clock.now()));
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
        self.conclude().await;
        Ok(())
    }

    /// The services of a reply, each to its judge. One that the reply lacks is missing.
    fn take_in(&mut self, batch: &[usize], reply: &Value) {
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

    fn judge(&mut self, at: usize) {
        let now = self.clock.now();
        let Some(watchee) = self.services.get_mut(at) else {
            return;
        };
        let step = watchee.judge.step(&watchee.snapshot, now);
        watchee.wants = step.wants;
        let service = watchee.judge.aim().service.clone();
        self.tell(&service, step.events);
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

    /// Reads what the judges want, as far as the budget goes, and lets them look again at once.
    async fn read_more(&mut self) -> Result<(), Trouble> {
        // In turns, so that neither starves the other where the budget is short.
        self.lists_first = !self.lists_first;
        let mut again = BTreeSet::new();
        if self.lists_first {
            again.extend(self.read_lists().await?);
            again.extend(self.refresh_joined().await?);
        } else {
            again.extend(self.refresh_joined().await?);
            again.extend(self.read_lists().await?);
        }
        for at in again {
            self.judge(at);
        }
        Ok(())
    }

    /// The joined service deployments that should be read again, 20 to a call.
    async fn refresh_joined(&mut self) -> Result<BTreeSet<usize>, Trouble> {
        let now = self.clock.now();
        let mut wanted: Vec<(usize, String)> = Vec::new();
        for (at, it) in self.services.iter().enumerate() {
            if let Some(joined) = it.joined().filter(|_| it.wants.service_deployment) {
                wanted.push((at, joined.arn.clone()));
            }
        }
        wanted.sort_by_key(|(at, _)| self.services.get(*at).and_then(|it| it.refreshed_at));
        let mut again = BTreeSet::new();
        for batch in wanted.chunks(DEPLOYMENTS_A_CALL) {
            if !self.pace.afford(1) {
                break;
            }
            let arns: Vec<String> = batch.iter().map(|(_, arn)| arn.clone()).collect();
            match reads::in_detail(self.ecs, &arns).await {
                Ok(found) => {
                    for (at, arn) in batch {
                        let fresh = found.iter().filter(|it| it.arn == *arn).cloned().collect();
                        if let Some(watchee) = self.services.get_mut(*at) {
                            reads::merge(&mut watchee.snapshot.service_deployments, fresh);
                            watchee.refreshed_at = Some(now);
                            again.insert(*at);
                        }
                    }
                }
                Err(trouble) => {
                    for (at, _) in batch {
                        again.insert(*at);
                        self.without_deployments(*at, &trouble);
                    }
                    self.optional(trouble)?;
                }
            }
        }
        Ok(again)
    }

    /// Listings and stopped tasks, those first that have waited longest.
    async fn read_lists(&mut self) -> Result<BTreeSet<usize>, Trouble> {
        let now = self.clock.now();
        let mut queue: Vec<(Option<Timestamp>, usize, Extra)> = Vec::new();
        for (at, it) in self.services.iter().enumerate() {
            let may_list = it
                .listing_at
                .is_none_or(|last| now.duration_since(last) >= JOIN_EVERY);
            if it.wants.tasks {
                queue.push((it.served_at, at, Extra::Tasks));
            }
            if it.wants.listing && may_list {
                queue.push((it.served_at, at, Extra::Listing));
            }
        }
        queue.sort_by_key(|(served, at, _)| (*served, *at));
        let affordable = queue
            .iter()
            .take_while(|_| self.pace.afford(READS_A_LIST))
            .count();
        queue.truncate(affordable);
        let brought = join_all(queue.iter().map(|(_, at, extra)| self.fetch(*at, *extra))).await;
        let mut again = BTreeSet::new();
        for ((_, at, _), brought) in queue.into_iter().zip(brought) {
            again.insert(at);
            self.put(at, brought)?;
        }
        Ok(again)
    }

    async fn fetch(&self, at: usize, extra: Extra) -> Brought {
        let Some(watchee) = self.services.get(at) else {
            return Brought::Tasks(Ok(Vec::new()));
        };
        let service = &watchee.judge.aim().service;
        match extra {
            Extra::Tasks => {
                Brought::Tasks(reads::stopped_tasks(self.ecs, self.cluster, service, &watchee.tasks).await)
            }
            Extra::Listing => {
                let ours = watchee.judge.deployment();
                Brought::Listing(reads::service_deployments(self.ecs, self.cluster, service, ours).await)
            }
        }
    }

    fn put(&mut self, at: usize, brought: Brought) -> Result<(), Trouble> {
        let now = self.clock.now();
        let Some(watchee) = self.services.get_mut(at) else {
            return Ok(());
        };
        watchee.served_at = Some(now);
        match brought {
            Brought::Tasks(Ok(tasks)) => watchee.take_tasks(tasks, now),
            Brought::Tasks(Err(trouble)) => {
                self.without_tasks(at, &trouble);
                self.optional(trouble)?;
            }
            Brought::Listing(Ok(found)) => {
                watchee.listing_at = Some(now);
                watchee.snapshot.listed_at = Some(now);
                watchee.snapshot.service_deployments = found;
            }
            Brought::Listing(Err(trouble)) => {
                watchee.listing_at = Some(now);
                self.without_deployments(at, &trouble);
                self.optional(trouble)?;
            }
        }
        Ok(())
    }

    /// A read that the verdict can do without has failed: only lost credentials end the watch.
    fn optional(&mut self, trouble: Trouble) -> Result<(), Trouble> {
        tracing::debug!(weight = ?trouble.weight, error = %trouble.error, "an optional read failed");
        match trouble.weight {
            Weight::Throttled => self.pace.slow_down(),
            Weight::Credentials => {
                self.refused_looks += 1;
                if self.refused_looks >= REFUSED_LOOKS {
                    return Err(trouble);
                }
            }
            Weight::Passing | Weight::Denied | Weight::Unsupported | Weight::Fatal => {}
        }
        Ok(())
    }

    fn without_deployments(&mut self, at: usize, trouble: &Trouble) {
        if !is_lasting(trouble.weight) {
            return;
        }
        if let Some(watchee) = self.services.get_mut(at) {
            watchee.snapshot.deployments_readable = false;
        }
        if trouble.weight == Weight::Denied && !std::mem::replace(&mut self.told_denied_deployments, true) {
            self.warn(trouble, "rollouts are judged by the services' own deployments");
        }
    }

    fn without_tasks(&mut self, at: usize, trouble: &Trouble) {
        if !is_lasting(trouble.weight) {
            return;
        }
        if let Some(watchee) = self.services.get_mut(at) {
            watchee.snapshot.tasks_readable = false;
        }
        if trouble.weight == Weight::Denied && !std::mem::replace(&mut self.told_denied_tasks, true) {
            self.warn(trouble, "tasks that stop can't be explained");
        }
    }

    /// Says the end of every service that has its verdict.
    async fn conclude(&mut self) {
        for at in self.open() {
            let Some(verdict) = self.services.get(at).and_then(|it| it.judge.verdict().cloned()) else {
                continue;
            };
            if verdict.exit() != Exit::Done {
                self.explain(at).await;
            }
            let Some(watchee) = self.services.get_mut(at) else {
                continue;
            };
            let judge = &watchee.judge;
            let end = Watched::new(judge.aim(), judge.figures(), judge.failures(), verdict);
            self.sink.emit(end.event());
            watchee.wants = Wants::default();
            watchee.end = Some(end);
        }
    }

    /// A last look at the stopped tasks, when a bad end has no explanation yet.
    async fn explain(&mut self, at: usize) {
        let unexplained = self
            .services
            .get(at)
            .is_some_and(|it| it.snapshot.tasks_readable && it.judge.failures().is_empty());
        if !unexplained {
            return;
        }
        let Brought::Tasks(Ok(tasks)) = self.fetch(at, Extra::Tasks).await else {
            return;
        };
        let now = self.clock.now();
        let Some(watchee) = self.services.get_mut(at) else {
            return;
        };
        watchee.take_tasks(tasks, now);
        let events = watchee.judge.note_tasks(&watchee.snapshot);
        let service = watchee.judge.aim().service.clone();
        self.tell(&service, events);
    }

    fn tell(&self, service: &str, events: Vec<RolloutEvent>) {
        for event in events {
            self.sink.emit(Event::Rollout {
                service: service.to_owned(),
                event,
            });
        }
    }

    fn warn(&self, trouble: &Trouble, consequence: &str) {
        let error = trouble.error.inner();
        self.sink.emit(Event::Warning {
            resource: error.resource().map(|it| it.into_owned()),
            message: format!("{}: {consequence}", trouble.error),
            hint: error.hint().map(|it| it.into_owned()),
        });
    }

    fn open(&self) -> Vec<usize> {
        (0..self.services.len())
            .filter(|at| self.services.get(*at).is_some_and(|it| it.end.is_none()))
            .collect()
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
            end: None,
        }
    }

    fn joined(&self) -> Option<&ServiceDeployment> {
        self.snapshot.service_deployment(self.judge.deployment()?)
    }

    fn take_tasks(&mut self, tasks: Vec<(String, Task)>, now: Timestamp) {
        self.tasks.extend(tasks);
        self.snapshot.tasks = self.tasks.values().cloned().collect();
        self.snapshot.tasks_at = Some(now);
    }
}

/// Whether a read that failed so will fail again.
fn is_lasting(weight: Weight) -> bool {
    matches!(weight, Weight::Denied | Weight::Unsupported | Weight::Fatal)
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
