//! The deploy of one service: its dependencies, its change, and the watch until it finishes or is rolled
//! back.

use std::cell::RefCell;
use std::future::ready;

use futures_util::future::join;
use tokio::sync::SetOnce;

use super::moved_base::MovingBase;
use super::service_jobs::{JobTarget, OwnDefinitions, ServiceJobs};
use super::turn::ServiceTurn;
use crate::diagnostic::{Failure, Suggestion};
use crate::ecs::Service;
use crate::engine::apply::{
    AppliedChange, ApplyError, Cancellation, ScheduleApplier, ServiceApplier, WriteGate, apply_scaling,
};
use crate::engine::code_deploy::deployment_in_progress;
use crate::engine::refused_request::with_cause;
use crate::engine::rollback::watch_unless;
use crate::engine::watch::{ServiceResult, StartState, superseded_before_change};
use crate::engine::{Run, RunReport, UnfinishedReason, UnfinishedService, watch_request};
use crate::model::{
    DefinitionPlan, Event, JobResult, JobStage, Manifest, SchedulePlan, ServiceAction, ServicePlan,
    short_definition,
};
use crate::plan::{ObservedService, ScalableTarget};
use crate::verdict::{Verdict, WaitUntil, WatchRequest, WatchTarget};

/// The deploy of one service.
pub(super) struct ServiceDeploy<'a> {
    pub run: &'a Run<'a>,
    pub applier: &'a ServiceApplier<'a>,
    pub plan: &'a ServicePlan,
    pub observed: &'a ObservedService,
    pub manifest: &'a Manifest,
    pub turn: &'a ServiceTurn<'a>,
    pub on_failure: bool,
    /// Where failures of autoscaling and schedules go: the service itself is deployed anyway.
    pub side_failures: &'a RefCell<Vec<Failure>>,
    pub schedules: ScheduleApplier<'a>,
    pub own_definitions: &'a OwnDefinitions,
    /// Where the results of its jobs go: they also count if it is planned again.
    pub job_results: &'a RefCell<Vec<JobResult>>,
}

/// How far the deploy of a service got.
pub(super) enum DeployStep {
    /// To its end.
    Ended(RunReport),
    /// The base changed before anything was written to the service: it is planned again.
    PlanAgain,
    /// Another deployment came first: it waits for its turn, and is planned again.
    Queue,
}

impl ServiceDeploy<'_> {
    /// Runs the deploy, from waiting for dependencies to the result. `dependencies` are the names of the services
    /// that it depends on, and whether each became stable.
    pub async fn run(&self, dependencies: &[(&str, &SetOnce<bool>)]) -> DeployStep {
        let (run, name) = (self.run, self.plan.name.as_str());
        let rollback = run.options.rollback.token();
        let failed = rollback
            .run_until_cancelled(failed_dependency(dependencies))
            .await;
        if run.options.rollback.is_requested() {
            return DeployStep::Ended(not_started(name));
        }
        if let Some(Some(other)) = failed {
            let reason = UnfinishedReason::DependencyFailed(other.to_owned());
            return DeployStep::Ended(unfinished(name, reason));
        }
        let cancellation = Cancellation::new(rollback);
        let canceled = || match cancellation.has_set_tags() {
            true => unfinished(name, UnfinishedReason::OnlyTagged),
            false => not_started(name),
        };
        DeployStep::Ended(match cancellation.run(self.start(&cancellation)).await {
            None => canceled(),
            Some(Ok(None)) => return DeployStep::PlanAgain,
            Some(Err(error)) if error.is_cancelled() => canceled(),
            Some(Err(error)) if self.turn.awaits(&error) => {
                if cancellation.has_set_tags() {
                    self.turn.tags_were_set();
                }
                return DeployStep::Queue;
            }
            Some(Err(error)) => {
                if cancellation.has_set_tags() {
                    self.turn.tags_were_set();
                }
                self.turn.failed(with_cause(error, name))
            }
            Some(Ok(Some(StartState::Ended(result)))) if self.turn.is_taken_by(&result) => {
                return DeployStep::Queue;
            }
            Some(Ok(Some(StartState::Ended(result)))) => {
                self.repoint(self.attach_after(run.report(*result)).await).await
            }
            Some(Ok(Some(StartState::Watch(request)))) => {
                let request = WatchRequest {
                    takes_turns: self.turn.waits(),
                    ..*request
                };
                let is_taken = |result: &ServiceResult| self.turn.is_taken_by(result);
                match watch_unless(run, request, self.on_failure, is_taken).await {
                    Some(report) => self.repoint(self.run_after(report).await).await,
                    None => return DeployStep::Queue,
                }
            }
        })
    }

    /// Applies the service's part of the plan; without a change, evaluates its current state. `None` if the base of
    /// its task definition is another than that of the plan: ECS has no conditional write, so it is read right
    /// before one.
    async fn start(&self, cancellation: &Cancellation) -> Result<Option<StartState>, ApplyError> {
        let base = self
            .manifest
            .services
            .get(&self.plan.key)
            .and_then(MovingBase::of);
        let seen = self.read_live(base).await?;
        if self.has_moved(base, seen.as_ref()).await? {
            return Ok(None);
        }
        self.start_on(base, seen, cancellation).await
    }

    async fn start_on(
        &self,
        base: Option<MovingBase<'_>>,
        seen: Option<Service>,
        cancellation: &Cancellation,
    ) -> Result<Option<StartState>, ApplyError> {
        let observed = self.observed.service.as_ref();
        let started = match &self.plan.action {
            ServiceAction::Keep => self.keep_or_scale(seen).await,
            ServiceAction::Create { .. } => {
                self.run.options.rollback.has_no_target(&self.plan.name);
                if !self.plan.before_deploy.is_empty() {
                    let definition = self.applier.register(self.plan).await?;
                    self.run_before(&definition, None).await?;
                }
                self.apply(observed, cancellation).await
            }
            ServiceAction::Update { new_definition, .. } => {
                let is_started = self.is_deployed_by_code_deploy(observed).await?;
                let (definition, now) = match base {
                    _ if self.turn.is_kept() && !is_started => self.register_in_turn().await?,
                    Some(MovingBase::Live) => {
                        let definition = self.applier.register(self.plan).await?;
                        (definition, self.read_live(base).await?)
                    }
                    Some(MovingBase::Latest(_)) | None => {
                        let (definition, now) = join(self.applier.register(self.plan), self.describe()).await;
                        (definition?, now)
                    }
                };
                if base == Some(MovingBase::Live) && self.has_moved(base, now.as_ref()).await? {
                    self.applier.is_not_used(&definition);
                    return Ok(None);
                }
                if let Some(runs) = self.applied_meanwhile(&definition, now.as_ref()).await {
                    self.scale().await;
                    let request = self.planned_request(&runs);
                    let steady = self.run.steady_state();
                    let state = steady.current_state(request, observed, ready(now)).await;
                    return Ok(Some(state));
                }
                let request = self.planned_request(&definition);
                if let Some(now) = now.as_ref().filter(|_| !new_definition)
                    && let Some(state) = superseded_before_change(&request, now)
                {
                    return Ok(Some(state));
                }
                if self.plan.before_deploy.is_empty() || is_started {
                    return self
                        .apply(now.as_ref().or(observed), cancellation)
                        .await
                        .map(Some);
                }
                self.run_before(&definition, now.as_ref().or(observed)).await?;
                // The jobs may have taken long.
                let now = match base {
                    Some(MovingBase::Live) => self.read_live(base).await?,
                    Some(MovingBase::Latest(_)) | None => self.describe().await,
                };
                if self.has_moved(base, now.as_ref()).await? {
                    self.applier.is_not_used(&definition);
                    return Ok(None);
                }
                self.apply(now.as_ref().or(observed), cancellation).await
            }
        };
        started.map(Some)
    }

    /// Whether an earlier run has created the CodeDeploy deployment already, after its jobs. Fails if another is in
    /// progress, before any write: CodeDeploy can't replace it.
    async fn is_deployed_by_code_deploy(&self, observed: Option<&Service>) -> Result<bool, ApplyError> {
        let Some(plan) = self.plan.code_deployment() else {
            return Ok(false);
        };
        let definition = self.plan_definition();
        let found = self
            .applier
            .find_code_deployment(&self.plan.name, plan, definition, observed);
        Ok(found.await?.is_some())
    }

    fn jobs(&self) -> ServiceJobs<'_> {
        ServiceJobs {
            run: self.run,
            manifest: self.manifest,
            plan: self.plan,
            own: self.own_definitions,
        }
    }

    /// Runs the jobs before the change, on the new revision. If one fails, the revision is not used, unless its task
    /// continues: the next run looks for that.
    async fn run_before(&self, definition: &str, live: Option<&Service>) -> Result<(), ApplyError> {
        let target = JobTarget {
            stage: JobStage::BeforeDeploy,
            definition,
            observed: self.observed.running_definition.as_ref(),
            live,
            deployment: live.and_then(Service::primary_id),
        };
        let (results, ended) = self.jobs().run_all(&self.plan.before_deploy, target).await;
        self.job_results.borrow_mut().extend(results);
        ended.map_err(|failed| {
            if !failed.continues() {
                self.applier.is_not_used(definition);
            }
            ApplyError::Job(failed.failure)
        })
    }

    /// Runs the jobs after the deploy, if the service is stable.
    async fn run_after(&self, report: RunReport) -> RunReport {
        self.after(report, true).await
    }

    /// Where nothing changes, only watches what an earlier run started.
    async fn attach_after(&self, report: RunReport) -> RunReport {
        self.after(report, false).await
    }

    async fn after(&self, mut report: RunReport, is_new: bool) -> RunReport {
        let spec = self.manifest.services.get(&self.plan.key);
        let names = spec.map(|spec| spec.after_deploy.as_slice()).unwrap_or_default();
        if names.is_empty() || !report.is_good() || !(is_new || self.observed.service.is_some()) {
            return report;
        }
        let Some(result) = report.services.pop() else {
            return report;
        };
        let now = match is_new {
            true => self.run.describe(&self.plan.name).await,
            false => None,
        };
        let live = now.as_ref().or(self.observed.service.as_ref());
        let target = JobTarget {
            stage: JobStage::AfterDeploy,
            definition: live
                .and_then(|it| it.task_definition.as_deref())
                .unwrap_or_default(),
            observed: self.observed.running_definition.as_ref(),
            live,
            deployment: result
                .outcome
                .deployment
                .as_deref()
                .or(live.and_then(Service::primary_id)),
        };
        let jobs = self.jobs();
        let (results, ended) = match is_new {
            true => jobs.run_all(names, target).await,
            false => jobs.attach_all(names, target).await,
        };
        self.job_results.borrow_mut().extend(results);
        match ended {
            Ok(()) => report.services.push(result),
            Err(failed) => {
                let result = result.with_failed_job(&failed.failure);
                report.add(self.run.report(result));
            }
        }
        report
    }

    /// Points the schedules of the service's jobs at the revision that it runs, if that is known to work.
    async fn repoint(&self, mut report: RunReport) -> RunReport {
        let changed = self.plan.schedules.iter().filter(|it| it.is_change());
        let changed: Vec<&SchedulePlan> = changed.collect();
        if changed.is_empty() {
            return report;
        }
        let until = self.run.options.wait.until;
        let is_final = |it: &ServiceResult| it.outcome.is_final || until == WaitUntil::Stable;
        let is_deployed = report.is_good() && report.services.iter().all(is_final);
        let definition = match is_deployed {
            true => self.deployed_definition(&report).await,
            false => None,
        };
        let Some(definition) = definition else {
            for schedule in changed {
                self.warn_of_former_revision(schedule);
            }
            return report;
        };
        for schedule in changed {
            match self.schedules.apply(schedule, &definition).await {
                Ok(result) => report.of_jobs.schedules.extend(result),
                Err(error) => {
                    let mut failure = with_cause(error, &self.plan.name);
                    let note = format!(
                        "service {} is deployed; the next deploy schedules the job",
                        self.plan.name
                    );
                    failure.details.push(note);
                    self.side_failures.borrow_mut().push(failure);
                }
            }
        }
        report
    }

    /// Returns the ARN of the revision that the service runs.
    async fn deployed_definition(&self, report: &RunReport) -> Option<String> {
        let planned = self.applier.register(self.plan).await.ok()?;
        let runs = report.services.first()?.outcome.task_definition.as_deref();
        let prefix = planned.rsplit_once('/').map(|(prefix, _)| prefix);
        Some(match (prefix, runs) {
            (Some(prefix), Some(runs)) => format!("{prefix}/{runs}"),
            _ => planned,
        })
    }

    fn warn_of_former_revision(&self, schedule: &SchedulePlan) {
        let name = &schedule.name;
        let message = match &schedule.runs {
            Some(arn) => format!(
                "schedule {name} is not changed: it still runs {}",
                short_definition(arn)
            ),
            None => format!("schedule {name} is not created"),
        };
        self.run.sink.warn(Some(&self.plan.name), message, None);
    }

    /// Reads the service again if its task definition is the base.
    async fn read_live(&self, base: Option<MovingBase<'_>>) -> Result<Option<Service>, ApplyError> {
        let Some(base) = base else {
            return Ok(None);
        };
        let read = base.read_service(self.run.aws, self.run.cluster, &self.plan.name);
        read.await.map_err(ApplyError::Unread)
    }

    /// Whether the base changed since the plan. `now` is the service as it was read again.
    async fn has_moved(
        &self,
        base: Option<MovingBase<'_>>,
        now: Option<&Service>,
    ) -> Result<bool, ApplyError> {
        let Some(base) = base else {
            return Ok(false);
        };
        let planned = (self.plan.name.as_str(), self.observed);
        let moved = base.has_moved(planned, now, self.applier).await;
        moved.map_err(ApplyError::Unread)
    }

    /// Registers the task definition if no other deployment comes first. The gate reads the service once more, right
    /// before the write.
    async fn register_in_turn(&self) -> Result<(String, Option<Service>), ApplyError> {
        let planned = self.observed.service.as_ref().and_then(Service::primary_id);
        let now = self.turn.look(planned).await?;
        let definition = self.applier.register(self.plan).await?;
        self.turn.deploys(&definition);
        Ok((definition, now))
    }

    /// Returns the ARN of the service's task definition if another deploy has already made the whole change since
    /// the plan: a task definition of the same content, and nothing else.
    async fn applied_meanwhile(&self, definition: &str, now: Option<&Service>) -> Option<String> {
        let before = self.observed.service.as_ref()?.task_definition.as_deref();
        let runs = now?.task_definition.as_deref()?;
        let is_applied = self.plan.action.changes_definition_alone()
            && !self.plan.code_deploy.as_ref().is_some_and(|it| it.replaces_tasks)
            && before != Some(runs)
            && (runs == definition || self.applier.is_same_content(self.plan, runs).await);
        is_applied.then(|| runs.to_owned())
    }

    /// Applies the autoscaling right after the service's own change: a new service has to exist before its target, and
    /// while a deployment is in progress Application Auto Scaling doesn't scale in ("turns off scale-in processes
    /// while Amazon ECS deployments are in progress", ECS developer guide). A failure doesn't stop the rollout.
    /// Returns whether there was anything to do.
    async fn scale(&self) -> bool {
        let Some(scaling) = self.plan.scaling.as_ref().filter(|it| it.changes() > 0) else {
            return false;
        };
        let (run, name) = (self.run, self.plan.name.as_str());
        if let Err(error) = apply_scaling(run.aws, run.cluster, name, scaling, run.sink).await {
            let mut failure = with_cause(error, name);
            failure.details.push(format!(
                "the rest of the autoscaling of service {name} was not changed; the next deploy changes it"
            ));
            self.side_failures.borrow_mut().push(failure);
        }
        true
    }

    /// Evaluates the current state. If autoscaling changed, which may change the desired count, the service is
    /// watched until its tasks are as desired.
    async fn keep_or_scale(&self, seen: Option<Service>) -> Result<StartState, ApplyError> {
        let is_changed = self.scale().await;
        let state = self.keep(seen.filter(|_| !is_changed)).await?;
        let StartState::Ended(result) = &state else {
            return Ok(state);
        };
        match (&result.verdict, is_changed, self.plan_definition()) {
            (Verdict::Unchanged { .. }, true, Some(definition)) => {
                Ok(StartState::Watch(Box::new(self.planned_request(definition))))
            }
            _ => Ok(state),
        }
    }

    /// Returns the revision that the service keeps.
    fn plan_definition(&self) -> Option<&str> {
        match &self.plan.definition {
            DefinitionPlan::Keep { arn } => Some(arn),
            DefinitionPlan::Register { .. } => None,
        }
    }

    /// Evaluates the current state. `seen` is the service, if it was read a moment ago.
    async fn keep(&self, seen: Option<Service>) -> Result<StartState, ApplyError> {
        let definition = self.applier.register(self.plan).await?;
        let now = async {
            let now = match seen {
                Some(seen) => Some(seen),
                None => self.describe().await,
            };
            self.warn_of_other_count(now.as_ref());
            now
        };
        let request = self.planned_request(&definition);
        if let Some(request) = self.code_deployment_in_progress(&request).await? {
            return Ok(StartState::Watch(Box::new(request)));
        }
        let observed = self.observed.service.as_ref();
        Ok(self
            .run
            .steady_state()
            .current_state(request, observed, now)
            .await)
    }

    /// Returns the request to watch the CodeDeploy deployment in progress, if there is one.
    async fn code_deployment_in_progress(
        &self,
        request: &WatchRequest,
    ) -> Result<Option<WatchRequest>, ApplyError> {
        let Some(plan) = &self.plan.code_deploy else {
            return Ok(None);
        };
        let open = match deployment_in_progress(self.run.aws, &plan.names).await {
            Ok(open) => open,
            Err(error) if error.is_access_denied() => None,
            Err(error) => return Err(error.into()),
        };
        Ok(open.map(|open| WatchRequest {
            target: WatchTarget::CodeDeploy { id: open.id },
            attached: true,
            ..request.clone()
        }))
    }

    async fn apply(
        &self,
        before: Option<&Service>,
        cancellation: &Cancellation,
    ) -> Result<StartState, ApplyError> {
        let gate = self.turn.is_kept().then_some(self.turn as &dyn WriteGate);
        let applied = self
            .applier
            .service_in_turn(self.plan, before, cancellation, gate);
        let applied: AppliedChange = applied.await?;
        if applied.reply.is_some() || applied.code_deployment.is_some() {
            self.run.sink.emit(Event::Changed {
                service: self.plan.name.clone(),
            });
        }
        let is_scaled = self.scale().await;
        let planned = (self.plan, self.observed);
        let mut request = watch_request::of_applied(planned, before, &applied, self.run.options.wait);
        if is_scaled {
            // The target's bounds may have moved it.
            request.desired = None;
        }
        Ok(StartState::Watch(Box::new(request)))
    }

    fn planned_request(&self, definition: &str) -> WatchRequest {
        watch_request::of_planned(self.plan, self.observed, definition, self.run.options.wait)
    }

    /// Reads the service again, since the observed state is as old as the build and the push. None if it can't be
    /// changed any more, didn't exist, or the read failed.
    async fn describe(&self) -> Option<Service> {
        self.observed.service.as_ref()?;
        self.run.describe(&self.plan.name).await
    }

    /// Warns if the desired count of an unchanged service no longer is what the plan found (the one in the file).
    fn warn_of_other_count(&self, now: Option<&Service>) {
        let count = |service: Option<&Service>| service.and_then(|it| it.desired_count);
        let (Some(planned), Some(now)) = (count(self.observed.service.as_ref()), count(now)) else {
            return;
        };
        let spec = self.manifest.services.get(&self.plan.key);
        let is_named =
            spec.is_some_and(|it| it.autoscaling.is_none() && it.fields.get("desiredCount").is_some());
        if is_named && planned != now && self.observed.scalable_target == ScalableTarget::None {
            let name = &self.plan.name;
            self.run.sink.warn(
                Some(name),
                format!("{name}: desiredCount changed from {planned} to {now} since the plan"),
                Some(Suggestion::command("deploy", "").then(" restores it")),
            );
        }
    }
}

/// Returns the first dependency that didn't become stable, once all have finished.
async fn failed_dependency<'a>(dependencies: &[(&'a str, &SetOnce<bool>)]) -> Option<&'a str> {
    let mut failed = None;
    for (name, is_stable) in dependencies {
        if !*is_stable.wait().await && failed.is_none() {
            failed = Some(*name);
        }
    }
    failed
}

fn not_started(service: &str) -> RunReport {
    unfinished(service, UnfinishedReason::NotStarted)
}

fn unfinished(service: &str, reason: UnfinishedReason) -> RunReport {
    RunReport::of_unfinished(UnfinishedService::new(service, reason))
}
