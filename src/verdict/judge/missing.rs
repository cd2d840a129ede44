//! A service that doesn't exist, or is hidden by stale reads.

use std::ops::ControlFlow;

use jiff::{SignedDuration, Timestamp};

use super::{Judge, KEEP_WATCHING, RuleOutcome, waiting_for};
use crate::ecs::Service;
use crate::verdict::{FailureKind, Snapshot, Verdict};

/// How long stale reads may hide a service that was just created or changed.
const UNSEEN_FOR: SignedDuration = SignedDuration::from_secs(60);
/// How long stale reads may hide a service not known to exist. Short, to report a mistyped name soon.
const UNKNOWN_FOR: SignedDuration = SignedDuration::from_secs(5);
/// How long stale reads may hide a service that was already seen.
const GONE_FOR: SignedDuration = SignedDuration::from_secs(10);

/// The service, unless it is missing or being deleted. INACTIVE means deleted (API reference: Service), and a
/// DRAINING service can have no deployment in progress.
pub(super) fn present(snapshot: &Snapshot) -> Option<&Service> {
    snapshot
        .service
        .as_ref()
        .filter(|service| !matches!(service.status.as_str(), "INACTIVE" | "DRAINING"))
}

impl Judge {
    /// Handles a service that doesn't exist or no longer exists.
    pub(super) fn missing(&mut self, snapshot: &Snapshot, now: Timestamp) -> RuleOutcome {
        let since = *self.since.missing.get_or_insert(now);
        let patience = match (self.seen, self.request.known) {
            (true, _) => GONE_FOR,
            (false, true) => UNSEEN_FOR,
            (false, false) => UNKNOWN_FOR,
        };
        if now.duration_since(since) < patience {
            self.state = waiting_for("the service to appear");
            return KEEP_WATCHING;
        }
        let draining = snapshot
            .service
            .as_ref()
            .is_some_and(|it| it.status == "DRAINING");
        ControlFlow::Break(Some(if self.request.known {
            Verdict::failed(FailureKind::ServiceGone, None)
        } else {
            Verdict::Absent { draining }
        }))
    }
}
