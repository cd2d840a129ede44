//! A deployment from a service's `deployments`.

use jiff::Timestamp;

use super::reply::{count, text, text_enum, time};
use crate::model::{Value, short_definition};

text_enum! {
    /// `deployments[].rolloutState` (API reference: Deployment). Only rolling deployments that aren't behind a
    /// Classic Load Balancer have one.
    RolloutState {
        /// In steady state.
        Completed = "COMPLETED",
        /// Failed by the circuit breaker or an alarm.
        Failed = "FAILED",
        /// In progress.
        InProgress = "IN_PROGRESS",
    }
}

/// A deployment of a service (API reference: Deployment).
#[derive(Clone, Debug, PartialEq)]
pub struct Deployment {
    /// `ecs-svc/N`.
    pub id: String,
    /// `PRIMARY`, `ACTIVE`, `INACTIVE`; `DRAINING` has been seen.
    pub status: String,
    /// The task definition's ARN.
    pub task_definition: Option<String>,
    /// Desired tasks.
    pub desired_count: Option<u64>,
    /// Running tasks.
    pub running_count: Option<u64>,
    /// Pending tasks.
    pub pending_count: u64,
    /// "The number of consecutively failed tasks" (API reference): resets to 0 once a task runs successfully.
    pub failed_tasks: u64,
    /// The rollout state.
    pub rollout_state: Option<RolloutState>,
    /// AWS's message about the rollout state.
    pub rollout_state_reason: Option<String>,
    /// When it was created.
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    pub updated_at: Option<Timestamp>,
}

impl Deployment {
    pub(super) fn read(value: &Value) -> Option<Self> {
        Some(Self {
            id: text(value, "id").filter(|id| !id.trim().is_empty())?,
            status: text(value, "status").unwrap_or_default(),
            task_definition: text(value, "taskDefinition"),
            desired_count: count(value, "desiredCount"),
            running_count: count(value, "runningCount"),
            pending_count: count(value, "pendingCount").unwrap_or(0),
            failed_tasks: count(value, "failedTasks").unwrap_or(0),
            rollout_state: text(value, "rolloutState").map(|it| RolloutState::read(&it)),
            rollout_state_reason: text(value, "rolloutStateReason"),
            created_at: time(value, "createdAt"),
            updated_at: time(value, "updatedAt"),
        })
    }

    /// Whether this is the PRIMARY deployment.
    pub fn is_primary(&self) -> bool {
        self.status == "PRIMARY"
    }

    /// Whether AWS's message about it mentions a rollback ("ECS deployment circuit breaker: rolling back to
    /// deploymentId ecs-svc/…", captured in public threads; alarms say "rolling back" too).
    pub fn mentions_rollback(&self) -> bool {
        self.rollout_state_reason
            .as_deref()
            .is_some_and(mentions_rollback)
    }

    /// AWS's message about the rollout state, unless it only tells the state.
    pub fn why(&self) -> Option<String> {
        self.rollout_state_reason
            .clone()
            .filter(|reason| tells_a_cause(reason))
    }

    /// Whether the running count equals the desired count. False if the response lacks a count.
    pub fn is_filled(&self) -> bool {
        self.desired_count.is_some() && self.running_count == self.desired_count
    }

    /// Whether at least the desired number of tasks runs. More of them run while task scale-in protection keeps
    /// some, for up to 48 hours (developer guide: Protect your Amazon ECS tasks from being terminated by scale-in
    /// events). False if the response lacks a count.
    pub fn has_enough_tasks(&self) -> bool {
        matches!((self.running_count, self.desired_count), (Some(running), Some(desired)) if running >= desired)
    }

    /// Whether it has running or pending tasks.
    pub fn has_tasks(&self) -> bool {
        self.running_count.unwrap_or(0) > 0 || self.pending_count > 0
    }

    /// Returns the short task definition revision: `web:42`.
    pub fn short_definition(&self) -> Option<String> {
        self.task_definition
            .as_deref()
            .map(|it| short_definition(it).to_owned())
    }
}

/// Whether an AWS message says more than the state: not "ECS deployment ecs-svc/… in progress.", "… completed." or
/// "Rollback in progress".
pub(super) fn tells_a_cause(text: &str) -> bool {
    let text = text.trim_end_matches('.').to_ascii_lowercase();
    let is_completion = text.starts_with("ecs deployment") && text.ends_with("completed");
    !is_completion && !text.ends_with("in progress")
}

/// Whether an AWS message mentions a rollback.
fn mentions_rollback(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["rolling back", "rolled back", "rollback"]
        .iter()
        .any(|words| text.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_message_about_the_state_is_no_cause() {
        for said in [
            "ECS deployment ecs-svc/1 in progress.",
            "ECS deployment ecs-svc/1 completed.",
            "Rollback in progress.",
            "Service deployment rollback in progress",
        ] {
            assert!(!tells_a_cause(said), "{said}");
        }
        for said in [
            "ECS deployment circuit breaker: tasks failed to start.",
            "ECS deployment failed: alarm detected.",
        ] {
            assert!(tells_a_cause(said), "{said}");
        }
    }

    #[test]
    fn absent_counts_prove_nothing() {
        let deployment = Deployment::read(&json!({"id": "ecs-svc/1", "status": "PRIMARY"})).unwrap();
        assert!(!deployment.is_filled());
        assert!(!deployment.has_enough_tasks());
    }

    #[test]
    fn words_of_a_rollback_are_recognised() {
        for said in [
            "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/123",
            "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/123.",
        ] {
            assert!(mentions_rollback(said), "{said}");
        }
        for said in [
            "ECS deployment circuit breaker: tasks failed to start.",
            "ECS deployment ecs-svc/1 in progress.",
            "ECS deployment ecs-svc/1 completed.",
        ] {
            assert!(!mentions_rollback(said), "{said}");
        }
    }
}
