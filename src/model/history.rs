//! Past deployments: the document of `ecsctl history`.

use jiff::Timestamp;
use serde::Serialize;

use super::inspect::rfc3339;

/// The past deployments of services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct History {
    /// The schema version of this document: 1.
    pub schema: u32,
    /// The cluster.
    pub cluster: String,
    /// The region.
    pub region: String,
    /// The deployments, grouped by service in the order of deploy.yaml, newest first.
    pub deployments: Vec<PastDeployment>,
}

/// One deployment of a service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PastDeployment {
    /// The ECS service's name.
    pub service: String,
    /// `ecs-svc/N`.
    pub deployment: Option<String>,
    /// The service deployment's ARN; None if only the service itself reports the deployment.
    pub arn: Option<String>,
    /// The deployment's outcome.
    pub outcome: PastOutcome,
    /// AWS's status of the deployment.
    pub status: String,
    /// AWS's message about the status.
    pub reason: Option<String>,
    /// Whether this is the service's current deployment; none is once the service is deleted.
    pub current: bool,
    /// Its running tasks, if the service still lists the deployment.
    pub running: Option<u64>,
    /// RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub created_at: Option<Timestamp>,
    /// RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub finished_at: Option<Timestamp>,
    /// `web:42`.
    pub task_definition: Option<String>,
    /// The ARN of who registered the task definition. ECS doesn't report who deployed it.
    pub registered_by: Option<String>,
    /// When the task definition was registered, in RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub registered_at: Option<Timestamp>,
    /// The images that its containers run, in AWS's order.
    pub images: Vec<PastImage>,
}

/// The image that a container ran.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PastImage {
    /// The container's name.
    pub container: String,
    /// The image as named in the task definition.
    pub image: Option<String>,
    /// The digest `sha256:…`, if ECS resolved it.
    pub digest: Option<String>,
}

/// The outcome of a past deployment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PastOutcome {
    /// It succeeded.
    Done,
    /// It is in progress.
    InProgress,
    /// A stop or rollback was requested.
    Ending,
    /// Another deployment replaced it before it completed.
    Superseded,
    /// It failed and wasn't rolled back.
    Failed,
    /// It was stopped by a user, or for the reason given in AWS's message.
    Stopped,
    /// It failed, and the rollback to the previous revision is in progress.
    RollingBack,
    /// It failed and was rolled back to the previous revision.
    RolledBack,
    /// Both the deployment and its rollback failed.
    RollbackFailed,
    /// A status that this version doesn't know.
    #[default]
    Unknown,
}
