//! The schedules of jobs: each that the file has, and the names of all in the file's group.

use futures_util::future::{join, try_join_all};

use super::{ObserveRequest, selected};
use crate::aws::{Aws, AwsError};
use crate::model::Job;
use crate::plan::ObservedSchedules;

/// Reads the schedules. Their names suffice, so that it takes no round trip of its own.
pub(super) async fn read(aws: &Aws, request: ObserveRequest<'_>) -> Result<ObservedSchedules, AwsError> {
    let Some(group) = request
        .manifest
        .schedule_group
        .as_deref()
        .filter(|_| request.watched)
    else {
        return Ok(ObservedSchedules::default());
    };
    let jobs = scheduled(request);
    let is_whole = request.manifest.is_whole(request.services);
    if jobs.is_empty() && !is_whole {
        return Ok(ObservedSchedules::default());
    }
    let at = Some(aws.clock().now());
    let found = try_join_all(jobs.iter().map(async |job| {
        let read = || aws.get_schedule(group, &job.name);
        let found = request.retry.read(|| Box::pin(read())).await?;
        Ok::<_, AwsError>(found.map(|found| (job.name.clone(), found)))
    }));
    let (found, names) = join(found, names(aws, request, group, !jobs.is_empty())).await;
    let of_jobs: indexmap::IndexMap<_, _> = found?.into_iter().flatten().collect();
    Ok(ObservedSchedules {
        at,
        names: names.unwrap_or_else(|| of_jobs.keys().cloned().collect()),
        of_jobs,
    })
}

/// Returns the jobs whose schedules a deploy of the requested services changes.
fn scheduled(request: ObserveRequest<'_>) -> Vec<&Job> {
    let manifest = request.manifest;
    let is_whole = manifest.is_whole(request.services);
    let on_services = selected(&request).flat_map(|service| manifest.scheduled_on(&service.key));
    let alone = manifest.scheduled_alone().filter(|_| is_whole);
    on_services.chain(alone).collect()
}

/// Lists the group. None if that is not possible: then nothing is known of schedules that the file no longer has.
async fn names(aws: &Aws, request: ObserveRequest<'_>, group: &str, is_used: bool) -> Option<Vec<String>> {
    let listed = request.retry.optional(|| Box::pin(aws.list_schedules(group)));
    match listed.await {
        Ok(names) => Some(names),
        Err(error) if is_used => {
            let consequence = "schedules that are no longer in deploy.yaml are not found";
            request.sink.warn_of(error, consequence);
            None
        }
        Err(error) => {
            tracing::debug!(group, %error, "schedules not listed");
            None
        }
    }
}
