//! Polls repeatedly for `--follow` and `--watch`, until the reader stops.

use std::time::Duration;

use jiff::Timestamp;

use super::poll_errors::{PollErrors, PollOutcome};
use super::poll_rate::PollRate;
use super::read_error::ReadError;
use crate::clock::Clock;
use crate::diagnostic::Failure;
use crate::model::Sink;

/// Decides when to poll next and which errors to tolerate.
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

    /// Records a poll. Returns an error if polling again is pointless.
    pub fn record(&mut self, poll: PollOutcome) -> Result<(), Failure> {
        Ok(self.errors.record(poll, &self.rate, self.sink)?)
    }

    /// Records a poll with a single read. Returns its value if it succeeded.
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

    /// Returns the time until the next poll, which makes this many calls.
    pub fn interval(&self, calls: usize) -> Duration {
        self.rate.interval(self.clock.elapsed(self.began_at), calls)
    }

    /// Waits until the next poll, which makes this many calls.
    pub async fn wait(&mut self, calls: usize) {
        let took = self.clock.elapsed(self.polled_at);
        self.clock.sleep(self.interval(calls).saturating_sub(took)).await;
        self.polled_at = self.clock.now();
    }

    /// Warns about a failure and its consequence.
    pub fn warn(&self, failure: impl Into<Failure>, consequence: &str) {
        self.sink.warn_of(failure, consequence);
    }
}
