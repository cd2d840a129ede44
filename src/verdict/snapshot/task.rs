//! DescribeTasks' Task.

use jiff::Timestamp;

use super::read::{list, text, time};
use crate::model::Value;

/// A task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its id: 32 hex digits.
    pub id: String,
    /// The deployment that started it: `ecs-svc/N`.
    pub started_by: Option<String>,
    /// `RUNNING`, `STOPPED`, …
    pub last_status: String,
    /// `HEALTHY`, `UNHEALTHY`, `UNKNOWN`.
    pub health: Option<String>,
    /// Why it was stopped, as a code: `EssentialContainerExited`, …
    pub stop_code: Option<String>,
    /// Why it was stopped, in AWS's words.
    pub stopped_reason: Option<String>,
    /// When it came up.
    pub started_at: Option<Timestamp>,
    /// When it stopped.
    pub stopped_at: Option<Timestamp>,
    /// In AWS's order.
    pub containers: Vec<Container>,
}

/// A task's container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// Its name.
    pub name: String,
    /// Its exit code, when it ended.
    pub exit_code: Option<i64>,
    /// AWS's words on it.
    pub reason: Option<String>,
}

impl Task {
    /// Reads a member of DescribeTasks' `tasks`.
    pub fn read(reply: &Value) -> Option<Self> {
        let arn = text(reply, "taskArn")?;
        Some(Self {
            id: arn.rsplit('/').next().unwrap_or_default().to_owned(),
            started_by: text(reply, "startedBy"),
            last_status: text(reply, "lastStatus").unwrap_or_default(),
            health: text(reply, "healthStatus"),
            stop_code: text(reply, "stopCode"),
            stopped_reason: text(reply, "stoppedReason"),
            started_at: time(reply, "startedAt"),
            stopped_at: time(reply, "stoppedAt").or_else(|| time(reply, "stoppingAt")),
            containers: list(reply, "containers")
                .iter()
                .filter_map(Container::read)
                .collect(),
        })
    }
}

impl Container {
    fn read(reply: &Value) -> Option<Self> {
        Some(Self {
            name: text(reply, "name")?,
            exit_code: reply.get("exitCode").and_then(Value::as_i64),
            reason: text(reply, "reason"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_stopped_task_is_read() {
        let task = Task::read(&json!({
            "taskArn": "arn:aws:ecs:us-east-1:123456789012:task/production/3f2a91c0", "startedBy": "ecs-svc/2",
            "lastStatus": "STOPPED", "stopCode": "EssentialContainerExited",
            "stoppedReason": "Essential container in task exited", "stoppedAt": 1_700_000_000.0,
            "containers": [{"name": "web", "exitCode": 137, "reason": "OutOfMemoryError: Container killed due to memory usage"}],
        }))
        .unwrap();
        assert_eq!(task.id, "3f2a91c0");
        assert_eq!(task.containers[0].exit_code, Some(137));
        assert_eq!(Task::read(&json!({"lastStatus": "STOPPED"})), None);
    }
}
