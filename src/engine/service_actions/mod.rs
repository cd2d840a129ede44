//! Changes to existing services that keep their task definition: scaling, restarting, or deleting
//! them.

mod delete;
mod left_behind;
mod refusal;
mod restart;
mod scale;

#[cfg(test)]
mod tests;

use crate::aws::{Aws, AwsError};
use crate::diagnostic::Failure;
use crate::ecs::{DescribedServices, Service};
use crate::engine::polling::{ReadRetry, retry_write};
use crate::engine::{ExistingService, RunReport};
use crate::model::Value;

pub use delete::{Deletion, delete, find_deletions};
pub use left_behind::left_behind;
use refusal::{no_such_service, refusal, refused, unread};
pub use restart::{find_restarts, restart};
pub use scale::{CountChange, find_count_changes, scale};

/// A change to a service that keeps its task definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceChange {
    /// Change the desired count.
    Scale,
    /// Deploy the same task definition again.
    Restart,
    /// Delete the service.
    Delete,
}

/// Finds services (pairs of deploy.yaml key and ECS service name). Fails unless all of them exist and
/// can be changed this way.
async fn find(
    aws: &Aws,
    cluster: &str,
    services: &[(String, String)],
    change: ServiceChange,
) -> Result<Vec<ExistingService>, RunReport> {
    let names: Vec<String> = services.iter().map(|(_, name)| name.clone()).collect();
    let retry = ReadRetry::silent(aws.clock());
    let described = retry
        .read(|| Box::pin(aws.describe_services(cluster, &names)))
        .await
        .map_err(|error| unread(services, error))?;
    let (mut found, mut refusals) = (Vec::new(), Vec::new());
    for (key, name) in services {
        match check(&described, key, name, change) {
            Ok(service) => found.push(service),
            Err(refusal) => refusals.push((name.clone(), refusal)),
        }
    }
    refused(services, &refusals)?;
    Ok(found)
}

fn check(
    described: &DescribedServices,
    key: &str,
    name: &str,
    change: ServiceChange,
) -> Result<ExistingService, Failure> {
    let Some(service) = described.existing(name) else {
        return Err(no_such_service(name, key));
    };
    match refusal(service, name, change) {
        Some(refusal) => Err(refusal),
        None => Ok(ExistingService {
            key: key.to_owned(),
            name: name.to_owned(),
            service: service.clone(),
            code_deploy: None,
        }),
    }
}

/// Calls UpdateService and returns the service from its response. If the response is lost, `is_done`
/// decides whether the service shows the change.
async fn update(
    aws: &Aws,
    cluster: &str,
    name: &str,
    input: &Value,
    is_done: impl Fn(&Service) -> bool + Sync,
) -> Result<Service, AwsError> {
    let is_done = &is_done;
    retry_write(
        aws.clock(),
        || Box::pin(aws.update_service(name, input, || true)),
        || {
            Box::pin(async move {
                let described = aws.describe_services(cluster, &[name.to_owned()]).await?;
                let now = described.active(name);
                Ok(now.filter(|now| is_done(now)).cloned())
            })
        },
        |_| false,
    )
    .await
}
