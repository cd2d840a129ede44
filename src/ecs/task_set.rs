//! A task set: what a service of another controller than ECS has instead of a deployment.

use jiff::Timestamp;

use super::reply::{count, text, time};
use crate::model::{Value, short_definition};

/// A member of a service's `taskSets` (API reference: TaskSet).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskSet {
    /// `ecs-svc/N`. Its tasks have it as `startedBy` (so PipeCD finds them).
    pub id: String,
    /// `PRIMARY`, `ACTIVE`, `DRAINING`.
    pub status: String,
    /// The ID of the CodeDeploy deployment that created it (`d-…`).
    pub external_id: Option<String>,
    /// The task definition's ARN.
    pub task_definition: Option<String>,
    /// Running tasks.
    pub running: u64,
    /// Tasks that are starting.
    pub pending: u64,
    /// Desired tasks, computed from the service's desired count and the set's scale.
    pub desired: Option<u64>,
    /// When it was created.
    pub created_at: Option<Timestamp>,
}

impl TaskSet {
    /// Reads one.
    pub fn read(value: &Value) -> Self {
        Self {
            id: text(value, "id").unwrap_or_default(),
            status: text(value, "status").unwrap_or_default(),
            external_id: text(value, "externalId"),
            task_definition: text(value, "taskDefinition"),
            running: count(value, "runningCount").unwrap_or(0),
            pending: count(value, "pendingCount").unwrap_or(0),
            desired: count(value, "computedDesiredCount"),
            created_at: time(value, "createdAt"),
        }
    }

    /// Whether it gets the production traffic.
    pub fn is_primary(&self) -> bool {
        self.status == "PRIMARY"
    }

    /// Returns its revision: `web:42`.
    pub fn short_definition(&self) -> Option<&str> {
        self.task_definition.as_deref().map(short_definition)
    }
}
