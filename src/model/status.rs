//! What runs, for people and scripts: the document of `ecsctl status`.

use std::fmt;

use serde::Serialize;

/// The services of one cluster.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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
    /// When its PRIMARY deployment began: RFC 3339.
    pub deployed_at: Option<String>,
    /// Its deployments, in AWS's order.
    pub deployments: Vec<DeploymentStatus>,
    /// The service deployment that is under way, where there is one and it may be read.
    pub in_flight: Option<InProgressStatus>,
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
    /// `ecs-svc/N` of the deployment that started them.
    pub deployment: Option<String>,
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
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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
    /// Percent of the production traffic that it is to get, while traffic shifts to or from it.
    pub production_traffic: Option<f64>,
    /// The same of the test traffic.
    pub test_traffic: Option<f64>,
}

/// A service deployment that has not come to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InProgressStatus {
    /// Its ARN.
    pub arn: String,
    /// `ecs-svc/N` of the deployment that it brings.
    pub deployment: Option<String>,
    /// `IN_PROGRESS`, `ROLLBACK_IN_PROGRESS`, …
    pub status: String,
    /// AWS's words on its status, or on why it is rolled back.
    pub reason: Option<String>,
    /// `ROLLING`, `BLUE_GREEN`, `LINEAR`, `CANARY`.
    pub strategy: String,
    /// `SCALE_UP`, `BAKE_TIME`, …; only strategies other than ROLLING have stages.
    pub stage: Option<String>,
    /// Minutes for which it bakes at this stage.
    pub bake_minutes: Option<u64>,
    /// Whether it waits for somebody's word: `ecsctl continue` or `ecsctl rollback`.
    pub paused: bool,
    /// The lifecycle hook that holds it up: one that waits or runs, or did not pass.
    pub hook: Option<HookStatus>,
}

/// A lifecycle hook of a service deployment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HookStatus {
    /// Its id.
    pub id: String,
    /// `PAUSE`, `AWS_LAMBDA`.
    pub kind: String,
    /// Its function's name, or its kind: `smoke`, `PAUSE`.
    pub name: String,
    /// The ARN of the function that it calls; a pause has none.
    pub target: Option<String>,
    /// `AWAITING_ACTION`, `IN_PROGRESS`, …
    pub status: String,
    /// When it times out: RFC 3339.
    pub expires_at: Option<String>,
    /// `CONTINUE` or `ROLLBACK`: what happens then.
    pub timeout_action: Option<String>,
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

/// MinCapacity and MaxCapacity of a service's scalable target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CapacityBounds {
    /// MinCapacity.
    pub min: i64,
    /// MaxCapacity.
    pub max: i64,
}

impl fmt::Display for CapacityBounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.min, self.max)
    }
}
