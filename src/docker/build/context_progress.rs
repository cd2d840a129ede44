//! The progress of sending the build context, reported in steps that a person can see.

use crate::model::BuildEvent;

/// The least that has to be sent between two reports: the last digit of `12.4 MB`.
const STEP: u64 = 100_000;

/// What was reported of the context.
#[derive(Debug, Default)]
pub(super) struct ContextProgress {
    reported: u64,
}

impl ContextProgress {
    /// Returns the event if enough was sent since the last one.
    pub(super) fn sent(&mut self, sent: u64) -> Option<BuildEvent> {
        if sent < self.reported.saturating_add(STEP) {
            return None;
        }
        self.reported = sent;
        Some(BuildEvent::Context { sent })
    }
}
