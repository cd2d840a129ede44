//! What to read before the next look.

use super::view::View;
use super::{JOIN_FOR, Judge};

/// What a judge would like to read besides the service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wants {
    /// The service's stopped tasks.
    pub tasks: bool,
    /// The tasks that run.
    pub running: bool,
    /// The list of its service deployments.
    pub listing: bool,
    /// The service deployment that was joined, again.
    pub service_deployment: bool,
}

impl Judge {
    /// What to read next.
    pub(super) fn ask(&mut self, view: &View<'_>) {
        let joined = view.join.is_some();
        // Looked for until a list from half a minute on lacks it; other strategies can't do without it.
        let begun = self.since.begun.unwrap_or(view.now);
        let listed_late = view
            .snapshot
            .listed_at
            .is_some_and(|at| at.duration_since(begun) >= JOIN_FOR);
        let look_on = !view.is_rolling() || !listed_late;
        self.wants.listing |= !joined && look_on;
        self.wants.listing &= view.snapshot.deployments_readable;
        let is_undone = self.rollback.is_some() || self.is_leaving(view);
        self.wants.service_deployment |= joined && (!view.is_rolling() || is_undone);
        self.wants.service_deployment &= joined;
        // Of a deployment that was complete before the watch, the tasks that had stopped by then tell nothing.
        let unread = self.filling && self.failures.read_at().is_none();
        let complete_before = self.ours.as_ref().is_some_and(|ours| !ours.is_new);
        self.wants.tasks |= self.failures.wants(view) || (unread && complete_before);
        if self.rollback.is_some() || self.given_up {
            // The counts of ours may be gone by now; the reason is in its tasks.
            let since = *self.since.adverse.get_or_insert(view.now);
            self.wants.tasks |= self.failures.read_at().is_none_or(|at| at < since);
        }
        self.wants.tasks &= view.snapshot.tasks_readable;
        self.wants.running &= view.snapshot.tasks_readable;
    }
}
