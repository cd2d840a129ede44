//! Looking on and on: when to look next, and which failures end it.

use std::time::Duration;

use jiff::Timestamp;

use crate::clock::Clock;
use crate::diagnostic::{Explain, Failure};
use crate::engine::rollout::{Pace, Trouble, Weight};
use crate::model::{Event, Sink};

/// Looks that fail in a row before a person is told.
const FAILED_LOOKS: u32 = 3;
/// Looks that may fail for the credentials' sake: the second one has had the chance to load new ones.
const REFUSED_LOOKS: u32 = 2;

/// The pace of a follower, and what it puts up with.
pub struct Patience<'a> {
    clock: &'a Clock,
    sink: &'a dyn Sink,
    begun: Timestamp,
    looked: Timestamp,
    pace: Pace,
    failed: u32,
    refused: u32,
}

impl<'a> Patience<'a> {
    /// A follower begins.
    pub fn new(clock: &'a Clock, sink: &'a dyn Sink) -> Self {
        Self {
            clock,
            sink,
            begun: clock.now(),
            looked: clock.now(),
            pace: Pace::new(),
            failed: 0,
            refused: 0,
        }
    }

    /// A look went through.
    pub fn went_well(&mut self) {
        self.failed = 0;
        self.refused = 0;
        self.pace.recover();
    }

    /// A look failed. An error when there is no use in looking again.
    pub fn weigh(&mut self, trouble: Trouble) -> Result<(), Failure> {
        tracing::debug!(weight = ?trouble.weight, error = %trouble.error, "a look failed");
        match trouble.weight {
            Weight::Throttled => self.pace.slow_down(),
            Weight::Passing => {
                self.failed += 1;
                if self.failed == FAILED_LOOKS {
                    self.warn(trouble.error.inner(), "still trying");
                }
            }
            Weight::Credentials => {
                self.refused += 1;
                if self.refused >= REFUSED_LOOKS {
                    return Err(trouble.error);
                }
            }
            Weight::Denied | Weight::Unsupported | Weight::Fatal => return Err(trouble.error),
        }
        Ok(())
    }

    /// Waits until the next look, which takes so many calls.
    pub async fn rest(&mut self, calls: usize) {
        let interval = self.pace.interval(elapsed(self.begun, self.clock.now()), calls);
        let took = elapsed(self.looked, self.clock.now());
        self.clock.sleep(interval.saturating_sub(took)).await;
        self.looked = self.clock.now();
    }

    /// Says what a failure means for the rest.
    pub fn warn(&self, error: &dyn Explain, consequence: &str) {
        warn(self.sink, error, consequence);
    }
}

/// Says what a failure means for the rest.
pub fn warn(sink: &dyn Sink, error: &dyn Explain, consequence: &str) {
    sink.emit(Event::Warning {
        resource: error.resource().map(|it| it.into_owned()),
        message: format!("{error}: {consequence}"),
        hint: error.hint().map(|it| it.into_owned()),
    });
}

fn elapsed(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or_default()
}
