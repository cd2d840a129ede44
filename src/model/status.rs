//! What runs, for people and scripts: the document of `ecsctl status`.

use serde::Serialize;

/// The services of one cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
    /// What could not be shown, and why: one sentence for each right that is missing.
    pub notes: Vec<String>,
}

/// One service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
    /// The image of its task definition's first container.
    pub image: Option<String>,
    /// Who registered its task definition: `ci`, `deploy/session`.
    pub registered_by: Option<String>,
    /// Tasks that have not stopped, by state; null where they could not be read.
    pub tasks: Option<Vec<TaskCount>>,
    /// Tasks that failed within the hour or so for which ECS keeps stopped tasks, each kind of failure once.
    pub failed: Vec<FailedTasks>,
    /// Its target groups.
    pub targets: Vec<TargetGroupStatus>,
    /// The best address at which a load balancer forwards to it.
    pub url: Option<String>,
}

/// Tasks in the same state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskCount {
    /// `PENDING`, `RUNNING`, …
    pub status: String,
    /// `HEALTHY`, `UNHEALTHY`; null where no container health check looks at them, or not yet.
    pub health: Option<String>,
    /// How many.
    pub count: u64,
}

/// Tasks that failed alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FailedTasks {
    /// `web:42`.
    pub task_definition: Option<String>,
    /// AWS's words.
    pub reason: Option<String>,
    /// The container that failed, where one did.
    pub container: Option<String>,
    /// Its exit code.
    pub exit_code: Option<i64>,
    /// How many.
    pub count: u64,
    /// When the last of them stopped: RFC 3339.
    pub last_at: Option<String>,
}

/// How the targets of a target group are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetGroupStatus {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// Targets that get requests.
    pub healthy: u64,
    /// The others, each state once.
    pub others: Vec<TargetCount>,
}

/// Targets in the same state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetCount {
    /// `unhealthy`, `initial`, `draining`, …
    pub state: String,
    /// `Target.FailedHealthChecks`.
    pub reason: Option<String>,
    /// AWS's words.
    pub description: Option<String>,
    /// How many.
    pub count: u64,
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

/// Where a service can be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// `https://shop.example.com`.
    pub url: String,
    /// Whether only the load balancer's network reaches it.
    pub internal: bool,
}

/// The addresses of one service: the document of `ecsctl open`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Addresses {
    /// The version of this document's form: 1.
    pub schema: u32,
    /// The service's name on ECS.
    pub service: String,
    /// The best of them.
    pub url: String,
    /// All of them, the best first.
    pub addresses: Vec<Address>,
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
