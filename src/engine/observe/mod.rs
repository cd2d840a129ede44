//! Reads the current state from AWS, concurrently, in at most three round trips.
//!
//! First the identity, the services, the latest and the named task definition revisions, repositories and log
//! groups, autoscaling and schedules that the file names; then what depends on the services (what they run, what scales
//! them); then, in the registry, which images run, and which secrets changed, which takes more if one did.

mod capacity;
mod error;
mod images;
mod scaling;
mod schedules;
mod secrets;
mod services;
mod target_groups;
mod watch_permissions;

#[cfg(test)]
mod tests;

use std::future::Future;
use std::pin::Pin;

use futures_util::future::{join, join_all, join4};
use indexmap::IndexMap;

use crate::aws::{Aws, AwsError};
use crate::diagnostic::Failure;
use crate::engine::account_guard::check_account;
use crate::engine::polling::ReadRetry;
use crate::model::{Digest, Identity, LogGroup, LogGroupId, Manifest, Sink, UnreadResource, Value};
use crate::plan::Observed;

pub(super) use images::place;

/// Names what could not be read, and why.
pub(super) fn unread(what: &'static str, error: &AwsError) -> UnreadResource {
    UnreadResource {
        what,
        action: error.action(),
        reason: (!error.is_access_denied()).then(|| error.to_string()),
    }
}

/// Reads a manifest's config digest (Docker's image id) from the registry. None if it doesn't exist or can't
/// be read: then the image counts as different.
pub trait ReadConfigDigest: Send + Sync {
    /// Reads the digest. `image` is the key in deploy.yaml, `repository_uri` the URI in `ObservedImage`.
    fn config_digest<'a>(
        &'a self,
        image: &'a str,
        repository_uri: &'a str,
        manifest: &'a Digest,
    ) -> Pin<Box<dyn Future<Output = Option<Digest>> + Send + 'a>>;
}

/// What to observe.
#[derive(Clone, Copy)]
pub struct ObserveRequest<'a> {
    /// The manifest.
    pub manifest: &'a Manifest,
    /// Keys of the services: all in the file, or those of `--only`.
    pub services: &'a [String],
    /// Keys of the images that are built or pushed.
    pub images: &'a [String],
    /// `--registry`: the host (and port) that replaces ECR's.
    pub registry: Option<&'a str>,
    /// The caller, if STS was already called (`${aws.account}`): it isn't called again.
    pub identity: Option<&'a Identity>,
    /// Whether the services will be deployed and watched, so that permissions needed for watching are checked
    /// too.
    pub watched: bool,
    /// Whether to read which secrets changed after the tasks started.
    pub secrets: bool,
    /// Whether the services' target groups are read.
    pub target_groups: bool,
    /// Keys of the services whose running images are read too, if that is possible.
    pub tagged: &'a [String],
    /// How the reads persist.
    pub retry: &'a ReadRetry<'a>,
    /// Reads manifests.
    pub reader: &'a dyn ReadConfigDigest,
    /// Where warnings go.
    pub sink: &'a dyn Sink,
}

/// Reads everything; writes nothing. The account guard is checked before any other response is used.
pub async fn observe(aws: &Aws, request: ObserveRequest<'_>) -> Result<Observed, Failure> {
    let first = join(
        ask_identity(aws, &request),
        join(
            services::first(aws, request),
            join4(
                images::repositories(aws, request),
                log_groups(aws, request),
                target_groups::named(aws, request),
                join(schedules::read(aws, request), capacity::read(aws, request)),
            ),
        ),
    );
    let (identity, (services, (repositories, log_groups, target_groups, (schedules, capacity)))) =
        first.await;
    // In the wrong account the other responses mean nothing, including errors.
    let (identity, unknown) = identity?;
    let (services, repositories, log_groups) = (services?, repositories?, log_groups?);
    let schedules = schedules?;
    // Only now: where nothing can be reached, a required read says so.
    for (error, consequence) in log_groups.warnings {
        request.sink.warn_of(error, consequence);
    }
    let described = services.described().clone();
    let others = target_groups::of_services(aws, request, &described, &target_groups);
    let (others, second) = join(others, services::second(aws, request, services)).await;
    let (cluster, mut services) = second?;
    let account = images::RegistryAccount {
        known: identity.as_ref().map(|identity| &identity.account),
        unknown: unknown.as_ref(),
        region: aws.region(),
    };
    let images = images::deployed(request, account, repositories, &services);
    let (images, changed_secrets) = join(images, secrets::changed(aws, request, &services)).await;
    let images = images?;
    for (key, changed) in changed_secrets {
        if let Some(service) = services.get_mut(&key) {
            service.changed_secrets = changed;
        }
    }
    Ok(Observed {
        identity,
        region: aws.region().to_owned(),
        cluster,
        capacity,
        services,
        images,
        log_groups: log_groups.existing,
        other_retention: log_groups.other_retention,
        unknown_log_groups: log_groups.unknown,
        jobs: IndexMap::new(),
        schedules,
        target_groups: target_groups.with(others),
    })
}

/// Reads the caller's identity and checks it against `account:`; or returns why it isn't known, if it is
/// optional.
async fn ask_identity(
    aws: &Aws,
    request: &ObserveRequest<'_>,
) -> Result<(Option<Identity>, Option<AwsError>), Failure> {
    let guard = request.manifest.account.as_ref();
    let for_images = images::need_account(request);
    if let Some(identity) = request.identity {
        return check_account(identity, guard).map(|()| (Some(identity.clone()), None));
    }
    if guard.is_none() && !for_images {
        return Ok((None, None));
    }
    match request.retry.read(|| Box::pin(aws.caller_identity())).await {
        Ok(identity) => check_account(&identity, guard).map(|()| (Some(identity), None)),
        Err(error) if guard.is_some() => Err(error.into()),
        // The repository's own URI may be enough.
        Err(error) => Ok((None, Some(error))),
    }
}

/// The services' log groups, as far as they were looked up.
#[derive(Default)]
struct LogGroups {
    existing: Vec<LogGroupId>,
    /// Those among them with another retention than the file's.
    other_retention: Vec<(LogGroupId, Option<u32>)>,
    /// Those that the caller may not look up.
    unknown: Vec<LogGroupId>,
    /// Why some could not be looked up, and the consequence.
    warnings: Vec<(AwsError, &'static str)>,
}

/// Looks up the services' log groups. If CloudWatch Logs can't be reached, they count as existing.
async fn log_groups(aws: &Aws, request: ObserveRequest<'_>) -> Result<LogGroups, AwsError> {
    let mut wanted: Vec<&LogGroup> = Vec::new();
    for group in selected(&request).flat_map(|service| &service.log_groups) {
        if !wanted.iter().any(|known| known.id() == group.id()) {
            wanted.push(group);
        }
    }
    let found = join_all(wanted.iter().map(async |group| {
        let session = group
            .region
            .as_deref()
            .map_or_else(|| aws.clone(), |region| aws.in_region(region));
        let retry = request.retry;
        retry
            .optional(|| Box::pin(session.describe_log_group(&group.name)))
            .await
    }))
    .await;
    let mut groups = LogGroups::default();
    for (group, found) in wanted.into_iter().zip(found) {
        match found {
            Ok(Some(found)) if is_finished(group, &found) => {
                groups.existing.push(group.id());
                let retention = retention(&found);
                if group.retention_days.is_some() && group.retention_days != retention {
                    groups.other_retention.push((group.id(), retention));
                }
            }
            Ok(_) => {}
            Err(error) if error.is_access_denied() => {
                groups
                    .warnings
                    .push((error, "deploy creates it unless it exists"));
                groups.unknown.push(group.id());
            }
            Err(error) if error.is_out_of_reach() => {
                groups.warnings.push((error, "assuming that it exists"));
                groups.existing.push(group.id());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(groups)
}

/// Whether a log group is as we would have created it. A run that is killed between its two calls leaves an
/// empty group that keeps its events forever; one with events is never changed, because retention deletes
/// them.
fn is_finished(wanted: &LogGroup, found: &Value) -> bool {
    let keeps_for_ever = retention(found).is_none();
    let is_empty = found.get("storedBytes").and_then(Value::as_u64) == Some(0);
    !(wanted.retention_days.is_some() && keeps_for_ever && is_empty)
}

/// Returns a log group's retention in days.
fn retention(found: &Value) -> Option<u32> {
    let days = found.get("retentionInDays")?.as_u64()?;
    u32::try_from(days).ok()
}

/// Returns the requested services.
fn selected<'a>(request: &ObserveRequest<'a>) -> impl Iterator<Item = &'a crate::model::ServiceSpec> {
    let services = &request.manifest.services;
    request.services.iter().filter_map(|key| services.get(key))
}
