//! The state of the scripted AWS, and what each operation does to it.

mod alarms;
mod base;
mod clusters;
mod code_deploy;
mod definitions;
mod deployments;
mod ecr;
pub mod exec;
mod hooks;
mod logs;
mod others;
mod page;
pub mod registry;
mod resources;
mod revisions;
mod rollout;
mod runs;
mod scaling;
mod schedules;
mod service;
mod services;
mod settings;
mod setup;
mod sources;
mod stops;
mod task;
mod tasks;

pub use base::{Base, merge};
pub use deployments::ServiceDeployment;
pub use logs::Delivery;
pub use registry::digest;
pub use resources::Resources;
pub use service::{Deployment, Service};
pub use sources::Stored;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::fault::Who;
use super::http::{Reply, Request};
use super::protocol::{Answer, Call, Refusal, Wire};
use super::scenario::{Bounds, ExecScript, ListOrder, Rollout, Scenario};

/// The current state of the account.
pub struct World {
    pub base: Base,
    /// Cluster statuses (ACTIVE or INACTIVE), by name.
    pub clusters: IndexMap<String, String>,
    /// Their capacity providers, by name, where a scenario or CreateCluster sets them.
    pub capacity_providers: IndexMap<String, Vec<String>>,
    pub definitions: definitions::Definitions,
    /// Services, by cluster and name.
    pub services: IndexMap<(String, String), Service>,
    /// Upcoming rollouts, by service.
    pub rollouts: IndexMap<String, Vec<Rollout>>,
    /// Tasks that belong to no service.
    pub runs: runs::Runs,
    /// How the agents of ECS Exec go.
    pub exec: ExecScript,
    /// Maximum page size of lists.
    pub page_size: Option<usize>,
    /// Number of the newest service deployments that are listed.
    pub remembers: Option<usize>,
    pub older_deployments: usize,
    pub list_order: ListOrder,
    /// Number of container instances.
    pub instances: u64,
    pub logs: logs::Logs,
    pub repositories: registry::Repositories,
    /// Target health, by target group.
    pub targets: IndexMap<String, Vec<Value>>,
    /// Scaling bounds, by `service/CLUSTER/NAME`.
    pub scalable: IndexMap<String, Bounds>,
    pub scaling: scaling::ScalingParts,
    pub schedules: schedules::Schedules,
    /// CloudWatch's alarms, as DescribeAlarms returns them.
    pub alarms: Vec<Value>,
    /// The values of CloudWatch's metrics, by name.
    pub metrics: IndexMap<String, f64>,
    pub code_deploy: code_deploy::CodeDeploy,
    /// Roles, networks, quotas and settings of target groups.
    pub resources: resources::Resources,
    /// What deploy.yaml may refer to.
    pub sources: sources::Stored,
}

/// The result of a request.
pub enum Done {
    /// A result to encode for the wire.
    Answer(Answer),
    /// A response that is encoded already.
    Reply(Reply),
    /// The operation isn't implemented.
    Unplayed,
}

impl World {
    /// Creates the world in a scenario's initial state. The port is the server's own, for its registry.
    pub fn new(scenario: &Scenario, port: u16) -> Self {
        setup::world(scenario, port)
    }

    /// Returns the caller, for denials.
    pub fn who(&self) -> Who {
        Who {
            caller: self.base.caller.clone(),
            account: self.base.account.clone(),
            region: self.base.region.clone(),
        }
    }

    /// Carries out a request.
    pub fn perform(&mut self, call: &Call, request: &Request) -> Done {
        if call.wire == Wire::Registry {
            return Done::Reply(self.repositories.serve(request, &self.base));
        }
        if call.wire == Wire::S3 {
            return self.sources.s3(call);
        }
        let answer = match call.service.as_str() {
            "ecs" => self.ecs(call),
            "ecr" => self.ecr(call),
            "logs" => self.logs.perform(call, &self.base),
            "sts" => others::sts(call, &self.base),
            "elbv2" => others::elbv2(call, self),
            "application-autoscaling" => self.scaling(call),
            "scheduler" => self.scheduler(call),
            "cloudwatch" => self.alarms(call),
            "codedeploy" => self.code_deploy(call),
            "ssm" => self.sources.ssm(call, &self.base),
            "secretsmanager" => self.sources.secretsmanager(call, &self.base),
            "ec2" => self.resources.ec2(call),
            "iam" => self.resources.iam(call, &self.base),
            "service-quotas" => self.resources.quotas(call),
            "cloudformation" => self.sources.cloudformation(call, &self.base),
            _ => None,
        };
        answer.map_or(Done::Unplayed, Done::Answer)
    }

    fn ecs(&mut self, call: &Call) -> Option<Answer> {
        Some(match call.operation.as_str() {
            "DescribeClusters" => self.describe_clusters(call),
            "CreateCluster" => self.create_cluster(call),
            "RegisterTaskDefinition" => self.definitions.register(call, &mut self.base),
            "DescribeTaskDefinition" => self.definitions.describe(call),
            "DeregisterTaskDefinition" => self.definitions.deregister(call, &self.base),
            "ListTaskDefinitions" => self.definitions.list(call, self.page_size),
            "DescribeServices" => self.describe_services(call),
            "CreateService" => self.create_service(call),
            "UpdateService" => self.update_service(call),
            "DeleteService" => self.delete_service(call),
            "TagResource" => self.tag(call),
            "UntagResource" => self.untag(call),
            "ListTagsForResource" => self.tags_of(call),
            "ListServiceDeployments" => self.list_service_deployments(call),
            "DescribeServiceDeployments" => self.describe_service_deployments(call),
            "DescribeServiceRevisions" => self.describe_service_revisions(call),
            "StopServiceDeployment" => self.stop_service_deployment(call),
            "ContinueServiceDeployment" => self.continue_service_deployment(call),
            "RunTask" => self.run_task(call),
            "StopTask" => self.stop_task(call),
            "ExecuteCommand" => self.execute_command(call),
            "ListTasks" => self.list_tasks(call),
            "DescribeTasks" => self.describe_tasks(call),
            "GetTaskProtection" => self.get_task_protection(call),
            _ => return None,
        })
    }

    /// Returns the name of the cluster that a call refers to, which must be ACTIVE.
    fn cluster_of(&self, call: &Call) -> Result<String, Refusal> {
        let named = call.text("cluster").unwrap_or("default");
        let name = named.rsplit('/').next().unwrap_or(named);
        match self.clusters.get(name).map(String::as_str) {
            Some("ACTIVE") => Ok(name.to_owned()),
            _ => Err(Refusal::new("ClusterNotFoundException", "Cluster not found.")),
        }
    }
}

/// Returns the last part of an ARN, or the name itself.
fn name_in(arn_or_name: &str) -> &str {
    arn_or_name.rsplit('/').next().unwrap_or(arn_or_name)
}

/// Returns an entry of `failures`.
fn missing(arn: String) -> Value {
    json!({"arn": arn, "reason": "MISSING"})
}
