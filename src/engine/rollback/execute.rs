//! One rollback: the call, and the watch until what ran before runs again.

use super::calls::{ContinueAction, continue_deployment, stop};
use super::error::RollbackError;
use super::in_progress::InProgressDeployment;
use super::target::{RollbackMethod, RollbackPlan};
use crate::diagnostic::Failure;
use crate::ecs::Deployment;
use crate::engine::apply::{Applier, Cancellation};
use crate::engine::watch::{ServiceResult, StartState, WatchResult};
use crate::engine::watch_request;
use crate::engine::{Run, RunReport};
use crate::model::prefixed;
use crate::model::{Event, short_definition};
use crate::verdict::{Verdict, WatchRequest, WatchTarget};

/// How a rollback ended.
pub(super) enum RollbackResult {
    /// What ran before runs again, or as far as it came.
    Ended(Box<ServiceResult>),
    /// What was to be stopped had succeeded before: it runs, and nothing was rolled back.
    TooLate(Box<ServiceResult>, RollbackError),
    /// A call failed, or its end can't be seen.
    Unfinished(RunReport),
}

/// Rolls one service back as planned. `verb` names it in events: `rollback`, `stop`.
pub(super) async fn execute(run: &Run<'_>, plan: &RollbackPlan, verb: &'static str) -> RollbackResult {
    let rollback = Rollback { run, plan, verb };
    match &plan.method {
        RollbackMethod::Stop(deployment) => {
            if let Err(error) = stop(run.aws, &plan.name, deployment).await {
                return failed(error);
            }
            rollback.report("the deployment", "is stopped and rolled back");
            rollback.watch_rolled_back(deployment).await
        }
        RollbackMethod::Continue(deployment, pause) => {
            let action = ContinueAction::Rollback;
            let called = continue_deployment(run.aws, &plan.name, deployment, &pause.hook, action).await;
            if let Err(error) = called {
                return failed(error);
            }
            rollback.report("the paused deployment", "is rolled back");
            rollback.watch_rolled_back(deployment).await
        }
        RollbackMethod::Await(deployment) => {
            rollback.report("the deployment", "is being rolled back already");
            rollback.watch_rolled_back(deployment).await
        }
        RollbackMethod::Update => match rollback.update().await {
            Ok(request) => rollback.watch_restored(request).await,
            Err(failure) => failed(failure),
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

struct Rollback<'a> {
    run: &'a Run<'a>,
    plan: &'a RollbackPlan,
    verb: &'static str,
}

impl Rollback<'_> {
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

    /// UpdateService with the older definition, unless another one was deployed since the plan.
    async fn update(&self) -> Result<WatchRequest, Failure> {
        let (run, plan) = (self.run, self.plan);
        // Whoever was asked may have taken their time.
        let now = run.watcher.describe(&plan.name).await.unwrap_or_else(|error| {
            tracing::debug!(error = %error.failure, "the service could not be read again");
            None
        });
        let now = now
            .filter(|service| !service.is_draining())
            .unwrap_or_else(|| plan.service.clone());
        let runs = now.primary().and_then(Deployment::short_definition);
        let from = plan.from.as_deref().map(short_definition);
        if let (Some(from), Some(runs)) = (from, runs.filter(|runs| Some(runs.as_str()) != from)) {
            let (service, asked) = (plan.name.clone(), from.to_owned());
            return Err(RollbackError::Overtaken { service, asked, runs }.into());
        }
        let applier = Applier::new(run.aws, run.cluster, run.sink);
        let applied = applier
            .service(&plan.plan, Some(&now), &Cancellation::never())
            .await?;
        run.sink.emit(Event::Changed {
            service: plan.name.clone(),
        });
        let target = applied.reply.as_ref().map_or(WatchTarget::InFlight, |reply| {
            WatchTarget::of_reply(applied.primary_before.as_deref(), reply)
        });
        Ok(WatchRequest {
            before: from.map(str::to_owned),
            ..self.restored(target, None)
        })
    }

    /// Watches the end of the deployment that is rolled back, then what it restores.
    async fn watch_rolled_back(&self, deployment: &InProgressDeployment) -> RollbackResult {
        let (run, plan) = (self.run, self.plan);
        let request = WatchRequest {
            definition: plan.from.clone(),
            // It was answered; a reply that still shows the pause is stale.
            wait_through_pause: true,
            undoing: true,
            ..run
                .options
                .wait
                .request(&plan.name, deployment.target(&plan.service))
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
            Verdict::Stable { .. } | Verdict::Deployed { .. } => {
                let revision = plan.from.as_deref().map_or("it", short_definition).to_owned();
                let service = plan.name.clone();
                RollbackResult::TooLate(result, RollbackError::TooLate { service, revision })
            }
            _ => {
                let to = plan.to.as_deref().map(short_definition);
                let requested = result.outcome.requested.take();
                result.outcome.requested = to.map(str::to_owned).or(requested);
                RollbackResult::Ended(result)
            }
        }
    }

    /// Watches until what is restored is stable.
    async fn watch_restored(&self, request: WatchRequest) -> RollbackResult {
        match self.run.watcher.watch(request.clone()).await {
            WatchResult::Ended(result) => {
                RollbackResult::Ended(Box::new(as_requested(*result, &request).back()))
            }
            other => unfinished(self.plan, other),
        }
    }

    /// The request to watch what is restored. `to` is what ECS restores, where the plan doesn't say.
    fn restored(&self, target: WatchTarget, to: Option<&str>) -> WatchRequest {
        let plan = self.plan;
        let to = plan.to.as_deref().or(to);
        let definition = (to, plan.definition.as_ref());
        watch_request::of_restored(&plan.name, target, definition, self.run.options.wait)
    }
}

fn failed(failure: impl Into<Failure>) -> RollbackResult {
    RollbackResult::Unfinished(RunReport::of_failure(failure))
}

/// A watch without a result: what goes on is the rollback, whichever part of it was watched.
fn unfinished(plan: &RollbackPlan, watched: WatchResult) -> RollbackResult {
    let mut report = RunReport::of_watch(watched, RunReport::of);
    for service in &mut report.unfinished {
        service.definition = plan.to.as_deref().map(|to| short_definition(to).to_owned());
    }
    RollbackResult::Unfinished(report)
}

/// Somebody may have deployed in between: a stable service that runs something else is not rolled back.
fn as_requested(result: ServiceResult, request: &WatchRequest) -> ServiceResult {
    let runs = result.outcome.task_definition.clone();
    let is_good = matches!(result.verdict, Verdict::Stable { .. } | Verdict::Deployed { .. });
    match request.short_definition() {
        Some(wanted) if is_good && runs.as_deref() != Some(wanted) => {
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
