//! Computes the plan from the desired and the observed state: a pure function, called twice in a deploy.

mod capacity_providers;
mod code_deploy;
mod dependencies;
mod described;
mod diff;
mod effective_service;
mod error;
mod estimate;
mod image_placeholders;
mod images;
mod list_elements;
mod log_retention;
mod merge_base;
mod merged_definition;
mod named_members;
mod normalise;
mod observed;
mod partial_values;
pub mod preflight;
mod rollback;
mod scaling;
mod schedule;
mod schedule_changes;
mod schedule_target;
mod second_plan;
mod service;
mod service_fields;
mod task_definition;
#[cfg(test)]
mod tests;
mod update;

use indexmap::IndexMap;

pub use capacity_providers::names_fargate_provider;
pub use code_deploy::live_app_spec;
pub use dependencies::dependencies;
pub use described::{described_definition, described_service};
pub use effective_service::EffectiveService;
pub use error::{PlanError, not_observed};
pub use estimate::{TaskStop, estimate};
pub use observed::{
    Cluster, Observed, ObservedGroup, ObservedImage, ObservedScaling, ObservedSchedules, ObservedService,
    ObservedTargetGroups, ResourceLabel, ScalableTarget,
};
pub use rollback::{restored_by_code_deploy, restored_by_ecs, switch};
pub use schedule::schedule_input;
pub use second_plan::refines;
pub use task_definition::is_same_definition;

use crate::ecs::Service;
use crate::model::{
    DefinitionPlan, ImageState, Job, JobPlan, LogGroupId, LogGroupPlan, Manifest, OrphanedSchedules, Plan,
    RolloutEstimate, ScheduleAction, ServiceAction, ServicePlan, ServiceSpec,
};
use images::ImagePlans;
use schedule::ScheduledJob;

/// Planning options from the command line.
#[derive(Clone, Debug, Default)]
pub struct PlanOptions {
    /// Create the cluster if it is missing (`--create-cluster`).
    pub create_cluster: bool,
    /// Start a deployment even if nothing differs (`--force`).
    pub force: bool,
    /// Start a deployment of services whose secrets changed (`--restart-on-secret-change`).
    pub restart_on_secret_change: bool,
    /// Delete what ecsctl made and the file no longer names (`--prune`).
    pub prune: bool,
    /// Plan task definitions only (`register`): services are not changed, and what would prevent changing
    /// them is no error.
    pub definitions_only: bool,
    /// Services by key (`--only`); all of them if empty.
    pub only: Vec<String>,
}

/// Makes the plan: what a deploy will do with the requested services. All reasons why it can't are
/// returned together.
pub fn make(
    manifest: &Manifest,
    observed: &Observed,
    images: &IndexMap<String, ImageState>,
    options: &PlanOptions,
) -> Result<Plan, Vec<PlanError>> {
    // Registering task definitions takes no cluster.
    let is_missing = observed.cluster == Cluster::Missing && !options.definitions_only;
    let images = ImagePlans::new(manifest, observed, images);
    let selected: Vec<&ServiceSpec> = selected(manifest, options).collect();
    let keys: Vec<String> = selected.iter().map(|service| service.key.clone()).collect();
    let is_whole = manifest.is_whole(&keys) && !options.definitions_only;
    let alone: Vec<&Job> = manifest.scheduled_alone().filter(|_| is_whole).collect();
    let is_alone = |job: &Job| alone.iter().any(|it| it.name == job.name);
    let of_deploys: Vec<&Job> = manifest
        .jobs_of_deploys(&keys)
        .filter(|job| !options.definitions_only && job.own_definition().is_some() && !is_alone(job))
        .collect();
    let specs = selected.iter().copied();
    let specs: Vec<&ServiceSpec> = specs
        .chain(
            alone
                .iter()
                .chain(&of_deploys)
                .filter_map(|it| it.own_definition()),
        )
        .collect();
    let (log_groups, unknown_log_groups) = log_groups(&specs, observed);
    let mut plan = Plan {
        cluster: manifest.cluster.clone(),
        create_cluster: is_missing && options.create_cluster,
        cluster_capacity_providers: Vec::new(),
        cluster_missing: is_missing,
        region: observed.region.clone(),
        account: account(observed),
        images: images.plans(&manifest.images_used_by(&keys)),
        log_groups,
        unknown_log_groups,
        services: Vec::new(),
        jobs: Vec::new(),
        create_schedule_group: None,
        orphaned_schedules: is_whole
            .then(|| orphaned_schedules(manifest, observed, options))
            .flatten(),
        warnings: log_retention::warnings(&selected, observed),
    };
    let mut errors = Vec::new();
    for service in selected {
        match one(service, manifest, observed, &images, options) {
            Ok((service, warnings)) => {
                plan.services.push(service);
                plan.warnings.extend(warnings);
            }
            Err(found) => errors.extend(found),
        }
    }
    for job in alone.into_iter().chain(registered(&of_deploys, &plan.services)) {
        match with_own_definition(job, manifest, observed, &images) {
            Ok((job, warnings)) => {
                plan.jobs.extend(job);
                plan.warnings.extend(warnings);
            }
            Err(found) => errors.extend(found),
        }
    }
    plan.create_schedule_group = new_schedule_group(&plan, observed);
    errors.extend(dependencies::check(&plan.services).err());
    let providers = capacity_providers::sent(&plan.services, &manifest.jobs);
    if let Some(capacity) = observed.capacity.as_ref().filter(|_| !is_missing) {
        errors.extend(capacity_providers::not_associated(
            &providers,
            capacity,
            &plan.cluster,
            &plan.region,
        ));
    }
    if plan.create_cluster {
        plan.cluster_capacity_providers = providers;
    }
    if errors.is_empty() {
        plan.warnings.extend(plan.refusal());
        return Ok(plan);
    }
    errors.splice(..0, refusal(&plan));
    Err(errors)
}

/// Returns why `deploy` doesn't apply a plan, although it is complete.
pub fn refusal(plan: &Plan) -> Option<PlanError> {
    plan.refusal()
        .map(|_| error::cluster_missing(&plan.cluster, &plan.region))
}

/// Returns the account: the caller's, else that of the existing services. For display only.
fn account(observed: &Observed) -> Option<String> {
    if let Some(identity) = &observed.identity {
        return Some(identity.account.to_string());
    }
    let mut services = observed
        .services
        .values()
        .filter_map(|there| there.service.as_ref());
    services.find_map(Service::account)
}

fn selected<'a>(manifest: &'a Manifest, options: &'a PlanOptions) -> impl Iterator<Item = &'a ServiceSpec> {
    let is_asked = |service: &&ServiceSpec| options.only.is_empty() || options.only.contains(&service.key);
    manifest.services.values().filter(is_asked)
}

/// Returns those of the jobs that run in the deploy of a service that changes.
fn registered<'a>(jobs: &[&'a Job], services: &[ServicePlan]) -> Vec<&'a Job> {
    let named = |job: &&&Job| {
        let names = services
            .iter()
            .flat_map(|it| it.before_deploy.iter().chain(&it.after_deploy));
        names.into_iter().any(|name| *name == job.name)
    };
    jobs.iter().filter(named).copied().collect()
}

/// Plans a job with a task definition of its own. Without a schedule, only a new revision is a plan.
fn with_own_definition(
    job: &Job,
    manifest: &Manifest,
    observed: &Observed,
    images: &ImagePlans<'_>,
) -> Result<(Option<JobPlan>, Vec<String>), Vec<PlanError>> {
    let Some(spec) = job.own_definition() else {
        return Ok((None, Vec::new()));
    };
    let nothing = ObservedService::default();
    let there = observed.jobs.get(&job.name).unwrap_or(&nothing);
    let mut definition = task_definition::plan(spec, there, images)?;
    let scheduled = job.schedule.as_ref().map(|schedule| ScheduledJob {
        job,
        schedule,
        cluster: &manifest.cluster,
        spec,
        observed: there,
        definition: &definition.plan,
        action: &ServiceAction::Keep,
        live: observed.schedules.of_jobs.get(&job.name),
        now: observed.schedules.at,
    });
    let schedule = scheduled.map(|scheduled| {
        let (schedule, warning) = schedule::plan(scheduled, images);
        definition.warnings.extend(warning);
        schedule
    });
    let is_kept = matches!(definition.plan, DefinitionPlan::Keep { .. });
    if schedule.is_none() && is_kept {
        return Ok((None, definition.warnings));
    }
    let plan = JobPlan {
        name: job.name.clone(),
        definition: definition.plan,
        schedule,
    };
    Ok((Some(plan), definition.warnings))
}

/// Returns the group of the first schedule; one that exists already is fine.
fn new_schedule_group(plan: &Plan, observed: &Observed) -> Option<String> {
    let mut created = plan.schedules().filter(|it| it.action == ScheduleAction::Create);
    let group = created.next()?.group.clone();
    observed.schedules.names.is_empty().then_some(group)
}

/// Returns the schedules of the file's group that no job has any more.
fn orphaned_schedules(
    manifest: &Manifest,
    observed: &Observed,
    options: &PlanOptions,
) -> Option<OrphanedSchedules> {
    let has_schedule = |name: &&String| {
        let job = manifest.jobs.get(*name);
        job.is_some_and(|job| job.schedule.is_some())
    };
    let names = observed.schedules.names.iter();
    let names: Vec<String> = names.filter(|name| !has_schedule(name)).cloned().collect();
    let orphaned = OrphanedSchedules {
        group: manifest.schedule_group.clone()?,
        names,
        prune: options.prune,
    };
    (!orphaned.names.is_empty()).then_some(orphaned)
}

fn one(
    service: &ServiceSpec,
    manifest: &Manifest,
    observed: &Observed,
    images: &ImagePlans<'_>,
    options: &PlanOptions,
) -> Result<(ServicePlan, Vec<String>), Vec<PlanError>> {
    let nothing = ObservedService::default();
    let there = match observed.services.get(&service.key) {
        Some(there) => there,
        None if observed.cluster == Cluster::Missing => &nothing,
        None => return Err(vec![error::not_observed(&service.key)]),
    };
    let mut definition = match task_definition::plan(service, there, images) {
        Ok(definition) => definition,
        Err(errors) => {
            return Err(service::refused(service, there, options).map_or(errors, |error| vec![error]));
        }
    };
    let (action, scaling, code_deploy) = if options.definitions_only {
        (ServiceAction::Keep, None, None)
    } else {
        let planned = service::plan(service, there, &definition.plan, images, options);
        let scaling = scaling::plan(&manifest.cluster, service, there, options.prune);
        let (planned, scaling) = both(planned, scaling)?;
        definition.warnings.extend(planned.warnings);
        (planned.action, scaling, planned.code_deploy)
    };
    let mut schedules = Vec::new();
    let scheduled = manifest
        .scheduled_on(&service.key)
        .filter(|_| !options.definitions_only);
    for job in scheduled {
        let Some(schedule) = &job.schedule else { continue };
        let scheduled = ScheduledJob {
            job,
            schedule,
            cluster: &manifest.cluster,
            spec: service,
            observed: there,
            definition: &definition.plan,
            action: &action,
            live: observed.schedules.of_jobs.get(&job.name),
            now: observed.schedules.at,
        };
        let (plan, warning) = schedule::plan(scheduled, images);
        schedules.push(plan);
        definition.warnings.extend(warning);
    }
    let replaces_tasks = code_deploy.as_ref().is_some_and(|it| it.replaces_tasks);
    let has_jobs = action.is_change() || replaces_tasks;
    let jobs = |names: &[String]| if has_jobs { names.to_vec() } else { Vec::new() };
    let changed_secrets = match replaces_tasks || update::starts_tasks(&action) {
        true => Vec::new(),
        false => there.changed_secrets.clone(),
    };
    let mut plan = ServicePlan {
        changed_secrets,
        rollout: None,
        before_deploy: jobs(&service.before_deploy),
        after_deploy: jobs(&service.after_deploy),
        key: service.key.clone(),
        name: service.name.clone(),
        definition: definition.plan,
        action,
        scaling,
        schedules,
        code_deploy,
        depends_on: service.depends_on.clone(),
    };
    plan.rollout = rollout_estimate(&plan, there, observed);
    Ok((plan, definition.warnings))
}

/// Estimates the rollout that a plan starts, if it starts one.
fn rollout_estimate(
    plan: &ServicePlan,
    there: &ObservedService,
    observed: &Observed,
) -> Option<RolloutEstimate> {
    if !observed.target_groups.is_read || !update::starts_tasks(&plan.action) {
        return None;
    }
    let planned = EffectiveService::of(plan, there)?;
    estimate(&planned, &observed.target_groups, TaskStop::InTime)
}

/// Returns both values, or all errors.
fn both<A, B>(
    one: Result<A, Vec<PlanError>>,
    other: Result<B, Vec<PlanError>>,
) -> Result<(A, B), Vec<PlanError>> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (one, other) => Err([one.err(), other.err()].into_iter().flatten().flatten().collect()),
    }
}

/// Returns the log groups to create, and those of which it is unknown whether they exist.
fn log_groups(services: &[&ServiceSpec], observed: &Observed) -> (Vec<LogGroupPlan>, Vec<LogGroupPlan>) {
    let mut plans: Vec<(LogGroupId, LogGroupPlan)> = Vec::new();
    for group in services.iter().flat_map(|service| &service.log_groups) {
        let id = group.id();
        let is_planned = plans.iter().any(|(other, _)| *other == id);
        if !is_planned && !observed.log_groups.contains(&id) {
            let plan = LogGroupPlan {
                name: group.name.clone(),
                region: group.region.clone(),
                retention_days: group.retention_days,
            };
            plans.push((id, plan));
        }
    }
    let (unknown, missing): (Vec<_>, Vec<_>) = plans
        .into_iter()
        .partition(|(id, _)| observed.unknown_log_groups.contains(id));
    let plans = |groups: Vec<(LogGroupId, LogGroupPlan)>| groups.into_iter().map(|(_, plan)| plan).collect();
    (plans(missing), plans(unknown))
}
