//! A snapshot from the tracked deployment's point of view.

use jiff::Timestamp;

use super::TrackedDeployment;
use crate::ecs::{
    Deployment, DeploymentStrategy, RolloutState, Service, ServiceDeployment, ServiceDeploymentStatus,
};
use crate::verdict::Snapshot;

/// A snapshot from the tracked ("our") deployment's point of view.
pub(super) struct DeploymentView<'a> {
    pub snapshot: &'a Snapshot,
    pub service: &'a Service,
    /// Our deployment's id.
    pub id: &'a str,
    /// Our deployment, while it is listed.
    pub tracked: Option<&'a Deployment>,
    /// The PRIMARY deployment, which may be ours.
    pub primary: Option<&'a Deployment>,
    /// Our service deployment, once found.
    pub join: Option<&'a ServiceDeployment>,
    pub now: Timestamp,
}

impl<'a> DeploymentView<'a> {
    pub fn new(
        snapshot: &'a Snapshot,
        service: &'a Service,
        tracked: &'a TrackedDeployment,
        now: Timestamp,
    ) -> Self {
        Self {
            snapshot,
            service,
            id: &tracked.id,
            tracked: service.deployment(&tracked.id),
            primary: service.primary(),
            join: snapshot.service_deployment(&tracked.id),
            now,
        }
    }

    /// The deployments other than ours.
    pub fn others(&self) -> impl Iterator<Item = &'a Deployment> + '_ {
        self.service.deployments.iter().filter(|it| it.id != self.id)
    }

    /// Running and pending tasks of deployments other than ours.
    pub fn old_tasks(&self) -> u64 {
        self.others()
            .map(|it| it.running_count.unwrap_or(0).saturating_add(it.pending_count))
            .fold(0, u64::saturating_add)
    }

    /// Whether the strategy is a rolling update, which `deployments[]` describes. Other strategies are judged
    /// by their service deployment.
    pub fn is_rolling(&self) -> bool {
        self.service.deployment_strategy == DeploymentStrategy::Rolling
    }

    /// Whether a deployment is complete, by its rolloutState or, without one (Classic Load Balancer), by its
    /// counts.
    pub fn is_complete(deployment: &Deployment) -> bool {
        match &deployment.rollout_state {
            Some(state) => *state == RolloutState::Completed,
            None => deployment.is_filled(),
        }
    }

    /// Whether ECS marked our deployment as failed: by its state, or by the event
    /// "(service web) (deployment ecs-svc/N) deployment failed: tasks failed to start."
    pub fn has_failed_in_ecs(&self) -> bool {
        let by_state = self
            .tracked
            .is_some_and(|it| it.rollout_state == Some(RolloutState::Failed));
        by_state || self.is_said("deployment failed")
    }

    /// Whether ECS marked our deployment as complete: by its state, by that of its service deployment, or by the event
    /// "(service web) (deployment ecs-svc/N) deployment completed."
    pub fn has_completed_in_ecs(&self) -> bool {
        let is_complete = |it: &Deployment| it.rollout_state == Some(RolloutState::Completed);
        self.join
            .is_some_and(|join| join.status == ServiceDeploymentStatus::Successful)
            || (self.is_rolling() && self.tracked.is_some_and(is_complete))
            || self.is_said("deployment completed")
    }

    /// Whether a service event says this about our deployment.
    fn is_said(&self, what: &str) -> bool {
        let name = format!("(deployment {})", self.id);
        let mut messages = self.service.events.iter().map(|event| &event.message);
        messages.any(|message| message.contains(what) && message.contains(&name))
    }

    /// Whether another deployment began after ours and before ours ended.
    pub fn is_overtaken(&self, ours_created_at: Option<Timestamp>) -> bool {
        let ended = self.join.and_then(ServiceDeployment::ended_at);
        let overtakes = |created: Option<Timestamp>, tracked: Option<Timestamp>| match (created, tracked) {
            (Some(created), Some(tracked)) => created > tracked && ended.is_none_or(|ended| created <= ended),
            _ => false,
        };
        let join_created = self.join.and_then(|it| it.created_at);
        self.others().any(|it| overtakes(it.created_at, ours_created_at))
            || self
                .snapshot
                .service_deployments
                .iter()
                .filter(|it| !it.aims_at(self.id))
                .any(|it| overtakes(it.created_at, join_created))
    }
}
