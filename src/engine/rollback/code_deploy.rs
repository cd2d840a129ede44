//! Rollbacks through CodeDeploy: stopping the deployment in progress, or a new deployment of a former revision.

use super::error::{RollbackError, nothing_before_on_code_deploy};
use super::requested::named;
use super::target::{RollbackMethod, RollbackPlan, described, to_definition};
use super::target_request::TargetRequest;
use crate::aws::{Aws, AwsError};
use crate::ecs::{CodeDeployment, Service, definition_in};
use crate::engine::code_deploy::{definition_of, deployment_in_progress, group_of};
use crate::engine::polling::{ReadRetry, retry_write};
use crate::model::{CodeDeployNames, CodeDeployPlan, DefinitionId};
use crate::plan;

/// Past deployments whose revisions are looked up at most.
const LOOKED_INTO: usize = 10;

/// Plans how to roll a service back: by stopping the deployment in progress, else by a deployment of the named
/// revision, else of the last other one that CodeDeploy deployed.
pub(super) async fn find_plan(aws: &Aws, request: TargetRequest<'_>) -> Result<RollbackPlan, RollbackError> {
    let names = names_of(aws, &request).await?;
    let current = request.service.task_definition.clone().unwrap_or_default();
    let open = deployment_in_progress(aws, &names).await?;
    if let (Some(open), None) = (open, request.to) {
        return Ok(stop_plan(aws, &request, open).await);
    }
    let chosen = match request.to {
        Some(to) => named(aws, &request, to, &current).await?,
        None => match last_deployed(aws, &names, &current).await? {
            Some(chosen) => chosen,
            None => {
                let family = DefinitionId::parse(&current).map_or_else(String::new, |id| id.family);
                return Err(nothing_before_on_code_deploy(request.name, &family, aws.region()));
            }
        },
    };
    let mut rollback = to_definition(aws, &request, &current, &chosen).await?;
    rollback.plan.code_deploy = Some(CodeDeployPlan {
        names,
        config: None,
        app_spec: plan::live_app_spec(request.service),
        replaces_tasks: false,
    });
    Ok(rollback)
}

/// Plans the rollback of the deployment in progress; None if there is none.
pub(super) async fn find_in_progress_plan(
    aws: &Aws,
    request: TargetRequest<'_>,
) -> Result<Option<RollbackPlan>, RollbackError> {
    let names = names_of(aws, &request).await?;
    match deployment_in_progress(aws, &names).await? {
        Some(open) => Ok(Some(stop_plan(aws, &request, open).await)),
        None => Ok(None),
    }
}

async fn names_of(aws: &Aws, request: &TargetRequest<'_>) -> Result<CodeDeployNames, AwsError> {
    group_of(aws, request.cluster, request.service, request.code_deploy).await
}

/// Plans the stop of a deployment: "instances that have been updated should be rolled back to the previous version of the
/// application revision" (API reference, StopDeployment, `autoRollbackEnabled`).
pub(super) async fn stop_plan(aws: &Aws, request: &TargetRequest<'_>, open: CodeDeployment) -> RollbackPlan {
    let service = request.service;
    let from = definition_of(aws, service, &open).await;
    let to = original_definition(service, &open);
    let before = described(aws, from.as_deref()).await;
    let after = described(aws, to.as_deref()).await;
    RollbackPlan {
        plan: plan::restored_by_code_deploy(
            (request.key, request.name),
            (from.as_deref(), before.as_ref()),
            (to.as_deref(), after.as_ref()),
        ),
        name: request.name.to_owned(),
        service: service.clone(),
        method: RollbackMethod::StopCodeDeploy(Box::new(open)),
        from,
        to,
        definition: after,
        warnings: Vec::new(),
    }
}

/// The task definition of the original task set, which a rollback restores.
fn original_definition(service: &Service, open: &CodeDeployment) -> Option<String> {
    let is_other = |external: Option<&str>| external != Some(open.id.as_str());
    let mut others = service.task_sets.iter();
    let other = others.find(|set| is_other(set.external_id.as_deref()));
    other.and_then(|set| set.task_definition.clone())
}

/// The ARN of the last other task definition that CodeDeploy deployed.
async fn last_deployed(
    aws: &Aws,
    names: &CodeDeployNames,
    current: &str,
) -> Result<Option<String>, AwsError> {
    let retry = ReadRetry::silent(aws.clock());
    let deployments = retry
        .read(|| Box::pin(aws.recent_code_deployments(names, &["Succeeded"])))
        .await?;
    let deployed = deployments.iter().filter(|it| !it.is_rollback);
    let deployed = deployed.filter_map(|it| Some((it, it.app_spec_sha256.as_deref()?)));
    for (deployment, sha256) in deployed.take(LOOKED_INTO) {
        let content = aws.app_spec(&deployment.application, sha256).await?;
        let definition = content.and_then(|content| definition_in(&content));
        if let Some(definition) = definition.filter(|it| it != current) {
            return Ok(Some(definition));
        }
    }
    Ok(None)
}

/// StopDeployment, with a rollback.
pub(super) async fn stop(aws: &Aws, deployment: &CodeDeployment) -> Result<(), AwsError> {
    let id = deployment.id.as_str();
    retry_write(
        aws.clock(),
        || Box::pin(aws.stop_code_deployment(id, true)),
        || {
            Box::pin(async {
                let now = aws.code_deployment(id).await?;
                Ok(now.status.is_terminal().then_some(()))
            })
        },
        |_| false,
    )
    .await
}
