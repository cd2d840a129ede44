//! Services begun side by side, and each watched from the moment that it has begun until it has come to its end: one
//! that waits for something else (an old service that drains) keeps no other from being watched.

use std::future::{Future, pending};

use futures_util::future::{join, join_all};

use super::Ends;
use super::ends::{Open, Why};
use crate::aws::Aws;
use crate::diagnostic::{Explain, Failure};
use crate::engine::rollout::{Left, Stand, Tell, Watched, joining, watch_until};
use crate::model::Sink;
use crate::verdict::Aim;

/// How a service was begun.
pub enum Begun {
    /// It is under way, or has come to its end.
    Stand(Stand),
    /// It was not, and is not to be any more: its name.
    CalledOff(String),
}

impl From<Stand> for Begun {
    fn from(stand: Stand) -> Self {
        Self::Stand(stand)
    }
}

/// What came of services that were begun and watched.
#[derive(Default)]
pub struct Followed {
    /// Those that came to an end, and why others did not.
    pub ends: Ends,
    /// Those that the watch left when it was cut short, and those whose change was answered only then.
    pub left: Vec<Left>,
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
    ) {
        let ended = &|_: &Aim, end: &Watched| sink.emit(end.event());
        let followed = follow_until((aws, cluster), begin, Tell { sink, ended }, pending()).await;
        self.add(followed.ends);
    }
}

/// Begins services and watches them until each has come to its end, or `cut` has. The ends that the watch sees are
/// handed over as they come; one that a service has come to before is told at once.
pub async fn follow_until<B: Into<Begun>>(
    (aws, cluster): (&Aws, &str),
    begin: impl IntoIterator<Item = impl Future<Output = Result<B, Failure>>>,
    tell: Tell<'_>,
    cut: impl Future<Output = ()>,
) -> Followed {
    let (to_watch, joining) = joining();
    let begin = async move {
        let begin = begin.into_iter().map(async |begin| {
            let begun = begin.await?.into();
            match &begun {
                Begun::Stand(Stand::Watch(aim)) => to_watch.watch(aim.as_ref().clone()),
                Begun::Stand(Stand::Ended(end)) => tell.sink.emit(end.event()),
                Begun::CalledOff(_) => {}
            }
            Ok::<_, Failure>(begun)
        });
        join_all(begin).await
    };
    let watch = watch_until(aws, cluster, joining, tell, aws.clock(), cut);
    let (begun, mut watch) = join(begin, watch).await;
    let absent = watch.absent.iter().filter_map(Explain::resource);
    let absent: Vec<String> = absent.map(|name| name.into_owned()).collect();
    let mut followed = Followed::default();
    followed.ends.take_failures(&mut watch);
    followed.ends.watched.append(&mut watch.services);
    followed.left = watch.left;
    for begun in begun {
        match begun {
            Ok(begun) => followed.take(begun, &absent),
            Err(failure) => followed.ends.failures.push(failure),
        }
    }
    followed.ends.sort_by(&followed.order);
    followed
}

impl Followed {
    fn take(&mut self, begun: Begun, absent: &[String]) {
        match begun {
            Begun::Stand(Stand::Watch(aim)) => {
                self.order.push(aim.service.clone());
                if !self.knows(&aim.service) && !absent.contains(&aim.service) {
                    // It joined when nothing was watched any more.
                    self.left.push(Left {
                        aim: *aim,
                        failures: Vec::new(),
                    });
                }
            }
            Begun::Stand(Stand::Ended(end)) => {
                self.order.push(end.outcome.name.clone());
                self.ends.watched.push(*end);
            }
            Begun::CalledOff(service) => {
                self.ends.open.push(Open::unseen(&service, Why::CalledOff));
                self.order.push(service);
            }
        }
    }

    fn knows(&self, service: &str) -> bool {
        let ended = self.ends.watched.iter().map(|end| end.outcome.name.as_str());
        let open = self.ends.open.iter().map(|open| open.service.as_str());
        let left = self.left.iter().map(|left| left.aim.service.as_str());
        ended.chain(open).chain(left).any(|known| known == service)
    }
}
