//! Rollout failures and everything known about their causes.

use crate::diagnostic::Suggestion;
use serde::Serialize;

/// A kind of failure: a stopped task of our deployment, unhealthy targets, or tasks that ECS couldn't place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskFailure {
    /// The first such task's id (32 hex digits); None if no task stopped.
    pub task_id: Option<String>,
    /// The container that failed, if any.
    pub container: Option<String>,
    /// The task's stoppedReason, as AWS words it.
    pub stopped_reason: Option<String>,
    /// The container's reason (`OutOfMemoryError: …`), if it says more than `stopped_reason`.
    pub container_reason: Option<String>,
    /// The task's stopCode (`EssentialContainerExited`).
    pub stop_code: Option<String>,
    /// The container's exit code.
    pub exit_code: Option<i64>,
    /// A description of the exit code: `killed (SIGKILL)`.
    pub meaning: Option<String>,
    /// The related service event, as AWS words it.
    pub event: Option<String>,
    /// The end of the container's log.
    pub log: Option<FailureLog>,
    /// The task's target health, as reported by the load balancer.
    pub target: Option<FailureTarget>,
    /// The usual cause.
    pub cause: Option<FailureCause>,
    /// Number of occurrences.
    pub count: u64,
    /// When the first such task stopped, or the first such event was written, in RFC 3339.
    pub first_at: Option<String>,
    /// Seconds from the first such task's start to its stop.
    pub ran_for_seconds: Option<u64>,
}

impl TaskFailure {
    /// Returns AWS's message about the failure.
    pub fn said(&self) -> Option<&str> {
        let said = self.stopped_reason.as_ref().or(self.container_reason.as_ref());
        said.or(self.event.as_ref()).map(String::as_str)
    }
}

/// The end of a container's log, or where to find it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FailureLog {
    /// The log driver; None for a container without log configuration.
    pub driver: Option<String>,
    /// The CloudWatch log group.
    pub group: Option<String>,
    /// The log stream.
    pub stream: Option<String>,
    /// The log group's region.
    pub region: Option<String>,
    /// The last lines, oldest first. Values of the task's environment that look like secrets are masked.
    pub lines: Vec<String>,
    /// The reason why there are no lines.
    pub note: Option<String>,
}

impl FailureLog {
    /// Returns where to find a log that isn't in CloudWatch Logs.
    pub fn elsewhere(driver: Option<String>, place: String) -> Self {
        Self {
            driver,
            note: Some(place),
            ..Self::default()
        }
    }
}

/// A target's health (Elastic Load Balancing API reference: TargetHealth).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FailureTarget {
    /// The target group's ARN.
    pub group: String,
    /// The target's IP address or instance id.
    pub id: String,
    /// The target's port.
    pub port: Option<u16>,
    /// `unhealthy`, `initial`, `draining`, …
    pub state: Option<String>,
    /// `Target.Timeout`, …
    pub reason: Option<String>,
    /// The reason's description, as AWS words it.
    pub description: Option<String>,
}

impl FailureTarget {
    /// Whether the target's health checks fail. An `initial` or `draining` target hasn't failed them.
    pub fn is_unhealthy(&self) -> bool {
        self.state.as_deref() == Some("unhealthy")
    }

    /// Whether both targets report the same health.
    pub fn is_like(&self, other: &Self) -> bool {
        (&self.state, &self.reason, &self.description) == (&other.state, &other.reason, &other.description)
    }
}

/// A warning or an error of the cluster's action log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionLogEntry {
    /// When it happened, in RFC 3339.
    pub at: Option<String>,
    /// `WARN` or `ERROR`.
    pub level: String,
    /// The action: `SERVICE_DEPLOYMENT_ROLLBACK_FAILED`.
    pub event: Option<String>,
    /// The reason, as AWS words it.
    pub reason: String,
}

/// The usual cause of a failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FailureCause {
    /// A stable name: `image-not-found`.
    pub id: String,
    /// The cause, in one line.
    pub text: String,
    /// The suggested fix.
    pub cure: Suggestion,
    /// False if the commands of the fix lack the value of a flag; absent if they can be run as they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complete: Option<bool>,
    /// The source of this knowledge.
    pub source: String,
}
