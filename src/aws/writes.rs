//! Tracks writes in progress: on exit, the program waits for their responses and starts no more.

use std::future::pending;

use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

/// Name prefixes of read-only operations.
const READS: [&str; 6] = ["Describe", "List", "Get", "BatchGet", "BatchCheck", "AssumeRole"];

/// The writes in progress. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Writes(TaskTracker);

impl Writes {
    /// Starts a call, which is in progress until the token is dropped. None for a read. A write that starts after
    /// `finish` never proceeds: its caller is about to be dropped.
    pub(super) async fn begin(&self, operation: &str) -> Option<TaskTrackerToken> {
        if READS.iter().any(|read| operation.starts_with(read)) {
            return None;
        }
        if self.0.is_closed() {
            pending::<()>().await;
        }
        Some(self.0.token())
    }

    /// Blocks new writes, and waits until those in progress have completed.
    pub async fn finish(&self) {
        self.0.close();
        self.0.wait().await;
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn what_is_in_progress_is_awaited_and_nothing_begins() {
        let writes = Writes::default();
        let update = writes.begin("UpdateService").await;
        assert!(update.is_some());
        let mut finish = Box::pin(writes.finish());
        assert!(finish.as_mut().now_or_never().is_none());
        assert!(writes.begin("CreateService").now_or_never().is_none());
        assert!(writes.begin("DescribeServices").await.is_none());
        drop(update);
        finish.await;
    }
}
