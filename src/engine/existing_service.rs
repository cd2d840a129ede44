//! Services of the file that exist in ECS.

use super::polling::ReadRetry;
use super::watch::NoSuchService;
use crate::aws::Aws;
use crate::diagnostic::Failure;
use crate::ecs::{Service, TaskDefinition};

/// A service of the file and its state in ECS.
#[derive(Clone, Debug, PartialEq)]
pub struct ExistingService {
    /// Its key in deploy.yaml.
    pub key: String,
    /// The ECS service name.
    pub name: String,
    /// The service.
    pub service: Service,
}

/// Existing services, and the reasons why others are missing.
pub struct ExistingServices {
    /// The existing services.
    pub found: Vec<ExistingService>,
    /// Services that don't exist or are draining.
    pub missing: Vec<NoSuchService>,
}

impl ExistingServices {
    /// Finds services (pairs of deploy.yaml key and ECS service name).
    pub async fn find(aws: &Aws, cluster: &str, services: &[(String, String)]) -> Result<Self, Failure> {
        let names: Vec<String> = services.iter().map(|(_, name)| name.clone()).collect();
        let retry = ReadRetry::silent(aws.clock());
        let described = retry
            .read(|| Box::pin(aws.describe_services(cluster, &names)))
            .await?;
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        for (key, name) in services {
            match described.existing(name) {
                Some(service) if service.is_draining() => missing.push(NoSuchService::Draining(name.clone())),
                Some(service) => found.push(ExistingService {
                    key: key.clone(),
                    name: name.clone(),
                    service: service.clone(),
                }),
                None => missing.push(NoSuchService::Missing(name.clone())),
            }
        }
        Ok(Self { found, missing })
    }
}

impl ExistingService {
    /// Returns its current task definition if it can be read; it shows whether the tasks have health
    /// checks.
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
