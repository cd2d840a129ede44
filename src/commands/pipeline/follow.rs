//! A rollout followed to its end, and beyond: back to what ran before, where a person chooses it on Ctrl-C or
//! `--rollback-on-failure` says so (design §5.8, §5.10).

use std::cell::RefCell;
use std::future::Future;
use std::sync::Arc;

use futures_util::future::join;
use tokio::sync::mpsc::unbounded_channel;

use super::undone::{Undo, is_undoable};
use super::watching::{Begun, Followed, follow_until};
use super::{Ends, Reach};
use crate::aws::Aws;
use crate::cli::WaitOptions;
use crate::commands::Context;
use crate::diagnostic::Failure;
use crate::engine::apply::Gate;
use crate::engine::watch::{Left, ServiceResult, StartState, Tell};
use crate::model::{Event, Sink};
use crate::verdict::{Verdict, WatchRequest};

/// Follows rollouts in one cluster.
pub struct Follow<'a> {
    /// The session.
    pub aws: &'a Aws,
    /// The cluster.
    pub cluster: &'a str,
    /// When to stop waiting.
    pub wait: &'a WaitOptions,
    /// Now, sleep, and Ctrl-C.
    pub context: &'a Context,
    /// Where events go.
    pub sink: &'a dyn Sink,
    /// Go back where a rollout fails and ECS does not roll it back.
    pub back_on_failure: bool,
    /// What going back would reach.
    pub reach: Arc<Reach>,
}

impl Follow<'_> {
    /// Begins each, and watches it to its end. While it does, Ctrl-C offers the way back.
    pub async fn to_the_end<B: Into<Begun>>(
        &self,
        begin: impl IntoIterator<Item = impl Future<Output = Result<B, Failure>>>,
    ) -> Ends {
        self.through(&Gate::default(), begin).await
    }

    /// The same for services that are changed: the gate is shut when going back is chosen. One that fails and is to be
    /// undone is undone at once, while the others are watched.
    pub async fn through<B: Into<Begun>>(
        &self,
        gate: &Gate,
        begin: impl IntoIterator<Item = impl Future<Output = Result<B, Failure>>>,
    ) -> Ends {
        let (undo, undos) = unbounded_channel();
        let handed_over = RefCell::new(Vec::new());
        let follow = async {
            // What comes is heard out only until this is gone.
            let undo = undo;
            let offered = self.context.offer_way_back(&self.reach);
            let cut = async {
                offered.chosen().await;
                gate.shut();
            };
            let (reach, told) = (self.reach.as_ref(), self.sink);
            let sink = &move |event: Event| {
                reach.hear(&event);
                told.emit(event);
            };
            // Whoever undoes them hears all of them out.
            let ended = &|aim: &WatchRequest, end: &ServiceResult| {
                self.reach.ended(end);
                match self.undo_of(aim, end, gate.is_shut()) {
                    Some(it) => {
                        handed_over.borrow_mut().push(end.outcome.name.clone());
                        drop(undo.send(it));
                    }
                    None => self.sink.emit(end.event()),
                }
            };
            let begin = begin.into_iter().map(async |begin| {
                let begun: Begun = begin.await?.into();
                if let Begun::StartState(StartState::Watch(aim)) = &begun {
                    self.reach.begun(aim);
                }
                Ok(begun)
            });
            let place = (self.aws, self.cluster);
            let leave = &|left| drop(undo.send(Undo::chosen(left)));
            let tell = Tell {
                sink,
                ended,
                show_values: self.context.global.show_values,
            };
            let followed = follow_until(place, begin, tell, (cut, leave)).await;
            if gate.is_shut() {
                self.tell_what_stays();
            }
            followed
        };
        let (followed, undone) = join(follow, self.undo(undos)).await;
        let Followed { mut ends, order, .. } = followed;
        let handed_over = handed_over.into_inner();
        ends.watched
            .retain(|end| !handed_over.contains(&end.outcome.name));
        ends.add(undone);
        ends.sort_by(&order);
        ends
    }

    /// What is to be undone of a rollout that has ended so: one that failed, where that is asked for or chosen, and one
    /// that goes on, where it is chosen.
    fn undo_of(&self, aim: &WatchRequest, end: &ServiceResult, is_chosen: bool) -> Option<Undo> {
        let goes_on = matches!(end.verdict, Verdict::TimedOut { .. } | Verdict::Paused { .. });
        if end.found {
            None
        } else if is_undoable(&end.verdict) && (self.back_on_failure || is_chosen) {
            Some(Undo::failed(aim, end))
        } else if goes_on && is_chosen {
            let failures = end.outcome.failures.clone();
            Some(Undo::chosen(Left {
                failures,
                ..Left::unseen(aim.clone())
            }))
        } else {
            None
        }
    }

    /// What was over before going back was chosen: nobody undoes it.
    fn tell_what_stays(&self) {
        for service in self.reach.over() {
            self.sink.emit(Event::Warning {
                message: format!("{service} was not rolled back: it was over before going back was chosen"),
                hint: Some(format!("ecsctl rollback {service} goes back to what ran before")),
                resource: Some(service),
            });
        }
    }
}
