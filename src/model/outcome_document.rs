//! The result of a run, for people and scripts.

use serde::Serialize;

use super::{ActionLogEntry, Ending, FailureCause, JobResult, ScheduleResult, TaskFailure, prefixed};
use crate::diagnostic::{Failure, Problems, Sources, Suggestion};
use crate::exit::Exit;

/// The envelope that `--output json` always prints on failure, and on success for commands that deploy.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The schema version of this document: 1.
    pub schema: u32,
    /// How the run ended.
    pub outcome: Ending,
    /// The exit code.
    pub exit_code: Exit,
    /// The error, if it failed.
    pub error: Option<ErrorReport>,
    /// The outcome of each requested service.
    pub services: Vec<ServiceOutcome>,
    /// The jobs that ran.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub jobs: Vec<JobResult>,
    /// The schedules that were changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<ScheduleResult>,
}

/// An error as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorReport {
    /// A stable error code.
    pub code: String,
    /// What failed, including the remote side's message.
    pub message: String,
    /// The affected resource.
    pub resource: Option<String>,
    /// What to do next.
    pub hint: Option<Suggestion>,
    /// False if the commands of the hint lack the value of a flag; absent if they can be run as they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complete: Option<bool>,
}

impl From<&Failure> for ErrorReport {
    /// Returns the failure as data. The message includes the other side's own message.
    fn from(failure: &Failure) -> Self {
        let message = match &failure.problems {
            Some((problems, sources)) if !problems.is_empty() => listed(problems, sources),
            _ => failure.in_full(),
        };
        let problems = failure.problems.as_ref();
        let first = problems.and_then(|(problems, _)| problems.first_error());
        let code = first.map_or(failure.code, |problem| problem.code);
        Self {
            code: code.to_owned(),
            message,
            resource: failure.resource.clone(),
            hint: failure
                .hint
                .clone()
                .or_else(|| first.and_then(|problem| problem.hint.clone())),
            complete: None,
        }
    }
}

/// Lists the errors with their locations, one per line: `deploy.yaml:14:11: unknown key …`.
fn listed(problems: &Problems, sources: &Sources) -> String {
    let shown = problems.shown_errors();
    let rest = shown.rest();
    let lines = shown.list.into_iter().map(|problem| {
        let place = problem.span.and_then(|span| {
            let (line, column) = sources.position(span)?;
            Some(format!("{}:{line}:{column}: ", sources.get(span.source)?.name))
        });
        let label = prefixed(", ", problem.label.as_deref());
        format!("{}{}{label}", place.unwrap_or_default(), problem.message)
    });
    lines.chain(rest).collect::<Vec<_>>().join("\n")
}

/// A lifecycle hook that waits for approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PausedDeployment {
    /// ContinueServiceDeployment's `hookId`.
    pub hook_id: String,
    /// The lifecycle stage.
    pub stage: Option<String>,
    /// When it times out, in RFC 3339.
    pub expires_at: Option<String>,
    /// What ECS does on timeout: `CONTINUE` or `ROLLBACK`.
    pub timeout_action: Option<String>,
}

/// The actions still available for a service, besides inspecting it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvailableActions {
    /// Roll back to the previous revision.
    #[default]
    Back,
    /// None: nothing was deployed, or there is no previous revision.
    Nowhere,
    /// Only the desired count was changed, from this many tasks.
    Count(u64),
    /// A rollback is already in progress.
    Returning,
    /// None: a newer deployment replaced the failed one.
    Superseded,
    /// The deployment had already ended this way before, and nothing was changed.
    Anew,
    /// As above, and no other revision ever ran.
    AnewOnly,
    /// The service no longer exists.
    Gone,
    /// The service was not changed.
    Untouched,
    /// Another deployment was in progress until time ran out.
    OutOfTurn,
}

/// The outcome of one service.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceOutcome {
    /// The ECS service's name.
    pub name: String,
    /// How it ended.
    pub outcome: Ending,
    /// The requested task definition revision, if known: `web:43`.
    pub requested: Option<String>,
    /// The current task definition revision: `web:42`.
    pub task_definition: Option<String>,
    /// The running image: `repository@sha256:…`.
    pub image: Option<String>,
    /// The deployment: `ecs-svc/N`.
    pub deployment: Option<String>,
    /// Running tasks.
    pub running: Option<u64>,
    /// Tasks that are still starting.
    #[serde(skip)]
    pub pending: u64,
    /// Desired tasks.
    pub desired: Option<u64>,
    /// False if the run ended before steady state (`--until deployed`).
    #[serde(rename = "final")]
    pub is_final: bool,
    /// False if no task had to start, so nothing proves that the revision works.
    pub exercised: bool,
    /// The actions still available.
    #[serde(skip)]
    pub recourse: AvailableActions,
    /// Why it did not succeed, as AWS words it if AWS gave a reason.
    pub reason: Option<String>,
    /// When ECS created the service event that is the reason, if the run timed out.
    #[serde(skip)]
    pub last_event_at: Option<String>,
    /// The usual cause of that reason, if no failure below says more.
    pub cause: Option<FailureCause>,
    /// The hook that waits for approval, if the deployment is paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause: Option<PausedDeployment>,
    /// The names of the CloudWatch alarms triggered during a failed deployment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alarms: Vec<String>,
    /// What the cluster's action log says about a failed deployment, and nothing else does. Oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub action_log: Vec<ActionLogEntry>,
    /// The failures, one per kind: stopped tasks of our deployment, targets, tasks that could not be placed.
    pub failures: Vec<TaskFailure>,
}

impl ServiceOutcome {
    /// Whether its reason or one of its failures already says this in AWS's words.
    pub fn says(&self, words: &str) -> bool {
        let of_failures = self.failures.iter().flat_map(|failure| {
            let said = [&failure.stopped_reason, &failure.container_reason, &failure.event];
            said.into_iter().flatten()
        });
        let mut said = self.reason.iter().chain(of_failures);
        said.any(|it| it.contains(words))
    }
}
