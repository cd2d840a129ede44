//! The steps of a deploy for one file and one session: build, plan, push, plan again, apply, watch.

use std::collections::HashMap;

use futures_util::future::{join_all, try_join3};
use indexmap::IndexMap;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::SetOnce;

use super::moved_base::MovingBase;
use super::moved_tags::TaggedImages;
use super::service::{DeployStep, ServiceDeploy};
use crate::aws::Aws;
use crate::diagnostic::{Failure, Problems, Sources};
use crate::engine::apply::{ServiceApplier, create_prerequisites};
use crate::engine::images::ImageSet;
use crate::engine::load::ConnectedProject;
use crate::engine::observe::{ObserveRequest, observe};
use crate::engine::polling::ReadRetry;
use crate::engine::refused_request::with_cause;
use crate::engine::rollback::join_until_rollback;
use crate::engine::{Run, RunOptions, RunReport, UnfinishedReason, UnfinishedService, waiting};
use crate::exit::Exit;
use crate::model::{Event, Identity, ImageState, Manifest, Plan, ServicePlan, Sink};
use crate::plan::{self, Observed, ObservedService, PlanError, PlanOptions};
use crate::registry::RegistryOverride;

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
    /// `--timeout`: how long reads before the first write persist.
    pub timeout: Option<SignedDuration>,
}

/// The pipeline for one file and one session.
pub struct Pipeline<'a> {
    sink: &'a dyn Sink,
    aws: Aws,
    identity: Option<Identity>,
    manifest: Manifest,
    sources: Sources,
    options: PlanOptions,
    timeout: Option<SignedDuration>,
    images: ImageSet,
    tagged: TaggedImages,
}

/// What the flows of a run's services share.
#[derive(Clone, Copy)]
struct ServiceFlow<'a> {
    run: &'a Run<'a>,
    applier: &'a ServiceApplier<'a>,
    images: &'a IndexMap<String, ImageState>,
    on_failure: bool,
}

/// A plan and the data it was made from.
pub struct PlanDraft {
    /// The plan.
    pub plan: Plan,
    observed: Observed,
    observed_at: Timestamp,
    images: IndexMap<String, ImageState>,
}

impl<'a> Pipeline<'a> {
    /// Creates a pipeline for the services whose keys are in `options.plan.only`, and the images that they use.
    pub fn new(connected: ConnectedProject, options: PipelineOptions, sink: &'a dyn Sink) -> Self {
        let ConnectedProject {
            aws,
            loaded,
            identity,
        } = connected;
        let used = loaded.manifest.images_used_by(&options.plan.only);
        let images = ImageSet::new(&loaded, &used, Some(aws.clone()), options.registry.clone());
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
            timeout: options.timeout,
        }
    }

    /// Builds, plans, pushes, applies and watches.
    pub async fn deploy(&self, options: RunOptions<'_>, on_failure: bool) -> Result<RunReport, Failure> {
        let draft = self.build_and_plan(ImageStep::Build).await?;
        if let Some(refusal) = plan::refusal(&draft.plan) {
            return Err(plan_failed(vec![refusal], &self.sources));
        }
        self.show(&draft);
        let draft = self.push(draft).await?;
        self.apply_and_watch(&draft, options, on_failure).await
    }

    /// Builds, plans, pushes, and registers the task definitions. Returns the plan, and their ARNs in its order.
    pub async fn register(&self) -> Result<(Plan, Vec<String>), Failure> {
        let draft = self.build_and_plan(ImageStep::Build).await?;
        let draft = self.push(draft).await?;
        let draft = self.on_present_bases(draft).await?;
        let arns = self.register_definitions(&draft).await?;
        Ok((draft.plan, arns))
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
            let described = self
                .aws
                .describe_services(cluster, std::slice::from_ref(name))
                .await;
            let described = described.unwrap_or_default();
            let now = described.active(name);
            let has_moved = base.has_moved((name, observed), now, &applier).await;
            match has_moved {
                true => Some(self.plan_again(&service.key, &draft.images).await),
                false => None,
            }
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
        let deploy = async |run: &Run<'_>| self.deploy_services(run, draft, on_failure).await;
        Ok(Run::with(&self.aws, cluster, self.sink, options, deploy).await)
    }

    async fn deploy_services(&self, run: &Run<'_>, draft: &PlanDraft, on_failure: bool) -> RunReport {
        let applier = ServiceApplier::new(run.aws, run.cluster, run.sink)
            .planned_at(draft.observed_at)
            .waiting(run.options.wait.timeout, draft.plan.create_cluster);
        let services = &draft.plan.services;
        let flow = ServiceFlow {
            run,
            applier: &applier,
            images: &draft.images,
            on_failure,
        };
        let is_stable: HashMap<&str, SetOnce<bool>> = services
            .iter()
            .map(|it| (it.key.as_str(), SetOnce::new()))
            .collect();
        let flows = services.iter().map(async |service| {
            let observed = draft.observed.services.get(&service.key);
            let planned = (service.clone(), observed.cloned().unwrap_or_default());
            let dependencies = plan::dependencies(service, services);
            let awaited =
                dependencies.filter_map(|it| Some((it.name.as_str(), is_stable.get(it.key.as_str())?)));
            let report = self
                .deploy_service(flow, planned, &awaited.collect::<Vec<_>>())
                .await;
            if let Some(outcome) = is_stable.get(service.key.as_str()) {
                // Set only here.
                let _ = outcome.set(report.is_good());
            }
            report
        });
        join_until_rollback(run, flows).await
    }

    /// Deploys one service. Where the base of its task definition changed since the plan, plans again.
    async fn deploy_service(
        &self,
        flow: ServiceFlow<'_>,
        mut planned: (ServicePlan, ObservedService),
        dependencies: &[(&str, &SetOnce<bool>)],
    ) -> RunReport {
        let (key, name) = (planned.0.key.clone(), planned.0.name.clone());
        loop {
            let deploy = ServiceDeploy {
                run: flow.run,
                applier: flow.applier,
                plan: &planned.0,
                observed: &planned.1,
                manifest: &self.manifest,
                on_failure: flow.on_failure,
            };
            if let DeployStep::Ended(report) = deploy.run(dependencies).await {
                return report;
            }
            let token = flow.run.options.rollback.token();
            planned = match token
                .run_until_cancelled(self.plan_again(&key, flow.images))
                .await
            {
                Some(Ok(planned)) => planned,
                Some(Err(failure)) => return RunReport::of_failed_service(&name, failure),
                None => {
                    let reason = UnfinishedReason::NotStarted;
                    return RunReport::of_unfinished(UnfinishedService::new(&name, reason));
                }
            };
        }
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
        let service = plan.services.into_iter().next();
        let service = service.ok_or_else(|| plan::not_observed(key))?;
        Ok((service, observed.services.swap_remove(key).unwrap_or_default()))
    }

    async fn observe(&self, services: &[String]) -> Result<Observed, Failure> {
        let retry = ReadRetry::new(self.aws.clock(), self.sink, self.timeout);
        let request = ObserveRequest {
            manifest: &self.manifest,
            services,
            images: self.images.built(),
            registry: self.images.registry_host(),
            identity: self.identity.as_ref(),
            watched: !self.options.definitions_only,
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
