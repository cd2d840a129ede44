//! Jobs with a task definition of their own: what is read of them, and what a deploy does with those that run on a
//! schedule once its services are stable.

use super::service_jobs::OwnDefinitions;
use crate::engine::RunReport;
use crate::engine::apply::{ScheduleApplier, ServiceApplier};
use crate::engine::refused_request::with_cause;
use crate::model::{JobPlan, Manifest, Plan};
use crate::plan::Observed;

/// Returns a manifest with the task definitions of jobs instead of services: the jobs of the deploys of these services
/// (keys) and, if these are all of the file's, those on a schedule. None if there are none.
pub(super) fn definitions_of(manifest: &Manifest, services: &[String]) -> Option<Manifest> {
    let is_whole = manifest.is_whole(services);
    let alone = manifest.scheduled_alone().filter(|_| is_whole);
    let jobs = alone.chain(manifest.jobs_of_deploys(services));
    let specs = jobs.filter_map(|job| job.own_definition());
    let specs: indexmap::IndexMap<_, _> = specs.map(|spec| (spec.key.clone(), spec.clone())).collect();
    if specs.is_empty() {
        return None;
    }
    let mut jobs = Manifest {
        services: specs,
        // It is checked with the services.
        account: None,
        schedule_group: None,
        ..manifest.clone()
    };
    jobs.jobs.clear();
    Some(jobs)
}

/// Adds what was read of the jobs to what was read of the services.
pub(super) fn with_jobs(mut observed: Observed, jobs: Observed) -> Observed {
    observed.jobs = jobs.services;
    observed.log_groups.extend(jobs.log_groups);
    observed.unknown_log_groups.extend(jobs.unknown_log_groups);
    for (name, image) in jobs.images {
        match observed.images.get_mut(&name) {
            Some(known) => known.deployed.extend(image.deployed),
            None => {
                observed.images.insert(name, image);
            }
        }
    }
    observed
}

/// The jobs and schedules of one deploy that depend on no single service.
#[derive(Clone, Copy)]
pub(super) struct ScheduledJobs<'a> {
    pub plan: &'a Plan,
    pub applier: &'a ServiceApplier<'a>,
    pub schedules: ScheduleApplier<'a>,
    pub own: &'a OwnDefinitions,
}

impl ScheduledJobs<'_> {
    /// Registers and schedules the jobs, and deletes what the file no longer has; only if the services are as they should
    /// be.
    pub async fn apply(&self, report: &mut RunReport) {
        if !report.is_good() {
            for job in self.plan.jobs.iter().filter(|job| job.has_schedule_change()) {
                let message = format!("schedule {} is not changed: the deploy did not succeed", job.name);
                self.schedules.sink.warn(Some(&job.name), message, None);
            }
            return;
        }
        for job in &self.plan.jobs {
            self.schedule(job, report).await;
        }
        let Some(orphaned) = &self.plan.orphaned_schedules else {
            return;
        };
        for name in orphaned.deleted() {
            match self.schedules.delete(&orphaned.group, name).await {
                Ok(result) => report.of_jobs.schedules.push(result),
                Err(error) => report.add_failure(error),
            }
        }
    }

    async fn schedule(&self, job: &JobPlan, report: &mut RunReport) {
        // Without a schedule, it was registered for the deploy of a service, unless that needed none.
        let Some(schedule) = job.schedule.as_ref().filter(|_| job.changes() > 0) else {
            return;
        };
        // A job around the deploy of a service was registered for that.
        let known = self.own.get(&job.name).and_then(|known| known.arn.clone());
        let arn = match known {
            Some(arn) => arn,
            None => match self.applier.register_for(&job.name, &job.definition).await {
                Ok(arn) => arn,
                Err(error) => return report.add_failure(with_cause(error, &job.name)),
            },
        };
        match self.schedules.apply(schedule, &arn).await {
            Ok(result) => report.of_jobs.schedules.extend(result),
            Err(error) => report.add_failure(with_cause(error, &job.name)),
        }
    }
}
