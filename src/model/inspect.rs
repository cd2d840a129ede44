//! The output documents of the read-only commands other than `status`.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// The service events that ECS wrote: the document of `ecsctl events`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceMessages {
    /// The schema version of this document: 1.
    pub schema: u32,
    /// The cluster.
    pub cluster: String,
    /// The region.
    pub region: String,
    /// The events, newest last.
    pub events: Vec<ServiceMessage>,
}

/// A service event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceMessage {
    /// The ECS service's name.
    pub service: String,
    /// RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub at: Option<Timestamp>,
    /// AWS's id of the event.
    pub id: String,
    /// AWS's message.
    pub message: String,
}

/// Serializes a time in RFC 3339.
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
    /// The schema version of this document: 1.
    pub schema: u32,
    /// The cluster.
    pub cluster: String,
    /// The region.
    pub region: String,
    /// The tasks, grouped by service in the order of deploy.yaml: oldest first, or most recently stopped first.
    pub tasks: Vec<TaskStatus>,
}

/// One task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskStatus {
    /// The ECS service's name.
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
    /// `HEALTHY`, `UNHEALTHY`; None without a health check result.
    pub health: Option<String>,
    /// The launch type: `FARGATE`, `EC2`, `EXTERNAL`, `MANAGED_INSTANCES`.
    pub launch_type: Option<String>,
    /// `us-east-1a`.
    pub availability_zone: Option<String>,
    /// RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub created_at: Option<Timestamp>,
    /// When all containers had started, in RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub started_at: Option<Timestamp>,
    /// RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub stopped_at: Option<Timestamp>,
    /// `EssentialContainerExited`, …
    pub stop_code: Option<String>,
    /// The reason why it stopped, as AWS words it.
    pub stopped_reason: Option<String>,
    /// Whether it stopped because of a failure.
    pub failed: bool,
    /// The containers, in AWS's order.
    pub containers: Vec<ContainerStatus>,
}

/// One container of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerStatus {
    /// Its name.
    pub name: String,
    /// The container runtime's id of the container.
    pub runtime_id: Option<String>,
    /// The image as named in the task definition.
    pub image: Option<String>,
    /// The digest of the running image.
    pub image_digest: Option<String>,
    /// `PENDING`, `RUNNING`, `STOPPED`.
    pub last_status: Option<String>,
    /// `HEALTHY`, `UNHEALTHY`; None without a health check result.
    pub health: Option<String>,
    /// The exit code, if it has exited.
    pub exit_code: Option<i64>,
    /// A description of the exit code.
    pub meaning: Option<String>,
    /// AWS's message about the container.
    pub reason: Option<String>,
}

/// A line of a container's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogLine {
    /// When the container wrote it, in RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub at: Option<Timestamp>,
    /// The ECS service's name.
    pub service: String,
    /// The container's name.
    pub container: String,
    /// The task's id: 32 hex digits.
    pub task: String,
    /// The message, unchanged; several lines if the log driver joins them.
    pub message: String,
}
