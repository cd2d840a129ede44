//! The bake time of a rolling deployment that CloudWatch alarms monitor: "a period of time after a new service version
//! has scaled out and the old service version has scaled in, during which Amazon ECS continues to monitor the alarm".
//! ECS computes it from the alarms (developer guide, How CloudWatch alarms detect Amazon ECS deployment failures), so
//! it can't be part of the default timeout.

use jiff::{SignedDuration, Timestamp};

use super::success_rules::old_tasks;
use super::view::DeploymentView;
use super::{Judge, waiting_for};
use crate::ecs::{RolloutState, Task};

/// The longest time for which the default timeout stands still: the maximum bake time is 24 hours (API reference:
/// DeploymentConfiguration, `bakeTimeInMinutes`).
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// How long the bake has lasted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AlarmBake {
    /// The time during which alarms were all that the deployment waited for.
    pub lasted: SignedDuration,
    /// The last step, if the deployment was baking then.
    seen_at: Option<Timestamp>,
}

impl Judge {
    /// Notes whether the deployment is baking. Returns the number of alarms if it is.
    pub(super) fn note_bake(&mut self, view: &DeploymentView<'_>) -> Option<u64> {
        let Some(alarms) = alarms_watched(view).filter(|_| !self.waits_for_more(view)) else {
            self.bake.seen_at = None;
            return None;
        };
        if let Some(since) = self.bake.seen_at {
            let lasted = view.now.duration_since(since).max(SignedDuration::ZERO);
            self.bake.lasted = self.bake.lasted.saturating_add(lasted).min(LONGEST);
        }
        self.bake.seen_at = Some(view.now);
        // The alarms' status changes without a change of the counts.
        self.read_requests.service_deployment = true;
        self.state = waiting_for(match alarms {
            1 => "the bake time to end: 1 alarm is watched".to_owned(),
            _ => format!("the bake time to end: {alarms} alarms are watched"),
        });
        Some(alarms)
    }

    /// Whether the deployment waits for more than its alarms, although all its tasks run: ECS monitors the alarms
    /// during the whole deployment, also while tasks are not healthy yet.
    fn waits_for_more(&self, view: &DeploymentView<'_>) -> bool {
        self.rollback.is_some()
            || self.is_stopping(view)
            || !self.health.summary().is_empty()
            || (self.is_health_checked(view) && !self.are_known_healthy(view))
    }

    /// Whether all desired tasks pass their health checks, as last read.
    fn are_known_healthy(&self, view: &DeploymentView<'_>) -> bool {
        let targets = &view.snapshot.targets;
        let passes = |task: &&Task| {
            let mut of_task = targets.iter().filter(|(id, _)| *id == task.id).peekable();
            let by_balancer = of_task.peek().is_some()
                && of_task.all(|(_, target)| target.state.as_deref() == Some("healthy"));
            let by_container = task.health_status.as_deref() == Some("HEALTHY");
            (by_balancer || !view.service.load_balanced) && (by_container || !self.request.health_checked)
        };
        let running = view.snapshot.running.iter();
        let ours = running.filter(|task| task.last_status == "RUNNING" && self.is_ours(task));
        let healthy = ours.filter(passes).count() as u64;
        let desired = view.tracked.and_then(|it| it.desired_count);
        desired.is_some_and(|desired| healthy >= desired)
    }
}

/// The number of alarms that ECS monitors, if all tasks run and the old ones are gone.
fn alarms_watched(view: &DeploymentView<'_>) -> Option<u64> {
    let tracked = view
        .tracked
        .filter(|it| it.is_primary() && it.has_enough_tasks())?;
    let alarms = view
        .join?
        .alarms
        .as_ref()
        .filter(|alarms| alarms.is_monitoring())?;
    let waits = view.is_rolling()
        && tracked.rollout_state == Some(RolloutState::InProgress)
        && tracked.pending_count == 0
        && old_tasks(tracked, view) == 0;
    waits.then_some(alarms.alarms.len().max(1) as u64)
}
