//! The tasks of a service: running ones by state, and failed ones.

use futures_util::future::try_join;

use super::UniqueNotes;
use crate::aws::{Aws, AwsError};
use crate::ecs::Task;
use crate::engine::inspect::tasks::{alike, shown};
use crate::model::{ContainerStatus, FailedTasks, ServiceStatus, TaskCount, TaskStatus};
use crate::verdict::is_failure;

/// The tasks of one service.
pub struct TaskSummary(Result<Vec<Task>, AwsError>);

impl TaskSummary {
    /// Reads the running and stopped tasks. A service that doesn't exist has none.
    pub async fn of(aws: &Aws, cluster: &str, service: &str) -> Self {
        let listed = try_join(
            aws.list_tasks(cluster, service, "RUNNING"),
            aws.list_tasks(cluster, service, "STOPPED"),
        );
        let mut arns = match listed.await {
            Ok((mut running, stopped)) => {
                running.extend(stopped);
                running
            }
            Err(error) if error.is_not_found() => Vec::new(),
            Err(error) => return Self(Err(error)),
        };
        arns.sort();
        arns.dedup();
        if arns.is_empty() {
            return Self(Ok(Vec::new()));
        }
        Self(aws.describe_tasks(cluster, &arns).await)
    }

    /// Adds them to the status of the service.
    pub fn show(self, status: &mut ServiceStatus, notes: &mut UniqueNotes) {
        let Some(tasks) = notes.take(self.0, "tasks") else {
            return;
        };
        let tasks = tasks.into_iter().map(|task| {
            let shown = shown(&task, &status.name);
            (task, shown)
        });
        let (mut live, mut failed): (Vec<(Task, TaskStatus)>, Vec<TaskStatus>) = (Vec::new(), Vec::new());
        for (task, shown) in tasks {
            if task.last_status != "STOPPED" {
                live.push((task, shown));
            } else if is_failure(&task) {
                failed.push(shown);
            }
        }
        failed.sort_by_key(|task| std::cmp::Reverse(task.stopped_at));
        status.tasks = Some(counted(&live));
        status.failed = alike(&failed).iter().filter_map(|alike| kind(alike)).collect();
    }
}

fn counted(tasks: &[(Task, TaskStatus)]) -> Vec<TaskCount> {
    let mut counts: Vec<TaskCount> = Vec::new();
    for (read, task) in tasks {
        let known = counts.iter_mut().find(|it| {
            (&it.status, &it.health, &it.deployment) == (&task.last_status, &task.health, &read.started_by)
        });
        match known {
            Some(known) => known.count += 1,
            None => counts.push(TaskCount {
                status: task.last_status.clone(),
                health: task.health.clone(),
                deployment: read.started_by.clone(),
                count: 1,
            }),
        }
    }
    counts.sort_by(|one, other| one.status.cmp(&other.status));
    counts
}

/// Summarizes tasks that failed alike, the most recent first.
fn kind(alike: &[TaskStatus]) -> Option<FailedTasks> {
    let last = alike.first()?;
    let container = last.containers.iter().find(|container| is_at_fault(container));
    let said = container.and_then(|container| container.reason.clone());
    Some(FailedTasks {
        task_definition: last.task_definition.clone(),
        reason: said.or_else(|| last.stopped_reason.clone()),
        container: container.map(|container| container.name.clone()),
        exit_code: container.and_then(|container| container.exit_code),
        count: alike.len() as u64,
        last_at: last.stopped_at.map(|at| at.to_string()),
    })
}

fn is_at_fault(container: &ContainerStatus) -> bool {
    container.reason.is_some() || container.exit_code.is_some_and(|code| code != 0)
}
