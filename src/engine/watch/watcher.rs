//! The watcher's handle, through which callers request watches and reads.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join3;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;

use super::data_source::DataSource;
use super::service_reads::{ServiceRead, ServiceReads};
use super::watch_loop::{Observer, WatchCommand, WatchLoop};
use super::watch_result::{Unwatchable, WatchProgress, WatchResult};
use super::watched_deletion::DeletionResult;
use super::watched_service::WatchedService;
use crate::clock::Clock;
use crate::diagnostic::Failure;
use crate::ecs::Service;
use crate::engine::polling::{PollRate, ReadError, Severity};
use crate::exit::Exit;
use crate::verdict::WatchRequest;

/// Watches services of one cluster.
#[derive(Clone)]
pub struct Watcher {
    commands: UnboundedSender<WatchCommand>,
    reads: UnboundedSender<ServiceRead>,
}

impl Watcher {
    /// Watches a service until its rollout ends.
    pub async fn watch(&self, request: WatchRequest) -> WatchResult {
        self.start(request, false).await
    }

    /// Watches a service until its rollout ends or a rollback is requested.
    pub async fn watch_until_rollback(&self, request: WatchRequest) -> WatchResult {
        self.start(request, true).await
    }

    async fn start(&self, request: WatchRequest, until_rollback: bool) -> WatchResult {
        let progress = WatchProgress::unseen(request.clone());
        let (reply, result) = oneshot::channel();
        let service = WatchedService::new(request, until_rollback, reply);
        // If the loop has ended, awaiting the response fails.
        let _ = self.commands.send(WatchCommand::Watch(Box::new(service)));
        result.await.unwrap_or_else(|_| {
            WatchResult::Unwatchable(Unwatchable {
                cause: Arc::new(watcher_ended()),
                had_begun: false,
                progress,
            })
        })
    }

    /// Waits until a deleted service is INACTIVE, that is, until its last tasks have stopped.
    pub async fn watch_deletion(&self, service: &str, timeout: Duration) -> DeletionResult {
        let (reply, result) = oneshot::channel();
        let _ = self.commands.send(WatchCommand::WatchDeletion {
            service: service.to_owned(),
            timeout,
            reply,
        });
        result
            .await
            .unwrap_or_else(|_| DeletionResult::Unwatchable(watcher_ended()))
    }

    /// Reads the service's current state, sharing calls with simultaneous requests. Returns `None` if the
    /// service doesn't exist.
    pub async fn describe(&self, service: &str) -> Result<Option<Service>, ReadError> {
        let (reply, result) = oneshot::channel();
        let _ = self.reads.send(ServiceRead {
            service: service.to_owned(),
            reply,
        });
        result.await.unwrap_or_else(|_| Err(watcher_ended()))
    }
}

/// The error for a watch loop that ended early. Loops run as long as a `Watcher` exists, so this is a bug.
fn watcher_ended() -> ReadError {
    let failure = Failure::new(Exit::Unexpected, "watcher-ended", "the watcher has ended");
    ReadError::new(Severity::Fatal, failure)
}

/// Runs `work` concurrently with a watcher.
pub async fn with_watcher<S: DataSource, T>(
    (source, cluster): (&S, &str),
    observer: Observer<'_>,
    clock: &Clock,
    work: impl AsyncFnOnce(Watcher) -> T,
) -> T {
    let (commands, received) = unbounded_channel();
    let (reads, read_requests) = unbounded_channel();
    let rate = PollRate::new(clock.now());
    let watch_loop = WatchLoop::new(source, cluster, observer, clock, &rate, received);
    let service_reads = ServiceReads::new(source, cluster, clock, &rate, read_requests);
    let watcher = Watcher { commands, reads };
    let (done, (), ()) = join3(work(watcher), watch_loop.run(), service_reads.run()).await;
    done
}
