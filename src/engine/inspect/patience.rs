//! Looking on and on: when to look next. What it puts up with is weighed as for rollouts.

use std::time::Duration;

use jiff::Timestamp;

use crate::clock::Clock;
use crate::diagnostic::Failure;
use crate::engine::watch::{Look, PollErrors, PollRate, ReadError};
use crate::model::Sink;

pub use crate::engine::watch::warn;

/// The pace of a follower, and what it puts up with.
pub struct Patience<'a> {
    clock: &'a Clock,
    sink: &'a dyn Sink,
    begun: Timestamp,
    looked: Timestamp,
    pace: PollRate,
    endurance: PollErrors,
}

impl<'a> Patience<'a> {
    /// A follower begins.
    pub fn new(clock: &'a Clock, sink: &'a dyn Sink) -> Self {
        Self {
            clock,
            sink,
            begun: clock.now(),
            looked: clock.now(),
            pace: PollRate::new(),
            endurance: PollErrors::default(),
        }
    }

    /// A look is over. An error when there is no use in looking again.
    pub fn weigh(&mut self, look: Look) -> Result<(), Failure> {
        let weighed = self.endurance.weigh(look, &mut self.pace, self.sink);
        weighed.map_err(|trouble| trouble.error)
    }

    /// A look of one read is over: what it brought, where it went through.
    pub fn take<T>(&mut self, read: Result<T, impl Into<ReadError>>) -> Result<Option<T>, Failure> {
        let mut look = Look::default();
        let brought = match read {
            Ok(brought) => Some(brought),
            Err(error) => {
                look.failed(error.into());
                None
            }
        };
        self.weigh(look)?;
        Ok(brought)
    }

    /// Time from one look to the next, which takes so many calls.
    pub fn interval(&mut self, calls: usize) -> Duration {
        self.pace.interval(elapsed(self.begun, self.clock.now()), calls)
    }

    /// Waits until the next look, which takes so many calls.
    pub async fn rest(&mut self, calls: usize) {
        let interval = self.interval(calls);
        let took = elapsed(self.looked, self.clock.now());
        self.clock.sleep(interval.saturating_sub(took)).await;
        self.looked = self.clock.now();
    }

    /// Says what a failure means for the rest.
    pub fn warn(&self, error: impl Into<Failure>, consequence: &str) {
        warn(self.sink, error, consequence);
    }
}

fn elapsed(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or_default()
}
