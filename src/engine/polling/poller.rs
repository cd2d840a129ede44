//! Polls one thing after the other for as long as somebody reads: `--follow`, `--watch`.

use std::time::Duration;

use jiff::Timestamp;

use super::poll_errors::{PollErrors, PollOutcome};
use super::poll_rate::PollRate;
use super::read_error::ReadError;
use crate::clock::Clock;
use crate::diagnostic::Failure;
use crate::model::Sink;

/// When to poll next, and which errors to tolerate.
pub struct Poller<'a> {
    clock: &'a Clock,
    sink: &'a dyn Sink,
    began_at: Timestamp,
    polled_at: Timestamp,
    rate: PollRate,
    errors: PollErrors,
}

impl<'a> Poller<'a> {
    /// Starts polling.
    pub fn new(clock: &'a Clock, sink: &'a dyn Sink) -> Self {
        Self {
            clock,
            sink,
            began_at: clock.now(),
            polled_at: clock.now(),
            rate: PollRate::new(clock.now()),
            errors: PollErrors::default(),
        }
    }

    /// Records a poll. An error when polling again is useless.
    pub fn record(&mut self, poll: PollOutcome) -> Result<(), Failure> {
        Ok(self.errors.record(poll, &self.rate, self.sink)?)
    }

    /// Records a poll of one read: its value, where it succeeded.
    pub fn record_read<T>(&mut self, read: Result<T, impl Into<ReadError>>) -> Result<Option<T>, Failure> {
        let mut poll = PollOutcome::default();
        let value = match read {
            Ok(value) => Some(value),
            Err(error) => {
                poll.failed(error.into());
                None
            }
        };
        self.record(poll)?;
        Ok(value)
    }

    /// Time from one poll to the next, which takes so many calls.
    pub fn interval(&self, calls: usize) -> Duration {
        self.rate.interval(self.clock.elapsed(self.began_at), calls)
    }

    /// Waits until the next poll, which takes so many calls.
    pub async fn wait(&mut self, calls: usize) {
        let took = self.clock.elapsed(self.polled_at);
        self.clock.sleep(self.interval(calls).saturating_sub(took)).await;
        self.polled_at = self.clock.now();
    }

    /// Warns of a failure and its consequence.
    pub fn warn(&self, failure: impl Into<Failure>, consequence: &str) {
        self.sink.warn_of(failure, consequence);
    }
}
