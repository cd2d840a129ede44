//! Services of the file that exist on ECS.

use super::watch::NoSuchService;
use crate::aws::Aws;
use crate::diagnostic::Failure;
use crate::ecs::{Service, TaskDefinition};

/// A service of the file as it is on ECS.
#[derive(Clone, Debug, PartialEq)]
pub struct ExistingService {
    /// Its key in deploy.yaml.
    pub key: String,
    /// Its name on ECS.
    pub name: String,
    /// The service.
    pub service: Service,
}

/// Services, and why others are not among them.
pub struct ExistingServices {
    /// Those that exist.
    pub found: Vec<ExistingService>,
    /// Those that don't, or are draining.
    pub missing: Vec<NoSuchService>,
}

impl ExistingServices {
    /// Reads services (pairs of their key in deploy.yaml and their name on ECS).
    pub async fn find(aws: &Aws, cluster: &str, services: &[(String, String)]) -> Result<Self, Failure> {
        let names: Vec<String> = services.iter().map(|(_, name)| name.clone()).collect();
        let described = aws.describe_services(cluster, &names).await?;
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
    /// The task definition that it runs, where it can be read: it tells whether the tasks have health checks.
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
