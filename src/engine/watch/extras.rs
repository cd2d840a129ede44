//! What the judges want to know besides the services, as far as the budget of reads goes. A look waits for it only for a
//! moment: what takes longer goes on beside the looks, so that one read that hangs holds up neither these nor a verdict.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{FutureExt, LocalBoxFuture};
use jiff::{SignedDuration, Timestamp};

use super::ecs::{Ecs, ReadError, Severity};
use super::explain::Clues;
use super::poller::{Poller, WatchedService};
use super::reads;
use crate::ecs::{ServiceDeployment, TargetGroup, Task};

/// DescribeServiceDeployments takes at most 20 (API reference).
const DEPLOYMENTS_A_CALL: usize = 20;
/// A listing, or tasks, take a list call and a describe call.
const READS_A_LIST: usize = 2;
/// Time between two tries to find our service deployment.
const JOIN_EVERY: SignedDuration = SignedDuration::from_secs(3);
/// Time between two reads of tasks' health: at first, while tasks come up and fail their first checks, and later.
const HEALTH_AT_FIRST: SignedDuration = SignedDuration::from_secs(2);
const HEALTH_LATER: SignedDuration = SignedDuration::from_secs(10);
/// So long it is at first.
const AT_FIRST: SignedDuration = SignedDuration::from_secs(60);
/// For so long a look waits for the reads that it begins; for a tenth of it when it last waited in vain.
const MOMENT: Duration = Duration::from_millis(if cfg!(test) { 100 } else { 1000 });
/// The longest that such a read may take: it is begun anew then.
const LIMIT: Duration = Duration::from_millis(if cfg!(test) { 3000 } else { 10_000 });

/// What may be read for one service besides itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extra {
    Tasks,
    Running,
    /// How healthy these are.
    Health,
    Listing,
    /// Its service deployment, again.
    Joined,
}

/// What such a read brought.
pub(super) enum Brought {
    Tasks(Vec<Task>),
    Running(Vec<Task>),
    Health(reads::Health),
    Deployments(Vec<ServiceDeployment>),
}

/// A read that came to its end.
pub(super) struct Reply {
    extra: Extra,
    /// The services that it was for; with the ARNs of their service deployments where these were read again.
    of: Vec<(usize, String)>,
    began: Timestamp,
    /// None: it took too long.
    brought: Option<Result<Brought, ReadError>>,
}

impl<'a, E: Ecs + Clues> Poller<'a, E> {
    /// Begins to read what the judges want, as far as the budget goes, and lets them look again at once at what there is.
    pub(super) async fn read_more(&mut self) {
        let began = self.clock.now();
        // In turns, so that neither starves the other where the budget is short.
        self.lists_first = !self.lists_first;
        let mut fresh = 0;
        if self.lists_first {
            fresh += self.begin_lists(began);
        }
        fresh += self.begin_joined(began);
        if !self.lists_first {
            fresh += self.begin_lists(began);
        }
        let mut again = BTreeSet::new();
        for reply in self.gather(fresh, began).await {
            again.extend(self.put(reply));
        }
        for at in again {
            self.judge(at);
        }
    }

    /// What has come, once the fresh reads have, or a moment has passed.
    async fn gather(&mut self, mut fresh: usize, began: Timestamp) -> Vec<Reply> {
        let mut replies = std::mem::take(&mut self.arrived);
        let is_waited_for = fresh > 0;
        let reads = &mut self.reads;
        let all_fresh = async {
            while fresh > 0
                && let Some(reply) = reads.next().await
            {
                fresh -= usize::from(reply.began == began);
                replies.push(reply);
            }
        };
        let moment = if self.is_hurried { MOMENT / 10 } else { MOMENT };
        let in_time = self.clock.in_time(moment, all_fresh).await;
        if is_waited_for {
            self.is_hurried = !in_time;
        }
        while let Some(Some(reply)) = self.reads.next().now_or_never() {
            replies.push(reply);
        }
        replies
    }

    /// The joined service deployments that should be read again, 20 to a call. How many calls that are.
    fn begin_joined(&mut self, began: Timestamp) -> usize {
        let mut wanted: Vec<(usize, String)> = Vec::new();
        for (at, it) in self.services.iter().enumerate() {
            let is_wanted = it.wants.service_deployment && !it.reading.contains(&Extra::Joined);
            if let Some(joined) = it.joined().filter(|_| is_wanted) {
                wanted.push((at, joined.arn.clone()));
            }
        }
        wanted.sort_by_key(|(at, _)| self.services.get(*at).and_then(|it| it.refreshed_at));
        let mut begun = 0;
        for batch in wanted.chunks(DEPLOYMENTS_A_CALL) {
            if !self.pace.afford(1) {
                break;
            }
            let (ecs, of) = (self.ecs, batch.to_vec());
            let arns: Vec<String> = batch.iter().map(|(_, arn)| arn.clone()).collect();
            let read = async move {
                ecs.describe_service_deployments(&arns)
                    .await
                    .map(Brought::Deployments)
            };
            self.begin(Extra::Joined, of, began, read.boxed_local());
            begun += 1;
        }
        begun
    }

    /// Listings and tasks, those first that have waited longest. How many.
    fn begin_lists(&mut self, began: Timestamp) -> usize {
        // What nothing speaks for yet comes last.
        let mut queue: Vec<(bool, Option<Timestamp>, usize, Extra)> = Vec::new();
        for (at, it) in self.services.iter().enumerate() {
            let may_list = it
                .listing_at
                .is_none_or(|last| began.duration_since(last) >= JOIN_EVERY);
            let wanted = [
                (false, it.served_at, Extra::Tasks, it.wants.tasks),
                (false, it.served_at, Extra::Running, it.wants.running),
                (false, it.served_at, Extra::Listing, it.wants.listing && may_list),
                (true, it.served_at, Extra::Tasks, it.wants.recheck),
                (true, it.health_at, Extra::Health, it.may_read_health(began)),
            ];
            let wanted = wanted
                .into_iter()
                .filter(|(_, _, extra, wanted)| *wanted && !it.reading.contains(extra));
            queue.extend(wanted.map(|(at_leisure, last, extra, _)| (at_leisure, last, at, extra)));
        }
        queue.sort_by_key(|(at_leisure, last, at, _)| (*at_leisure, *last, *at));
        let mut begun = 0;
        for (at_leisure, _, at, extra) in queue {
            let reads = READS_A_LIST + self.groups(at, extra).len();
            let affords = match at_leisure {
                true => self.pace.afford_at_leisure(reads),
                false => self.pace.afford(reads),
            };
            if !affords {
                break;
            }
            if let Some(read) = self.list(at, extra) {
                self.begin(extra, vec![(at, String::new())], began, read);
                begun += 1;
            }
        }
        begun
    }

    fn begin(
        &mut self,
        extra: Extra,
        of: Vec<(usize, String)>,
        began: Timestamp,
        read: LocalBoxFuture<'a, Result<Brought, ReadError>>,
    ) {
        for (at, _) in &of {
            if let Some(watchee) = self.services.get_mut(*at) {
                watchee.reading.insert(extra);
            }
        }
        let read = async move {
            let brought = tokio::time::timeout(LIMIT, read).await.ok();
            Reply {
                extra,
                of,
                began,
                brought,
            }
        };
        self.reads.push(read.boxed_local());
    }

    /// The stopped tasks of a service, for a last word on it, where they can be had in a moment.
    pub(super) async fn tasks_at_once(&mut self, at: usize) -> Option<Vec<Task>> {
        let read = self.list(at, Extra::Tasks)?;
        let mut brought = None;
        let moment = if self.is_hurried { MOMENT / 10 } else { MOMENT };
        let work = async { brought = read.await.ok() };
        self.is_hurried = !self.clock.in_time(moment, work).await;
        match brought {
            Some(Brought::Tasks(tasks)) => Some(tasks),
            _ => None,
        }
    }

    /// The target groups that a read takes in.
    fn groups(&self, at: usize, extra: Extra) -> Vec<TargetGroup> {
        let watchee = self
            .services
            .get(at)
            .filter(|it| extra == Extra::Health && !it.without_targets);
        let service = watchee.and_then(|it| it.snapshot.service.as_ref());
        service.map(|it| it.target_groups.clone()).unwrap_or_default()
    }

    /// A read for one service.
    fn list(&self, at: usize, extra: Extra) -> Option<LocalBoxFuture<'a, Result<Brought, ReadError>>> {
        let watchee = self.services.get(at)?;
        let (ecs, cluster) = (self.ecs, self.cluster);
        let service = watchee.judge.aim().service.clone();
        Some(match extra {
            Extra::Tasks => {
                let over = watchee.over();
                let read = async move { reads::stopped_tasks(ecs, cluster, &service, &over).await };
                read.map(|read| read.map(Brought::Tasks)).boxed_local()
            }
            Extra::Running => {
                let read = async move { reads::running_tasks(ecs, cluster, &service).await };
                read.map(|read| read.map(Brought::Running)).boxed_local()
            }
            Extra::Health => {
                let groups = self.groups(at, extra);
                let read = async move { reads::health(ecs, cluster, &service, &groups).await };
                read.map(|read| read.map(Brought::Health)).boxed_local()
            }
            Extra::Listing | Extra::Joined => {
                let ours = watchee.judge.deployment().map(str::to_owned);
                let read =
                    async move { reads::service_deployments(ecs, cluster, &service, ours.as_deref()).await };
                read.map(|read| read.map(Brought::Deployments)).boxed_local()
            }
        })
    }

    /// Puts a reply where it belongs: the services that are to be judged again.
    fn put(&mut self, reply: Reply) -> Vec<usize> {
        let Reply {
            extra,
            of,
            began,
            brought,
        } = reply;
        for (at, _) in &of {
            if let Some(watchee) = self.services.get_mut(*at) {
                watchee.reading.remove(&extra);
                match extra {
                    Extra::Joined => watchee.refreshed_at = Some(began),
                    Extra::Listing => (watchee.listing_at, watchee.served_at) = (Some(began), Some(began)),
                    Extra::Tasks | Extra::Running => watchee.served_at = Some(began),
                    Extra::Health => {
                        watchee.health_from.get_or_insert(began);
                        watchee.health_at = Some(began);
                    }
                }
            }
        }
        // Of what has its verdict nothing is to be judged any more.
        let is_open = |at: &usize| self.services.get(*at).is_some_and(|it| it.decided_at.is_none());
        let open: Vec<(usize, String)> = of.into_iter().filter(|(at, _)| is_open(at)).collect();
        match brought {
            None => {
                tracing::debug!(?extra, "an optional read took too long");
                return Vec::new();
            }
            Some(Ok(brought)) => self.take(extra, &open, began, brought),
            Some(Err(trouble)) => self.go_without(extra, &open, trouble),
        }
        open.into_iter().map(|(at, _)| at).collect()
    }

    fn take(&mut self, extra: Extra, of: &[(usize, String)], began: Timestamp, brought: Brought) {
        if let Brought::Deployments(found) = &brought
            && extra == Extra::Joined
        {
            for (at, arn) in of {
                let fresh = found.iter().filter(|it| it.arn == *arn).cloned().collect();
                if let Some(watchee) = self.services.get_mut(*at) {
                    reads::merge(&mut watchee.snapshot.service_deployments, fresh);
                }
            }
            return;
        }
        let Some(watchee) = of.first().and_then(|(at, _)| self.services.get_mut(*at)) else {
            return;
        };
        match brought {
            Brought::Tasks(tasks) => watchee.take_tasks(tasks, began),
            Brought::Running(tasks) => {
                watchee.snapshot.running = tasks;
                watchee.snapshot.running_at = Some(began);
            }
            Brought::Health(health) => watchee.take_health(health, began),
            Brought::Deployments(found) => {
                watchee.snapshot.listed_at = Some(began);
                watchee.snapshot.service_deployments = found;
            }
        }
    }

    /// A read that a verdict can do without has failed: never the end of a watch. Where the credentials are lost, the next
    /// look can't be had either.
    fn go_without(&mut self, extra: Extra, of: &[(usize, String)], trouble: ReadError) {
        tracing::debug!(weight = ?trouble.weight, error = %trouble.error, "an optional read failed");
        if trouble.weight == Severity::Throttled {
            self.pace.slow_down();
        }
        match extra {
            Extra::Tasks | Extra::Running => of.iter().for_each(|(at, _)| self.without_tasks(*at, &trouble)),
            // Nothing rests on it, so nothing is said.
            Extra::Health => {
                for (at, _) in of {
                    if let Some(watchee) = self.services.get_mut(*at) {
                        watchee.without_health |= is_lasting(trouble.weight);
                    }
                }
            }
            Extra::Listing | Extra::Joined => self.without_deployments(of, trouble),
        }
    }

    fn without_deployments(&mut self, of: &[(usize, String)], trouble: ReadError) {
        if !is_lasting(trouble.weight) {
            return;
        }
        let mut are_judged_without = false;
        for (at, _) in of {
            if let Some(watchee) = self.services.get_mut(*at) {
                watchee.snapshot.deployments_readable = false;
                watchee.refused = Some(trouble.clone());
                are_judged_without |= !watchee.judge.is_unwatchable(&watchee.snapshot);
            }
        }
        if are_judged_without
            && trouble.weight == Severity::Denied
            && !std::mem::replace(&mut self.told_denied_deployments, true)
        {
            self.warn(&trouble, "rollouts are judged by the services' own deployments");
        }
    }

    fn without_tasks(&mut self, at: usize, trouble: &ReadError) {
        if !is_lasting(trouble.weight) {
            return;
        }
        if let Some(watchee) = self.services.get_mut(at) {
            watchee.snapshot.tasks_readable = false;
        }
        if trouble.weight == Severity::Denied && !std::mem::replace(&mut self.told_denied_tasks, true) {
            self.warn(trouble, "tasks that stop can't be explained");
        }
    }
}

impl WatchedService {
    /// Whether it is time to read how healthy its tasks are, for a judge that wants to know.
    fn may_read_health(&self, now: Timestamp) -> bool {
        let groups = self
            .snapshot
            .service
            .as_ref()
            .map_or(0, |it| it.target_groups.len());
        let looked_at = self.judge.aim().health_checked || (groups > 0 && !self.without_targets);
        let is_early = self
            .health_from
            .is_none_or(|from| now.duration_since(from) < AT_FIRST);
        let every = if is_early { HEALTH_AT_FIRST } else { HEALTH_LATER };
        let is_due = self
            .health_at
            .is_none_or(|last| now.duration_since(last) >= every);
        self.wants.health && looked_at && !self.without_health && is_due
    }

    fn take_health(&mut self, health: reads::Health, now: Timestamp) {
        self.without_targets |= health.refused;
        for (task, target) in &health.targets {
            if target.is_unhealthy() {
                self.sick.insert(task.clone(), target.clone());
            } else if target.state.as_deref() == Some("healthy") {
                self.sick.remove(task);
            }
        }
        self.snapshot.targets = health.targets;
        self.snapshot.running = health.tasks;
        self.snapshot.running_at = Some(now);
    }
}

/// Whether a read that failed so will fail again.
fn is_lasting(weight: Severity) -> bool {
    matches!(weight, Severity::Denied | Severity::Unsupported | Severity::Fatal)
}
