//! What failed in a rollout, and all that is known of why.

use crate::diagnostic::Suggestion;
use serde::Serialize;

/// A kind of failure: a task of ours that stopped, targets that are not healthy, or tasks that ECS could not place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskFailure {
    /// The first such task's id (32 hex digits); None where no task stopped.
    pub task_id: Option<String>,
    /// The container that failed, where one did.
    pub container: Option<String>,
    /// The task's stoppedReason, in AWS's words.
    pub stopped_reason: Option<String>,
    /// What AWS says of the container (`OutOfMemoryError: …`), where that is more than `stopped_reason`.
    pub container_reason: Option<String>,
    /// The task's stopCode (`EssentialContainerExited`).
    pub stop_code: Option<String>,
    /// The container's exit code.
    pub exit_code: Option<i64>,
    /// What the exit code means, in our words: `killed (SIGKILL)`.
    pub meaning: Option<String>,
    /// The service event about it, in AWS's words.
    pub event: Option<String>,
    /// The container's last words.
    pub log: Option<FailureLog>,
    /// What the load balancer says of the task.
    pub target: Option<FailureTarget>,
    /// What usually is behind it.
    pub cause: Option<FailureCause>,
    /// How often it happened.
    pub count: u64,
    /// When the first such task stopped, or the first such event was written: RFC 3339.
    pub first_at: Option<String>,
    /// Seconds from the first such task's start to its stop.
    pub ran_for_seconds: Option<u64>,
}

impl TaskFailure {
    /// AWS's words on it.
    pub fn said(&self) -> Option<&str> {
        let said = self.stopped_reason.as_ref().or(self.container_reason.as_ref());
        said.or(self.event.as_ref()).map(String::as_str)
    }
}

/// A container's last words, or where they are to be found.
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
    /// The last lines, the oldest first. Values of the task's environment that look like secrets are masked.
    pub lines: Vec<String>,
    /// Why there are no lines.
    pub note: Option<String>,
}

/// A target's health (Elastic Load Balancing API reference: TargetHealth).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FailureTarget {
    /// Its target group's ARN.
    pub group: String,
    /// Its address, or its instance's id.
    pub id: String,
    /// Its port.
    pub port: Option<u16>,
    /// `unhealthy`, `initial`, `draining`, …
    pub state: Option<String>,
    /// `Target.Timeout`, …
    pub reason: Option<String>,
    /// The reason in AWS's words.
    pub description: Option<String>,
}

impl FailureTarget {
    /// Whether its health checks fail. One that is `initial` or drains has not failed them.
    pub fn is_unhealthy(&self) -> bool {
        self.state.as_deref() == Some("unhealthy")
    }

    /// Whether the same is said of both.
    pub fn is_like(&self, other: &Self) -> bool {
        (&self.state, &self.reason, &self.description) == (&other.state, &other.reason, &other.description)
    }
}

/// What usually is behind a failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FailureCause {
    /// A stable name: `image-not-found`.
    pub id: String,
    /// The cause in one line.
    pub text: String,
    /// What to do about it.
    pub cure: Suggestion,
    /// Where this is known from.
    pub source: String,
}
