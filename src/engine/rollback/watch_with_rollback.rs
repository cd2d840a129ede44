//! Watches a rollout until it ends, and rolls it back if it fails or a user requests it.

use std::pin::pin;

use super::candidate::RollbackCandidate;
use super::on_failure::roll_back_rollout;
use crate::diagnostic::Suggestion;
use crate::engine::watch::{ServiceResult, WatchResult};
use crate::engine::{Run, RunReport};
use crate::exit::Exit;
use crate::model::CodeDeployNames;
use crate::verdict::{WatchRequest, WatchTarget};

/// Watches a service until its rollout ends. Rolls it back if a user requests that meanwhile, or if it fails
/// and `on_failure` is set.
pub async fn watch_with_rollback(run: &Run<'_>, request: WatchRequest, on_failure: bool) -> RunReport {
    let report = watch_unless(run, request, on_failure, |_| false).await;
    // Always reported.
    report.unwrap_or_default()
}

/// The same, but a result that `is_passed_over` is neither reported nor rolled back: the caller goes on (None).
pub async fn watch_unless(
    run: &Run<'_>,
    request: WatchRequest,
    on_failure: bool,
    is_passed_over: impl Fn(&ServiceResult) -> bool,
) -> Option<RunReport> {
    let rollback = run.options.rollback;
    rollback.watch_begins(&request);
    let watched = run.watcher.watch_until_rollback(request.clone()).await;
    let succeeded = matches!(&watched, WatchResult::Ended(result) if result.exit() == Exit::Done);
    if matches!(&watched, WatchResult::Ended(result) if is_passed_over(result)) {
        return None;
    }
    let was_rollout = rollback.watch_ends(&request.service, succeeded);
    let candidate = match &watched {
        WatchResult::Cut(progress) => Some(RollbackCandidate::requested(progress.clone())),
        WatchResult::Ended(result) => {
            RollbackCandidate::of_result(&request, result, on_failure, rollback.is_requested())
        }
        WatchResult::NotFound(_) | WatchResult::Unwatchable(_) => None,
    };
    Some(match candidate {
        Some(candidate) => roll_back_rollout(run, candidate).await,
        None => {
            let report = RunReport::of_watch(watched, |result| run.report(result));
            if rollback.is_requested() && was_rollout && succeeded {
                warn_not_rolled_back(run, &request.service);
            }
            report
        }
    })
}

/// Watches the deployments in progress of these services, by name.
pub async fn wait_for_services(run: &Run<'_>, services: &[(Option<CodeDeployNames>, String)]) -> RunReport {
    let flows = services.iter().map(async |(names, service)| {
        let request = WatchRequest {
            known: false,
            attached: true,
            code_deploy: names.clone(),
            ..run.options.wait.request(service, WatchTarget::InFlight)
        };
        watch_with_rollback(run, request, false).await
    });
    join_until_rollback(run, flows).await
}

/// Runs the services' flows concurrently. On a rollback request, warns about services that already succeeded.
pub async fn join_until_rollback(
    run: &Run<'_>,
    flows: impl IntoIterator<Item = impl Future<Output = RunReport>>,
) -> RunReport {
    let rollback = run.options.rollback;
    let token = rollback.token();
    let mut flows = pin!(run.join(flows));
    tokio::select! {
        biased;
        () = token.cancelled() => {}
        report = &mut flows => return report,
    }
    for service in rollback.succeeded() {
        warn_not_rolled_back(run, &service);
    }
    flows.await
}

fn warn_not_rolled_back(run: &Run<'_>, service: &str) {
    run.sink.warn(
        Some(service),
        format!("{service} was not rolled back: its deployment ended before you requested the rollback"),
        Some(Suggestion::command("rollback", service.to_owned()).then(" deploys the previous revision")),
    );
}
