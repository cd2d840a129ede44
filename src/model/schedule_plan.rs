//! The planned changes of schedules.

use serde::Serialize;

use super::{Change, Value};

/// The planned change of a job's schedule. It is applied when the task definition that it runs is known to work.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SchedulePlan {
    /// The job, and the schedule's name.
    pub name: String,
    /// The schedule group.
    pub group: String,
    /// What is done.
    pub action: ScheduleAction,
    /// The input of CreateSchedule and UpdateSchedule: the whole schedule, without the ARNs of the cluster and of the task
    /// definition.
    pub input: Value,
    /// The differences.
    pub changes: Vec<Change>,
    /// The ARN of the task definition that the schedule runs at the moment.
    pub runs: Option<String>,
}

/// What is done with a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ScheduleAction {
    /// Nothing.
    Keep,
    /// CreateSchedule.
    Create,
    /// UpdateSchedule.
    Update,
}

impl SchedulePlan {
    /// Whether anything is written.
    pub fn is_change(&self) -> bool {
        self.action != ScheduleAction::Keep
    }
}

/// What a deploy did with a schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScheduleResult {
    /// The job, and the schedule's name.
    pub name: String,
    /// The schedule group.
    pub group: String,
    /// `create`, `update`, `delete`.
    pub action: &'static str,
    /// What it runs now: `web:42`.
    pub task_definition: Option<String>,
}

impl ScheduleResult {
    /// Describes it: `update, runs web:42`.
    pub fn summary(&self) -> String {
        match &self.task_definition {
            Some(definition) => format!("{}, runs {definition}", self.action),
            None => self.action.to_owned(),
        }
    }
}

/// The schedules of the file's group that the file no longer has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrphanedSchedules {
    /// The schedule group.
    pub group: String,
    /// Their names.
    pub names: Vec<String>,
    /// Whether they are deleted (`--prune`).
    pub prune: bool,
}

impl OrphanedSchedules {
    /// Returns the names of those that are deleted.
    pub fn deleted(&self) -> &[String] {
        if self.prune { &self.names } else { &[] }
    }
}
