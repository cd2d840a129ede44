//! Finds how a service is rolled back, by its deployment controller. Read-only.

use super::code_deploy;
use super::error::RollbackError;
use super::target::{RollbackPlan, find_ecs_plan, find_ecs_plan_in_progress};
use super::target_request::TargetRequest;
use crate::aws::Aws;

/// Plans how to roll a service back: by stopping the deployment in progress, else to the named revision, else
/// to the last successful revision other than the current one.
pub(super) async fn find_plan(aws: &Aws, request: TargetRequest<'_>) -> Result<RollbackPlan, RollbackError> {
    match request.service.is_code_deploy() {
        true => code_deploy::find_plan(aws, request).await,
        false => find_ecs_plan(aws, request).await,
    }
}

/// Plans the rollback of the deployment in progress; None if there is none. Ignores `request.to`.
pub(super) async fn find_in_progress_plan(
    aws: &Aws,
    request: TargetRequest<'_>,
) -> Result<Option<RollbackPlan>, RollbackError> {
    match request.service.is_code_deploy() {
        true => code_deploy::find_in_progress_plan(aws, request).await,
        false => find_ecs_plan_in_progress(aws, request).await,
    }
}
