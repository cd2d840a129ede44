//! CodeDeploy deployments in progress.

use futures_util::future::join_all;

use crate::aws::{Aws, AwsError};
use crate::ecs::{CodeDeployment, Service, definition_in};
use crate::engine::polling::ReadRetry;
use crate::model::CodeDeployNames;

/// The deployment group of a service: as the file names it, else that of the deployment that created one of its task
/// sets, else by default.
pub async fn group_of(
    aws: &Aws,
    cluster: &str,
    service: &Service,
    named: Option<&CodeDeployNames>,
) -> Result<CodeDeployNames, AwsError> {
    if let Some(names) = named {
        return Ok(names.clone());
    }
    let mut sets = service.task_sets.iter();
    let Some(id) = sets.find_map(|set| set.external_id.clone()) else {
        return Ok(CodeDeployNames::of(cluster, &service.name, None));
    };
    let retry = ReadRetry::silent(aws.clock());
    let deployment = retry.read(|| Box::pin(aws.code_deployment(&id))).await?;
    Ok(CodeDeployNames {
        application: deployment.application,
        group: deployment.group,
    })
}

/// A group's deployment in progress; the newest, if a rollback is in progress beside the one it rolls back.
pub async fn deployment_in_progress(
    aws: &Aws,
    names: &CodeDeployNames,
) -> Result<Option<CodeDeployment>, AwsError> {
    let retry = ReadRetry::silent(aws.clock());
    let ids = retry
        .read(|| Box::pin(aws.deployments_in_progress(names)))
        .await?;
    let reads = ids.iter().map(async |id| {
        let retry = ReadRetry::silent(aws.clock());
        retry.read(|| Box::pin(aws.code_deployment(id))).await
    });
    let read: Result<Vec<CodeDeployment>, AwsError> = join_all(reads).await.into_iter().collect();
    let open = read?.into_iter().filter(|it| !it.status.is_terminal());
    Ok(open.max_by_key(|it| it.created_at))
}

/// The ARN of the task definition that a deployment deploys: from its task set, else from its AppSpec. None if it is
/// unknown.
pub async fn definition_of(aws: &Aws, service: &Service, deployment: &CodeDeployment) -> Option<String> {
    let set = service.task_set_of(&deployment.id);
    if let Some(definition) = set.and_then(|it| it.task_definition.clone()) {
        return Some(definition);
    }
    let sha256 = deployment.app_spec_sha256.as_deref()?;
    match aws.app_spec(&deployment.application, sha256).await {
        Ok(content) => definition_in(&content?),
        Err(error) => {
            tracing::debug!(%error, "the AppSpec of the deployment in progress is unknown");
            None
        }
    }
}
