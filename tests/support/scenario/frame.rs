//! What polls show, one after the other.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

/// What the next polls show.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Frame {
    /// For so many polls (1 unless given).
    pub polls: Option<u32>,
    /// Tasks of the deployment that this rollout is about.
    pub running: Option<Count>,
    pub pending: Option<Count>,
    pub failed: Option<u64>,
    /// Running tasks of the deployment before it.
    pub old: Option<Count>,
    /// rolloutState, and the reason beside it.
    pub state: Option<String>,
    pub because: Option<String>,
    /// Service events; `{service}` and `{deployment}` are filled in.
    pub events: Vec<String>,
    /// Tasks that have stopped since the last poll; each counts as failed.
    pub stopped: Vec<Stopped>,
    /// The deployment fails for good: FAILED with this reason, and the service deployment is STOPPED.
    pub fail: Option<String>,
    /// It is not the circuit breaker that says so, but this alarm.
    pub alarm: Option<String>,
    /// A person stops it, by the console say: `ABORT` or `ROLLBACK`, as in StopServiceDeployment.
    pub stop: Option<String>,
    /// ECS goes back to what ran before.
    pub rollback: Option<Rollback>,
    /// Somebody else deploys.
    pub supersede: Option<Supersede>,
    /// The PRIMARY deployment is done: all its tasks run, the others are gone.
    pub settle: bool,
    /// Members of the replies, merged over the rest, here and from here on; `null` takes one away.
    pub service: Value,
    pub deployment: Value,
    pub service_deployment: Value,
    /// Members of the replies about its tasks that aren't stopped: `{lastStatus: ACTIVATING}`.
    pub task: Value,
    /// The lifecycle stage: `BAKE_TIME`.
    pub stage: Option<String>,
    /// Percent of the production and the test traffic that the new revision gets; the old one gets the rest.
    pub traffic: Option<f64>,
    pub test_traffic: Option<f64>,
    /// A lifecycle hook of that stage. A pause lasts until ContinueServiceDeployment ends it; with `polls`, it times
    /// out after so many.
    pub hook: Option<HookFrame>,
    /// A target group's health from here on.
    pub targets: IndexMap<String, Vec<Value>>,
}

/// A lifecycle hook: new, or, where its stage has one of its kind, with another status.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct HookFrame {
    /// PAUSE unless given; AWS_LAMBDA.
    pub kind: Option<String>,
    /// AWAITING_ACTION for a pause and IN_PROGRESS for a function, unless given.
    pub status: Option<String>,
    /// The function's ARN.
    pub target: Option<String>,
    /// Until it expires; 1440 unless given.
    pub minutes: Option<i64>,
    /// What happens then: ROLLBACK unless given.
    pub then: Option<String>,
}

impl HookFrame {
    /// Its kind.
    pub fn kind(&self) -> &str {
        self.kind.as_deref().unwrap_or("PAUSE")
    }

    /// Its status.
    pub fn status(&self) -> &str {
        let usual = if self.kind() == "PAUSE" {
            "AWAITING_ACTION"
        } else {
            "IN_PROGRESS"
        };
        self.status.as_deref().unwrap_or(usual)
    }
}

/// So many tasks, or `all`: as many as are desired.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Count {
    Number(u64),
    Word(All),
}

/// As many as are desired.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum All {
    All,
}

impl Count {
    /// As a number.
    pub fn of(&self, desired: u64) -> u64 {
        match self {
            Count::Number(number) => *number,
            Count::Word(All::All) => desired,
        }
    }
}

/// A task that stopped.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Stopped {
    /// How many alike (1 unless given).
    pub tasks: Option<u64>,
    /// The oldest of those that run; else tasks that came and went between two polls.
    pub oldest: bool,
    /// EssentialContainerExited unless given.
    pub code: Option<String>,
    /// "Essential container in task exited" unless given.
    pub reason: Option<String>,
    /// The container at fault; the first of the definition unless given.
    pub container: Option<String>,
    /// Its exit code. None for one that never started.
    pub exit_code: Option<i64>,
    /// Its own reason (`OutOfMemoryError: …`, `CannotPullContainerError: …`).
    pub container_reason: Option<String>,
    /// What it wrote to its log.
    pub log: Vec<String>,
    /// Members of the replies about it.
    pub task: Value,
}

/// ECS going back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Rollback {
    /// The rollback uses the old deployment's id again; captures of real rollbacks differ in this.
    pub reuse_id: bool,
    /// It is not the circuit breaker that says so, but this alarm.
    pub alarm: Option<String>,
    /// It is somebody, or a hook.
    pub asked: bool,
    /// The failed deployment's own reason; the circuit breaker's unless given.
    pub because: Option<String>,
    /// The rollback's reason; `{id}` is filled in. The circuit breaker's unless given.
    pub reason: Option<String>,
}

/// A deployment of somebody else.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Supersede {
    /// `web:1`.
    pub task_definition: String,
}
