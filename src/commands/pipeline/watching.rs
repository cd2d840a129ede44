//! Services begun side by side, and each watched from the moment that it has begun until it has come to its end: one
//! that waits for something else (an old service that drains) keeps no other from being watched.

use std::cell::Cell;
use std::future::{Future, pending};

use futures_util::future::{join, join_all};

use super::Ends;
use super::ends::{Open, Why};
use crate::aws::Aws;
use crate::commands::Context;
use crate::diagnostic::Failure;
use crate::engine::watch::{Left, ServiceResult, StartState, Tell, joining, watch_until};
use crate::model::Sink;
use crate::verdict::WatchRequest;

/// How a service was begun.
pub enum Begun {
    /// It is under way, or has come to its end.
    StartState(StartState),
    /// It was not, and is not to be any more: its name.
    CalledOff(String),
}

impl From<StartState> for Begun {
    fn from(stand: StartState) -> Self {
        Self::StartState(stand)
    }
}

/// What came of services that were begun and watched.
pub struct Followed {
    /// Those that came to an end, and why others did not.
    pub ends: Ends,
    /// The names of all of them, in the order in which they were given.
    pub order: Vec<String>,
}

impl Ends {
    /// Begins services, watches them, and tells their ends.
    pub async fn follow<B: Into<Begun>>(
        &mut self,
        aws: &Aws,
        cluster: &str,
        begin: impl IntoIterator<Item = impl Future<Output = Result<B, Failure>>>,
        sink: &dyn Sink,
        context: &Context,
    ) {
        let ended = &|_: &WatchRequest, end: &ServiceResult| sink.emit(end.event());
        let tell = Tell {
            sink,
            ended,
            show_values: context.global.show_values,
        };
        let followed = follow_until((aws, cluster), begin, tell, (pending(), &|_| {})).await;
        self.add(followed.ends);
    }
}

/// Begins services and watches them until each has come to its end, or `cut` has. The ends that the watch sees are
/// handed over as they come; one that a service has come to before is told at once. What the cut leaves is handed over
/// at once too, and what was on its way then, as soon as it has begun.
pub async fn follow_until<B: Into<Begun>>(
    (aws, cluster): (&Aws, &str),
    begin: impl IntoIterator<Item = impl Future<Output = Result<B, Failure>>>,
    tell: Tell<'_>,
    (cut, leave): (impl Future<Output = ()>, &dyn Fn(Left)),
) -> Followed {
    let (to_watch, joining) = joining();
    let is_over = &Cell::new(false);
    let begin = async move {
        let begin = begin.into_iter().map(async |begin| {
            let begun = begin.await?.into();
            match &begun {
                Begun::StartState(StartState::Watch(aim)) if is_over.get() => {
                    leave(Left::unseen(aim.as_ref().clone()))
                }
                Begun::StartState(StartState::Watch(aim)) => to_watch.watch(aim.as_ref().clone()),
                Begun::StartState(StartState::Ended(end)) => tell.sink.emit(end.event()),
                Begun::CalledOff(_) => {}
            }
            Ok::<_, Failure>(begun)
        });
        join_all(begin).await
    };
    let watch = async {
        let mut watch = watch_until(aws, cluster, joining, tell, aws.clock(), cut).await;
        is_over.set(true);
        let mut ends = Ends::default();
        ends.take_failures(&mut watch);
        ends.watched.append(&mut watch.services);
        watch.left.into_iter().for_each(leave);
        ends
    };
    let (begun, ends) = join(begin, watch).await;
    let mut followed = Followed {
        ends,
        order: Vec::new(),
    };
    for begun in begun {
        match begun {
            Ok(begun) => followed.take(begun),
            Err(failure) => followed.ends.failures.push(failure),
        }
    }
    followed.ends.sort_by(&followed.order);
    followed
}

impl Followed {
    fn take(&mut self, begun: Begun) {
        match begun {
            Begun::StartState(StartState::Watch(aim)) => self.order.push(aim.service),
            Begun::StartState(StartState::Ended(end)) => {
                self.order.push(end.outcome.name.clone());
                self.ends.watched.push(*end);
            }
            Begun::CalledOff(service) => {
                self.ends.open.push(Open::unseen(&service, Why::CalledOff));
                self.order.push(service);
            }
        }
    }
}
