//! The interface for displaying events.

use std::time::Duration;

use jiff::Timestamp;

use crate::model::Event;

/// The time of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EventTime {
    /// Wall clock time, for people and scripts.
    pub wall: Timestamp,
    /// Time since the reporter started, by a monotonic clock.
    pub running: Duration,
}

/// A view that displays events.
pub(super) trait EventView: Send {
    /// Displays an event.
    fn event(&mut self, event: &Event, at: EventTime);
    /// Called periodically as time passes.
    fn tick(&mut self, _at: EventTime) {}
    /// Releases the terminal for a while, for a prompt.
    fn pause(&mut self) {}
    /// Takes the terminal back after a prompt.
    fn resume(&mut self) {}
    /// Restores the terminal after the last event.
    fn close(&mut self) {}
}
