//! What to read before the next step.

use jiff::SignedDuration;

use super::view::DeploymentView;
use super::{JOIN_FOR, Judge};
use crate::verdict::WatchTarget;

/// How often to read stopped tasks without a sign of any: a task that ECS replaces immediately changes no
/// count, and may cause no event.
pub(super) const RECHECK_EVERY: SignedDuration = SignedDuration::from_secs(30);

/// How long tasks may be starting before their states are read.
const STARTING_FOR: SignedDuration = SignedDuration::from_secs(20);

/// The reads that a judge requests besides the service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadRequests {
    /// The service's stopped tasks.
    pub tasks: bool,
    /// The service's running tasks.
    pub running: bool,
    /// The health of the running tasks, at low priority.
    pub health: bool,
    /// The service's stopped tasks at low priority, without a sign of any.
    pub recheck: bool,
    /// The running tasks and their protection from scale-in, at low priority.
    pub protection: bool,
    /// The list of service deployments.
    pub listing: bool,
    /// Our service deployment, read again.
    pub service_deployment: bool,
    /// Our CodeDeploy deployment.
    pub code_deploy: bool,
}

impl Judge {
    /// Whether an unchanged service has long been short of tasks, so that tasks stopped before the watch explain
    /// it.
    pub(super) fn is_stuck_since_before(&self, view: &DeploymentView<'_>) -> bool {
        let was_complete = self.tracked.as_ref().is_some_and(|tracked| !tracked.is_new);
        let unchanged = matches!(self.request.target, WatchTarget::InFlight | WatchTarget::Restored);
        let is_short = view
            .tracked
            .is_some_and(|it| it.is_primary() && !it.has_enough_tasks());
        let lasted = self.elapsed(self.since.begun, view.now);
        was_complete && unchanged && is_short && lasted >= RECHECK_EVERY
    }

    /// Whether tasks of ours have been starting for long enough that their states are worth a read.
    fn is_long_starting(&mut self, view: &DeploymentView<'_>) -> bool {
        if view.tracked.is_none_or(|it| it.pending_count == 0) {
            self.since.starting = None;
            return false;
        }
        let since = *self.since.starting.get_or_insert(view.now);
        let last = view.snapshot.running_at.map_or(since, |at| at.max(since));
        let is_first = view.snapshot.running_at.is_none_or(|at| at < since);
        let pause = if is_first { STARTING_FOR } else { RECHECK_EVERY };
        view.now.duration_since(last) >= pause
    }

    /// Requests the reads for the next step.
    pub(super) fn ask(&mut self, view: &DeploymentView<'_>) {
        let joined = view.join.is_some();
        // Searched until a list read after half a minute lacks it; other strategies depend on it.
        let begun = self.since.begun.unwrap_or(view.now);
        let listed_late = view
            .snapshot
            .listed_at
            .is_some_and(|at| at.duration_since(begun) >= JOIN_FOR);
        let keep_looking = !view.is_rolling() || !listed_late;
        self.read_requests.listing |= !joined && keep_looking;
        self.read_requests.listing &= view.snapshot.deployments_readable;
        let is_undone = self.rollback.is_some() || self.is_stopping(view);
        self.read_requests.service_deployment |= joined && (!view.is_rolling() || is_undone);
        self.read_requests.service_deployment &= joined;
        // For a deployment completed before the watch, the first read only marks the tasks stopped before it.
        let unread = self.filling && self.failures.read_at().is_none();
        let complete_before = self.tracked.as_ref().is_some_and(|tracked| !tracked.is_new);
        self.read_requests.tasks |= self.failures.read_requests(view) || (unread && complete_before);
        if self.rollback.is_some() || self.given_up {
            // Our counts may be gone by now, but our tasks show the cause.
            let since = *self.since.adverse.get_or_insert(view.now);
            self.read_requests.tasks |= self.failures.read_at().is_none_or(|at| at < since);
        }
        self.read_requests.running |= self.is_long_starting(view);
        self.read_requests.tasks &= view.snapshot.tasks_readable;
        self.read_requests.running &= view.snapshot.tasks_readable;
        self.read_requests.protection &= view.snapshot.tasks_readable && view.snapshot.protection_readable;
        let read_at = self.failures.read_at().map_or(begun, |at| at.max(begun));
        let is_settled = view
            .tracked
            .is_none_or(|it| it.has_enough_tasks() && DeploymentView::is_complete(it));
        let is_due = view.now.duration_since(read_at) >= RECHECK_EVERY;
        self.read_requests.recheck =
            is_due && !is_settled && !self.read_requests.tasks && view.snapshot.tasks_readable;
        self.read_requests.health = self.wants_health(view);
    }
}
