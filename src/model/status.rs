//! The current state of services, for people and scripts: the document of `ecsctl status`.

use std::fmt;

use jiff::Timestamp;
use serde::Serialize;

use super::{ChangedSecret, PastImage};

/// The services of one cluster.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// The schema version of this document: 1.
    pub schema: u32,
    /// The cluster.
    pub cluster: String,
    /// The region.
    pub region: String,
    /// The account, if an ARN contained it.
    pub account: Option<String>,
    /// The services, in the order of deploy.yaml.
    pub services: Vec<ServiceStatus>,
    /// The schedules of their jobs, and of jobs with a task definition of their own if all services are shown.
    pub schedules: Vec<ScheduleStatus>,
    /// What could not be shown, and why: one sentence for each missing permission.
    pub notes: Vec<String>,
}

/// The status of a service.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceStatus {
    /// Its key in deploy.yaml.
    pub key: String,
    /// The ECS service's name.
    pub name: String,
    /// AWS's status, `ACTIVE` or `DRAINING`; `MISSING` if the service doesn't exist or is INACTIVE.
    pub status: String,
    /// The task definition revision it should run: `web:42`.
    pub task_definition: Option<String>,
    /// Running tasks of all deployments.
    pub running: Option<u64>,
    /// Pending tasks of all deployments.
    pub pending: Option<u64>,
    /// Desired tasks.
    pub desired: Option<u64>,
    /// When its PRIMARY deployment was created, in RFC 3339.
    pub deployed_at: Option<String>,
    /// Its deployments, in AWS's order.
    pub deployments: Vec<DeploymentStatus>,
    /// The service deployment in progress, if there is one and we have permission to read it.
    pub in_flight: Option<InProgressStatus>,
    /// The limits of Application Auto Scaling, if it scales the service and we have permission to read them.
    pub scaling: Option<ScalingStatus>,
    /// The latest service event.
    pub last_event: Option<EventStatus>,
    /// The image of its task definition's first container.
    pub image: Option<String>,
    /// The images of its task definition's containers, with the digests that its tasks run, as far as they are known.
    pub images: Vec<PastImage>,
    /// Who registered its task definition: `ci`, `deploy/session`.
    pub registered_by: Option<String>,
    /// Tasks that have not stopped, by state; null if they could not be read.
    pub tasks: Option<Vec<TaskCount>>,
    /// Tasks that failed since what runs now was deployed, within the hour or so for which ECS keeps stopped tasks,
    /// grouped by kind of failure.
    pub failed: Vec<FailedTasks>,
    /// Secrets that its tasks have an old value of: they changed after the oldest task was created.
    pub changed_secrets: Vec<ChangedSecret>,
    /// Its target groups.
    pub targets: Vec<TargetGroupStatus>,
    /// The best URL at which a load balancer forwards to it.
    pub url: Option<String>,
}

impl ServiceStatus {
    /// Returns when the oldest deployment began that is PRIMARY or has tasks: earlier failures are over.
    pub fn runs_since(&self) -> Option<Timestamp> {
        let has_tasks = |it: &DeploymentStatus| it.running.unwrap_or(0) + it.pending > 0;
        let current = self
            .deployments
            .iter()
            .filter(|it| it.status == "PRIMARY" || has_tasks(it));
        current
            .filter_map(|it| it.created_at.as_deref()?.parse().ok())
            .min()
    }
}

/// Tasks in the same state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskCount {
    /// `PENDING`, `RUNNING`, …
    pub status: String,
    /// `HEALTHY`, `UNHEALTHY`; null without a container health check result.
    pub health: Option<String>,
    /// The deployment that started them: `ecs-svc/N`.
    pub deployment: Option<String>,
    /// The number of tasks.
    pub count: u64,
}

/// Tasks with the same kind of failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FailedTasks {
    /// `web:42`.
    pub task_definition: Option<String>,
    /// AWS's message.
    pub reason: Option<String>,
    /// The container that failed, if any.
    pub container: Option<String>,
    /// Its exit code.
    pub exit_code: Option<i64>,
    /// The number of tasks.
    pub count: u64,
    /// When the last of them stopped, in RFC 3339.
    pub last_at: Option<String>,
}

/// The target health of a target group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetGroupStatus {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// The number of healthy targets.
    pub healthy: u64,
    /// The other targets, grouped by state.
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
    /// The reason's description, as AWS words it.
    pub description: Option<String>,
    /// The number of targets.
    pub count: u64,
}

/// A deployment of a service.
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
    /// AWS's message about the rollout state.
    pub reason: Option<String>,
    /// Running tasks.
    pub running: Option<u64>,
    /// Pending tasks.
    pub pending: u64,
    /// Desired tasks.
    pub desired: Option<u64>,
    /// Tasks that failed since a task last ran successfully.
    pub failed: u64,
    /// RFC 3339.
    pub created_at: Option<String>,
    /// Percent of production traffic that it should receive, while traffic is shifting to or from it.
    pub production_traffic: Option<f64>,
    /// Percent of test traffic that it should receive, likewise.
    pub test_traffic: Option<f64>,
}

/// A service deployment in progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InProgressStatus {
    /// Its ARN.
    pub arn: String,
    /// The id of the deployment that it rolls out: `ecs-svc/N`.
    pub deployment: Option<String>,
    /// `IN_PROGRESS`, `ROLLBACK_IN_PROGRESS`, …
    pub status: String,
    /// AWS's message about its status, or the reason for its rollback.
    pub reason: Option<String>,
    /// `ROLLING`, `BLUE_GREEN`, `LINEAR`, `CANARY`.
    pub strategy: String,
    /// The lifecycle stage, `SCALE_UP`, `BAKE_TIME`, …; only strategies other than ROLLING have stages.
    pub stage: Option<String>,
    /// The bake time of this stage, in minutes.
    pub bake_minutes: Option<u64>,
    /// Whether it waits for approval: `ecsctl continue` or `ecsctl rollback`.
    pub paused: bool,
    /// The lifecycle hook that blocks it: waiting, running, or not passed.
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
    /// The function's name, or the hook's kind: `smoke`, `PAUSE`.
    pub name: String,
    /// The ARN of the function that it invokes; None for a pause.
    pub target: Option<String>,
    /// `AWAITING_ACTION`, `IN_PROGRESS`, …
    pub status: String,
    /// When it times out, in RFC 3339.
    pub expires_at: Option<String>,
    /// What ECS does on timeout: `CONTINUE` or `ROLLBACK`.
    pub timeout_action: Option<String>,
}

/// The range in which Application Auto Scaling may set the desired count.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScalingStatus {
    /// MinCapacity.
    pub min: i64,
    /// MaxCapacity.
    pub max: i64,
    /// The suspended processes, under the names that `SuspendedState` has for them: `DynamicScalingInSuspended`,
    /// `DynamicScalingOutSuspended`, `ScheduledScalingSuspended`.
    pub suspended: Vec<String>,
    /// The scaling policies; null if they could not be read.
    pub policies: Option<Vec<ScalingPolicyStatus>>,
    /// The last scaling activities, newest first; null if they could not be read.
    pub activities: Option<Vec<ScalingActivityStatus>>,
}

/// A scaling policy.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScalingPolicyStatus {
    /// Its name.
    pub name: String,
    /// The metric that it tracks, or that its alarm watches; null if there is none, or it is an expression.
    pub metric: Option<String>,
    /// The metric's target value; null if it tracks none.
    pub target: Option<f64>,
    /// The metric's newest value in CloudWatch; null if there is none, or it could not be read.
    pub value: Option<f64>,
    /// The begin of the period that the value is for, in RFC 3339.
    pub measured_at: Option<String>,
    /// Its CloudWatch alarms; null if they could not be read.
    pub alarms: Option<Vec<AlarmStatus>>,
}

/// A CloudWatch alarm of a scaling policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AlarmStatus {
    /// Its name.
    pub name: String,
    /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    pub state: Option<String>,
    /// CloudWatch's explanation of the state, with the values of the metric.
    pub reason: Option<String>,
}

/// A scaling activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScalingActivityStatus {
    /// When it began, in RFC 3339.
    pub at: Option<String>,
    /// `Setting desired count to 4.`
    pub description: Option<String>,
    /// What triggered it, as AWS words it.
    pub cause: Option<String>,
    /// `Successful`, `InProgress`, `Failed`, …
    pub status: Option<String>,
    /// AWS's message about its status.
    pub message: Option<String>,
}

/// The schedule of a job on EventBridge Scheduler.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScheduleStatus {
    /// Its name, which is the job's.
    pub name: String,
    /// Its schedule group.
    pub group: String,
    /// AWS's state, `ENABLED` or `DISABLED`; `MISSING` if the schedule doesn't exist.
    pub state: String,
    /// `cron(…)`, `rate(…)` or `at(…)`.
    pub expression: Option<String>,
    /// The time zone of the expression.
    pub timezone: Option<String>,
    /// The task definition revision that it runs: `web:42`.
    pub task_definition: Option<String>,
}

/// An address of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// `https://shop.example.com`.
    pub url: String,
    /// Whether it can be reached only from the load balancer's network.
    pub internal: bool,
}

/// The addresses of one service: the document of `ecsctl open`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Addresses {
    /// The schema version of this document: 1.
    pub schema: u32,
    /// The ECS service's name.
    pub service: String,
    /// The best address.
    pub url: String,
    /// All addresses, best first.
    pub addresses: Vec<Address>,
}

/// A service event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EventStatus {
    /// RFC 3339.
    pub at: Option<String>,
    /// AWS's message.
    pub message: String,
}

/// The MinCapacity and MaxCapacity of a service's scalable target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
