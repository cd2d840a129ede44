//! Services join a watch as they are begun, so that one that is slow to begin holds up none that is under way.

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::verdict::WatchRequest;

/// Hands services over to a watch. The watch goes on until this, and every clone of it, is dropped.
#[derive(Clone, Debug)]
pub struct Join(UnboundedSender<WatchRequest>);

/// The services that are still to come.
#[derive(Debug)]
pub struct Joining(UnboundedReceiver<WatchRequest>);

/// The two ends of it.
pub fn joining() -> (Join, Joining) {
    let (join, joining) = unbounded_channel();
    (Join(join), Joining(joining))
}

impl Join {
    /// Has a rollout watched from now on.
    pub fn watch(&self, aim: WatchRequest) {
        // Nobody listens only when the watch was dropped, and with it everything that waits for its end.
        let _ = self.0.send(aim);
    }
}

impl Joining {
    /// The next that has come; None when there is none yet, or no more to come.
    pub(super) fn arrived(&mut self) -> Option<WatchRequest> {
        self.0.try_recv().ok()
    }

    /// Waits for the next; None when no more will come.
    pub(super) async fn next(&mut self) -> Option<WatchRequest> {
        self.0.recv().await
    }
}

/// All of them at once.
impl From<Vec<WatchRequest>> for Joining {
    fn from(aims: Vec<WatchRequest>) -> Self {
        let (join, joining) = joining();
        aims.into_iter().for_each(|aim| join.watch(aim));
        joining
    }
}
