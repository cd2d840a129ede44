//! What came of it, for people and scripts.

use serde::Serialize;

use super::{FailureCause, TaskFailure};
use crate::diagnostic::Suggestion;
use crate::exit::Exit;

/// The envelope that `--output json` prints on failure always, and on success for the commands that deploy.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The version of this document's form: 1.
    pub schema: u32,
    /// How it ended.
    pub outcome: Ending,
    /// The exit code.
    pub exit_code: Exit,
    /// Why, when it failed.
    pub error: Option<ErrorReport>,
    /// One for each service that was asked for.
    pub services: Vec<ServiceOutcome>,
}

/// How a run or a service ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Ending {
    /// Changed, and stable.
    Done,
    /// Nothing to do.
    Unchanged,
    /// Failed.
    Failed,
    /// Failed, and something older runs again.
    RolledBack,
    /// Still in progress when the time was up.
    TimedOut,
    /// Another deployment took its place.
    Superseded,
    /// Waits for an approval.
    Paused,
    /// Interrupted.
    Interrupted,
}

/// An error as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorReport {
    /// A stable name.
    pub code: String,
    /// What failed, with the other side's own words.
    pub message: String,
    /// On which resource.
    pub resource: Option<String>,
    /// What to do next.
    pub hint: Option<Suggestion>,
}

/// A lifecycle hook that waits for somebody's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PausedDeployment {
    /// ContinueServiceDeployment's `hookId`.
    pub hook_id: String,
    /// The lifecycle stage.
    pub stage: Option<String>,
    /// When it times out, RFC 3339.
    pub expires_at: Option<String>,
    /// What ECS does then: `CONTINUE` or `ROLLBACK`.
    pub timeout_action: Option<String>,
}

/// What can still be done about a service, beyond looking at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvailableActions {
    /// Back to what ran before.
    #[default]
    Back,
    /// Nothing was deployed, or nothing ran before it: there is no way back.
    Nowhere,
    /// Nothing but its count was changed, from so many tasks.
    Count(u64),
    /// It is on its way back already.
    Returning,
    /// It had come to this end before, and nothing was changed.
    Anew,
    /// The same, and nothing else ever ran.
    AnewOnly,
    /// It is no longer there.
    Gone,
    /// Nothing was done to it.
    Untouched,
}

/// What came of one service.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceOutcome {
    /// The ECS service's name.
    pub name: String,
    /// How it ended.
    pub outcome: Ending,
    /// What was to run, where that is known: `web:43`.
    pub requested: Option<String>,
    /// What it runs now: `web:42`.
    pub task_definition: Option<String>,
    /// The image that runs: `repository@sha256:…`.
    pub image: Option<String>,
    /// The deployment: `ecs-svc/N`.
    pub deployment: Option<String>,
    /// Running tasks.
    pub running: Option<u64>,
    /// Desired tasks.
    pub desired: Option<u64>,
    /// False when it ended before it was stable (`--until deployed`).
    #[serde(rename = "final")]
    pub is_final: bool,
    /// False when no task had to start, so nothing proves that it works.
    pub exercised: bool,
    /// What can still be done about it.
    #[serde(skip)]
    pub recourse: AvailableActions,
    /// Why it did not end well, in AWS's words where AWS said anything.
    pub reason: Option<String>,
    /// What usually is behind that reason, where no failure below says more.
    pub cause: Option<FailureCause>,
    /// What waits for somebody's word, when it is paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause: Option<PausedDeployment>,
    /// The CloudWatch alarms that were triggered during a deployment that failed, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alarms: Vec<String>,
    /// What failed, each kind once: tasks of ours that stopped, targets, tasks that could not be placed.
    pub failures: Vec<TaskFailure>,
}
