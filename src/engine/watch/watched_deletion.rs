//! Watching a deleted service until its last tasks stop.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::ecs::Service;
use crate::engine::polling::ReadError;
use crate::model::{Event, RolloutEvent, Sink};

/// How the wait for a deleted service ended.
#[derive(Debug)]
pub enum DeletionResult {
    /// All tasks have stopped.
    Gone,
    /// Tasks were still running at the timeout.
    TimedOut {
        /// The number of running tasks, if known.
        tasks: Option<u64>,
    },
    /// The service can no longer be watched.
    Unwatchable(ReadError),
}

/// A deleted service being watched.
pub(super) struct WatchedDeletion {
    pub service: String,
    timeout: Duration,
    /// When the watch began.
    began_at: Timestamp,
    /// Number of tasks left at the last poll.
    tasks: Option<u64>,
    /// None once the result was sent.
    reply: Option<oneshot::Sender<DeletionResult>>,
}

impl WatchedDeletion {
    pub fn new(
        service: String,
        timeout: Duration,
        reply: oneshot::Sender<DeletionResult>,
        now: Timestamp,
    ) -> Self {
        Self {
            service,
            timeout,
            began_at: now,
            tasks: None,
            reply: Some(reply),
        }
    }

    /// Whether the caller still waits for the result.
    pub fn is_open(&self) -> bool {
        self.reply.as_ref().is_some_and(|reply| !reply.is_closed())
    }

    /// Updates the watch from a read of the service. `None` means it no longer exists.
    pub fn take(&mut self, service: Option<&Service>, sink: &dyn Sink) {
        let Some(service) = service else {
            return self.answer(DeletionResult::Gone);
        };
        let running = service.task_count();
        if self.tasks.replace(running) != Some(running) {
            sink.emit(Event::Rollout {
                service: self.service.clone(),
                event: RolloutEvent::Draining { running },
            });
        }
    }

    /// Returns the time until it times out.
    pub fn time_left(&self, clock: &Clock) -> Duration {
        self.timeout.saturating_sub(clock.elapsed(self.began_at))
    }

    /// Ends the watch if it has timed out.
    pub fn check_timeout(&mut self, clock: &Clock) {
        if self.time_left(clock).is_zero() {
            self.answer(DeletionResult::TimedOut { tasks: self.tasks });
        }
    }

    pub fn answer(&mut self, result: DeletionResult) {
        if let Some(reply) = self.reply.take() {
            // The receiver may have been dropped.
            let _ = reply.send(result);
        }
    }
}
