//! A service that isn't there, or can't be seen.

use std::ops::ControlFlow;

use jiff::{SignedDuration, Timestamp};

use super::{Judge, KEEP_WATCHING, RuleOutcome};
use crate::ecs::Service;
use crate::verdict::{FailureKind, Snapshot, Verdict};

/// How long a service that was made or changed may be hidden by stale reads.
const UNSEEN_FOR: SignedDuration = SignedDuration::from_secs(60);
/// The same for one that nobody has ever told to be there: a name that was mistyped should be said soon.
const UNKNOWN_FOR: SignedDuration = SignedDuration::from_secs(5);
/// The same, once it was seen.
const GONE_FOR: SignedDuration = SignedDuration::from_secs(10);

/// The service, unless it is missing or being deleted: INACTIVE is as good as absent (API reference: Service), and
/// of a DRAINING one nothing can be in flight but its end.
pub(super) fn present(snapshot: &Snapshot) -> Option<&Service> {
    snapshot
        .service
        .as_ref()
        .filter(|service| !matches!(service.status.as_str(), "INACTIVE" | "DRAINING"))
}

impl Judge {
    /// The service isn't there, or not any more.
    pub(super) fn missing(&mut self, snapshot: &Snapshot, now: Timestamp) -> RuleOutcome {
        let since = *self.since.missing.get_or_insert(now);
        let patience = match (self.seen, self.aim.known) {
            (true, _) => GONE_FOR,
            (false, true) => UNSEEN_FOR,
            (false, false) => UNKNOWN_FOR,
        };
        if now.duration_since(since) < patience {
            "the service to appear".clone_into(&mut self.waiting_for);
            return KEEP_WATCHING;
        }
        let draining = snapshot
            .service
            .as_ref()
            .is_some_and(|it| it.status == "DRAINING");
        ControlFlow::Break(Some(if self.aim.known {
            Verdict::failed(FailureKind::ServiceGone, None)
        } else {
            Verdict::Absent { draining }
        }))
    }
}
