//! Rolls back a rollout from the run that watches it: because it failed (`--rollback-on-failure`), or because
//! a user requested it (Ctrl-C).

use super::candidate::{RollbackCandidate, RollbackDecision};
use super::execute::{RollbackResult, execute};
use super::find::{find_in_progress_plan, find_plan};
use super::target::{RollbackPlan, current_definition};
use super::target_request::TargetRequest;
use crate::diagnostic::Failure;
use crate::ecs::Service;
use crate::engine::watch::WatchResult;
use crate::engine::{Run, RunReport, UnfinishedReason, UnfinishedService};
use crate::model::Value;

/// Rolls one service back, and reports its rollout as rolled back.
pub(super) async fn roll_back_rollout(run: &Run<'_>, mut candidate: RollbackCandidate) -> RunReport {
    match course_of(run, &candidate).await {
        Ok(RollbackDecision::RollBack(plan)) => {
            warn(run, &plan);
            candidate.learn(&plan);
            match execute(run, &plan, "rollback").await {
                RollbackResult::Ended(back) => run.report(candidate.rolled_back(&back)),
                RollbackResult::TooLate(end, error) => {
                    let mut report = run.report(candidate.result(&end));
                    report.add_failure(error);
                    report
                }
                RollbackResult::Unfinished(report) => without_rollback(run, &candidate, report),
            }
        }
        Ok(RollbackDecision::Watch(request)) => match run.watcher.watch(*request).await {
            WatchResult::Ended(end) => run.report(candidate.result(&end)),
            other => without_rollback(run, &candidate, RunReport::of_watch(other, RunReport::of)),
        },
        Ok(RollbackDecision::Leave) => leave(run, candidate),
        Err(failure) => not_possible(run, candidate, failure),
    }
}

/// Decides what to do, from the current state in ECS.
async fn course_of(run: &Run<'_>, candidate: &RollbackCandidate) -> Result<RollbackDecision, Failure> {
    let name = candidate.progress.request.service.as_str();
    let described = run.watcher.describe(name).await?;
    // The semaphore is never closed.
    let _permit = run.rollback_targets.acquire().await;
    let service = described.unwrap_or_else(|| Service::read(Value::Null));
    let request = TargetRequest {
        cluster: run.cluster,
        key: name,
        name,
        service: &service,
        // Known by the deployment of this run.
        code_deploy: None,
        to: None,
    };
    let plan = match candidate.is_of_this_run() {
        true => find_plan(run.aws, request).await.map(Some),
        false => find_in_progress_plan(run.aws, request).await,
    };
    Ok(candidate.course(plan, current_definition(&service).as_deref())?)
}

fn warn(run: &Run<'_>, plan: &RollbackPlan) {
    for warning in &plan.warnings {
        run.sink
            .warn(Some(&plan.name), format!("{}: {warning}", plan.name), None);
    }
}

/// The rollback has no result: a failed rollout stays failed, one in progress continues. `report` has the
/// failures.
fn without_rollback(run: &Run<'_>, candidate: &RollbackCandidate, mut report: RunReport) -> RunReport {
    report.unfinished.clear();
    report.add(match &candidate.failed {
        Some(failed) => run.report(failed.clone()),
        None => RunReport::of_unfinished(candidate.unfinished()),
    });
    report
}

/// This run started nothing that can be rolled back.
fn leave(run: &Run<'_>, candidate: RollbackCandidate) -> RunReport {
    let unfinished = UnfinishedService {
        reason: UnfinishedReason::NothingToRollBack,
        ..candidate.unfinished()
    };
    let Some(failed) = candidate.failed else {
        return RunReport::of_unfinished(unfinished);
    };
    let error = unfinished.error();
    run.sink.warn(
        error.resource.as_deref(),
        format!("not rolled back: {}", error.message),
        error.hint,
    );
    run.report(failed)
}

/// It can't be rolled back: a failed rollout stays failed, one in progress continues.
fn not_possible(run: &Run<'_>, candidate: RollbackCandidate, failure: Failure) -> RunReport {
    let unfinished = candidate.unfinished();
    let Some(failed) = candidate.failed else {
        let mut report = RunReport::of_unfinished(unfinished);
        report.add_failure(failure);
        return report;
    };
    run.sink.warn(
        failure.resource.as_deref(),
        format!("not rolled back: {failure}"),
        failure.hint.clone(),
    );
    run.report(failed)
}
