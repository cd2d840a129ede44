//! The frames of a rollout: what successive polls show.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

/// What the next polls show.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Frame {
    /// Number of polls (default 1).
    pub polls: Option<u32>,
    /// Running tasks of the rollout's deployment.
    pub running: Option<Count>,
    pub pending: Option<Count>,
    pub failed: Option<u64>,
    /// Running tasks of the previous deployment.
    pub old: Option<Count>,
    /// How many of the previous deployment's running tasks are protected from scale-in.
    pub protected: u64,
    /// `rolloutState`, and its reason.
    pub state: Option<String>,
    pub because: Option<String>,
    /// Service events; `{service}` and `{deployment}` are substituted.
    pub events: Vec<String>,
    /// Tasks that stopped since the last poll; each counts as failed.
    pub stopped: Vec<Stopped>,
    /// The deployment fails permanently: FAILED with this reason, and the service deployment is STOPPED.
    pub fail: Option<String>,
    /// The alarm that triggered the failure, instead of the circuit breaker.
    pub alarm: Option<String>,
    /// A user stops it, for example in the console: `ABORT` or `ROLLBACK`, as in StopServiceDeployment.
    pub stop: Option<String>,
    /// ECS rolls back to the previous revision.
    pub rollback: Option<Rollback>,
    /// Somebody else starts a deployment.
    pub supersede: Option<Supersede>,
    /// The PRIMARY deployment completes: all its tasks run, the other deployments are gone.
    pub settle: bool,
    /// Members merged over the responses, from this frame on; `null` removes one.
    pub service: Value,
    pub deployment: Value,
    pub service_deployment: Value,
    /// Members merged over the responses about tasks that aren't stopped: `{lastStatus: ACTIVATING}`.
    pub task: Value,
    /// The lifecycle stage: `BAKE_TIME`.
    pub stage: Option<String>,
    /// Percentage of the production and the test traffic for the new revision; the old one gets the rest.
    pub traffic: Option<f64>,
    pub test_traffic: Option<f64>,
    /// A lifecycle hook of that stage. A pause lasts until ContinueServiceDeployment ends it; with `polls`, it
    /// times out after that many.
    pub hook: Option<HookFrame>,
    /// Target health by target group, from this frame on.
    pub targets: IndexMap<String, Vec<Value>>,
}

/// A lifecycle hook: new, or a new status if its stage already has one of its kind.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct HookFrame {
    /// PAUSE (default) or AWS_LAMBDA.
    pub kind: Option<String>,
    /// By default AWAITING_ACTION for a pause and IN_PROGRESS for a function.
    pub status: Option<String>,
    /// The function's ARN.
    pub target: Option<String>,
    /// Minutes until it expires (default 1440).
    pub minutes: Option<i64>,
    /// The timeout action (default ROLLBACK).
    pub then: Option<String>,
}

impl HookFrame {
    /// Returns its kind.
    pub fn kind(&self) -> &str {
        self.kind.as_deref().unwrap_or("PAUSE")
    }

    /// Returns its status.
    pub fn status(&self) -> &str {
        let usual = if self.kind() == "PAUSE" {
            "AWAITING_ACTION"
        } else {
            "IN_PROGRESS"
        };
        self.status.as_deref().unwrap_or(usual)
    }
}

/// A number of tasks, or `all`: the desired count.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Count {
    Number(u64),
    Word(All),
}

/// The desired count.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum All {
    All,
}

impl Count {
    /// Returns the number.
    pub fn of(&self, desired: u64) -> u64 {
        match self {
            Count::Number(number) => *number,
            Count::Word(All::All) => desired,
        }
    }
}

/// A stopped task.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Stopped {
    /// Number of tasks (default 1).
    pub tasks: Option<u64>,
    /// Stops the oldest running tasks; else tasks that started and stopped between two polls.
    pub oldest: bool,
    /// The stop code (default EssentialContainerExited).
    pub code: Option<String>,
    /// The stopped reason (default "Essential container in task exited").
    pub reason: Option<String>,
    /// The container at fault (default: the first in the task definition).
    pub container: Option<String>,
    /// The container's exit code. None if it never started.
    pub exit_code: Option<i64>,
    /// The container's own reason (`OutOfMemoryError: …`, `CannotPullContainerError: …`).
    pub container_reason: Option<String>,
    /// What the container wrote to its log.
    pub log: Vec<String>,
    /// Members merged over the responses about the task.
    pub task: Value,
}

/// A rollback by ECS.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Rollback {
    /// The rollback reuses the old deployment's id; captures of real rollbacks differ in this.
    pub reuse_id: bool,
    /// The alarm that triggered the rollback, instead of the circuit breaker.
    pub alarm: Option<String>,
    /// A user or a hook triggered it.
    pub asked: bool,
    /// The failed deployment's own reason (default: the circuit breaker's).
    pub because: Option<String>,
    /// The rollback's reason; `{id}` is substituted (default: the circuit breaker's).
    pub reason: Option<String>,
}

/// A deployment by somebody else.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Supersede {
    /// The task definition: `web:1`.
    pub task_definition: String,
}
