//! The bake time of a rolling deployment that CloudWatch alarms monitor: "a period of time after a new service version
//! has scaled out and the old service version has scaled in, during which Amazon ECS continues to monitor the alarm".
//! ECS computes it from the alarms (developer guide, How CloudWatch alarms detect Amazon ECS deployment failures), so
//! it can't be part of the default timeout.

use jiff::{SignedDuration, Timestamp};

use super::Judge;
use super::success_rules::old_tasks;
use super::view::DeploymentView;
use crate::ecs::RolloutState;

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
        let Some(alarms) = alarms_watched(view).filter(|_| self.rollback.is_none()) else {
            self.bake.seen_at = None;
            return None;
        };
        if let Some(since) = self.bake.seen_at {
            let lasted = view.now.duration_since(since).max(SignedDuration::ZERO);
            self.bake.lasted = self.bake.lasted.saturating_add(lasted);
        }
        self.bake.seen_at = Some(view.now);
        // The alarms' status changes without a change of the counts.
        self.read_requests.service_deployment = true;
        self.waiting_for = match alarms {
            1 => "the bake time to end: 1 alarm is watched".to_owned(),
            _ => format!("the bake time to end: {alarms} alarms are watched"),
        };
        Some(alarms)
    }
}

/// The number of alarms that ECS monitors, if the deployment waits for nothing else.
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
