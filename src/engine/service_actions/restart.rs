//! Restarts services: deploys the same task definition again, which replaces every task.

use futures_util::future::join;
use serde_json::json;

use super::{ServiceChange, find, update};
use crate::aws::{Aws, AwsError};
use crate::diagnostic::Failure;
use crate::ecs::Service;
use crate::engine::apply::{Cancellation, ServiceApplier};
use crate::engine::code_deploy::group_of;
use crate::engine::refused_request::with_cause;
use crate::engine::watch::StartState;
use crate::engine::{ExistingService, Run, RunReport, watch_request};
use crate::model::{CodeDeployPlan, Event};
use crate::plan;
use crate::verdict::{RequestedAction, WatchRequest, WatchTarget};

/// Finds the services to restart (pairs of deploy.yaml key and ECS service name). Fails unless all of
/// them exist and can be restarted.
pub async fn find_restarts(
    aws: &Aws,
    cluster: &str,
    services: &[(String, String)],
) -> Result<Vec<ExistingService>, RunReport> {
    find(aws, cluster, services, ServiceChange::Restart).await
}

/// Restarts services concurrently, and watches each until its deployment ends.
pub async fn restart(run: &Run<'_>, services: &[ExistingService]) -> RunReport {
    let flows = services
        .iter()
        .map(async |service| match restart_service(run, service).await {
            Ok(request) => run.watch(StartState::Watch(Box::new(request))).await,
            Err(error) => RunReport::of_failed_service(&service.name, with_cause(error, &service.name)),
        });
    run.join(flows).await
}

async fn restart_service(run: &Run<'_>, existing: &ExistingService) -> Result<WatchRequest, Failure> {
    if existing.service.is_code_deploy() {
        return redeploy(run, existing).await;
    }
    let (definition, reply) = join(
        existing.definition(run.aws),
        force_new_deployment(run.aws, run.cluster, existing),
    )
    .await;
    let reply = reply?;
    run.sink.emit(Event::Changed {
        service: existing.name.clone(),
    });
    let target = WatchTarget::of_reply(existing.service.primary_id(), &reply, true);
    Ok(WatchRequest {
        action: RequestedAction::Restart,
        ..watch_request::of_kept(&reply, target, definition.as_ref(), run.options.wait)
    })
}

/// Creates a CodeDeploy deployment of the same task definition: for such a service, UpdateService can't force one (API
/// reference: UpdateService).
async fn redeploy(run: &Run<'_>, existing: &ExistingService) -> Result<WatchRequest, Failure> {
    let (name, service) = (existing.name.as_str(), &existing.service);
    let named = existing.code_deploy.as_ref();
    let (definition, group) = join(
        existing.definition(run.aws),
        group_of(run.aws, run.cluster, service, named),
    )
    .await;
    let arn = service.task_definition.as_deref();
    let same = (arn, definition.as_ref());
    let mut change = plan::switch(
        (&existing.key, name),
        same,
        (arn.unwrap_or_default(), definition.as_ref()),
    );
    change.code_deploy = Some(CodeDeployPlan {
        names: group?,
        config: None,
        app_spec: plan::live_app_spec(service),
        replaces_tasks: true,
    });
    let applier = ServiceApplier::new(run.aws, run.cluster, run.sink);
    let never = Cancellation::never();
    let applied = applier.service(&change, Some(service), &never).await?;
    run.sink.emit(Event::Changed {
        service: name.to_owned(),
    });
    let target = watch_request::target_of(&applied, true);
    Ok(WatchRequest {
        action: RequestedAction::Restart,
        ..watch_request::of_kept(service, target, definition.as_ref(), run.options.wait)
    })
}

/// Forces a new deployment, and returns the service from UpdateService's response. After an ambiguous
/// error, a new PRIMARY deployment counts as ours (`docs/design.md` §5.13).
pub(super) async fn force_new_deployment(
    aws: &Aws,
    cluster: &str,
    existing: &ExistingService,
) -> Result<Service, AwsError> {
    let input = json!({"cluster": cluster, "service": existing.name, "forceNewDeployment": true});
    let before = existing.service.primary_id();
    let is_done = |now: &Service| now.primary_id().is_some() && now.primary_id() != before;
    update(aws, cluster, &existing.name, &input, is_done).await
}
