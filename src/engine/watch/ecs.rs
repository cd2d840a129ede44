//! What the poller reads, and how a read may fail.

use crate::aws::{Aws, AwsError, Kind};
use crate::diagnostic::Failure;
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
    ) -> Result<DescribedServices, ReadError>;

    /// ListServiceDeployments, the newest first.
    async fn list_service_deployments(
        &self,
        cluster: &str,
        service: &str,
    ) -> Result<Vec<ServiceDeployment>, ReadError>;

    /// DescribeServiceDeployments.
    async fn describe_service_deployments(
        &self,
        arns: &[String],
    ) -> Result<Vec<ServiceDeployment>, ReadError>;

    /// ListTasks of a service with that desiredStatus (RUNNING, STOPPED): the ARNs.
    async fn list_tasks(
        &self,
        cluster: &str,
        service: &str,
        desired_status: &str,
    ) -> Result<Vec<String>, ReadError>;

    /// DescribeTasks.
    async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>, ReadError>;
}

impl Ecs for Aws {
    async fn describe_services(
        &self,
        cluster: &str,
        services: &[String],
    ) -> Result<DescribedServices, ReadError> {
        Ok(Aws::describe_services(self, cluster, services).await?)
    }

    async fn list_service_deployments(
        &self,
        cluster: &str,
        service: &str,
    ) -> Result<Vec<ServiceDeployment>, ReadError> {
        Ok(Aws::list_service_deployments(self, cluster, service, &[], LISTED).await?)
    }

    async fn describe_service_deployments(
        &self,
        arns: &[String],
    ) -> Result<Vec<ServiceDeployment>, ReadError> {
        Ok(Aws::describe_service_deployments(self, arns).await?)
    }

    async fn list_tasks(
        &self,
        cluster: &str,
        service: &str,
        desired_status: &str,
    ) -> Result<Vec<String>, ReadError> {
        Ok(Aws::list_tasks(self, cluster, service, desired_status).await?)
    }

    async fn describe_tasks(&self, cluster: &str, arns: &[String]) -> Result<Vec<Task>, ReadError> {
        Ok(Aws::describe_tasks(self, cluster, arns).await?)
    }
}

/// What a failed read means for a watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
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
#[derive(Clone, Debug)]
pub struct ReadError {
    /// What it means.
    pub weight: Severity,
    /// What it was.
    pub error: Failure,
}

impl ReadError {
    /// An error and what it means.
    pub fn new(weight: Severity, error: impl Into<Failure>) -> Self {
        Self {
            weight,
            error: error.into(),
        }
    }
}

impl From<ReadError> for Failure {
    fn from(trouble: ReadError) -> Self {
        trouble.error
    }
}

impl From<AwsError> for ReadError {
    fn from(error: AwsError) -> Self {
        let weight = match error.kind() {
            Kind::Throttled => Severity::Throttled,
            Kind::Unreachable | Kind::NoAnswer | Kind::ServiceFault | Kind::Nonsense => Severity::Passing,
            Kind::AccessDenied(_) => Severity::Denied,
            Kind::Expired | Kind::BadCredentials | Kind::Setup(_) => Severity::Credentials,
            // A service that was made a moment ago may be unknown to a replica; a cluster isn't made so late.
            Kind::NotFound if error.is_cluster_missing() => Severity::Fatal,
            Kind::NotFound => Severity::Passing,
            Kind::Refused => Severity::Unsupported,
            Kind::AlreadyExists | Kind::ClockSkew => Severity::Fatal,
        };
        Self::new(weight, error)
    }
}

/// The watch of these services ended before their rollouts did. The rollouts go on.
pub(super) fn broken_off(services: &[String], had_begun: bool, cause: ReadError) -> Failure {
    let (weight, mut failure) = (cause.weight, cause.error);
    let names = services.join(", ");
    failure.message = match (had_begun, weight) {
        (true, _) => format!("can no longer watch {names}: {failure}"),
        // There is nothing to watch.
        (false, Severity::Fatal) => failure.message,
        (false, _) => format!("can't watch {names}: {failure}"),
    };
    failure.resource = match services {
        [one] => Some(one.clone()),
        _ => None,
    };
    let again = format!("ecsctl wait {}", services.join(" "));
    failure.hint = match (weight, failure.hint.take()) {
        (Severity::Fatal, hint) => hint,
        (Severity::Credentials, _) => Some(format!(
            "the rollout goes on; log in again (aws sso login, or new keys), then {again}"
        )),
        (Severity::Denied, Some(hint)) => Some(format!("the rollout goes on; {hint}, then {again}")),
        _ => Some(format!("the rollout goes on; {again}")),
    };
    failure
}
