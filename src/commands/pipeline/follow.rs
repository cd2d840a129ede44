//! A rollout followed to its end, and beyond: back to what ran before, where a person chooses it on Ctrl-C or
//! `--rollback-on-failure` says so (design §5.8, §5.10).

use std::future::Future;

use futures_util::future::join;
use tokio::sync::mpsc::unbounded_channel;

use super::Ends;
use super::undo::{Undo, is_undoable};
use super::watching::{Begun, Followed, follow_until};
use crate::aws::Aws;
use crate::cli::WaitOptions;
use crate::commands::Context;
use crate::diagnostic::Failure;
use crate::engine::apply::Gate;
use crate::engine::rollout::{Tell, Watched};
use crate::model::Sink;
use crate::verdict::Aim;

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
        let follow = async move {
            let offered = self.context.offer_way_back();
            let cut = async {
                offered.chosen().await;
                gate.shut();
            };
            // Whoever undoes them hears all of them out.
            let ended = &|aim: &Aim, end: &Watched| match self.is_undone(end) {
                true => drop(undo.send(Undo::failed(aim, end))),
                false => self.sink.emit(end.event()),
            };
            let (place, sink) = ((self.aws, self.cluster), self.sink);
            let leave = &|left| drop(undo.send(Undo::chosen(left)));
            let tell = Tell {
                sink,
                ended,
                show_values: self.context.global.show_values,
            };
            follow_until(place, begin, tell, (cut, leave)).await
        };
        let (followed, undone) = join(follow, self.undo(undos)).await;
        let Followed { mut ends, order, .. } = followed;
        ends.watched.retain(|end| !self.is_undone(end));
        ends.add(undone);
        ends.sort_by(&order);
        ends
    }

    /// Whether a rollout that has ended so is undone by itself.
    fn is_undone(&self, end: &Watched) -> bool {
        self.back_on_failure && !end.found && is_undoable(&end.verdict)
    }
}
