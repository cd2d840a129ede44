//! `ecsctl rollback` and `ecsctl stop`: roll services back on request.

use futures_util::future::join_all;

use super::code_deploy;
use super::error::RollbackError;
use super::execute::{RollbackResult, execute};
use super::find::find_plan;
use super::in_progress::in_progress_deployment;
use super::target::{RollbackPlan, stop_plan};
use super::target_request::TargetRequest;
use crate::aws::Aws;
use crate::engine::watch::ServiceResult;
use crate::engine::{ExistingService, Run, RunReport};
use crate::verdict::{RolloutCounts, Verdict, WatchTarget};

/// Plans how to roll services back: to the revision `to`, else each to the last other revision that was
/// deployed successfully. Also returns the report of those that can't be rolled back.
pub async fn find_plans(
    aws: &Aws,
    cluster: &str,
    services: &[ExistingService],
    to: Option<&str>,
) -> (Vec<RollbackPlan>, RunReport) {
    let plans = services.iter().map(async |existing| {
        let request = TargetRequest {
            cluster,
            key: &existing.key,
            name: &existing.name,
            service: &existing.service,
            code_deploy: existing.code_deploy.as_ref(),
            to,
        };
        let plan = find_plan(aws, request).await;
        plan.map_err(|error| RunReport::of_failed_service(&existing.name, error))
    });
    let (mut found, mut failed) = (Vec::new(), RunReport::default());
    for plan in join_all(plans).await {
        match plan {
            Ok(plan) => found.push(plan),
            Err(report) => failed.add(report),
        }
    }
    (found, failed)
}

/// Rolls services back as planned, concurrently, and reports their results.
pub async fn roll_back_services(run: &Run<'_>, plans: &[RollbackPlan]) -> RunReport {
    run.join(plans.iter().map(|plan| roll_back(run, plan, "rollback")))
        .await
}

/// Rolls one service back as planned, and reports its result. `verb` names it in events.
pub(super) async fn roll_back(run: &Run<'_>, plan: &RollbackPlan, verb: &'static str) -> RunReport {
    match execute(run, plan, verb).await {
        RollbackResult::Ended(result) => run.report(*result),
        RollbackResult::TooLate(result, error) => {
            let mut report = run.report(*result);
            report.add_failure(error);
            report
        }
        RollbackResult::Unfinished(report) => report,
    }
}

/// Stops the services' deployments in progress, concurrently, and watches each until the previous revision is
/// stable.
pub async fn stop_services(run: &Run<'_>, services: &[ExistingService]) -> RunReport {
    let flows = services
        .iter()
        .map(async |existing| match find(run, existing).await {
            Ok(Some(plan)) => roll_back(run, &plan, "stop").await,
            Ok(None) => run.report(nothing_in_progress(run, existing)),
            Err(error) => RunReport::of_failed_service(&existing.name, error),
        });
    run.join(flows).await
}

async fn find(run: &Run<'_>, existing: &ExistingService) -> Result<Option<RollbackPlan>, RollbackError> {
    // The semaphore is never closed.
    let _permit = run.rollback_targets.acquire().await;
    let (name, service) = (existing.name.as_str(), &existing.service);
    if service.is_code_deploy() {
        let request = TargetRequest {
            cluster: run.cluster,
            key: &existing.key,
            name,
            service,
            code_deploy: existing.code_deploy.as_ref(),
            to: None,
        };
        return code_deploy::find_in_progress_plan(run.aws, request).await;
    }
    match in_progress_deployment(run.aws, run.cluster, name, service).await? {
        Some(deployment) => stop_plan(run.aws, (&existing.key, name), service, deployment)
            .await
            .map(Some),
        None => Ok(None),
    }
}

fn nothing_in_progress(run: &Run<'_>, existing: &ExistingService) -> ServiceResult {
    let name = &existing.name;
    let exercised = existing.service.desired_count.is_some_and(|desired| desired > 0);
    let request = run.options.wait.request(name, WatchTarget::InFlight);
    let figures = RolloutCounts::of(&existing.service);
    let result = ServiceResult::new(&request, &figures, Vec::new(), Verdict::Unchanged { exercised });
    ServiceResult {
        summary: format!("{name}: no deployment in progress"),
        ..result
    }
}
