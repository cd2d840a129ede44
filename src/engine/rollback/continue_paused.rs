//! `ecsctl continue`: continues paused deployments, or rolls them back.

use super::code_deploy;
use super::execute::{ContinueAction, continue_deployment};
use super::in_progress::in_progress_deployment;
use super::join_until_rollback;
use super::roll_back::roll_back;
use super::target::{RollbackPlan, stop_plan};
use super::target_request::TargetRequest;
use super::watch_with_rollback;
use crate::diagnostic::Failure;
use crate::ecs::CodeDeployStatus;
use crate::engine::code_deploy::{definition_of, deployment_in_progress, group_of};
use crate::engine::refused_request::with_cause;
use crate::engine::{ExistingService, Run, RunReport};
use crate::model::Event;
use crate::verdict::{HookPause, READY_WAIT, RequestedAction, WatchRequest, WatchTarget};

/// What to do after a pause was handled.
enum NextAfterPause {
    /// Roll the deployment back.
    RollBack(Box<RollbackPlan>),
    /// Watch the deployment: it was continued, or was not paused.
    Watch(Box<WatchRequest>),
}

/// Continues paused services concurrently, or rolls them back, and watches each until it ends.
pub async fn continue_services(
    run: &Run<'_>,
    services: &[ExistingService],
    action: ContinueAction,
) -> RunReport {
    let flows = services
        .iter()
        .map(async |existing| match answer(run, existing, action).await {
            Ok(NextAfterPause::RollBack(plan)) => roll_back(run, &plan, "rollback").await,
            Ok(NextAfterPause::Watch(request)) => watch_with_rollback(run, *request, false).await,
            Err(failure) => RunReport::of_failed_service(&existing.name, with_cause(failure, &existing.name)),
        });
    join_until_rollback(run, flows).await
}

/// Finds a service's pause, and continues the deployment unless a rollback was requested.
async fn answer(
    run: &Run<'_>,
    existing: &ExistingService,
    action: ContinueAction,
) -> Result<NextAfterPause, Failure> {
    // The semaphore is never closed.
    let _permit = run.rollback_targets.acquire().await;
    let (name, service) = (existing.name.as_str(), &existing.service);
    if service.is_code_deploy() {
        return answer_code_deploy(run, existing, action).await;
    }
    let deployment = in_progress_deployment(run.aws, run.cluster, name, service).await?;
    let request = run.options.wait.request(name, WatchTarget::InFlight);
    let paused = deployment.and_then(|deployment| deployment.pause().map(|pause| (deployment, pause)));
    let Some((deployment, pause)) = paused else {
        report(run, name, "nothing is paused".to_owned());
        return Ok(NextAfterPause::Watch(Box::new(request)));
    };
    if action == ContinueAction::Rollback {
        let plan = stop_plan(run.aws, (&existing.key, name), service, deployment).await?;
        // A deployment being rolled back is not offered for rollback on Ctrl-C.
        run.options.rollback.watch_ends(name, false);
        return Ok(NextAfterPause::RollBack(Box::new(plan)));
    }
    if run.options.rollback.is_requested() {
        return Ok(NextAfterPause::Watch(Box::new(request)));
    }
    continue_deployment(run.aws, name, &deployment, &pause.hook, action).await?;
    run.sink.emit(Event::Changed {
        service: name.to_owned(),
    });
    let stage = pause.stage.as_deref().map(|stage| format!(" from {stage}"));
    report(
        run,
        name,
        format!("the deployment continues{}", stage.unwrap_or_default()),
    );
    Ok(NextAfterPause::Watch(Box::new(WatchRequest {
        definition: deployment.definition.clone(),
        target: deployment.target(service),
        answered: Some(pause),
        action: RequestedAction::Continue,
        ..request
    })))
}

/// Ends the wait of a CodeDeploy deployment: for the traffic to be rerouted or, after that, for the termination of the
/// original tasks.
async fn answer_code_deploy(
    run: &Run<'_>,
    existing: &ExistingService,
    action: ContinueAction,
) -> Result<NextAfterPause, Failure> {
    let name = existing.name.as_str();
    let request = run.options.wait.request(name, WatchTarget::InFlight);
    let named = existing.code_deploy.as_ref();
    let group = group_of(run.aws, run.cluster, &existing.service, named).await?;
    let Some(open) = deployment_in_progress(run.aws, &group).await? else {
        report(run, name, "nothing is paused".to_owned());
        return Ok(NextAfterPause::Watch(Box::new(request)));
    };
    let request = WatchRequest {
        target: WatchTarget::CodeDeploy { id: open.id.clone() },
        definition: definition_of(run.aws, &existing.service, &open).await,
        attached: true,
        ..request
    };
    if action == ContinueAction::Rollback {
        let target = TargetRequest {
            cluster: run.cluster,
            key: &existing.key,
            name,
            service: &existing.service,
            code_deploy: existing.code_deploy.as_ref(),
            to: None,
        };
        let plan = code_deploy::stop_plan(run.aws, &target, open).await;
        run.options.rollback.watch_ends(name, false);
        return Ok(NextAfterPause::RollBack(Box::new(plan)));
    }
    let (wait, what) = match (open.has_shifted, &open.status) {
        (true, _) => ("TERMINATION_WAIT", "CodeDeploy stops the original tasks now"),
        (false, CodeDeployStatus::Ready) => (READY_WAIT, "the traffic is rerouted"),
        (false, _) => {
            report(run, name, "nothing is paused".to_owned());
            return Ok(NextAfterPause::Watch(Box::new(request)));
        }
    };
    if run.options.rollback.is_requested() {
        return Ok(NextAfterPause::Watch(Box::new(request)));
    }
    run.aws.continue_code_deployment(&open.id, wait).await?;
    run.sink.emit(Event::Changed {
        service: name.to_owned(),
    });
    report(run, name, what.to_owned());
    Ok(NextAfterPause::Watch(Box::new(WatchRequest {
        answered: Some(HookPause {
            hook: READY_WAIT.to_owned(),
            stage: None,
        }),
        action: RequestedAction::Continue,
        ..request
    })))
}

fn report(run: &Run<'_>, service: &str, what: String) {
    run.sink.emit(Event::Asked {
        verb: "continue",
        service: service.to_owned(),
        what,
    });
}
