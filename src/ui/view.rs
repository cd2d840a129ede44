//! A way of showing events.

use std::time::Duration;

use jiff::Timestamp;

use crate::model::Event;

/// When something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EventTime {
    /// Human-readable text and scripts.
    pub wall: Timestamp,
    /// Since the reporter started, by a clock that never jumps.
    pub running: Duration,
}

/// One way of showing events.
pub(super) trait EventView: Send {
    /// Something happened.
    fn event(&mut self, event: &Event, at: EventTime);
    /// Time goes by.
    fn tick(&mut self, _at: EventTime) {}
    /// Somebody is asked something: leave the terminal as it was found, for a while.
    fn pause(&mut self) {}
    /// The terminal is free again.
    fn resume(&mut self) {}
    /// No event follows: leave the terminal as it was found.
    fn close(&mut self) {}
}
