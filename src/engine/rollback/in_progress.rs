//! The service deployment in progress: what it deploys, and what a rollback would restore.

use super::history::definition_of;
use crate::aws::{Aws, AwsError};
use crate::ecs::{Service, ServiceDeployment, ServiceDeploymentStatus, deployment_id};
use crate::engine::polling::ReadRetry;
use crate::verdict::{HookPause, WatchTarget};

/// The non-terminal states of a service deployment (API reference: ServiceDeployment, `status`).
const OPEN: [&str; 5] = [
    "PENDING",
    "IN_PROGRESS",
    "STOP_REQUESTED",
    "ROLLBACK_REQUESTED",
    "ROLLBACK_IN_PROGRESS",
];

/// A deployment in progress.
#[derive(Clone, Debug, PartialEq)]
pub struct InProgressDeployment {
    /// The service deployment, as described.
    pub deployment: ServiceDeployment,
    /// `ecs-svc/N` of the revision that it deploys.
    pub id: String,
    /// `ecs-svc/N` of the previous deployment; None for the service's first.
    pub previous: Option<String>,
    /// The ARN of the task definition that it deploys, if known.
    pub definition: Option<String>,
    /// The ARN of the task definition that a rollback restores, if known.
    pub restores: Option<String>,
    /// Whether it is the service's first deployment, with nothing to roll back to.
    pub is_first: bool,
}

impl InProgressDeployment {
    /// The hook that pauses it, if any.
    pub fn pause(&self) -> Option<HookPause> {
        let hook = self.deployment.pause()?;
        Some(HookPause {
            hook: hook.id.clone(),
            stage: self.deployment.lifecycle_stage.clone(),
        })
    }

    /// The watch target for this deployment.
    pub fn target(&self, service: &Service) -> WatchTarget {
        let ours = service.deployment(&self.id);
        WatchTarget::Started {
            id: self.id.clone(),
            created_at: ours.and_then(|deployment| deployment.created_at),
            previous: self.previous.clone(),
        }
    }

    /// Whether it is already being rolled back.
    pub fn is_rolling_back(&self) -> bool {
        matches!(
            self.deployment.status,
            ServiceDeploymentStatus::StopRequested
                | ServiceDeploymentStatus::RollbackRequested
                | ServiceDeploymentStatus::RollbackInProgress
        )
    }
}

/// The newest service deployment in progress, as described.
pub async fn newest_open(
    aws: &Aws,
    cluster: &str,
    name: &str,
) -> Result<Option<ServiceDeployment>, AwsError> {
    let retry = ReadRetry::silent(aws.clock());
    let listed = retry
        .read(|| Box::pin(aws.all_service_deployments(cluster, name, &OPEN)))
        .await?;
    let Some(newest) = listed.into_iter().next() else {
        return Ok(None);
    };
    let newest = [newest.arn];
    let details = retry
        .read(|| Box::pin(aws.describe_service_deployments(&newest)))
        .await?;
    let newest = details.into_iter().next();
    Ok(newest.filter(|deployment| !deployment.status.is_terminal()))
}

/// The newest deployment in progress of a service.
pub async fn in_progress_deployment(
    aws: &Aws,
    cluster: &str,
    name: &str,
    service: &Service,
) -> Result<Option<InProgressDeployment>, AwsError> {
    let Some(deployment) = newest_open(aws, cluster, name).await? else {
        return Ok(None);
    };
    let Some(id) = deployment.target_revision.as_deref().and_then(deployment_id) else {
        return Ok(None);
    };
    let sources = deployment.source_arns();
    let source = match sources.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    };
    let restores = deployment.rollback_revision.clone().or_else(|| source.clone());
    let revisions = [deployment.target_revision.clone(), restores.clone()];
    let mut previous = previous(&id, restores.as_deref(), &sources, service);
    if previous.is_none() {
        previous = last_successful(aws, cluster, name, &id).await?;
    }
    let [definition, restores] = definitions(aws, service, revisions).await;
    Ok(Some(InProgressDeployment {
        is_first: previous.is_none(),
        previous,
        id,
        definition,
        restores,
        deployment,
    }))
}

/// The previous deployment: what a rollback restores, else another deployment that still has tasks, else one
/// of several sources. None if there is no sign of one.
fn previous(id: &str, restores: Option<&str>, sources: &[String], service: &Service) -> Option<String> {
    let other = service.deployments.iter().map(|it| it.id.clone());
    let sources = sources.iter().filter_map(|source| deployment_id(source));
    let known = restores
        .and_then(deployment_id)
        .into_iter()
        .chain(other)
        .chain(sources);
    known.into_iter().find(|it| it != id)
}

/// The last other successful deployment. A deployment without a source isn't proof that there is nothing to
/// roll back to: the service may have had no tasks when it began.
async fn last_successful(aws: &Aws, cluster: &str, name: &str, id: &str) -> Result<Option<String>, AwsError> {
    let listed = aws
        .all_service_deployments(cluster, name, &["SUCCESSFUL"])
        .await?;
    let targets = listed.into_iter().filter_map(|it| it.target_revision);
    Ok(targets
        .filter_map(|target| deployment_id(&target))
        .find(|it| it != id))
}

/// The task definitions of service revisions: from the service's deployments, else from
/// DescribeServiceRevisions.
async fn definitions(aws: &Aws, service: &Service, revisions: [Option<String>; 2]) -> [Option<String>; 2] {
    let listed = |revision: &String| {
        service
            .deployment(&deployment_id(revision)?)?
            .task_definition
            .clone()
    };
    let missing: Vec<String> = revisions
        .iter()
        .flatten()
        .filter(|revision| listed(revision).is_none())
        .cloned()
        .collect();
    let described = match missing.is_empty() {
        true => Vec::new(),
        false => aws
            .describe_service_revisions(&missing)
            .await
            .unwrap_or_else(|error| {
                tracing::debug!(%error, "the revisions of the deployment in progress are unknown");
                Vec::new()
            }),
    };
    revisions.map(|revision| {
        let revision = revision?;
        listed(&revision).or_else(|| definition_of(&described, &revision))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn arn(number: u32) -> String {
        format!("arn:aws:ecs:us-east-1:123456789012:service-revision/c/web/{number}")
    }

    fn service(ids: &[&str]) -> Service {
        let deployments: Vec<serde_json::Value> = ids
            .iter()
            .map(|id| json!({"id": id, "status": "ACTIVE"}))
            .collect();
        Service::read(json!({"serviceName": "web", "deployments": deployments}))
    }

    #[test]
    fn later_deployments_have_a_previous_one() {
        let ours = "ecs-svc/9";
        let alone = service(&[ours]);
        let rows = [
            (Some(arn(1)), vec![arn(1)], &alone, Some("ecs-svc/1")),
            // Several sources: a deployment began while another was in progress.
            (None, vec![arn(2), arn(1)], &alone, Some("ecs-svc/2")),
            (None, vec![], &service(&[ours, "ecs-svc/3"]), Some("ecs-svc/3")),
            (None, vec![arn(9)], &alone, None),
            (None, vec![], &alone, None),
        ];
        for (restores, sources, service, expected) in rows {
            let found = previous(ours, restores.as_deref(), &sources, service);
            assert_eq!(found.as_deref(), expected, "{restores:?} {sources:?}");
        }
    }
}
