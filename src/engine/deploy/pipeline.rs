//! The steps of a deploy for one file and one session: build, plan, push, plan again, apply, watch.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;

use futures_util::future::{join, join_all, try_join3};
use indexmap::IndexMap;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::SetOnce;

use super::moved_base::MovingBase;
use super::moved_tags::TaggedImages;
use super::scheduled_jobs::{self, ScheduledJobs};
use super::service::{DeployStep, ServiceDeploy};
use super::service_jobs::OwnDefinitions;
use super::turn::{ServiceTurn, in_progress};
use crate::aws::Aws;
use crate::diagnostic::{Failure, Problems, Sources};
use crate::engine::apply::{ScheduleApplier, ServiceApplier, create_prerequisites};
use crate::engine::hooks::HookFacts;
use crate::engine::images::{HideSecrets, ImageSet};
use crate::engine::load::ConnectedProject;
use crate::engine::observe::{ObserveRequest, observe};
use crate::engine::polling::{PassingWait, ReadRetry};
use crate::engine::refused_request::with_cause;
use crate::engine::rollback::join_until_rollback;
use crate::engine::{Run, RunOptions, RunReport, waiting};
use crate::exit::Exit;
use crate::model::{
    Event, HookPoint, Identity, ImageState, Manifest, Plan, ServiceAction, ServicePlan, Sink,
};
use crate::plan::{self, Observed, ObservedService, PlanError, PlanOptions};
use crate::registry::RegistryOverride;
use crate::verdict::IfInProgress;

/// Whether images are built before planning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageStep {
    /// Build, so that the plan knows whether the images are deployed already.
    Build,
    /// Don't build (`plan --no-build`).
    Skip,
}

/// Command-line options of a pipeline run.
pub struct PipelineOptions {
    /// Options of the plan.
    pub plan: PlanOptions,
    /// The registry that replaces ECR's hosts.
    pub registry: Option<RegistryOverride>,
    /// Hides the values of build secrets that are stored in AWS.
    pub hide: HideSecrets,
    /// Whether to read which secrets changed after the tasks started.
    pub reads_secrets: bool,
    /// `--timeout`: how long reads before the first write persist.
    pub timeout: Option<SignedDuration>,
    /// `--if-in-progress`.
    pub if_in_progress: IfInProgress,
    /// Whether target groups are read, to estimate how long rollouts take.
    pub estimate: bool,
}

/// The pipeline for one file and one session.
pub struct Pipeline<'a> {
    sink: &'a dyn Sink,
    aws: Aws,
    identity: Option<Identity>,
    manifest: Manifest,
    sources: Sources,
    options: PlanOptions,
    reads_secrets: bool,
    timeout: Option<SignedDuration>,
    if_in_progress: IfInProgress,
    estimate: bool,
    images: ImageSet,
    tagged: TaggedImages,
}

/// What the flows of a run's services share.
#[derive(Clone, Copy)]
struct ServiceFlow<'a> {
    run: &'a Run<'a>,
    applier: &'a ServiceApplier<'a>,
    images: &'a IndexMap<String, ImageState>,
    /// The plan as last shown.
    shown: &'a RefCell<Plan>,
    /// Whether a service was not changed as it was planned first, because of another deployment, a job or a base that
    /// moved: what was registered for it may be unused.
    has_unused: &'a Cell<bool>,
    /// Failures of autoscaling and schedules, which don't keep a service from becoming stable.
    side_failures: &'a RefCell<Vec<Failure>>,
    schedules: ScheduleApplier<'a>,
    own_definitions: &'a OwnDefinitions,
    on_failure: bool,
}

/// A plan and the data it was made from.
pub struct PlanDraft {
    /// The plan.
    pub plan: Plan,
    pub(in crate::engine) observed: Observed,
    observed_at: Timestamp,
    images: IndexMap<String, ImageState>,
}

impl<'a> Pipeline<'a> {
    /// Creates a pipeline for the services whose keys are in `options.plan.only`, and the images that they use.
    pub fn new(connected: ConnectedProject, options: PipelineOptions, sink: &'a dyn Sink) -> Self {
        let ConnectedProject {
            aws,
            mut loaded,
            identity,
        } = connected;
        if options.plan.definitions_only {
            loaded.manifest.without_schedules();
        }
        let used = loaded.manifest.images_used_by(&options.plan.only);
        let images = ImageSet::new(
            &loaded,
            &used,
            Some(aws.clone()),
            options.registry.clone(),
            options.hide,
        );
        // Registering leaves the services as they are.
        let tagged: &[String] = match options.plan.definitions_only {
            true => &[],
            false => &options.plan.only,
        };
        Self {
            sink,
            tagged: TaggedImages::new(
                &loaded.manifest,
                tagged,
                &images.unbuilt(),
                aws.clone(),
                options.registry,
            ),
            images,
            aws,
            identity,
            manifest: loaded.manifest,
            sources: loaded.sources,
            options: options.plan,
            reads_secrets: options.reads_secrets,
            timeout: options.timeout,
            if_in_progress: options.if_in_progress,
            estimate: options.estimate,
        }
    }

    /// Returns the session.
    pub fn aws(&self) -> &Aws {
        &self.aws
    }

    /// Returns where events go.
    pub fn sink(&self) -> &dyn Sink {
        self.sink
    }

    /// Builds, plans, pushes, applies and watches, between the file's hooks.
    pub async fn deploy(&self, options: RunOptions<'_>, on_failure: bool) -> Result<RunReport, Failure> {
        let planned = OnceCell::new();
        let result = self.deploy_planned(options, on_failure, &planned).await;
        let facts = planned.into_inner().unwrap_or_default();
        let failed = match &result {
            Ok(report) if matches!(report.exit(), Exit::Done | Exit::Paused) => None,
            Ok(report) => Some(facts.with_report(report)),
            Err(failure) => Some(facts.with_failure(failure)),
        };
        if let Some(facts) = failed {
            let hooks = self.images.hooks();
            hooks.run_to_report(HookPoint::OnFailure, &facts, self.sink).await;
        }
        result
    }

    /// `deploy` without the hook for its failure. Sets `planned` once it is known what will be deployed.
    async fn deploy_planned(
        &self,
        options: RunOptions<'_>,
        on_failure: bool,
        planned: &OnceCell<HookFacts>,
    ) -> Result<RunReport, Failure> {
        if self.if_in_progress == IfInProgress::Fail {
            let refused = self.refuse_before_build().await?;
            if let Some(refused) = refused {
                return Ok(refused);
            }
        }
        let draft = self.build_and_plan(ImageStep::Build).await?;
        if let Some(refusal) = plan::refusal(&draft.plan) {
            return Err(plan_failed(vec![refusal], &self.sources));
        }
        self.show(&draft);
        if self.if_in_progress == IfInProgress::Fail {
            let refused = self.refuse_in_progress(&draft.plan, &draft.observed, |_| true);
            if let Some(refused) = refused.await {
                return Ok(refused);
            }
        }
        let draft = self.push(draft).await?;
        let facts = planned.get_or_init(|| HookFacts::of_plan(&draft.plan, &draft.images));
        let (hooks, has_changes) = (self.images.hooks(), !draft.plan.is_empty());
        if has_changes {
            hooks.run(HookPoint::BeforeDeploy, facts, self.sink).await?;
        }
        let mut report = self.apply_and_watch(&draft, options, on_failure).await?;
        if has_changes && report.is_good() {
            let facts = facts.clone().with_report(&report);
            if let Err(failure) = hooks.run(HookPoint::AfterDeploy, &facts, self.sink).await {
                report.add_failure(failure);
            }
        }
        Ok(report)
    }

    /// Builds, plans, pushes, and registers the task definitions. Returns the plan, and their ARNs in its order.
    pub async fn register(&self) -> Result<(Plan, Vec<String>), Failure> {
        let draft = self.build_and_plan(ImageStep::Build).await?;
        let draft = self.push(draft).await?;
        let draft = self.on_present_bases(draft).await?;
        let arns = self.register_definitions(&draft).await?;
        Ok((draft.plan, arns))
    }

    /// Builds, plans, pushes, and registers the task definition of one job, with its log groups. Returns its ARN.
    pub async fn register_job(&self) -> Result<String, Failure> {
        let draft = self.build_and_plan(ImageStep::Build).await?;
        let draft = self.push(draft).await?;
        let prepared = create_prerequisites(&self.aws, &draft.plan, self.timeout, self.sink).await;
        prepared.map_err(|error| with_cause(error, "SERVICE"))?;
        let arn = self.register_definitions(&draft).await?.into_iter().next();
        Ok(arn.ok_or_else(|| plan::not_observed("the job"))?)
    }

    /// Observes what is deployed while the images are built and tags are read, then plans.
    pub async fn build_and_plan(&self, step: ImageStep) -> Result<PlanDraft, Failure> {
        let build = async {
            match step {
                ImageStep::Build => self.images.build_to_push(self.sink).await,
                ImageStep::Skip => Ok(self.images.unbuilt()),
            }
        };
        let tags = async { Ok(self.tagged.read().await) };
        let observed_at = self.aws.clock().now();
        let observed = waiting(self.sink, "what is deployed", self.observe(&self.options.only));
        let (observed, images, tags) = try_join3(observed, build, tags).await?;
        let plan = self.plan(&observed, &images)?;
        self.tagged.warn(&plan, &observed, &tags, self.sink).await;
        Ok(PlanDraft {
            plan,
            observed,
            observed_at,
            images,
        })
    }

    /// Refuses before the build what is known to replace a deployment in progress, whatever the build makes.
    async fn refuse_before_build(&self) -> Result<Option<RunReport>, Failure> {
        if self.images.built().is_empty() {
            return Ok(None);
        }
        let observed = waiting(self.sink, "what is deployed", self.observe(&self.options.only)).await?;
        let plan = self.plan(&observed, &self.images.unbuilt())?;
        let refused = self.refuse_in_progress(&plan, &observed, ServicePlan::changes_for_certain);
        Ok(refused.await)
    }

    /// Refuses to change services that have a deployment in progress, before any write.
    async fn refuse_in_progress(
        &self,
        plan: &Plan,
        observed: &Observed,
        is_certain: fn(&ServicePlan) -> bool,
    ) -> Option<RunReport> {
        let updated = plan.services.iter().filter(|it| is_certain(it));
        let updated = updated.filter(|it| matches!(it.action, ServiceAction::Update { .. }));
        let observed = updated.filter_map(|it| {
            let names = it.code_deploy.as_ref().map(|it| &it.names);
            Some((observed.services.get(&it.key)?.service.as_ref()?, names))
        });
        let cluster = plan.cluster.as_str();
        let others = observed.map(async |(service, names)| {
            let other = in_progress(&self.aws, cluster, names, service).await?;
            Some((service.name.clone(), Failure::from(other)))
        });
        let others: Vec<(String, Failure)> = join_all(others).await.into_iter().flatten().collect();
        let ((_, first), rest) = others.split_first()?;
        let rest = rest.iter().map(|(_, other)| format!("and: {other}"));
        let failure = first.clone().details(rest);
        let names = plan.services.iter().map(|it| it.name.as_str());
        Some(RunReport::of_refusal(names, &others, failure))
    }

    fn show(&self, draft: &PlanDraft) {
        self.sink.emit(Event::Planned {
            plan: Box::new(draft.plan.clone()),
        });
    }

    /// Pushes the images, creating their repositories, and plans again: the second plan may only fill in what the
    /// first left open (`docs/design.md` §2, "Late values").
    async fn push(&self, draft: PlanDraft) -> Result<PlanDraft, Failure> {
        let images = self
            .images
            .push(&draft.observed, &draft.images, &draft.plan.images, self.sink)
            .await?;
        let plan = self.plan(&draft.observed, &images)?;
        plan::refines(&draft.plan, &plan)?;
        Ok(PlanDraft {
            plan,
            observed: draft.observed,
            observed_at: draft.observed_at,
            images,
        })
    }

    /// Plans the services again whose bases changed while the images were built and pushed.
    async fn on_present_bases(&self, mut draft: PlanDraft) -> Result<PlanDraft, Failure> {
        let cluster = draft.plan.cluster.as_str();
        let applier = ServiceApplier::new(&self.aws, cluster, self.sink);
        let again = draft.plan.services.iter().map(async |service| {
            let base = self
                .manifest
                .services
                .get(&service.key)
                .and_then(MovingBase::of)?;
            let observed = draft.observed.services.get(&service.key)?;
            let name = &service.name;
            let again = async {
                let now = base.read_service(&self.aws, cluster, name).await?;
                let planned = (name.as_str(), observed);
                match base.has_moved(planned, now.as_ref(), &applier).await? {
                    true => self.plan_again(&service.key, &draft.images).await.map(Some),
                    false => Ok(None),
                }
            };
            again.await.transpose()
        });
        let again: Vec<Option<_>> = join_all(again).await;
        for (service, again) in draft.plan.services.iter_mut().zip(again) {
            if let Some(again) = again {
                *service = again?.0;
            }
        }
        Ok(draft)
    }

    async fn register_definitions(&self, draft: &PlanDraft) -> Result<Vec<String>, Failure> {
        let applier = ServiceApplier::new(&self.aws, &draft.plan.cluster, self.sink)
            .planned_at(draft.observed_at)
            .waiting(self.timeout, false);
        let services = &draft.plan.services;
        let register = async |service: &ServicePlan| {
            let registered = applier.register(service).await;
            registered.map_err(|error| with_cause(error, &service.name))
        };
        let registered = join_all(services.iter().map(register)).await;
        registered.into_iter().collect()
    }

    /// Applies the plan, and watches each service until it finishes. A service waits for its dependencies, and
    /// isn't changed if one of them doesn't become stable. `on_failure` rolls back a service that fails.
    async fn apply_and_watch(
        &self,
        draft: &PlanDraft,
        options: RunOptions<'_>,
        on_failure: bool,
    ) -> Result<RunReport, Failure> {
        let cluster = draft.plan.cluster.as_str();
        let prepared = create_prerequisites(&self.aws, &draft.plan, options.wait.timeout, self.sink).await;
        // No service is at fault: a fix that names one doesn't apply to a cluster or a log group.
        prepared.map_err(|error| with_cause(error, "SERVICE"))?;
        let own = self
            .register_definitions_of_jobs(draft, options.wait.timeout)
            .await?;
        let deploy = async |run: &Run<'_>| self.deploy_services(run, draft, &own, on_failure).await;
        Ok(Run::with(&self.aws, cluster, self.sink, options, deploy).await)
    }

    /// Registers the task definitions of the jobs of these deploys that have one of their own, unless they are registered
    /// already.
    async fn register_definitions_of_jobs(
        &self,
        draft: &PlanDraft,
        timeout: Option<SignedDuration>,
    ) -> Result<OwnDefinitions, Failure> {
        let services = draft.plan.services.iter();
        let names = services.flat_map(|it| it.before_deploy.iter().chain(&it.after_deploy));
        let jobs = names.filter_map(|name| self.manifest.jobs.get(name)?.own_definition());
        let mut manifest = Manifest {
            services: jobs.map(|spec| (spec.key.clone(), spec.clone())).collect(),
            ..self.manifest.clone()
        };
        manifest.jobs.clear();
        if manifest.services.is_empty() {
            return Ok(OwnDefinitions::new());
        }
        let keys: Vec<String> = manifest.services.keys().cloned().collect();
        let options = PlanOptions {
            definitions_only: true,
            only: keys.clone(),
            ..PlanOptions::default()
        };
        let observed = self.observe_in(&manifest, &keys, false).await?;
        let plan = plan::make(&manifest, &observed, &draft.images, &options)
            .map_err(|errors| plan_failed(errors, &self.sources))?;
        let prepared = create_prerequisites(&self.aws, &plan, timeout, self.sink).await;
        prepared.map_err(|error| with_cause(error, "SERVICE"))?;
        let applier = ServiceApplier::new(&self.aws, &plan.cluster, self.sink).waiting(timeout, false);
        let mut own = OwnDefinitions::new();
        for job in &plan.services {
            let registered = applier.register(job).await;
            let arn = registered.map_err(|error| with_cause(error, &job.name))?;
            let described = self.aws.describe_task_definition(&arn).await?;
            own.extend(described.map(|described| (job.key.clone(), described)));
        }
        Ok(own)
    }

    async fn deploy_services(
        &self,
        run: &Run<'_>,
        draft: &PlanDraft,
        own_definitions: &OwnDefinitions,
        on_failure: bool,
    ) -> RunReport {
        let applier = ServiceApplier::new(run.aws, run.cluster, run.sink)
            .planned_at(draft.observed_at)
            .waiting(run.options.wait.timeout, draft.plan.create_cluster);
        let services = &draft.plan.services;
        let is_stable: HashMap<&str, SetOnce<bool>> = services
            .iter()
            .map(|it| (it.key.as_str(), SetOnce::new()))
            .collect();
        let (shown, has_unused) = (RefCell::new(draft.plan.clone()), Cell::new(false));
        let side_failures = RefCell::default();
        let schedules = ScheduleApplier {
            aws: run.aws,
            cluster: run.cluster,
            passing: PassingWait::new(run.aws.clock(), run.sink).within(run.options.wait.timeout),
            sink: run.sink,
        };
        let flows = services.iter().map(async |service| {
            let dependencies = plan::dependencies(service, services);
            let awaited =
                dependencies.filter_map(|it| Some((it.name.as_str(), is_stable.get(it.key.as_str())?)));
            let awaited: Vec<_> = awaited.collect();
            let observed = draft.observed.services.get(&service.key);
            let planned = (service.clone(), observed.cloned().unwrap_or_default());
            let flow = ServiceFlow {
                run,
                applier: &applier,
                images: &draft.images,
                shown: &shown,
                has_unused: &has_unused,
                side_failures: &side_failures,
                schedules,
                own_definitions,
                on_failure,
            };
            let report = self.deploy_service(flow, planned, &awaited).await;
            if let Some(outcome) = is_stable.get(service.key.as_str()) {
                // Set only here.
                let _ = outcome.set(report.is_good());
            }
            report
        });
        let mut report = join_until_rollback(run, flows).await;
        let jobs = ScheduledJobs {
            plan: &draft.plan,
            applier: &applier,
            schedules,
            own: own_definitions,
        };
        jobs.apply(&mut report).await;
        for failure in side_failures.take() {
            report.add_failure(failure);
        }
        if has_unused.get() {
            applier.deregister_unused(services).await;
        }
        report
    }

    /// Deploys one service. If another deployment comes first, waits for its end, reads and plans again; where only
    /// the base of its task definition changed since the plan, plans again at once.
    async fn deploy_service(
        &self,
        flow: ServiceFlow<'_>,
        mut planned: (ServicePlan, ObservedService),
        dependencies: &[(&str, &SetOnce<bool>)],
    ) -> RunReport {
        let (key, name) = (planned.0.key.clone(), planned.0.name.clone());
        let rollback = flow.run.options.rollback;
        let names = planned.0.code_deploy.as_ref().map(|it| it.names.clone());
        let turn = ServiceTurn::new(flow.run, &name, self.if_in_progress).of_code_deploy(names);
        let job_results = RefCell::default();
        let mut has_moved = false;
        let mut report = loop {
            let deploy = ServiceDeploy {
                run: flow.run,
                applier: flow.applier,
                plan: &planned.0,
                observed: &planned.1,
                manifest: &self.manifest,
                turn: &turn,
                on_failure: flow.on_failure,
                side_failures: flow.side_failures,
                schedules: flow.schedules,
                own_definitions: flow.own_definitions,
                job_results: &job_results,
            };
            let is_queued = match deploy.run(dependencies).await {
                DeployStep::Ended(report) => break report,
                DeployStep::Queue => true,
                DeployStep::PlanAgain => false,
            };
            has_moved |= !is_queued;
            rollback.starts_over(&name);
            let next = async {
                if is_queued {
                    turn.wait().await?;
                }
                let planned = self.plan_again(&key, flow.images).await;
                planned
                    .inspect(|(service, _)| self.show_again(service, flow.shown))
                    .map_err(|failure| turn.failed_in_queue(failure))
            };
            planned = match rollback.token().run_until_cancelled(next).await {
                Some(Ok(planned)) => planned,
                Some(Err(report)) => break report,
                None => break turn.canceled(),
            };
        };
        let is_unused = has_moved || turn.is_lost() || !planned.0.before_deploy.is_empty();
        flow.has_unused.set(flow.has_unused.get() || is_unused);
        report.of_jobs.jobs.append(&mut job_results.take());
        report
    }

    /// Observes and plans one service again, with the images that were pushed.
    async fn plan_again(
        &self,
        key: &str,
        images: &IndexMap<String, ImageState>,
    ) -> Result<(ServicePlan, ObservedService), Failure> {
        let only = [key.to_owned()];
        let mut observed = self.observe(&only).await?;
        let options = PlanOptions {
            only: only.to_vec(),
            ..self.options.clone()
        };
        let plan = plan::make(&self.manifest, &observed, images, &options)
            .map_err(|errors| plan_failed(errors, &self.sources))?;
        if let Some(refusal) = plan::refusal(&plan) {
            return Err(plan_failed(vec![refusal], &self.sources));
        }
        let service = plan.services.into_iter().next();
        let service = service.ok_or_else(|| plan::not_observed(key))?;
        Ok((service, observed.services.swap_remove(key).unwrap_or_default()))
    }

    /// Shows the plan if a service's part of it is another one now.
    fn show_again(&self, service: &ServicePlan, shown: &RefCell<Plan>) {
        let changed = {
            let mut shown = shown.borrow_mut();
            let known = shown.services.iter_mut().find(|it| it.key == service.key);
            let changed = known.is_some_and(|known| std::mem::replace(known, service.clone()) != *service);
            changed.then(|| shown.clone())
        };
        if let Some(plan) = changed {
            self.sink.emit(Event::Planned { plan: Box::new(plan) });
        }
    }

    async fn observe(&self, services: &[String]) -> Result<Observed, Failure> {
        let is_watched = !self.options.definitions_only;
        let observed = self.observe_in(&self.manifest, services, is_watched);
        let Some(jobs) = scheduled_jobs::definitions_of(&self.manifest, services) else {
            return observed.await;
        };
        let keys: Vec<String> = jobs.services.keys().cloned().collect();
        let (observed, jobs) = join(observed, self.observe_in(&jobs, &keys, false)).await;
        Ok(scheduled_jobs::with_jobs(observed?, jobs?))
    }

    async fn observe_in(
        &self,
        manifest: &Manifest,
        services: &[String],
        watched: bool,
    ) -> Result<Observed, Failure> {
        let retry = ReadRetry::new(self.aws.clock(), self.sink, self.timeout);
        let request = ObserveRequest {
            manifest,
            services,
            images: self.images.built(),
            registry: self.images.registry_host(),
            identity: self.identity.as_ref(),
            watched,
            secrets: self.reads_secrets,
            target_groups: self.estimate && watched,
            tagged: self.tagged.services(),
            retry: &retry,
            reader: &self.images,
            sink: self.sink,
        };
        observe(&self.aws, request).await
    }

    fn plan(&self, observed: &Observed, images: &IndexMap<String, ImageState>) -> Result<Plan, Failure> {
        plan::make(&self.manifest, observed, images, &self.options)
            .map_err(|errors| plan_failed(errors, &self.sources))
    }
}

/// Reports all errors that `plan::make` found (at least one). Nothing was changed on AWS.
pub fn plan_failed(errors: Vec<PlanError>, sources: &Sources) -> Failure {
    // Shown with source locations if every error has one.
    let placed: Option<Vec<_>> = errors.iter().map(PlanError::problem).collect();
    let mut failures = errors.into_iter().map(Failure::from);
    let mut failure = failures
        .next()
        .unwrap_or_else(|| plan::not_observed("the services").into());
    for other in failures {
        if other.exit == Exit::Usage {
            failure.exit = Exit::Usage;
        }
        failure.details.push(format!("and: {other}"));
        let hint = other.hint.as_ref().map(|hint| format!("  hint: {hint}"));
        failure.details.extend(hint);
    }
    let Some(placed) = placed else {
        return failure;
    };
    let mut problems = Problems::default();
    placed.into_iter().for_each(|it| problems.push(it));
    failure.problems(problems, sources.clone())
}
