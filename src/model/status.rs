//! What runs, for people and scripts: the document of `ecsctl status`.

use serde::Serialize;

/// The services of one cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// The version of this document's form: 1.
    pub schema: u32,
    /// The cluster.
    pub cluster: String,
    /// The region.
    pub region: String,
    /// The account, where an ARN told it.
    pub account: Option<String>,
    /// In the order of deploy.yaml.
    pub services: Vec<ServiceStatus>,
}

/// One service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceStatus {
    /// Its key in deploy.yaml.
    pub key: String,
    /// Its name on ECS.
    pub name: String,
    /// `ACTIVE` or `DRAINING` in AWS's words; `MISSING` where there is none, an INACTIVE one included.
    pub status: String,
    /// `web:42`: what it is to run.
    pub task_definition: Option<String>,
    /// Running tasks, of every deployment.
    pub running: Option<u64>,
    /// Starting tasks, of every deployment.
    pub pending: Option<u64>,
    /// Desired tasks.
    pub desired: Option<u64>,
    /// When what it runs was deployed: RFC 3339.
    pub deployed_at: Option<String>,
    /// Its deployments, in AWS's order.
    pub deployments: Vec<DeploymentStatus>,
    /// The bounds of Application Auto Scaling, where it scales the service and may be asked.
    pub scaling: Option<ScalingStatus>,
    /// What ECS wrote last.
    pub last_event: Option<EventStatus>,
}

/// One of a service's deployments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentStatus {
    /// `ecs-svc/N`.
    pub id: String,
    /// `PRIMARY`, `ACTIVE`, `INACTIVE`.
    pub status: String,
    /// `web:42`.
    pub task_definition: Option<String>,
    /// `COMPLETED`, `FAILED`, `IN_PROGRESS`; only rolling deployments have one.
    pub rollout: Option<String>,
    /// AWS's words on it.
    pub reason: Option<String>,
    /// Running tasks.
    pub running: Option<u64>,
    /// Starting tasks.
    pub pending: u64,
    /// Desired tasks.
    pub desired: Option<u64>,
    /// Tasks that failed since one last ran well.
    pub failed: u64,
    /// RFC 3339.
    pub created_at: Option<String>,
}

/// What Application Auto Scaling may set the desired count to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScalingStatus {
    /// MinCapacity.
    pub min: i64,
    /// MaxCapacity.
    pub max: i64,
}

/// Something that ECS wrote about a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EventStatus {
    /// RFC 3339.
    pub at: Option<String>,
    /// AWS's words.
    pub message: String,
}
