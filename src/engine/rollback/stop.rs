//! Deployments in progress that are stopped because a user asks for that (`ecsctl stop`).

use futures_util::future::join_all;

use super::error::RollbackError;
use super::in_progress::in_progress_deployment;
use super::roll_back::roll_back;
use super::target::{RollbackPlan, stop_plan};
use crate::engine::watch::ServiceResult;
use crate::engine::{ExistingService, Run, RunReport};
use crate::verdict::{Figures, Verdict, WatchTarget};

/// Stops what is in progress for services, side by side, and watches each until what ran before runs again.
pub async fn stop_services(run: &Run<'_>, services: &[ExistingService]) -> RunReport {
    let flows = services
        .iter()
        .map(async |existing| match find(run, existing).await {
            Ok(Some(plan)) => roll_back(run, &plan, "stop").await,
            Ok(None) => run.report(nothing_in_progress(run, existing)),
            Err(error) => RunReport::of_failure(error),
        });
    RunReport::join(join_all(flows).await)
}

async fn find(run: &Run<'_>, existing: &ExistingService) -> Result<Option<RollbackPlan>, RollbackError> {
    // The semaphore is never closed.
    let _permit = run.rollback_targets.acquire().await;
    let (name, service) = (existing.name.as_str(), &existing.service);
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
    let figures = Figures::of(&existing.service);
    let result = ServiceResult::new(&request, &figures, Vec::new(), Verdict::Unchanged { exercised });
    ServiceResult {
        summary: format!("{name}: nothing is in flight"),
        ..result
    }
}
