//! Read-only views of the responses of ECS, Application Auto Scaling and CodeDeploy: the only module that knows their
//! member names.
//!
//! A member that the response lacks is absent here too, and unknown enum values are kept as text. Views that
//! a plan compares member by member keep the whole response (`value`).

mod action_log;
mod bake_time;
mod cluster_capacity;
mod code_deploy;
mod deployment;
mod described_services;
mod exec_session;
mod iam_role;
mod lifecycle_hook;
mod live_schedule;
mod metric_alarm;
mod reply;
mod scaling;
mod service;
mod service_deployment;
mod service_deployment_match;
mod service_revision;
mod started_tasks;
mod target_group_settings;
mod task;
mod task_definition;
mod task_set;
mod vpc;

pub use action_log::ActionLogScope;
pub use bake_time::{BakeTime, DeploymentStrategy};
pub use cluster_capacity::ClusterCapacity;
pub use code_deploy::{CodeDeployStatus, CodeDeployment, DeploymentGroup, LifecycleEvent, definition_in};
pub use deployment::{Deployment, RolloutState};
pub use described_services::DescribedServices;
pub use exec_session::ExecSession;
pub use iam_role::{IamRole, PassDecision};
pub use lifecycle_hook::LifecycleHook;
pub use live_schedule::LiveSchedule;
pub use metric_alarm::{MetricAlarm, MetricReading};
pub use reply::time as response_time;
pub use scaling::{RegisteredTarget, ScalingActivity, ScalingPolicy, ScheduledScaling};
pub use service::{DeploymentController, Service, ServiceEvent, TargetGroup};
pub use service_deployment::{
    FailureMonitor, RollbackInitiator, ServiceDeployment, ServiceDeploymentStatus, are_newest_first,
};
pub use service_revision::{ServiceRevision, deployment_id};
pub use started_tasks::{StartFailure, StartedTasks};
pub use target_group_settings::{TargetGroupSettings, TargetHealthCheck};
pub use task::{Container, ProtectedTask, Task};
pub use task_definition::{TaskDefinition, secrets_of};
pub use task_set::TaskSet;
pub use vpc::{DefaultRoute, RouteTable, SecurityGroup, Subnet, VpcEndpoint};
