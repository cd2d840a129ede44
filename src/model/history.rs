//! What was deployed: the document of `ecsctl history`.

use jiff::Timestamp;
use serde::Serialize;

use super::inspect::rfc3339;

/// The deployments of services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct History {
    /// The version of this document's form: 1.
    pub schema: u32,
    /// The cluster.
    pub cluster: String,
    /// The region.
    pub region: String,
    /// Service by service in the order of deploy.yaml, the newest first.
    pub deployments: Vec<PastDeployment>,
}

/// One deployment of a service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PastDeployment {
    /// The service's name on ECS.
    pub service: String,
    /// `ecs-svc/N`.
    pub deployment: Option<String>,
    /// The service deployment's ARN; none where only the service itself told of it.
    pub arn: Option<String>,
    /// What came of it.
    pub outcome: PastOutcome,
    /// AWS's status of it.
    pub status: String,
    /// AWS's words on it.
    pub reason: Option<String>,
    /// Whether the service is to run this one now.
    pub current: bool,
    /// RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub created_at: Option<Timestamp>,
    /// RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub finished_at: Option<Timestamp>,
    /// `web:42`.
    pub task_definition: Option<String>,
    /// The ARN of who registered the task definition. Who deployed it, ECS doesn't tell.
    pub registered_by: Option<String>,
    /// When: RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub registered_at: Option<Timestamp>,
    /// What its containers run, in AWS's order.
    pub images: Vec<PastImage>,
}

/// What a container ran.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PastImage {
    /// The container's name.
    pub container: String,
    /// The image as the definition names it.
    pub image: Option<String>,
    /// `sha256:…`, where ECS resolved it.
    pub digest: Option<String>,
}

/// What came of a deployment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PastOutcome {
    /// It got through.
    Done,
    /// It is on its way.
    InProgress,
    /// It is about to be stopped, or to be rolled back.
    Ending,
    /// Another one took its place before it was through.
    Superseded,
    /// It failed, and was left as it was.
    Failed,
    /// It was stopped by a user, or for a reason that AWS's words tell.
    Stopped,
    /// It failed, and what ran before comes back.
    RollingBack,
    /// It failed, and what ran before runs again.
    RolledBack,
    /// Neither it nor what ran before got through.
    RollbackFailed,
    /// A status that this version doesn't know.
    #[default]
    Unknown,
}
