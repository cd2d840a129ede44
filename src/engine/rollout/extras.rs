//! What the judges want to know besides the services, as far as the budget of reads goes.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use super::ecs::{Ecs, Trouble, Weight};
use super::explain::Clues;
use super::poller::{Poller, REFUSED_LOOKS};
use super::reads;
use crate::verdict::{ServiceDeployment, Task};

/// DescribeServiceDeployments takes at most 20 (API reference).
const DEPLOYMENTS_A_CALL: usize = 20;
/// A listing, or tasks, take a list call and a describe call.
const READS_A_LIST: usize = 2;
/// Time between two tries to find our service deployment.
const JOIN_EVERY: SignedDuration = SignedDuration::from_secs(3);

/// What may be read for one service besides itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extra {
    Tasks,
    Running,
    Listing,
}

/// What such a read brought.
pub(super) enum Brought {
    Tasks(Result<Vec<(String, Task)>, Trouble>),
    Running(Result<Vec<Task>, Trouble>),
    Listing(Result<Vec<ServiceDeployment>, Trouble>),
}

impl<E: Ecs + Clues> Poller<'_, E> {
    /// Reads what the judges want, as far as the budget goes, and lets them look again at once.
    pub(super) async fn read_more(&mut self) -> Result<(), Trouble> {
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
            if it.wants.running {
                queue.push((it.served_at, at, Extra::Running));
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

    pub(super) async fn fetch(&self, at: usize, extra: Extra) -> Brought {
        let Some(watchee) = self.services.get(at) else {
            return Brought::Tasks(Ok(Vec::new()));
        };
        let service = &watchee.judge.aim().service;
        match extra {
            Extra::Tasks => {
                Brought::Tasks(reads::stopped_tasks(self.ecs, self.cluster, service, &watchee.tasks).await)
            }
            Extra::Running => Brought::Running(reads::running_tasks(self.ecs, self.cluster, service).await),
            Extra::Listing => {
                let ours = watchee.judge.deployment();
                Brought::Listing(reads::service_deployments(self.ecs, self.cluster, service, ours).await)
            }
        }
    }

    pub(super) fn put(&mut self, at: usize, brought: Brought) -> Result<(), Trouble> {
        let now = self.clock.now();
        let Some(watchee) = self.services.get_mut(at) else {
            return Ok(());
        };
        watchee.served_at = Some(now);
        match brought {
            Brought::Tasks(Ok(tasks)) => watchee.take_tasks(tasks, now),
            Brought::Running(Ok(tasks)) => {
                watchee.snapshot.running = tasks;
                watchee.snapshot.running_at = Some(now);
            }
            Brought::Tasks(Err(trouble)) | Brought::Running(Err(trouble)) => {
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
    pub(super) fn optional(&mut self, trouble: Trouble) -> Result<(), Trouble> {
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

    pub(super) fn without_tasks(&mut self, at: usize, trouble: &Trouble) {
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
}

/// Whether a read that failed so will fail again.
fn is_lasting(weight: Weight) -> bool {
    matches!(weight, Weight::Denied | Weight::Unsupported | Weight::Fatal)
}
