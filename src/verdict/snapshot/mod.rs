//! One look at a service, made from ECS's replies. Whatever a reply lacks is absent here too; a value that ECS adds
//! to an enum tomorrow is kept as text.

mod bakes;
mod read;
mod service;
mod service_deployment;
mod task;

use jiff::Timestamp;

use crate::model::FailureTarget;

#[cfg(test)]
pub use bakes::Bakes;
pub use read::time;
#[cfg(test)]
pub use service::Scheduling;
pub use service::{Controller, Deployment, RolloutState, Service, ServiceEvent, Strategy, TargetGroup};
pub use service_deployment::{Hook, Monitor, ServiceDeployment, ServiceDeploymentStatus, deployment_id};
pub use task::{Container, Task};

/// What is known of one service at one moment. The parts may be of different age: the service is read at every
/// poll, the rest when the judge wants it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// From DescribeServices. None: MISSING.
    pub service: Option<Service>,
    /// The service deployments that were found, ours and others, each as last read. Empty when the API can't be had.
    pub service_deployments: Vec<ServiceDeployment>,
    /// Whether service deployments can be read at all: some endpoints and roles lack that API.
    pub deployments_readable: bool,
    /// When ListServiceDeployments last answered.
    pub listed_at: Option<Timestamp>,
    /// The stopped tasks of the service.
    pub tasks: Vec<Task>,
    /// When ListTasks and DescribeTasks last answered.
    pub tasks_at: Option<Timestamp>,
    /// The tasks of the service that ECS wants to run.
    pub running: Vec<Task>,
    /// When these were last asked for.
    pub running_at: Option<Timestamp>,
    /// What the load balancer says of those, by the task's id.
    pub targets: Vec<(String, FailureTarget)>,
    /// Whether tasks can be read at all; false after an AccessDenied.
    pub tasks_readable: bool,
}

impl Snapshot {
    /// A snapshot of the service alone.
    pub fn of(service: Option<Service>) -> Self {
        Self {
            service,
            deployments_readable: true,
            tasks_readable: true,
            ..Self::default()
        }
    }

    /// The service deployment that aims at the service revision of deployment `id` (`ecs-svc/N`).
    pub fn service_deployment(&self, id: &str) -> Option<&ServiceDeployment> {
        self.service_deployments.iter().find(|found| found.aims_at(id))
    }
}

/// `web:42` of a task definition's ARN; other text as it stands.
pub fn short_definition(definition: &str) -> &str {
    definition.rsplit_once('/').map_or(definition, |(_, short)| short)
}
