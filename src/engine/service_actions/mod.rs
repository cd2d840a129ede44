//! One call on a service that is there and keeps its task definition: another count, all tasks anew, or its end.

mod bounds;
mod delete;
mod drain;
mod refusal;
mod update;

#[cfg(test)]
mod tests;

use crate::aws::Aws;
use crate::diagnostic::Failure;
use crate::ecs::{DescribedServices, Service, TaskDefinition};

pub use bounds::{bounds, outside};
pub use delete::{Deletion, delete, deletions};
pub use refusal::Refusal;
use refusal::refused;
pub use update::{restart, scale};

/// What is to be done with services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceChange {
    /// Set the count.
    Scale,
    /// Deploy the same anew.
    Restart,
    /// Take it away.
    Delete,
}

/// A service that may be changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its key in deploy.yaml.
    pub key: String,
    /// Its name on ECS.
    pub name: String,
    /// The service.
    pub service: Service,
}

impl Found {
    /// The task definition that it runs, where it may be read: it tells whether a health check looks at the tasks.
    pub async fn definition(&self, aws: &Aws) -> Option<TaskDefinition> {
        let arn = self.service.task_definition.as_deref()?;
        match aws.describe_task_definition(arn).await {
            Ok(definition) => definition,
            Err(error) => {
                tracing::debug!(%error, "the running definition is not known");
                None
            }
        }
    }
}

/// Looks services up (pairs of their key in deploy.yaml and their name on ECS). All of them are there and can be
/// changed that way, or none is given back.
pub async fn find(
    aws: &Aws,
    cluster: &str,
    services: &[(String, String)],
    lever: ServiceChange,
) -> Result<Vec<Found>, Failure> {
    let names: Vec<String> = services.iter().map(|(_, name)| name.clone()).collect();
    let described = aws.describe_services(cluster, &names).await?;
    let (mut found, mut refusals) = (Vec::new(), Vec::new());
    for (key, name) in services {
        match judged(&described, key, name, lever) {
            Ok(service) => found.push(service),
            Err(refusal) => refusals.push(refusal),
        }
    }
    refused(refusals)?;
    Ok(found)
}

fn judged(
    described: &DescribedServices,
    key: &str,
    name: &str,
    lever: ServiceChange,
) -> Result<Found, Refusal> {
    let Some(service) = described.existing(name) else {
        return Err(Refusal::Missing {
            service: name.to_owned(),
            key: key.to_owned(),
        });
    };
    match Refusal::of(service, name, lever) {
        Some(refusal) => Err(refusal),
        None => Ok(Found {
            key: key.to_owned(),
            name: name.to_owned(),
            service: service.clone(),
        }),
    }
}
