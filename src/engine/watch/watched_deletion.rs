//! A deleted service whose last tasks are stopping.

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
    /// All its tasks have stopped.
    Gone,
    /// Tasks were left when the time was up.
    TimedOut {
        /// So many, where they were seen.
        tasks: Option<u64>,
    },
    /// Its tasks can't be seen any more.
    Unwatchable(ReadError),
}

/// A deleted service that is watched.
pub(super) struct WatchedDeletion {
    pub service: String,
    timeout: Duration,
    /// When the watch began.
    began_at: Timestamp,
    /// Tasks that were left when it was last seen.
    tasks: Option<u64>,
    /// None once it was answered.
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

    /// Whether somebody still waits for its result.
    pub fn is_open(&self) -> bool {
        self.reply.as_ref().is_some_and(|reply| !reply.is_closed())
    }

    /// Takes the service as it was read; None when it doesn't exist any more.
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

    /// Ends it when its time is up.
    pub fn check_timeout(&mut self, clock: &Clock) {
        if clock.elapsed(self.began_at) >= self.timeout {
            self.answer(DeletionResult::TimedOut { tasks: self.tasks });
        }
    }

    pub fn answer(&mut self, result: DeletionResult) {
        if let Some(reply) = self.reply.take() {
            // Whoever waited may be gone.
            let _ = reply.send(result);
        }
    }
}
