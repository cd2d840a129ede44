//! Reads besides DescribeServices: service deployments, tasks and task health.

use std::collections::HashSet;

use futures_util::future::{join, join_all};
use jiff::{SignedDuration, Timestamp};

use super::data_source::DataSource;
use super::failure_details::target;
use crate::ecs::{ProtectedTask, ServiceDeployment, TargetGroup, Task, are_newest_first, definition_in};
use crate::engine::polling::{ReadError, Severity};
use crate::model::FailureTarget;
use crate::verdict::CodeDeploySnapshot;

/// How much older than its deployment a service deployment may be.
const MARGIN: SignedDuration = SignedDuration::from_hours(1);

/// The deployment whose service deployment is searched: its ID, and when it was created.
#[derive(Clone, Debug)]
pub struct SearchedDeployment {
    /// `ecs-svc/N`.
    pub id: String,
    /// When it was created, by ECS's clock.
    pub created_at: Option<Timestamp>,
}

impl SearchedDeployment {
    /// Whether no further page is needed: in a list ordered newest first, ours and all newer ones were read, or ours
    /// isn't listed yet. Without a deployment to search for, the newest are enough. In any other order, ours or what
    /// replaced it may come last.
    fn is_listed(searched: Option<&Self>, listed: &[ServiceDeployment]) -> bool {
        if !are_newest_first(listed) {
            return false;
        }
        let Some(searched) = searched else { return true };
        let oldest = listed.last().and_then(|it| it.created_at);
        let is_past = matches!((oldest, searched.created_at), (Some(oldest), Some(at)) if at.duration_since(oldest) > MARGIN);
        is_past || listed.iter().any(|it| it.aims_at(&searched.id))
    }
}

/// The service deployments of a service, up to the searched one and all newer ones. `on_page` is told of each page
/// after the first.
pub async fn listed_deployments<S: DataSource>(
    source: &S,
    cluster: &str,
    service: &str,
    searched: Option<&SearchedDeployment>,
    on_page: &dyn Fn(),
) -> Result<Vec<ServiceDeployment>, ReadError> {
    let is_enough = |listed: &[ServiceDeployment]| {
        let is_listed = SearchedDeployment::is_listed(searched, listed);
        if !is_listed {
            on_page();
        }
        is_listed
    };
    source
        .list_service_deployments(cluster, service, &is_enough)
        .await
}

/// The service deployments of a service; ours as described.
pub async fn service_deployments<S: DataSource>(
    source: &S,
    cluster: &str,
    service: &str,
    searched: Option<&SearchedDeployment>,
    on_page: &dyn Fn(),
) -> Result<Vec<ServiceDeployment>, ReadError> {
    let mut found = listed_deployments(source, cluster, service, searched, on_page).await?;
    let ours = found
        .iter()
        .find(|it| searched.is_some_and(|searched| it.aims_at(&searched.id)))
        .map(|it| it.arn.clone());
    if let Some(arn) = ours {
        merge(&mut found, source.describe_service_deployments(&[arn]).await?);
    }
    Ok(found)
}

/// A CodeDeploy deployment, and what rolls it back. Its lifecycle events and its task definition (only if `is_unknown`)
/// are left as they were `known` if they can't be read.
pub async fn code_deployment<S: DataSource>(
    source: &S,
    (cluster, service): (&str, &str),
    id: &str,
    known: Option<&CodeDeploySnapshot>,
    is_unknown: bool,
) -> Result<CodeDeploySnapshot, ReadError> {
    let (deployment, events) = join(
        source.code_deployment(id),
        source.lifecycle_events(id, cluster, service),
    )
    .await;
    let mut deployment = deployment?;
    deployment.lifecycle_events = events.unwrap_or_else(|error| {
        tracing::debug!(error = %error.failure, "lifecycle events are unknown");
        known
            .map(|it| it.deployment.lifecycle_events.clone())
            .unwrap_or_default()
    });
    let rollback = match &deployment.rolled_back_by {
        Some(id) => source.code_deployment(id).await.ok(),
        None => None,
    };
    let mut definition = known.and_then(|it| it.definition.clone());
    if is_unknown
        && known.is_none()
        && let Some(sha256) = &deployment.app_spec_sha256
    {
        let content = source.app_spec(&deployment.application, sha256).await;
        definition = content.ok().flatten().and_then(|it| definition_in(&it));
    }
    Ok(CodeDeploySnapshot {
        deployment,
        rollback: rollback.or_else(|| known.and_then(|it| it.rollback.clone())),
        definition,
    })
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
