//! Watching rollouts: takes snapshots of a whole cluster, feeds one judge a service, and says what came of each.

mod absent;
mod conclusion;
mod ecs;
mod endurance;
mod explain;
mod extras;
mod joining;
mod pace;
mod poller;
mod reads;
mod summary;
mod unchanged;
mod watched;

#[cfg(test)]
mod tests;

use std::future::Future;

use crate::clock::Clock;
use crate::diagnostic::Failure;
use crate::model::{Sink, TaskFailure};
use crate::verdict::{Judge, WatchRequest, WatchTarget};

pub use absent::NoSuchService;
pub use ecs::{Ecs, ReadError, Severity};
pub use endurance::{Look, PollErrors, warn};
pub use explain::{Clues, Destination, destination};
pub use joining::{Join, Joining, joining};
pub use pace::PollRate;
pub use unchanged::{StartState, overtaken, stand_by_now, stand_of};
pub use watched::ServiceResult;

use poller::Poller;

/// What came of a watch.
#[derive(Debug)]
pub struct Watch {
    /// The services that came to an end, in the order in which they joined.
    pub services: Vec<ServiceResult>,
    /// Services that there was nothing to watch of.
    pub absent: Vec<NoSuchService>,
    /// Services that go on, and whose end nobody can tell: why, and how far they had come.
    pub unwatchable: Vec<(Failure, Left)>,
    /// Why the others did not, when the watch broke off.
    pub broken_off: Option<Failure>,
    /// The others, when the watch was cut short.
    pub left: Vec<Left>,
}

/// A service whose watch was cut short.
#[derive(Clone, Debug, PartialEq)]
pub struct Left {
    /// What it was watched for, and the revision that was seen, where none was named.
    pub aim: WatchRequest,
    /// The deployment that was under way, where one was seen.
    pub under_way: Option<WatchTarget>,
    /// Its tasks that failed until then.
    pub failures: Vec<TaskFailure>,
}

impl Left {
    /// One that was not looked at yet.
    pub fn unseen(aim: WatchRequest) -> Self {
        Self {
            under_way: Judge::new(aim.clone()).under_way(),
            aim,
            failures: Vec::new(),
        }
    }
}

/// Who hears of a watch.
#[derive(Clone, Copy)]
pub struct Tell<'a> {
    /// What happens on the way.
    pub sink: &'a dyn Sink,
    /// Each end as it comes. It is told as an event by whoever takes it here.
    pub ended: &'a dyn Fn(&WatchRequest, &ServiceResult),
    /// Whether secrets that task definitions hold in the clear are shown in the logs of failed tasks.
    pub show_values: bool,
}

/// Watches rollouts in one cluster until each has its verdict or its time is up and no more join, or until `cut` comes to
/// its end: what has no verdict by then is left. Reads that fail in passing don't end a watch. To stop it, drop it: nothing
/// is written.
pub async fn watch_until<E: Ecs + Clues>(
    ecs: &E,
    cluster: &str,
    joining: impl Into<Joining>,
    tell: Tell<'_>,
    clock: &Clock,
    cut: impl Future<Output = ()>,
) -> Watch {
    Poller::new(ecs, cluster, joining.into(), tell, clock)
        .run(cut)
        .await
}
