//! Reads which secrets changed after the tasks that use them were created.

use futures_util::future::join_all;
use indexmap::IndexMap;

use super::ObserveRequest;
use crate::aws::{Aws, AwsError};
use crate::ecs::{Service, Task};
use crate::engine::secret_changes::{READ_LIMIT, changed_since, oldest_task};
use crate::model::ChangedSecret;
use crate::plan::ObservedService;

/// The consequence of a missing right, or of a service that is out of reach.
const UNKNOWN: &str = "whether secrets changed after the tasks started is unknown";

/// Returns the changed secrets by the service's key, if the request wants them. Warns once of each kind of error.
pub(super) async fn changed(
    aws: &Aws,
    request: ObserveRequest<'_>,
    services: &IndexMap<String, ObservedService>,
) -> IndexMap<String, Vec<ChangedSecret>> {
    if !request.secrets {
        return IndexMap::new();
    }
    let reads = services.iter().map(async |(key, observed)| {
        let (changed, errors) = changed_of(aws, request, observed).await;
        (key.clone(), changed, errors)
    });
    let (mut all, mut warned) = (IndexMap::new(), Vec::new());
    for (key, changed, errors) in join_all(reads).await {
        for error in errors {
            let action = error.as_ref().map(AwsError::action);
            if !warned.contains(&action) {
                warned.push(action);
                warn(request, error);
            }
        }
        all.insert(key, changed);
    }
    all
}

/// Returns the changed secrets of a service, and why others are unknown; None if a read took too long.
async fn changed_of(
    aws: &Aws,
    request: ObserveRequest<'_>,
    observed: &ObservedService,
) -> (Vec<ChangedSecret>, Vec<Option<AwsError>>) {
    let definition = observed.running_definition.as_ref();
    let (Some(service), Some(definition)) = (&observed.service, definition) else {
        return Default::default();
    };
    let Some(deployed_at) = service.deployed_at() else {
        return Default::default();
    };
    let (mut changed, mut errors) = (Vec::new(), Vec::new());
    for read in changed_since(aws, definition, deployed_at).await {
        match read {
            Some(Ok(some)) => changed.extend(some),
            Some(Err(error)) if error.is_unsupported() => {}
            Some(Err(error)) => errors.push(Some(error)),
            None => errors.push(None),
        }
    }
    if changed.is_empty() {
        return (changed, errors);
    }
    match tasks(aws, request, service).await {
        Ok(tasks) => {
            let oldest = oldest_task(&tasks, deployed_at);
            changed.retain(|it| oldest.is_some_and(|oldest| it.changed_at > oldest));
        }
        Err(error) => {
            changed.clear();
            errors.push(Some(error));
        }
    }
    (changed, errors)
}

/// Reads the running tasks of a service.
async fn tasks(aws: &Aws, request: ObserveRequest<'_>, service: &Service) -> Result<Vec<Task>, AwsError> {
    let cluster = &request.manifest.cluster;
    let arns = aws.list_tasks(cluster, &service.name, "RUNNING").await?;
    aws.describe_tasks(cluster, &arns).await
}

fn warn(request: ObserveRequest<'_>, error: Option<AwsError>) {
    match error {
        Some(error) => request.sink.warn_of(error, UNKNOWN),
        None => {
            let seconds = READ_LIMIT.as_secs();
            let message = format!("secrets could not be read within {seconds} seconds: {UNKNOWN}");
            request.sink.warn(None, message, None);
        }
    }
}
