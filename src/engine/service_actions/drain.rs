//! Deleted services are looked at together, ten to a call and as often as rollouts are, until their last tasks have
//! stopped.

use std::time::Duration;

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::aws::{Aws, AwsError, Kind};
use crate::clock::Clock;
use crate::diagnostic::Failure;
use crate::ecs::DescribedServices;
use crate::engine::watch::PollRate;
use crate::exit::Exit;
use crate::model::{Event, RolloutEvent, Sink};

/// DescribeServices takes at most ten (API reference).
const SERVICES_A_CALL: usize = 10;

/// A service that was deleted.
pub(super) struct Draining {
    /// Its place among those that are to be deleted.
    pub at: usize,
    /// Its name on ECS.
    pub name: String,
    /// When it began to be waited for.
    pub since: Timestamp,
    /// The tasks that were left when it was last seen.
    pub told: Option<u64>,
}

/// Waits until services are gone.
pub(super) struct Drain<'a> {
    pub aws: &'a Aws,
    pub cluster: &'a str,
    /// How long each may take.
    pub timeout: Duration,
    pub sink: &'a dyn Sink,
    /// Takes each end as it comes.
    pub over: &'a dyn Fn(usize, Result<(), Failure>),
}

impl Drain<'_> {
    /// Looks at all that have come, until all of them are gone and no more come.
    pub async fn run(self, mut coming: UnboundedReceiver<Draining>) {
        let clock = self.aws.clock();
        let (mut pace, mut left, mut joined_at) = (PollRate::new(), Vec::new(), clock.now());
        loop {
            let before = left.len();
            if left.is_empty() {
                match coming.recv().await {
                    Some(next) => left.push(next),
                    None => return,
                }
            }
            while let Ok(next) = coming.try_recv() {
                left.push(next);
            }
            if left.len() > before {
                joined_at = clock.now();
            }
            let looked_at = clock.now();
            left = self.look(left, &mut pace).await;
            let polls = left.len().div_ceil(SERVICES_A_CALL);
            if polls > 0 {
                let interval = pace.interval(elapsed(clock, joined_at), polls);
                clock
                    .sleep(interval.saturating_sub(elapsed(clock, looked_at)))
                    .await;
            }
        }
    }

    /// One look at all of them: those that are still there.
    async fn look(&self, left: Vec<Draining>, pace: &mut PollRate) -> Vec<Draining> {
        let names: Vec<String> = left.iter().map(|it| it.name.clone()).collect();
        let reads = names
            .chunks(SERVICES_A_CALL)
            .map(|names| self.aws.describe_services(self.cluster, names));
        let replies = join_all(reads).await;
        let is_throttled = |reply: &Result<DescribedServices, AwsError>| {
            let error = reply.as_ref().err();
            error.is_some_and(|error| matches!(error.kind(), Kind::Throttled))
        };
        match replies.iter().any(is_throttled) {
            true => pace.slow_down(),
            false => pace.recover(),
        }
        let replies = replies
            .iter()
            .flat_map(|reply| std::iter::repeat_n(reply, SERVICES_A_CALL));
        let looked = left.into_iter().zip(replies);
        looked.filter_map(|(it, reply)| self.judge(it, reply)).collect()
    }

    /// What a look says of a service. None: it has come to its end.
    fn judge(&self, mut it: Draining, reply: &Result<DescribedServices, AwsError>) -> Option<Draining> {
        match reply {
            Ok(described) => match described.existing(&it.name) {
                Some(service) => self.tell(&mut it, service.task_count()),
                None => {
                    (self.over)(it.at, Ok(()));
                    return None;
                }
            },
            Err(error) if error.is_worth_retrying() || error.is_ambiguous() => {
                tracing::debug!(%error, service = it.name, "a look failed");
            }
            Err(error) => {
                (self.over)(it.at, Err(error.clone().into()));
                return None;
            }
        }
        if elapsed(self.aws.clock(), it.since) < self.timeout {
            return Some(it);
        }
        (self.over)(it.at, Err(not_drained(&it.name, it.told)));
        None
    }

    fn tell(&self, it: &mut Draining, running: u64) {
        if it.told != Some(running) {
            it.told = Some(running);
            self.sink.emit(Event::Rollout {
                service: it.name.clone(),
                event: RolloutEvent::Draining { running },
            });
        }
    }
}

fn elapsed(clock: &Clock, since: Timestamp) -> Duration {
    let elapsed: SignedDuration = clock.now().duration_since(since);
    Duration::try_from(elapsed).unwrap_or_default()
}

/// A service that was deleted and whose tasks had not all stopped when the time was up. They go on stopping.
fn not_drained(service: &str, tasks: Option<u64>) -> Failure {
    let message = format!("service {service} is deleted, but not all its tasks have stopped yet");
    Failure::new(Exit::TimedOut, "still-draining", message)
        .resource(service)
        .details(tasks.map(|tasks| format!("{tasks} left when last seen")))
        .hint(format!("ecsctl delete {service} goes on waiting"))
}
