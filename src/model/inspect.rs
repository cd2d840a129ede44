//! What the look commands show besides `status`: documents of their own.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// What ECS wrote about services: the document of `ecsctl events`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceMessages {
    /// The version of this document's form: 1.
    pub schema: u32,
    /// The cluster.
    pub cluster: String,
    /// The region.
    pub region: String,
    /// The newest last.
    pub events: Vec<ServiceMessage>,
}

/// Something that ECS wrote about a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceMessage {
    /// The service's name on ECS.
    pub service: String,
    /// RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub at: Option<Timestamp>,
    /// AWS's id of it.
    pub id: String,
    /// AWS's words.
    pub message: String,
}

/// A time as scripts read it.
#[expect(clippy::ref_option, reason = "serde hands it over so")]
pub(super) fn rfc3339<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => serializer.collect_str(at),
        None => serializer.serialize_none(),
    }
}

/// Tasks of services: the document of `ecsctl tasks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskList {
    /// The version of this document's form: 1.
    pub schema: u32,
    /// The cluster.
    pub cluster: String,
    /// The region.
    pub region: String,
    /// Service by service in the order of deploy.yaml; the oldest first, or the last stopped first.
    pub tasks: Vec<TaskStatus>,
}

/// One task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskStatus {
    /// Its service's name on ECS.
    pub service: String,
    /// Its id: 32 hex digits.
    pub id: String,
    /// `web:42`.
    pub task_definition: Option<String>,
    /// The deployment that started it: `ecs-svc/N`.
    pub deployment: Option<String>,
    /// `PENDING`, `RUNNING`, `STOPPED`, …
    pub last_status: String,
    /// `RUNNING` or `STOPPED`.
    pub desired_status: Option<String>,
    /// `HEALTHY`, `UNHEALTHY`; none where no health check looks at it, or not yet.
    pub health: Option<String>,
    /// What it runs on: `FARGATE`, `EC2`, `EXTERNAL`, `MANAGED_INSTANCES`.
    pub launch_type: Option<String>,
    /// `us-east-1a`.
    pub availability_zone: Option<String>,
    /// RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub created_at: Option<Timestamp>,
    /// When its containers had come up: RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub started_at: Option<Timestamp>,
    /// RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub stopped_at: Option<Timestamp>,
    /// `EssentialContainerExited`, …
    pub stop_code: Option<String>,
    /// AWS's words on why it stopped.
    pub stopped_reason: Option<String>,
    /// Whether it stopped because something is wrong with it.
    pub failed: bool,
    /// In AWS's order.
    pub containers: Vec<ContainerStatus>,
}

/// One container of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerStatus {
    /// Its name.
    pub name: String,
    /// The container runtime's id of it.
    pub runtime_id: Option<String>,
    /// The image as its definition names it.
    pub image: Option<String>,
    /// The image that runs.
    pub image_digest: Option<String>,
    /// `PENDING`, `RUNNING`, `STOPPED`.
    pub last_status: Option<String>,
    /// `HEALTHY`, `UNHEALTHY`; none where no health check looks at it, or not yet.
    pub health: Option<String>,
    /// When it has ended.
    pub exit_code: Option<i64>,
    /// What the exit code means, in our words.
    pub meaning: Option<String>,
    /// AWS's words on it.
    pub reason: Option<String>,
}

/// A line that a container wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogLine {
    /// When the container wrote it: RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub at: Option<Timestamp>,
    /// The service's name on ECS.
    pub service: String,
    /// The container's name.
    pub container: String,
    /// The task's id: 32 hex digits.
    pub task: String,
    /// What it wrote, as it wrote it: several lines where its log driver puts them together.
    pub message: String,
}
