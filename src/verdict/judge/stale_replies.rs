//! Detects responses that are older than a previous one.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::ecs::Service;

/// Tracks the newest state seen, by ECS's clock.
#[derive(Clone, Debug, Default)]
pub(super) struct StaleReplyFilter {
    newest_event: Option<Timestamp>,
    updated: HashMap<String, Timestamp>,
    stale_since: Option<Timestamp>,
}

/// How long an older state must persist before it is believed: no replica lags this long.
const BELIEVED_AFTER: SignedDuration = SignedDuration::from_secs(30);

impl StaleReplyFilter {
    /// Whether a response is older than a previous one. Events are only ever added, and a deployment's
    /// `updatedAt` only increases: if either goes back, a replica lags (ECS's reads are eventually
    /// consistent).
    pub fn is_stale(&mut self, service: &Service, now: Timestamp) -> bool {
        let newest = service.events.iter().filter_map(|event| event.at).max();
        let events_back = newest < self.newest_event;
        let updates_back = service.deployments.iter().any(|it| {
            let seen = self.updated.get(&it.id);
            it.updated_at.is_some() && it.updated_at.as_ref() < seen
        });
        if events_back || updates_back {
            let since = *self.stale_since.get_or_insert(now);
            if now.duration_since(since) < BELIEVED_AFTER {
                return true;
            }
        }
        self.stale_since = None;
        self.newest_event = newest;
        self.updated.extend(
            service
                .deployments
                .iter()
                .filter_map(|it| Some((it.id.clone(), it.updated_at?))),
        );
        false
    }
}
