//! How a job went: its events, and its result for people and scripts.

use jiff::Timestamp;
use serde::Serialize;

use super::inspect::rfc3339;
use super::{Ending, TaskFailure};
use crate::exit::Exit;

/// An event of a job's task.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "step")]
pub enum JobEvent {
    /// The task was started, or one that was started before is watched.
    #[serde(rename_all = "camelCase")]
    Started {
        /// The task's ARN.
        task: String,
        /// `web:42`.
        task_definition: String,
        /// Whether it was started by an earlier run.
        attached: bool,
    },
    /// Its state changed.
    Status {
        /// `PENDING`, `RUNNING`, …
        status: String,
    },
    /// Its container wrote a line.
    Log {
        /// When it wrote it, in RFC 3339.
        #[serde(serialize_with = "rfc3339")]
        time: Option<Timestamp>,
        /// The container's name.
        container: String,
        /// The message, unchanged.
        message: String,
    },
    /// ECS was asked to stop it.
    Stopping,
    /// It has ended, or is no longer watched.
    Ended {
        /// How it ended.
        result: Box<JobResult>,
    },
}

/// When a deploy runs a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum JobStage {
    /// On the new revision, before the service is changed.
    BeforeDeploy,
    /// Once the service is stable.
    AfterDeploy,
}

impl JobStage {
    /// Returns its key in deploy.yaml.
    pub fn key(self) -> &'static str {
        match self {
            Self::BeforeDeploy => "beforeDeploy",
            Self::AfterDeploy => "afterDeploy",
        }
    }
}

/// The result of a job.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JobResult {
    /// Its name: the job's, or the service's for a command.
    pub name: String,
    /// The ECS service whose task definition it ran, if any.
    pub service: Option<String>,
    /// When a deploy ran it.
    pub stage: Option<JobStage>,
    /// How it ended: done, failed, timedOut or interrupted.
    pub outcome: Ending,
    /// `web:42`.
    pub task_definition: Option<String>,
    /// The task's ARN; None if no task was started.
    pub task: Option<String>,
    /// The container whose exit code counts.
    pub container: Option<String>,
    /// Its exit code; None if it has none.
    pub exit_code: Option<i64>,
    /// Whether the task was started by an earlier run.
    pub attached: bool,
    /// False if the task goes on.
    #[serde(rename = "final")]
    pub is_final: bool,
    /// Seconds from the task's creation to its end.
    pub seconds: Option<u64>,
    /// Why it did not succeed.
    pub reason: Option<String>,
    /// What is known about a failure.
    pub failure: Option<TaskFailure>,
}

impl JobResult {
    /// Whether it ended with exit code 0.
    pub fn is_good(&self) -> bool {
        self.outcome == Ending::Done
    }

    /// Returns the exit code of `run`: the job's own, where it has one.
    pub fn exit(&self) -> Exit {
        match (self.outcome, self.exit_code) {
            (Ending::Done, _) => Exit::Done,
            (Ending::Interrupted, _) => Exit::Interrupted,
            (Ending::TimedOut, _) | (_, None) => Exit::Run,
            // Windows has wider exit codes than a shell.
            (_, Some(code)) => Exit::Program(u8::try_from(code).unwrap_or(u8::MAX)),
        }
    }

    /// Returns how it ended, in one line without its name: `exit code 3`.
    pub fn summary(&self) -> String {
        let took = match self.seconds {
            Some(seconds) if seconds >= 60 => format!(" after {}m {:02}s", seconds / 60, seconds % 60),
            Some(seconds) => format!(" after {seconds}s"),
            None => String::new(),
        };
        match (self.outcome, self.exit_code, &self.reason) {
            (Ending::Done, _, _) if !self.is_final => "started".to_owned(),
            (Ending::Done, _, _) => format!("succeeded{took}"),
            (Ending::TimedOut, _, _) => "timed out; the task continues".to_owned(),
            (Ending::Interrupted, _, _) => "stopped at your request".to_owned(),
            (_, Some(code), _) => format!("failed with exit code {code}{took}"),
            (_, None, Some(reason)) => format!("failed: {reason}"),
            (_, None, None) => "failed without an exit code".to_owned(),
        }
    }
}

/// Returns the ID of a task, from its ARN.
pub fn task_id(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}
