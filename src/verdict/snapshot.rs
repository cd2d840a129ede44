//! The judge's input: the last known state of one service.

use jiff::Timestamp;

use crate::ecs::{CodeDeployment, ProtectedTask, Service, ServiceDeployment, Task};
use crate::model::FailureTarget;

/// The known state of one service at one moment. Its parts differ in age: the service is read at every poll,
/// the rest when the judge requests it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// The service from DescribeServices, or `None` if it is MISSING.
    pub service: Option<Service>,
    /// The listed service deployments, each as last read. Empty if they can't be read.
    pub service_deployments: Vec<ServiceDeployment>,
    /// Whether service deployments can be read: some endpoints lack that API, some roles the permission.
    pub deployments_readable: bool,
    /// When ListServiceDeployments last responded.
    pub listed_at: Option<Timestamp>,
    /// The stopped tasks of the service.
    pub tasks: Vec<Task>,
    /// When ListTasks and DescribeTasks last responded.
    pub tasks_at: Option<Timestamp>,
    /// The tasks of the service with desiredStatus RUNNING.
    pub running: Vec<Task>,
    /// When the running tasks were last read.
    pub running_at: Option<Timestamp>,
    /// The tasks of the service that are protected from scale-in.
    pub protected: Vec<ProtectedTask>,
    /// When task protection was last read, together with the running tasks.
    pub protection_at: Option<Timestamp>,
    /// Whether task protection can be read; false after an AccessDenied.
    pub protection_readable: bool,
    /// Target health of the running tasks, by task ID.
    pub targets: Vec<(String, FailureTarget)>,
    /// Whether tasks can be read; false after an AccessDenied.
    pub tasks_readable: bool,
    /// The CodeDeploy deployment that is watched, if one is.
    pub code_deploy: Option<CodeDeploySnapshot>,
    /// Whether CodeDeploy listed no deployment in progress.
    pub no_code_deployment: bool,
}

/// A CodeDeploy deployment as last read.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeDeploySnapshot {
    /// The deployment.
    pub deployment: CodeDeployment,
    /// The deployment that rolls it back, if there is one.
    pub rollback: Option<CodeDeployment>,
    /// The ARN of the task definition that it deploys, if that was read.
    pub definition: Option<String>,
}

impl Snapshot {
    /// Creates a snapshot with only the service.
    pub fn of(service: Option<Service>) -> Self {
        Self {
            service,
            deployments_readable: true,
            tasks_readable: true,
            protection_readable: true,
            ..Self::default()
        }
    }

    /// The service deployment whose target is the service revision of deployment `id` (`ecs-svc/N`).
    pub fn service_deployment(&self, id: &str) -> Option<&ServiceDeployment> {
        self.service_deployments.iter().find(|found| found.aims_at(id))
    }
}
