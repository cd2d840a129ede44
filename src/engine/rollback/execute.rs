//! One rollback: the API call, then the watch until the previous revision is stable.

use super::code_deploy;
use super::error::{superseded_meanwhile, too_late};
use super::in_progress::InProgressDeployment;
use super::target::{RollbackMethod, RollbackPlan};
use crate::aws::{Aws, AwsError};
use crate::diagnostic::Failure;
use crate::ecs::{Deployment, ServiceDeployment, ServiceDeploymentStatus};
use crate::engine::apply::{Cancellation, ServiceApplier};
use crate::engine::polling::retry_write;
use crate::engine::refused_request::with_cause;
use crate::engine::watch::{ServiceResult, StartState, WatchResult};
use crate::engine::{Run, RunReport, watch_request};
use crate::model::{Event, prefixed, short_definition};
use crate::verdict::{RequestedAction, Verdict, WatchRequest, WatchTarget};

/// How a rollback ended.
pub(super) enum RollbackResult {
    /// The result of the restored revision, successful or not.
    Ended(Box<ServiceResult>),
    /// The deployment succeeded before it could be stopped: it runs, and nothing was rolled back.
    TooLate(Box<ServiceResult>, Failure),
    /// A call failed, or the rollback can no longer be watched.
    Unfinished(RunReport),
}

/// Rolls one service back as planned. `verb` names it in events: `rollback`, `stop`.
pub(super) async fn execute(run: &Run<'_>, plan: &RollbackPlan, verb: &'static str) -> RollbackResult {
    let rollback = RollbackExecution { run, plan, verb };
    match &plan.method {
        RollbackMethod::Stop(deployment) => {
            if let Err(error) = stop(run.aws, &plan.name, deployment).await {
                return rollback.failed(error);
            }
            rollback.report("the deployment", "is being stopped and rolled back");
            rollback.watch_rolled_back(deployment.target(&plan.service)).await
        }
        RollbackMethod::Continue(deployment, pause) => {
            let action = ContinueAction::Rollback;
            let called = continue_deployment(run.aws, &plan.name, deployment, &pause.hook, action).await;
            if let Err(error) = called {
                return rollback.failed(error);
            }
            rollback.report("the paused deployment", "is being rolled back");
            rollback.watch_rolled_back(deployment.target(&plan.service)).await
        }
        RollbackMethod::Await(deployment) => {
            rollback.report("the deployment", "is already being rolled back");
            rollback.watch_rolled_back(deployment.target(&plan.service)).await
        }
        RollbackMethod::StopCodeDeploy(deployment) => {
            let what = match deployment.is_rollback {
                true => "is already being rolled back",
                false => {
                    if let Err(error) = code_deploy::stop(run.aws, deployment).await {
                        return rollback.failed(error);
                    }
                    "is being stopped and rolled back"
                }
            };
            rollback.report("the deployment", what);
            let id = deployment.id.clone();
            rollback.watch_rolled_back(WatchTarget::CodeDeploy { id }).await
        }
        RollbackMethod::Update => match rollback.update().await {
            Ok(request) => rollback.watch_restored(request).await,
            Err(failure) => rollback.failed(failure),
        },
        RollbackMethod::None => {
            let request = rollback.restored(WatchTarget::Restored, None);
            match run.steady_state().state_of(request, &plan.service).await {
                StartState::Watch(request) => rollback.watch_restored(*request).await,
                StartState::Ended(result) => RollbackResult::Ended(result),
            }
        }
    }
}

struct RollbackExecution<'a> {
    run: &'a Run<'a>,
    plan: &'a RollbackPlan,
    verb: &'static str,
}

impl RollbackExecution<'_> {
    fn failed(&self, failure: impl Into<Failure>) -> RollbackResult {
        let name = &self.plan.name;
        RollbackResult::Unfinished(RunReport::of_failed_service(name, with_cause(failure, name)))
    }

    fn report(&self, subject: &str, what: &str) {
        let plan = self.plan;
        self.run.sink.emit(Event::Changed {
            service: plan.name.clone(),
        });
        let of = plan.from.as_deref().map(short_definition);
        let of = prefixed(" of ", of);
        let to = plan.to.as_deref().map(short_definition);
        let to = prefixed(" to ", to);
        self.run.sink.emit(Event::Asked {
            verb: self.verb,
            service: plan.name.clone(),
            what: format!("{subject}{of} {what}{to}"),
        });
    }

    /// Calls UpdateService with the older revision, unless another one was deployed since the plan.
    async fn update(&self) -> Result<WatchRequest, Failure> {
        let (run, plan) = (self.run, self.plan);
        // Time may have passed since the plan, e.g. at the confirmation prompt.
        let now = run
            .describe(&plan.name)
            .await
            .unwrap_or_else(|| plan.service.clone());
        let runs = now.primary().and_then(Deployment::short_definition);
        let from = plan.from.as_deref().map(short_definition);
        if let (Some(from), Some(runs)) = (from, runs.filter(|runs| Some(runs.as_str()) != from)) {
            return Err(superseded_meanwhile(&plan.name, from, &runs));
        }
        let applier =
            ServiceApplier::new(run.aws, run.cluster, run.sink).waiting(run.options.wait.timeout, false);
        let applied = applier
            .service(&plan.plan, Some(&now), &Cancellation::never())
            .await?;
        run.sink.emit(Event::Changed {
            service: plan.name.clone(),
        });
        Ok(WatchRequest {
            before: from.map(str::to_owned),
            ..self.restored(watch_request::target_of(&applied, true), None)
        })
    }

    /// Watches the deployment being rolled back until it ends, then the restored revision.
    async fn watch_rolled_back(&self, target: WatchTarget) -> RollbackResult {
        let (run, plan) = (self.run, self.plan);
        let request = WatchRequest {
            definition: plan.from.clone(),
            // The pause was already handled; a response that still shows it is stale.
            wait_through_pause: true,
            undoing: true,
            ..run.options.wait.request(&plan.name, target)
        };
        let mut result = match run.watcher.watch(request).await {
            WatchResult::Ended(result) => result,
            other => return unfinished(plan, other),
        };
        match &result.verdict {
            Verdict::RolledBack {
                to, complete: true, ..
            } => {
                let request = self.restored(WatchTarget::Restored, to.as_deref());
                self.watch_restored(request).await
            }
            Verdict::Stable { .. } | Verdict::Protected { .. } | Verdict::Deployed { .. } => {
                let revision = plan.from.as_deref().map_or("it", short_definition);
                RollbackResult::TooLate(result, too_late(&plan.name, revision))
            }
            _ => {
                let to = plan.to.as_deref().map(short_definition);
                let requested = result.outcome.requested.take();
                result.outcome.requested = to.map(str::to_owned).or(requested);
                RollbackResult::Ended(result)
            }
        }
    }

    /// Watches until the restored revision is stable.
    async fn watch_restored(&self, request: WatchRequest) -> RollbackResult {
        match self.run.watcher.watch(request.clone()).await {
            WatchResult::Ended(result) => RollbackResult::Ended(Box::new(as_requested(*result, &request))),
            other => unfinished(self.plan, other),
        }
    }

    /// The watch request for the restored revision. `to` is the revision that ECS restores if the plan
    /// doesn't know it.
    fn restored(&self, target: WatchTarget, to: Option<&str>) -> WatchRequest {
        let plan = self.plan;
        let to = plan.to.as_deref().or(to);
        let definition = (to, plan.definition.as_ref());
        WatchRequest {
            action: RequestedAction::Restore,
            ..watch_request::of_restored(&plan.name, target, definition, self.run.options.wait)
        }
    }
}

/// A watch without a result: the rollback continues, whichever part of it was watched.
fn unfinished(plan: &RollbackPlan, watched: WatchResult) -> RollbackResult {
    let mut report = RunReport::of_watch(watched, RunReport::of);
    for service in &mut report.unfinished {
        service.definition = plan.to.as_deref().map(|to| short_definition(to).to_owned());
    }
    RollbackResult::Unfinished(report)
}

/// Another user may have deployed in between: a stable service that runs another revision is not rolled back.
fn as_requested(result: ServiceResult, request: &WatchRequest) -> ServiceResult {
    let runs = result.outcome.task_definition.clone();
    let is_success = matches!(
        result.verdict,
        Verdict::Stable { .. } | Verdict::Protected { .. } | Verdict::Deployed { .. }
    );
    match request.short_definition() {
        Some(wanted) if is_success && runs.as_deref() != Some(wanted) => {
            let verdict = Verdict::Superseded {
                by: result.outcome.deployment.clone(),
                definition: runs,
                at: None,
            };
            result.judged(request, result.outcome.failures.clone(), verdict)
        }
        _ => result,
    }
}

/// The `action` of ContinueServiceDeployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContinueAction {
    /// Go on to the next stage.
    Continue,
    /// Return to the previous revision.
    Rollback,
}

impl ContinueAction {
    fn text(self) -> &'static str {
        match self {
            Self::Continue => "CONTINUE",
            Self::Rollback => "ROLLBACK",
        }
    }
}

/// StopServiceDeployment: ECS returns to the previous revision. "You can use this option even if you didn't
/// configure the service deployment for the rollback option" (API reference).
pub async fn stop(aws: &Aws, service: &str, in_progress: &InProgressDeployment) -> Result<(), AwsError> {
    let arn = in_progress.deployment.arn.as_str();
    retry_write(
        aws.clock(),
        || Box::pin(aws.stop_service_deployment(service, arn)),
        || {
            Box::pin(async {
                let now = describe_deployment(aws, arn).await?;
                let is_running = |it: ServiceDeployment| {
                    matches!(
                        it.status,
                        ServiceDeploymentStatus::Pending | ServiceDeploymentStatus::InProgress
                    )
                };
                Ok(now.is_some_and(|it| !is_running(it)).then_some(()))
            })
        },
        |_| false,
    )
    .await
}

/// ContinueServiceDeployment: continues the deployment that a hook paused, or rolls it back.
pub async fn continue_deployment(
    aws: &Aws,
    service: &str,
    in_progress: &InProgressDeployment,
    hook: &str,
    action: ContinueAction,
) -> Result<(), AwsError> {
    let arn = in_progress.deployment.arn.as_str();
    retry_write(
        aws.clock(),
        || Box::pin(aws.continue_service_deployment(service, arn, hook, action.text())),
        || {
            Box::pin(async {
                let now = describe_deployment(aws, arn).await?;
                let is_paused = |it: &ServiceDeployment| it.pause().is_some_and(|pause| pause.id == hook);
                Ok(now.is_some_and(|it| !is_paused(&it)).then_some(()))
            })
        },
        |_| false,
    )
    .await
}

async fn describe_deployment(aws: &Aws, arn: &str) -> Result<Option<ServiceDeployment>, AwsError> {
    let found = aws.describe_service_deployments(&[arn.to_owned()]).await?;
    Ok(found.into_iter().next())
}
