//! The rules for a successful rollout (`docs/design.md` §5.3 and §5.4).

use std::ops::ControlFlow;

use jiff::{SignedDuration, Timestamp};

use super::failure_rules::newest;
use super::read_requests::RECHECK_EVERY;
use super::view::DeploymentView;
use super::{Judge, KEEP_WATCHING, LAG, RuleOutcome, waiting_for};
use crate::ecs::{Deployment, ProtectedTask, RolloutState, Service, ServiceDeploymentStatus};
use crate::model::{plural, short_id};
use crate::verdict::{FailureKind, Verdict, WaitUntil, WatchTarget};

/// How long more tasks than desired, or old ones that ECS still has to stop, must have been running before their
/// protection from scale-in is read.
const STAYS_AFTER: SignedDuration = SignedDuration::from_secs(60);

impl Judge {
    /// Decides whether our deployment has reached steady state.
    pub(super) fn success(&mut self, view: &DeploymentView<'_>) -> RuleOutcome {
        let Some(tracked) = view.tracked else {
            return self.without_deployments(view.service);
        };
        if !tracked.is_primary() {
            return self.wait_for("ECS to make the deployment PRIMARY".to_owned());
        }
        if !self.has_requested_count(tracked, view) {
            return self.wait_for(format!(
                "a desired count of {}",
                self.request.desired.unwrap_or(0)
            ));
        }
        self.crashed_after(tracked, view)?;
        if !tracked.has_enough_tasks() {
            self.filling = true;
            self.since.settling = None;
            self.since.only_old_left = None;
        }
        if !self.is_deployed(tracked, view) {
            return self.wait_for_tasks(tracked, view);
        }
        // COMPLETED with fewer tasks than desired is not enough.
        if !tracked.has_enough_tasks() {
            return self.wait_for_the_rest(tracked, view);
        }
        let Some(kept) = self.kept_surplus(tracked, view) else {
            return self.wait_for(surplus_to_stop(tracked));
        };
        let exercised = tracked.desired_count.is_some_and(|desired| desired > 0);
        if self.request.until == WaitUntil::Deployed {
            return ControlFlow::Break(Some(Verdict::Deployed { exercised }));
        }
        self.settle(tracked, view, exercised)?;
        let old = old_tasks(tracked, view);
        if old == 0 && kept.is_empty() {
            return ControlFlow::Break(Some(Verdict::Stable { exercised }));
        }
        let mut tasks = match old {
            0 => Vec::new(),
            _ => {
                let since = *self.since.only_old_left.get_or_insert(view.now);
                self.protected_tasks(view, since, LAG, false)
            }
        };
        if tasks.len() as u64 >= old {
            tasks.extend(kept);
            return ControlFlow::Break(Some(Verdict::Protected { exercised, tasks }));
        }
        self.wait_for(old_tasks_to_stop(old))
    }

    /// The protected tasks of ours that stay although our call decreased the desired count; `None` while ECS may
    /// still be stopping tasks. Where protection can't be read, tasks whose number has not changed for a while stay.
    fn kept_surplus(
        &mut self,
        tracked: &Deployment,
        view: &DeploymentView<'_>,
    ) -> Option<Vec<ProtectedTask>> {
        let is_decreased = matches!(self.request.target, WatchTarget::Same { .. });
        let surplus = match (tracked.running_count, tracked.desired_count) {
            (Some(running), Some(desired)) if is_decreased => running.saturating_sub(desired),
            _ => 0,
        };
        if surplus == 0 {
            self.since.surplus = None;
            return Some(Vec::new());
        }
        let since = match self.since.surplus {
            Some((count, since)) if count == surplus => since,
            _ => view.now,
        };
        self.since.surplus = Some((surplus, since));
        if view.now.duration_since(since) < STAYS_AFTER {
            return None;
        }
        if !view.snapshot.tasks_readable || !view.snapshot.protection_readable {
            return Some(Vec::new());
        }
        let protected = self.protected_tasks(view, since, STAYS_AFTER, true);
        (protected.len() as u64 >= surplus).then_some(protected)
    }

    /// Our or the old tasks that are protected from scale-in, read `after` this time. The read is repeated, since
    /// protection may begin or end at any time.
    fn protected_tasks(
        &mut self,
        view: &DeploymentView<'_>,
        since: Timestamp,
        after: SignedDuration,
        ours: bool,
    ) -> Vec<ProtectedTask> {
        let read_at = view.snapshot.protection_at.filter(|at| *at >= since);
        let is_due = match read_at {
            Some(at) => view.now.duration_since(at) >= RECHECK_EVERY,
            None => view.now.duration_since(since) >= after,
        };
        self.read_requests.protection |= is_due;
        if read_at.is_none() {
            return Vec::new();
        }
        let running = view.snapshot.running.iter();
        let wanted = running.filter(|task| {
            self.tracked
                .as_ref()
                .is_some_and(|tracked| tracked.started(task) == ours)
        });
        wanted
            .filter_map(|task| view.snapshot.protected.iter().find(|it| it.id == task.id))
            .cloned()
            .collect()
    }

    /// Judges a service without `deployments[]` by its own counts if its controller uses task sets. Where ECS
    /// deploys, only a PRIMARY deployment proves anything.
    pub(super) fn without_deployments(&mut self, service: &Service) -> RuleOutcome {
        if service.has_deployments() {
            return self.wait_for("the deployment to appear".to_owned());
        }
        let filled = service.desired_count.is_some() && service.running_count == service.desired_count;
        if !filled || service.pending_count.unwrap_or(0) > 0 {
            let running = service.running_count.unwrap_or(0);
            let desired = service.desired_count.unwrap_or(0);
            return self.wait_for_running(running, desired, "");
        }
        self.counts = super::RolloutCounts::of(service);
        ControlFlow::Break(Some(Verdict::Stable {
            exercised: service.desired_count.is_some_and(|desired| desired > 0),
        }))
    }

    /// Whether a load balancer or a container health check monitors the tasks.
    pub(super) fn is_health_checked(&self, view: &DeploymentView<'_>) -> bool {
        self.request.health_checked || view.service.load_balanced
    }

    /// Whether the requested desired count was seen. If our call started no deployment, only that count
    /// distinguishes a response from after the call from an earlier one. It may change later (something may
    /// scale the service).
    fn has_requested_count(&mut self, tracked: &Deployment, view: &DeploymentView<'_>) -> bool {
        let started = self.tracked.as_ref().is_some_and(|it| it.is_new);
        let is_asked = self.request.desired.is_none() || tracked.desired_count == self.request.desired;
        let waited = self.elapsed(self.since.begun, view.now) >= super::JOIN_FOR;
        self.desired_seen |= started || is_asked || waited;
        self.desired_seen
    }

    /// Whether ECS reports our deployment as complete.
    fn is_deployed(&mut self, tracked: &Deployment, view: &DeploymentView<'_>) -> bool {
        let status = view.join.map(|join| &join.status);
        if status == Some(&ServiceDeploymentStatus::Successful) {
            return true;
        }
        if !view.is_rolling() {
            let past_shift = view.join.is_some_and(|join| join.is_past_shift());
            return (past_shift && self.request.until == WaitUntil::Deployed)
                || self.is_restored_by_rollback(tracked, view);
        }
        let complete = match (&tracked.rollout_state, status) {
            (Some(state), _) => *state == RolloutState::Completed,
            // Behind a Classic Load Balancer, the service deployment decides or, without one, the counts.
            (None, Some(_)) => {
                // Read the service deployment again once the counts suggest that it has changed.
                self.read_requests.service_deployment |= tracked.is_filled();
                return false;
            }
            (None, None) => tracked.is_filled() && view.old_tasks() == 0,
        };
        if !complete {
            self.since.complete = None;
            return false;
        }
        let since = *self.since.complete.get_or_insert(view.now);
        let was_complete = self.tracked.as_ref().is_some_and(|it| !it.is_new);
        if status.is_none() || was_complete || view.now.duration_since(since) >= LAG {
            return true;
        }
        // The service deployment contradicts this, but may be stale.
        self.read_requests.service_deployment = true;
        false
    }

    /// Whether a rollback restored this deployment. It may have no service deployment of its own, so the rolled
    /// back one decides.
    fn is_restored_by_rollback(&self, tracked: &Deployment, view: &DeploymentView<'_>) -> bool {
        let undone = newest(view.snapshot).map(|it| &it.status);
        self.request.target == WatchTarget::Restored
            && view.join.is_none()
            && undone == Some(&ServiceDeploymentStatus::RollbackSuccessful)
            && DeploymentView::is_complete(tracked)
    }

    /// Requires tasks without health checks to keep running for a while: a task that starts "but then stops" may
    /// not trip the circuit breaker (re:Post). Returns `Continue` once that is proven or if it isn't needed.
    fn settle(&mut self, tracked: &Deployment, view: &DeploymentView<'_>, exercised: bool) -> RuleOutcome {
        let complete_before = self.tracked.as_ref().is_some_and(|it| !it.is_new) && !self.filling;
        if self.is_health_checked(view) || !exercised || complete_before || self.request.settle.is_zero() {
            return super::NEXT;
        }
        let since = *self.since.settling.get_or_insert(view.now);
        self.since.settled_first.get_or_insert(since);
        let finished = view.join.and_then(|join| join.finished_at);
        self.completed_at = self.completed_at.or(finished).or(tracked.updated_at);
        self.crashed_after(tracked, view)?;
        let lasted = view.now.duration_since(since);
        if lasted < self.request.settle {
            return self.wait_for("the tasks to keep running".to_owned());
        }
        // A task may have crashed and been replaced between two polls: check the stopped tasks once more.
        let end = since.checked_add(self.request.settle).unwrap_or(since);
        let read_after = self.failures.read_at().is_some_and(|at| at >= end);
        if view.snapshot.tasks_readable && !read_after && lasted < self.request.settle + LAG {
            self.read_requests.tasks = true;
            return KEEP_WATCHING;
        }
        super::NEXT
    }

    /// Detects a crash after completion, while settling. It is a failure even if ECS has replaced the task since.
    fn crashed_after(&self, tracked: &Deployment, view: &DeploymentView<'_>) -> RuleOutcome {
        let Some(since) = self.since.settled_first else {
            return super::NEXT;
        };
        let crashed = if view.snapshot.tasks_readable {
            self.failures.crashed_after(self.completed_at, since)
        } else {
            tracked.failed_tasks > 0
        };
        if !crashed {
            return super::NEXT;
        }
        ControlFlow::Break(Some(Verdict::failed(
            FailureKind::CrashedAfter,
            self.failures
                .kinds()
                .last()
                .and_then(|it| it.said())
                .map(str::to_owned),
        )))
    }

    fn wait_for_tasks(&mut self, tracked: &Deployment, view: &DeploymentView<'_>) -> RuleOutcome {
        let failed = self.failed_so_far(tracked, view);
        let unhealthy = self.health.summary();
        let running = tracked.running_count.unwrap_or(0);
        let desired = tracked.desired_count.unwrap_or(0);
        if tracked.has_enough_tasks() {
            self.since.standstill = None;
            let old = old_tasks(tracked, view);
            if old > 0 && failed.is_empty() && unhealthy.is_empty() {
                let since = *self.since.only_old_left.get_or_insert(view.now);
                let named = self.protection_of(old, since, view);
                return self.wait_for(format!("{}{named}", old_tasks_to_stop(old)));
            }
            return self.wait_for(format!("ECS to complete the deployment{failed}{unhealthy}"));
        }
        let not_started = self.not_started(tracked);
        let starting = self.starting(tracked, view);
        let is_undisturbed = failed.is_empty() && unhealthy.is_empty();
        let held = match is_undisturbed {
            true => self.held_by_old_tasks(tracked, view),
            false => String::new(),
        };
        let details = format!("{starting}{not_started}{failed}{unhealthy}{held}");
        self.wait_for_running(running, desired, &details)
    }

    /// Names the protected old tasks that keep ECS from starting ours: it starts no more while `maximumPercent` doesn't
    /// allow new tasks beside them (developer guide: Protect your Amazon ECS tasks from being terminated by scale-in
    /// events).
    fn held_by_old_tasks(&mut self, tracked: &Deployment, view: &DeploymentView<'_>) -> String {
        let old = old_tasks(tracked, view);
        if old == 0 || tracked.pending_count > 0 || self.are_tasks_refused() {
            self.since.standstill = None;
            return String::new();
        }
        let running = tracked.running_count.unwrap_or(0);
        let since = match self.since.standstill {
            Some((count, since)) if count == running => since,
            _ => view.now,
        };
        self.since.standstill = Some((running, since));
        match self.protection_of(old, since, view) {
            named if named.is_empty() => named,
            named => format!(", {}{named}", old_tasks_to_stop(old)),
        }
    }

    /// Names those of the old tasks that are protected from scale-in, read once they have stayed for a while.
    fn protection_of(&mut self, old: u64, since: Timestamp, view: &DeploymentView<'_>) -> String {
        let protected = self.protected_tasks(view, since, STAYS_AFTER, false);
        let named = named(&protected);
        if protected.len() as u64 >= old {
            self.kept_by_protection = protected;
        }
        named
    }

    /// Waits for the tasks that are missing although ECS calls the deployment over (`earlySuccessCriteria` permits a
    /// healthy share below 100 %).
    fn wait_for_the_rest(&mut self, tracked: &Deployment, view: &DeploymentView<'_>) -> RuleOutcome {
        let running = tracked.running_count.unwrap_or(0);
        let desired = tracked.desired_count.unwrap_or(0);
        let is_successful = view
            .join
            .is_some_and(|join| join.status == ServiceDeploymentStatus::Successful);
        let called = if is_successful { "successful" } else { "complete" };
        let more = plural(desired.saturating_sub(running), "more task");
        let starting = self.starting(tracked, view);
        let failed = self.failed_so_far(tracked, view);
        let unhealthy = self.health.summary();
        self.wait_for(format!(
            "{more}: ECS calls it {called}, but {running} of {desired} run{starting}{failed}{unhealthy}"
        ))
    }

    fn wait_for(&mut self, what: String) -> RuleOutcome {
        self.state = waiting_for(what);
        KEEP_WATCHING
    }

    /// Waits for tasks of which this many run. `details` say more about the others.
    fn wait_for_running(&mut self, running: u64, desired: u64, details: &str) -> RuleOutcome {
        self.state = format!("{running} of {} running so far{details}", plural(desired, "task"));
        KEEP_WATCHING
    }
}

/// Tasks that our deployment replaces: those of other deployments, and those that only the service still counts,
/// because their deployment is no longer listed.
pub(super) fn old_tasks(tracked: &Deployment, view: &DeploymentView<'_>) -> u64 {
    let unlisted = match (view.service.running_count, tracked.running_count) {
        (Some(all), Some(running)) => all.saturating_sub(running),
        _ => 0,
    };
    view.old_tasks().max(unlisted)
}

fn old_tasks_to_stop(count: u64) -> String {
    format!("{} to stop", plural(count, "old task"))
}

/// Names protected tasks by the first eight digits of their IDs.
fn named(protected: &[ProtectedTask]) -> String {
    let ids: Vec<&str> = protected.iter().map(|task| short_id(&task.id)).collect();
    match ids.is_empty() {
        true => String::new(),
        false => format!(" (protected from scale-in: {})", ids.join(", ")),
    }
}

fn surplus_to_stop(tracked: &Deployment) -> String {
    let running = tracked.running_count.unwrap_or(0);
    let desired = tracked.desired_count.unwrap_or(0);
    let surplus = plural(running.saturating_sub(desired), "task");
    format!("{surplus} to stop ({running} of {desired} running)")
}
