//! Services that are rolled back because a user asks for that (`ecsctl rollback`).

use futures_util::future::join_all;

use super::error::RollbackError;
use super::execute::{RollbackResult, execute};
use super::target::{RollbackPlan, find_plan};
use super::target_request::TargetRequest;
use crate::aws::Aws;
use crate::engine::{ExistingService, Run, RunReport};

/// Finds out how services are rolled back: to the revision `to`, else each to the last other one that was deployed
/// successfully.
pub async fn find_plans(
    aws: &Aws,
    cluster: &str,
    services: &[ExistingService],
    to: Option<&str>,
) -> (Vec<RollbackPlan>, Vec<RollbackError>) {
    let plans = services.iter().map(|existing| {
        let request = TargetRequest {
            cluster,
            key: &existing.key,
            name: &existing.name,
            service: &existing.service,
            to,
        };
        find_plan(aws, request)
    });
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for plan in join_all(plans).await {
        match plan {
            Ok(plan) => found.push(plan),
            Err(error) => errors.push(error),
        }
    }
    (found, errors)
}

/// Rolls services back as planned, side by side, and reports their results.
pub async fn roll_back_services(run: &Run<'_>, plans: &[RollbackPlan]) -> RunReport {
    let flows = plans.iter().map(|plan| roll_back(run, plan, "rollback"));
    RunReport::join(join_all(flows).await)
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
