//! The reply of RunTask.

use super::Task;
use super::reply::{list, text};
use crate::model::Value;

/// What RunTask started, and what it could not start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartedTasks {
    /// The tasks.
    pub tasks: Vec<Task>,
    /// Why others were not started.
    pub failures: Vec<StartFailure>,
}

/// Why a task was not started (API reference: Failure).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartFailure {
    /// The reason: `RESOURCE:MEMORY`, `AGENT`, …
    pub reason: String,
    /// The details.
    pub detail: Option<String>,
}

impl StartedTasks {
    /// Reads the reply.
    pub fn read(reply: &Value) -> Self {
        let failure = |it: &Value| StartFailure {
            reason: text(it, "reason").unwrap_or_default(),
            detail: text(it, "detail"),
        };
        Self {
            tasks: list(reply, "tasks").iter().filter_map(Task::read).collect(),
            failures: list(reply, "failures").iter().map(failure).collect(),
        }
    }
}

impl StartFailure {
    /// Returns AWS's words: the reason and the details.
    pub fn said(&self) -> String {
        match &self.detail {
            Some(detail) => format!("{}: {detail}", self.reason),
            None => self.reason.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tasks_and_failures_are_read() {
        let started = StartedTasks::read(&json!({
            "tasks": [{"taskArn": "arn:aws:ecs:us-east-1:123456789012:task/default/3f2a91c0"}],
            "failures": [{"arn": "arn", "reason": "RESOURCE:MEMORY"}, {"reason": "AGENT", "detail": "gone"}],
        }));
        assert_eq!(started.tasks[0].id, "3f2a91c0");
        let said: Vec<String> = started.failures.iter().map(StartFailure::said).collect();
        assert_eq!(said, ["RESOURCE:MEMORY", "AGENT: gone"]);
        assert_eq!(StartedTasks::read(&json!([])), StartedTasks::default());
    }
}
