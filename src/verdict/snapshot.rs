//! What a judge is fed: one service as it was last read.

use jiff::Timestamp;

use crate::ecs::{Service, ServiceDeployment, Task};
use crate::model::FailureTarget;

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
