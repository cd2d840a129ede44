//! Reads the schedules of jobs on EventBridge Scheduler.

use futures_util::future::join_all;

use super::{READ_LIMIT, UniqueNotes};
use crate::aws::{Aws, AwsError};
use crate::ecs::LiveSchedule;
use crate::model::{ScheduleStatus, short_definition};

/// Where schedules are.
#[derive(Clone, Debug, Default)]
pub struct ScheduleNames {
    /// Their group.
    pub group: String,
    /// The names of the schedules, which are those of their jobs.
    pub names: Vec<String>,
}

type ScheduleRead = Result<Option<LiveSchedule>, AwsError>;

/// The schedules, each as far as it could be read.
pub struct ScheduleReads<'a> {
    of: &'a ScheduleNames,
    /// By name; None if it took too long.
    reads: Vec<Option<ScheduleRead>>,
}

impl<'a> ScheduleReads<'a> {
    /// Reads them concurrently.
    pub async fn of(aws: &Aws, schedules: &'a ScheduleNames) -> Self {
        let group = schedules.group.as_str();
        let reads = schedules.names.iter().map(|name| {
            let read = aws.get_schedule(group, name);
            aws.clock().io_timeout(READ_LIMIT, read)
        });
        Self {
            of: schedules,
            reads: join_all(reads).await,
        }
    }

    /// Returns the status of those that could be read.
    pub fn status(self, notes: &mut UniqueNotes) -> Vec<ScheduleStatus> {
        let mut shown = Vec::new();
        for (name, read) in self.of.names.iter().zip(self.reads) {
            if let Some(found) = notes.take_in_time(read, "schedules") {
                let status = ScheduleStatus {
                    name: name.clone(),
                    group: self.of.group.clone(),
                    ..found.map_or_else(missing, existing)
                };
                shown.push(status);
            }
        }
        shown
    }
}

fn existing(schedule: LiveSchedule) -> ScheduleStatus {
    let runs = schedule.task_definition.as_deref().map(short_definition);
    ScheduleStatus {
        task_definition: runs.map(str::to_owned),
        state: schedule.state.unwrap_or_default(),
        expression: schedule.expression,
        timezone: schedule.timezone,
        ..ScheduleStatus::default()
    }
}

fn missing() -> ScheduleStatus {
    ScheduleStatus {
        state: "MISSING".to_owned(),
        ..ScheduleStatus::default()
    }
}
