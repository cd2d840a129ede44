//! Detects crash loops without a circuit breaker, and healthy tasks that rule one out
//! (`docs/design.md` §5.8).

use std::collections::HashSet;

use jiff::SignedDuration;

use super::failure_rules::ended;
use super::service_events::{is_about_missing_tasks, is_capacity_refusal, is_failed_launch};
use super::view::DeploymentView;
use super::{Judge, NEXT, RuleOutcome, TrackedDeployment};
use crate::ecs::{Deployment, RolloutState, ServiceDeploymentStatus, Task};
use crate::verdict::breaker_threshold::breaker_threshold;
use crate::verdict::{FailureKind, Verdict};

/// How long the circuit breaker may take to count a failed task.
const UNCOUNTED_FOR: SignedDuration = SignedDuration::from_secs(30);

/// The IDs of our tasks that were running at one moment.
#[derive(Clone, Debug)]
pub(super) struct TaskGeneration(HashSet<String>);

/// What ECS had counted when it last refused capacity.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RefusedCapacity {
    /// The number of service events that say so.
    refusals: u64,
    /// ECS's count of failed tasks at that time.
    failed: u64,
}

impl Judge {
    /// Detects a crash loop without a circuit breaker, where ECS retries forever: a failure once the breaker's
    /// own threshold is reached without one healthy task. ECS counts consecutive failures of tasks that don't
    /// reach RUNNING or fail a health check, and resets the count once one runs (API reference: Deployment,
    /// `failedTasks`). Tasks that exit after they started also count here; the tasks running when the threshold
    /// is reached may still work, so all of them must fail as well.
    pub(super) fn crash_loop(&mut self, view: &DeploymentView<'_>) -> RuleOutcome {
        let Some(tracked) = view.tracked.filter(|it| it.is_primary()) else {
            return NEXT;
        };
        let threshold = breaker_threshold(tracked.desired_count.or(view.service.desired_count).unwrap_or(0));
        let counted_here = self.failures.count().saturating_sub(self.forgiven);
        let is_uncounted = self.is_uncounted(view, counted_here >= threshold);
        // The breaker stops monitoring at completion, which ECS may report too early.
        let guarded = self.has_breaker(view) && !is_reported_complete(view, tracked) && !is_uncounted;
        if guarded || self.healthy {
            return NEXT;
        }
        let counted_by_ecs = self.crashed_by_ecs(tracked, view);
        let none_is_left = counted_by_ecs >= threshold
            || (counted_here >= threshold && (tracked.running_count == Some(0) || self.all_failed(view)));
        if !none_is_left {
            return NEXT;
        }
        ended(Verdict::Failed {
            how: FailureKind::CrashLoop {
                failed: counted_by_ecs.max(counted_here),
            },
            reason: self
                .failures
                .kinds()
                .first()
                .and_then(|it| it.said())
                .map(str::to_owned),
        })
    }

    /// ECS's own count of failed tasks. It includes tasks that could not be launched for lack of capacity, which
    /// say nothing about the revision: what ECS counted until the last refusal can't be told apart and doesn't
    /// count. Later failures do, once a task has stopped or ECS says that it failed to launch one for another
    /// reason (a role that it can't assume).
    fn crashed_by_ecs(&mut self, tracked: &Deployment, view: &DeploymentView<'_>) -> u64 {
        let refusals = self.progress.troubles().filter(|it| is_capacity_refusal(it));
        let refusals = refusals.map(|it| it.count).fold(0, u64::saturating_add);
        if refusals > self.refused.refusals {
            self.refused = RefusedCapacity {
                refusals,
                failed: tracked.failed_tasks,
            };
        }
        // ECS resets its count once a task runs.
        self.refused.failed = self.refused.failed.min(tracked.failed_tasks);
        if tracked.failed_tasks == 0 {
            self.since.failing = None;
            return 0;
        }
        let since = *self.since.failing.get_or_insert(view.now);
        let fails_to_launch = self.progress.troubles().any(is_failed_launch);
        let none_stopped = self.failures.none_stopped(since) || (refusals > 0 && self.failures.none_seen());
        match self.failures.unlaunched() > 0 || (none_stopped && !fails_to_launch) {
            true => 0,
            false => tracked.failed_tasks.saturating_sub(self.refused.failed),
        }
    }

    /// Whether the circuit breaker doesn't count the tasks that fail: it counts tasks that don't reach RUNNING or
    /// fail a health check, but not those that exit after their start (API reference: Deployment, `failedTasks`).
    /// Its count may lag behind the stopped tasks.
    fn is_uncounted(&mut self, view: &DeploymentView<'_>, is_reached: bool) -> bool {
        let breaker = view.join.and_then(|join| join.circuit_breaker.as_ref());
        self.breaker_counts |= view.tracked.is_some_and(|it| it.failed_tasks > 0)
            || breaker.and_then(|it| it.failures).unwrap_or(0) > 0;
        if self.breaker_counts || !is_reached {
            self.since.uncounted = None;
            return false;
        }
        let since = *self.since.uncounted.get_or_insert(view.now);
        view.now.duration_since(since) >= UNCOUNTED_FOR
    }

    /// Describes tasks that were never launched, for the timeout message.
    pub(super) fn not_started(&self, tracked: &Deployment) -> String {
        let missing = tracked
            .desired_count
            .unwrap_or(0)
            .saturating_sub(tracked.pending_count);
        let are_refused = self.are_tasks_refused();
        let none_ran = tracked.running_count.unwrap_or(0) == 0 && self.failures.count() == 0;
        match are_refused && none_ran && missing > 0 {
            true => format!(" ({missing} could not be started)"),
            false => String::new(),
        }
    }

    /// Whether ECS said that it can't place or launch tasks.
    pub(super) fn are_tasks_refused(&self) -> bool {
        self.progress.troubles().any(is_about_missing_tasks) || self.failures.unlaunched() > 0
    }

    /// Whether all of our tasks that were running when the threshold was reached have failed since. There is no
    /// time limit: a task's running time never proves that it works.
    fn all_failed(&mut self, view: &DeploymentView<'_>) -> bool {
        let Some(generation) = &self.generation else {
            self.take_generation(view);
            return false;
        };
        if generation.0.iter().any(|id| !self.failures.has_stopped(id)) {
            return false;
        }
        let failed = generation.0.iter().all(|id| self.failures.has_failed(id));
        if !failed {
            // Some were stopped by a user or a lost host, which proves nothing: check the tasks running now instead.
            self.generation = None;
            self.since.looping = None;
        }
        failed
    }

    fn take_generation(&mut self, view: &DeploymentView<'_>) {
        let since = *self.since.looping.get_or_insert(view.now);
        let is_read = view.snapshot.running_at.is_some_and(|at| at >= since);
        let running: HashSet<String> = view
            .snapshot
            .running
            .iter()
            .filter(|task| task.last_status == "RUNNING" && self.is_ours(task))
            .filter(|task| !self.failures.has_stopped(&task.id))
            .map(|task| task.id.clone())
            .collect();
        if is_read && !running.is_empty() {
            self.generation = Some(TaskGeneration(running));
        } else {
            // ECS counts a running task, so an empty list is stale.
            self.read_requests.running = true;
        }
    }

    /// Records whether one of our tasks has worked: it is HEALTHY, or the deployment completed with all tasks
    /// running. Without health checks, tasks that ran for the settling time without a failure only reset the
    /// count, since they may still crash in turns, slowly. A reset `failedTasks` proves nothing: ECS resets it
    /// once a task is RUNNING.
    pub(super) fn assess_health(&mut self, view: &DeploymentView<'_>) {
        let Some(tracked) = view.tracked else { return };
        let is_up = tracked.running_count.unwrap_or(0) > 0;
        let tasks = view.snapshot.tasks.iter().chain(&view.snapshot.running);
        let says_healthy = tasks
            .filter(|task| task.health_status.as_deref() == Some("HEALTHY"))
            .any(|task| self.is_ours(task));
        let complete = tracked.has_enough_tasks() && is_reported_complete(view, tracked);
        let failures = self.failures.count().max(tracked.failed_tasks);
        if !is_up || failures > self.failures_while_running {
            self.since.running = None;
        }
        self.failures_while_running = failures;
        let ran_long = is_up && {
            let since = *self.since.running.get_or_insert(view.now);
            !self.is_health_checked(view) && view.now.duration_since(since) >= self.request.settle
        };
        if ran_long {
            self.forgiven = self.failures.count();
            self.generation = None;
            self.since.looping = None;
        }
        self.healthy |= says_healthy || complete;
    }

    /// Describes the failed tasks for the timeout message. With a circuit breaker, only ECS ends a crash loop:
    /// ending the watch earlier would miss a rollback. But "once a service deployment has one or more
    /// successfully running tasks, the failed task count resets to zero" (API reference: Deployment,
    /// `failedTasks`), so tasks that run before they crash may never trip it.
    pub(super) fn failed_so_far(&self, tracked: &Deployment, view: &DeploymentView<'_>) -> String {
        let count = self.failures.count();
        if count == 0 {
            return String::new();
        }
        let breaker = view.join.and_then(|join| join.circuit_breaker.as_ref());
        let threshold = breaker.and_then(|breaker| breaker.threshold);
        let of = match threshold {
            Some(threshold) => format!(" of the {threshold} that trip the circuit breaker"),
            None => " towards the circuit breaker".to_owned(),
        };
        let why = match view.service.circuit_breaker_resets {
            true => "; a running task resets the count",
            false => "",
        };
        let counted = match self.has_breaker(view) {
            true => format!("; ECS counts {}{of}{why}", tracked.failed_tasks),
            false => String::new(),
        };
        let last = self.failures.last_at();
        let last = last
            .map(|at| format!(", the last at {at:.0}"))
            .unwrap_or_default();
        format!(" ({count} failed{last}{counted})")
    }

    /// Whether a circuit breaker monitors our deployment.
    fn has_breaker(&self, view: &DeploymentView<'_>) -> bool {
        let breaker = view.join.and_then(|join| join.circuit_breaker.as_ref());
        view.service.circuit_breaker || breaker.is_some_and(|breaker| breaker.status != "DISABLED")
    }

    pub(super) fn is_ours(&self, task: &Task) -> bool {
        self.tracked
            .as_ref()
            .is_some_and(|tracked: &TrackedDeployment| tracked.started(task))
    }
}

fn is_reported_complete(view: &DeploymentView<'_>, tracked: &Deployment) -> bool {
    tracked.rollout_state == Some(RolloutState::Completed)
        || view
            .join
            .is_some_and(|it| it.status == ServiceDeploymentStatus::Successful)
}
