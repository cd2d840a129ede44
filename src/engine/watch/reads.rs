//! Reads besides DescribeServices: service deployments, tasks and task health.

use std::collections::HashSet;

use futures_util::future::{join, join_all};

use super::data_source::DataSource;
use super::failure_details::target;
use crate::ecs::{ProtectedTask, ServiceDeployment, TargetGroup, Task};
use crate::engine::polling::{ReadError, Severity};
use crate::model::FailureTarget;

/// The service deployments of a service; ours as described.
pub async fn service_deployments<S: DataSource>(
    source: &S,
    cluster: &str,
    service: &str,
    deployment: Option<&str>,
) -> Result<Vec<ServiceDeployment>, ReadError> {
    let mut found = source.list_service_deployments(cluster, service).await?;
    let ours = found
        .iter()
        .find(|it| deployment.is_some_and(|deployment| it.aims_at(deployment)))
        .map(|it| it.arn.clone());
    if let Some(arn) = ours {
        merge(&mut found, source.describe_service_deployments(&[arn]).await?);
    }
    Ok(found)
}

/// Replaces service deployments with newer reads of them.
pub fn merge(known: &mut Vec<ServiceDeployment>, fresh: Vec<ServiceDeployment>) {
    for fresh in fresh {
        match known.iter_mut().find(|it| it.arn == fresh.arn) {
            Some(known) => *known = fresh,
            None => known.push(fresh),
        }
    }
}

/// The stopped tasks of a service, except those in `known`, which can't change any more.
pub async fn stopped_tasks<S: DataSource>(
    source: &S,
    cluster: &str,
    service: &str,
    known: &HashSet<String>,
) -> Result<Vec<Task>, ReadError> {
    let mut arns = source.list_tasks(cluster, service, "STOPPED").await?;
    arns.retain(|arn| !known.contains(arn));
    describe_tasks(source, cluster, &arns).await
}

/// The tasks of a service with desiredStatus RUNNING, whatever their last status.
pub async fn running_tasks<S: DataSource>(
    source: &S,
    cluster: &str,
    service: &str,
) -> Result<Vec<Task>, ReadError> {
    let arns = source.list_tasks(cluster, service, "RUNNING").await?;
    describe_tasks(source, cluster, &arns).await
}

/// The tasks of a service with desiredStatus RUNNING, and which of them are protected from scale-in.
pub async fn task_protection<S: DataSource>(
    source: &S,
    cluster: &str,
    service: &str,
) -> Result<(Vec<Task>, Vec<ProtectedTask>), ReadError> {
    let tasks = running_tasks(source, cluster, service).await?;
    let arns: Vec<String> = tasks.iter().map(|task| task.arn.clone()).collect();
    let protected = match arns.as_slice() {
        [] => Vec::new(),
        arns => source.get_task_protection(cluster, arns).await?,
    };
    Ok((tasks, protected))
}

async fn describe_tasks<S: DataSource>(
    source: &S,
    cluster: &str,
    arns: &[String],
) -> Result<Vec<Task>, ReadError> {
    match arns {
        [] => Ok(Vec::new()),
        arns => source.describe_tasks(cluster, arns).await,
    }
}

/// The tasks of a service with desiredStatus RUNNING, and their target health.
#[derive(Debug, Default)]
pub struct TaskHealth {
    /// The tasks.
    pub tasks: Vec<Task>,
    /// Their targets, by the task's id.
    pub targets: Vec<(String, FailureTarget)>,
    /// The targets can't be read; retrying won't help.
    pub targets_unreadable: bool,
}

/// The health of a service's tasks. Targets that can't be read are left out.
pub async fn task_health<S: DataSource>(
    source: &S,
    cluster: &str,
    service: &str,
    groups: &[TargetGroup],
) -> Result<TaskHealth, ReadError> {
    let (tasks, (targets, targets_unreadable)) = join(
        running_tasks(source, cluster, service),
        target_health(source, groups),
    )
    .await;
    let tasks = tasks?;
    let of_tasks = groups.iter().zip(&targets).flat_map(|(group, targets)| {
        let of = |task: &Task| Some((task.id.clone(), target::of_task(task, group, targets)?));
        tasks.iter().filter_map(of)
    });
    Ok(TaskHealth {
        targets: of_tasks.collect(),
        targets_unreadable,
        tasks,
    })
}

/// The targets of each group, empty if they can't be read; and whether that is permanent.
pub async fn target_health<S: DataSource>(
    source: &S,
    groups: &[TargetGroup],
) -> (Vec<Vec<FailureTarget>>, bool) {
    let reads = groups
        .iter()
        .map(|group| source.describe_target_health(&group.arn));
    let mut unreadable = false;
    let targets = join_all(reads).await.into_iter().map(|read| match read {
        Ok(targets) => targets,
        Err(error) => {
            tracing::debug!(error = %error.failure, "target health is unknown");
            unreadable |= matches!(error.severity, Severity::Denied | Severity::Unsupported);
            Vec::new()
        }
    });
    (targets.collect(), unreadable)
}
