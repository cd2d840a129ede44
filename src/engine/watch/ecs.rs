//! What the poller reads, and how a read may fail.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::aws::{Aws, AwsError, Kind};
use crate::diagnostic::{Explain, Failure};
use crate::ecs::{DescribedServices, ServiceDeployment, Task};

/// How many service deployments a listing brings: the newest. Ours, and whatever overtook it, are among them.
const LISTED: u32 = 20;

/// The reads of ECS that a rollout is watched by.
pub trait Ecs {
    /// DescribeServices, at most ten.
    async fn describe_services(
        &self,
        cluster: &str,
        services: &[String],
    ) -> Result<DescribedServices, Trouble>;

    /// ListServiceDeployments, the newest first.
    async fn list_service_deployments(
        &self,
        cluster: &str,
        service: &str,
    ) -> Result<Vec<ServiceDeployment>, Trouble>;

    /// DescribeServiceDeployments.
    async fn describe_service_deployments(&self, arns: &[String]) -> Result<Vec<ServiceDeployment>, Trouble>;

    /// ListTasks of a service with that desiredStatus (RUNNING, STOPPED): the ARNs.
    async fn list_tasks(
        &self,
        cluster: &str,
        service: &str,
        desired_status: &str,
    ) -> Result<Vec<String>, Trouble>;

    /// DescribeTasks.
    async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>, Trouble>;
}

impl Ecs for Aws {
    async fn describe_services(
        &self,
        cluster: &str,
        services: &[String],
    ) -> Result<DescribedServices, Trouble> {
        Ok(Aws::describe_services(self, cluster, services).await?)
    }

    async fn list_service_deployments(
        &self,
        cluster: &str,
        service: &str,
    ) -> Result<Vec<ServiceDeployment>, Trouble> {
        Ok(Aws::list_service_deployments(self, cluster, service, &[], LISTED).await?)
    }

    async fn describe_service_deployments(&self, arns: &[String]) -> Result<Vec<ServiceDeployment>, Trouble> {
        Ok(Aws::describe_service_deployments(self, arns).await?)
    }

    async fn list_tasks(
        &self,
        cluster: &str,
        service: &str,
        desired_status: &str,
    ) -> Result<Vec<String>, Trouble> {
        Ok(Aws::list_tasks(self, cluster, service, desired_status).await?)
    }

    async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>, Trouble> {
        Ok(Aws::describe_tasks(self, cluster, arns).await?)
    }
}

/// What a failed read means for a watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Too many requests: slow down.
    Throttled,
    /// It may go better next time: 5xx, a reset, no answer.
    Passing,
    /// Not allowed.
    Denied,
    /// The endpoint doesn't have that operation, or refuses this use of it.
    Unsupported,
    /// The credentials are no longer good.
    Credentials,
    /// It will not go better.
    Fatal,
}

/// A read that failed.
#[derive(Debug)]
pub struct Trouble {
    /// What it means.
    pub weight: Weight,
    /// What it was.
    pub error: Failure,
}

impl Trouble {
    /// An error and what it means.
    pub fn new(weight: Weight, error: impl Into<Failure>) -> Self {
        Self {
            weight,
            error: error.into(),
        }
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        trouble.error
    }
}

impl From<AwsError> for Trouble {
    fn from(error: AwsError) -> Self {
        let weight = match error.kind() {
            Kind::Throttled => Weight::Throttled,
            Kind::Unreachable | Kind::NoAnswer | Kind::ServiceFault | Kind::Nonsense => Weight::Passing,
            Kind::AccessDenied(_) => Weight::Denied,
            Kind::Expired | Kind::BadCredentials | Kind::Setup(_) => Weight::Credentials,
            // A service that was made a moment ago may be unknown to a replica; a cluster isn't made so late.
            Kind::NotFound if error.is_cluster_missing() => Weight::Fatal,
            Kind::NotFound => Weight::Passing,
            Kind::Refused => Weight::Unsupported,
            Kind::AlreadyExists | Kind::ClockSkew => Weight::Fatal,
        };
        Self::new(weight, error)
    }
}

/// Why a watch ended before the rollouts did. They go on without it.
#[derive(Debug)]
pub struct BrokenOff {
    /// The services that were still watched.
    pub services: Vec<String>,
    /// Whether ECS had answered before.
    pub had_begun: bool,
    /// What happened.
    pub cause: Arc<Trouble>,
}

impl fmt::Display for BrokenOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let services = self.services.join(", ");
        let error = &self.cause.error;
        match (self.had_begun, self.cause.weight) {
            (true, _) => write!(f, "can no longer watch {services}: {error}"),
            // There is nothing to watch.
            (false, Weight::Fatal) => write!(f, "{error}"),
            (false, _) => write!(f, "can't watch {services}: {error}"),
        }
    }
}

impl std::error::Error for BrokenOff {}

impl Explain for BrokenOff {
    fn exit(&self) -> crate::exit::Exit {
        self.cause.error.inner().exit()
    }

    fn code(&self) -> &'static str {
        self.cause.error.inner().code()
    }

    fn resource(&self) -> Option<Cow<'_, str>> {
        match self.services.as_slice() {
            [one] => Some(one.into()),
            _ => None,
        }
    }

    fn said(&self) -> Option<(&'static str, Cow<'_, str>)> {
        self.cause.error.inner().said()
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        let again = format!("ecsctl wait {}", self.services.join(" "));
        Some(match self.cause.weight {
            Weight::Fatal => return self.cause.error.inner().hint(),
            Weight::Credentials => {
                format!("the rollout goes on; log in again (aws sso login, or new keys), then {again}").into()
            }
            Weight::Denied => match self.cause.error.inner().hint() {
                Some(hint) => format!("the rollout goes on; {hint}, then {again}").into(),
                None => format!("the rollout goes on; {again}").into(),
            },
            _ => format!("the rollout goes on; {again}").into(),
        })
    }

    fn details(&self) -> Vec<String> {
        self.cause.error.inner().details()
    }
}
