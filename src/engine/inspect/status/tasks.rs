//! The tasks of a service: running ones by state, and failed ones.

use futures_util::future::try_join;
use jiff::Timestamp;

use super::UniqueNotes;
use crate::aws::{Aws, AwsError};
use crate::ecs::{Service, Task};
use crate::engine::inspect::tasks::{alike, shown};
use crate::engine::secret_changes::oldest_task;
use crate::model::{ContainerStatus, FailedTasks, PastImage, ServiceStatus, TaskCount, TaskStatus};
use crate::verdict::{is_failure, words_only};

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

    /// Returns when the oldest task was created of those that the service keeps.
    pub fn oldest(&self, service: &Service) -> Option<Timestamp> {
        oldest_task(self.0.as_ref().ok()?, service.deployed_at()?)
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
        let since = status.runs_since();
        let is_over = |task: &Task| task.stopped_at.zip(since).is_some_and(|(at, since)| at < since);
        for (task, shown) in tasks {
            if task.last_status != "STOPPED" {
                live.push((task, shown));
            } else if is_failure(&task) && !is_over(&task) {
                failed.push(shown);
            }
        }
        failed.sort_by_key(|task| std::cmp::Reverse(task.stopped_at));
        status.tasks = Some(counted(&live));
        status.failed = kinds(&failed);
        status.images = images(status.task_definition.as_deref(), &live);
    }
}

/// Returns the images of a revision, each with its digest if all running tasks have the same.
fn images(definition: Option<&str>, tasks: &[(Task, TaskStatus)]) -> Vec<PastImage> {
    let running = tasks.iter().map(|(_, task)| task);
    let running = running.filter(|it| it.task_definition.as_deref() == definition);
    let mut images: Vec<PastImage> = Vec::new();
    for container in running.flat_map(|task| &task.containers) {
        let Some(digest) = &container.image_digest else {
            continue;
        };
        match images.iter_mut().find(|image| image.container == container.name) {
            Some(known) => known.digest = known.digest.take().filter(|known| known == digest),
            None => images.push(PastImage {
                container: container.name.clone(),
                image: container.image.clone(),
                digest: Some(digest.clone()),
            }),
        }
    }
    images
}

/// Groups failed tasks by kind, each once, the most recent first.
fn kinds(failed: &[TaskStatus]) -> Vec<FailedTasks> {
    let mut kinds: Vec<FailedTasks> = Vec::new();
    for kind in alike(failed).iter().filter_map(|alike| kind(alike)) {
        let said = |it: &FailedTasks| (it.task_definition.clone(), it.container.clone(), it.exit_code);
        let words = |it: &FailedTasks| it.reason.as_deref().map(words_only);
        let same = |it: &&mut FailedTasks| said(it) == said(&kind) && words(it) == words(&kind);
        match kinds.iter_mut().find(same) {
            Some(known) => known.count += kind.count,
            None => kinds.push(kind),
        }
    }
    kinds
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
