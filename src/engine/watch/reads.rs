//! What is read beside the services: their service deployments and their stopped tasks.

use std::collections::HashSet;

use futures_util::future::{join, join_all};

use super::ecs::{Ecs, ReadError, Severity};
use super::explain::{Clues, target};
use crate::ecs::{ServiceDeployment, TargetGroup, Task};
use crate::model::FailureTarget;

/// The service deployments of a service, ours in detail.
pub async fn service_deployments<E: Ecs>(
    ecs: &E,
    cluster: &str,
    service: &str,
    deployment: Option<&str>,
) -> Result<Vec<ServiceDeployment>, ReadError> {
    let mut found = ecs.list_service_deployments(cluster, service).await?;
    let ours = found
        .iter()
        .find(|it| deployment.is_some_and(|deployment| it.aims_at(deployment)))
        .map(|it| it.arn.clone());
    if let Some(arn) = ours {
        merge(&mut found, ecs.describe_service_deployments(&[arn]).await?);
    }
    Ok(found)
}

/// Puts newly read service deployments in the place of the same ones read before.
pub fn merge(known: &mut Vec<ServiceDeployment>, fresh: Vec<ServiceDeployment>) {
    for fresh in fresh {
        match known.iter_mut().find(|it| it.arn == fresh.arn) {
            Some(known) => *known = fresh,
            None => known.push(fresh),
        }
    }
}

/// The stopped tasks of a service, but those that are known to be `over`.
pub async fn stopped_tasks<E: Ecs>(
    ecs: &E,
    cluster: &str,
    service: &str,
    over: &HashSet<String>,
) -> Result<Vec<Task>, ReadError> {
    let mut arns = ecs.list_tasks(cluster, service, "STOPPED").await?;
    arns.retain(|arn| !over.contains(arn));
    if arns.is_empty() {
        return Ok(Vec::new());
    }
    ecs.describe_tasks(cluster, &arns).await
}

/// The tasks of a service that ECS wants to run, however far they have come.
pub async fn running_tasks<E: Ecs>(ecs: &E, cluster: &str, service: &str) -> Result<Vec<Task>, ReadError> {
    let arns = ecs.list_tasks(cluster, service, "RUNNING").await?;
    if arns.is_empty() {
        return Ok(Vec::new());
    }
    ecs.describe_tasks(cluster, &arns).await
}

/// The tasks of a service that ECS wants to run, and what the load balancer says of them.
#[derive(Debug, Default)]
pub struct Health {
    /// They.
    pub tasks: Vec<Task>,
    /// Their targets, by the task's id.
    pub targets: Vec<(String, FailureTarget)>,
    /// The targets can't be read, and that won't change.
    pub refused: bool,
}

/// How healthy the tasks of a service are. What can't be read of the targets is left out.
pub async fn health<E: Ecs + Clues>(
    ecs: &E,
    cluster: &str,
    service: &str,
    groups: &[TargetGroup],
) -> Result<Health, ReadError> {
    let (tasks, (targets, refused)) = join(running_tasks(ecs, cluster, service), targets(ecs, groups)).await;
    let tasks = tasks?;
    let of_tasks = groups.iter().zip(&targets).flat_map(|(group, targets)| {
        let of = |task: &Task| Some((task.id.clone(), target::of_task(task, group, targets)?));
        tasks.iter().filter_map(of)
    });
    Ok(Health {
        targets: of_tasks.collect(),
        refused,
        tasks,
    })
}

/// The targets of each group, none where they can't be read; and whether they never can.
pub async fn targets<E: Clues>(ecs: &E, groups: &[TargetGroup]) -> (Vec<Vec<FailureTarget>>, bool) {
    let replies = join_all(groups.iter().map(|group| ecs.target_health(&group.arn))).await;
    let mut refused = false;
    let targets = replies.into_iter().map(|reply| match reply {
        Ok(targets) => targets,
        Err(trouble) => {
            tracing::debug!(error = %trouble.error, "the health of targets is not known");
            refused |= matches!(trouble.weight, Severity::Denied | Severity::Unsupported);
            Vec::new()
        }
    });
    (targets.collect(), refused)
}
