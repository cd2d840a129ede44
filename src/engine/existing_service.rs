//! Services of the file that exist in ECS.

use super::RunReport;
use super::polling::ReadRetry;
use super::watch::NoSuchService;
use crate::aws::Aws;
use crate::ecs::{Service, TaskDefinition};
use crate::model::{CodeDeployNames, ServiceNames};

/// A service of the file and its state in ECS.
#[derive(Clone, Debug, PartialEq)]
pub struct ExistingService {
    /// Its key in deploy.yaml.
    pub key: String,
    /// The ECS service name.
    pub name: String,
    /// The service.
    pub service: Service,
    /// Its CodeDeploy application and deployment group, if the file names them.
    pub code_deploy: Option<CodeDeployNames>,
}

/// Existing services, and the report of the others.
pub struct ExistingServices {
    /// The existing services.
    pub found: Vec<ExistingService>,
    /// Services that don't exist or are draining.
    pub missing: RunReport,
}

impl ExistingServices {
    /// Finds services (pairs of deploy.yaml key and ECS service name).
    pub async fn find(aws: &Aws, cluster: &str, services: &[(String, String)]) -> Self {
        let names: Vec<String> = services.iter().map(|(_, name)| name.clone()).collect();
        let retry = ReadRetry::silent(aws.clock());
        let described = match retry
            .read(|| Box::pin(aws.describe_services(cluster, &names)))
            .await
        {
            Ok(described) => described,
            Err(error) => {
                let names = names.iter().map(String::as_str);
                return Self {
                    found: Vec::new(),
                    missing: RunReport::of_failed_services(names, &error.into()),
                };
            }
        };
        let (mut found, mut missing) = (Vec::new(), RunReport::default());
        let mut add_missing =
            |name: &String, error: NoSuchService| missing.add(RunReport::of_failed_service(name, error));
        for (key, name) in services {
            match described.existing(name) {
                Some(service) if service.is_draining() => {
                    add_missing(name, NoSuchService::Draining(name.clone()));
                }
                Some(service) => found.push(ExistingService {
                    key: key.clone(),
                    name: name.clone(),
                    service: service.clone(),
                    code_deploy: None,
                }),
                None => add_missing(name, NoSuchService::Missing(name.clone())),
            }
        }
        Self { found, missing }
    }
}

impl ExistingServices {
    /// The same with the CodeDeploy resources that the file names.
    #[must_use]
    pub fn named_by(mut self, file: &ServiceNames) -> Self {
        let found = self.found.into_iter();
        self.found = found.map(|it| it.named_by(file)).collect();
        self
    }
}

impl ExistingService {
    /// The same with the CodeDeploy resources that the file names.
    #[must_use]
    pub fn named_by(mut self, file: &ServiceNames) -> Self {
        self.code_deploy = file.code_deploy(&self.name);
        self
    }

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
