//! The Service of DescribeServices.

use jiff::Timestamp;

use super::bake_time::{BakeTime, DeploymentStrategy};
use super::deployment::Deployment;
use super::reply::{count, flag, list, text, text_enum, time};
use super::task_set::TaskSet;
use crate::model::{Arn, Object, Value, short_definition};

text_enum! {
    /// `deploymentController.type`.
    DeploymentController {
        /// Amazon ECS itself.
        Ecs = "ECS",
        /// AWS CodeDeploy.
        CodeDeploy = "CODE_DEPLOY",
        /// An external controller that uses task sets.
        External = "EXTERNAL",
    }
}

text_enum! {
    /// `schedulingStrategy`.
    SchedulingStrategy {
        /// A given number of tasks.
        Replica = "REPLICA",
        /// One task on each container instance.
        Daemon = "DAEMON",
    }
}

/// A service (API reference: Service).
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: Option<String>,
    /// Its cluster's ARN.
    pub cluster_arn: Option<String>,
    /// `ACTIVE`, `DRAINING`, `INACTIVE`.
    pub status: String,
    /// When it was created.
    pub created_at: Option<Timestamp>,
    /// Desired tasks.
    pub desired_count: Option<u64>,
    /// Running tasks of all deployments.
    pub running_count: Option<u64>,
    /// Pending tasks of all deployments.
    pub pending_count: Option<u64>,
    /// The task definition's ARN, or that of the PRIMARY task set where the service itself has none.
    pub task_definition: Option<String>,
    /// The deployments, in AWS's order.
    pub deployments: Vec<Deployment>,
    /// The task sets, in AWS's order. Only services of another controller have them.
    pub task_sets: Vec<TaskSet>,
    /// The events in AWS's order: newest first, at most 100.
    pub events: Vec<ServiceEvent>,
    /// The deployment controller.
    pub deployment_controller: DeploymentController,
    /// The deployment strategy.
    pub deployment_strategy: DeploymentStrategy,
    /// The scheduling strategy.
    pub scheduling_strategy: SchedulingStrategy,
    /// Whether the deployment circuit breaker is enabled.
    pub circuit_breaker: bool,
    /// Whether a healthy task resets the circuit breaker's failure count.
    pub circuit_breaker_resets: bool,
    /// Whether a circuit breaker or alarm failure triggers a rollback.
    pub rolls_back_on_failure: bool,
    /// Whether a load balancer (or VPC Lattice) checks its tasks.
    pub load_balanced: bool,
    /// The target groups that its tasks are registered with.
    pub target_groups: Vec<TargetGroup>,
    /// The names of its Classic Load Balancers.
    pub classic_load_balancers: Vec<String>,
    /// Whether CloudWatch alarms monitor its deployments.
    pub has_deployment_alarms: bool,
    /// The bake times of its deployment strategy.
    pub bake_time: BakeTime,
    /// The ARN of its service deployment, "which may be outdated" (ecspresso #945).
    pub current_service_deployment: Option<String>,
    /// The ARNs of the service revisions that currently have tasks.
    pub current_service_revisions: Vec<String>,
    value: Value,
}

/// A target group that a service's tasks are registered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetGroup {
    /// Its ARN.
    pub arn: String,
    /// The container that receives the traffic.
    pub container: Option<String>,
    /// The container's port.
    pub port: Option<u16>,
}

/// An event from a service's `events`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceEvent {
    /// The unique id.
    pub id: String,
    /// When it was written.
    pub at: Option<Timestamp>,
    /// AWS's message.
    pub message: String,
}

impl Service {
    /// Reads a member of DescribeServices' `services`, or the `service` of a CreateService or UpdateService
    /// response.
    pub fn read(value: Value) -> Self {
        let null = Value::Null;
        let configuration = value.get("deploymentConfiguration").unwrap_or(&null);
        let breaker = configuration.get("deploymentCircuitBreaker").unwrap_or(&null);
        let alarms = configuration.get("alarms").unwrap_or(&null);
        let controller = value.get("deploymentController").and_then(|it| text(it, "type"));
        let balancers = list(&value, "loadBalancers");
        let uses_vpc_lattice = list(&value, "deployments")
            .iter()
            .any(|deployment| !list(deployment, "vpcLatticeConfigurations").is_empty());
        Self {
            name: text(&value, "serviceName").unwrap_or_default(),
            arn: text(&value, "serviceArn"),
            cluster_arn: text(&value, "clusterArn"),
            status: text(&value, "status").unwrap_or_default(),
            created_at: time(&value, "createdAt"),
            desired_count: count(&value, "desiredCount"),
            running_count: count(&value, "runningCount"),
            pending_count: count(&value, "pendingCount"),
            task_definition: text(&value, "taskDefinition").or_else(|| of_primary_task_set(&value)),
            deployments: list(&value, "deployments")
                .iter()
                .filter_map(Deployment::read)
                .collect(),
            task_sets: list(&value, "taskSets").iter().map(TaskSet::read).collect(),
            events: list(&value, "events")
                .iter()
                .filter_map(ServiceEvent::read)
                .collect(),
            deployment_controller: controller
                .map_or(DeploymentController::Ecs, |it| DeploymentController::read(&it)),
            deployment_strategy: text(configuration, "strategy")
                .map_or(DeploymentStrategy::Rolling, |it| DeploymentStrategy::read(&it)),
            scheduling_strategy: text(&value, "schedulingStrategy")
                .map_or(SchedulingStrategy::Replica, |it| SchedulingStrategy::read(&it)),
            circuit_breaker: flag(breaker, "enable"),
            // Defaults to true (API reference: DeploymentCircuitBreaker, `resetOnHealthyTask`).
            circuit_breaker_resets: breaker.get("resetOnHealthyTask").and_then(Value::as_bool) != Some(false),
            rolls_back_on_failure: (flag(breaker, "enable") && flag(breaker, "rollback"))
                || (flag(alarms, "enable") && flag(alarms, "rollback")),
            load_balanced: uses_vpc_lattice || !balancers.is_empty(),
            target_groups: balancers.iter().flat_map(TargetGroup::read).collect(),
            classic_load_balancers: balancers
                .iter()
                .filter_map(|balancer| text(balancer, "loadBalancerName"))
                .collect(),
            has_deployment_alarms: flag(alarms, "enable"),
            bake_time: BakeTime::read(configuration),
            current_service_deployment: text(&value, "currentServiceDeployment"),
            current_service_revisions: list(&value, "currentServiceRevisions")
                .iter()
                .filter_map(|revision| text(revision, "arn"))
                .collect(),
            value,
        }
    }

    /// Returns the whole response, for comparing settings member by member.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Returns what a task of the service is started with: the service's settings, and what ECS returns only on its
    /// PRIMARY deployment or its PRIMARY task set.
    pub fn task_settings(&self) -> Object {
        let of = |value: &Value| value.as_object().cloned().unwrap_or_default();
        let is_primary = |it: &&Value| text(it, "status").as_deref() == Some("PRIMARY");
        let task_set = list(&self.value, "taskSets").iter().find(is_primary);
        let mut settings = task_set.map(of).unwrap_or_default();
        let is_set = |value: &Value| !value.is_null() && value.as_array().is_none_or(|it| !it.is_empty());
        let deployment = self.primary_value().map(of).unwrap_or_default();
        settings.extend(deployment.into_iter().filter(|(_, value)| is_set(value)));
        let service = of(&self.value);
        settings.extend(service.into_iter().filter(|(_, value)| is_set(value)));
        settings
    }

    /// Returns the whole PRIMARY deployment, for comparing the settings that ECS returns only there.
    pub fn primary_value(&self) -> Option<&Value> {
        let mut deployments = list(&self.value, "deployments").iter();
        deployments.find(|deployment| text(deployment, "status").as_deref() == Some("PRIMARY"))
    }

    /// Returns the PRIMARY deployment.
    pub fn primary(&self) -> Option<&Deployment> {
        self.deployments.iter().find(|it| it.is_primary())
    }

    /// Returns the id of the PRIMARY deployment: `ecs-svc/N`.
    pub fn primary_id(&self) -> Option<&str> {
        self.primary().map(|primary| primary.id.as_str())
    }

    /// Returns the PRIMARY task set, which gets the production traffic.
    pub fn primary_task_set(&self) -> Option<&TaskSet> {
        self.task_sets.iter().find(|it| it.is_primary())
    }

    /// Returns when the PRIMARY deployment or task set was created: older tasks are being replaced.
    pub fn deployed_at(&self) -> Option<Timestamp> {
        let deployment = self.primary().and_then(|it| it.created_at);
        deployment.or_else(|| self.primary_task_set()?.created_at)
    }

    /// Returns the task set that a CodeDeploy deployment created, by the deployment's id.
    pub fn task_set_of(&self, deployment: &str) -> Option<&TaskSet> {
        self.task_sets
            .iter()
            .find(|it| it.external_id.as_deref() == Some(deployment))
    }

    /// Whether CodeDeploy deploys it.
    pub fn is_code_deploy(&self) -> bool {
        self.deployment_controller == DeploymentController::CodeDeploy
    }

    /// Returns a deployment by id.
    pub fn deployment(&self, id: &str) -> Option<&Deployment> {
        self.deployments.iter().find(|it| it.id == id)
    }

    /// Returns what in this response can't all be true, if anything: each deployment has an ID of its own, and one is
    /// PRIMARY, whose tasks are tasks of the service (API reference: Deployment, `id`, `status`; Service,
    /// `runningCount`).
    pub fn contradiction(&self) -> Option<&'static str> {
        let mut ids: Vec<&str> = self.deployments.iter().map(|it| it.id.as_str()).collect();
        ids.sort_unstable();
        if ids.windows(2).any(|pair| pair[0] == pair[1]) {
            return Some("several deployments with the same ID");
        }
        if self.deployments.iter().filter(|it| it.is_primary()).count() > 1 {
            return Some("several PRIMARY deployments");
        }
        let has_more = self.primary()?.running_count? > self.running_count?;
        has_more.then_some("more tasks of the PRIMARY deployment than of the service")
    }

    /// Returns the short task definition revision: `web:42`.
    pub fn short_definition(&self) -> Option<&str> {
        self.task_definition.as_deref().map(short_definition)
    }

    /// Returns the service's account.
    pub fn account(&self) -> Option<String> {
        Some(self.arn.as_deref()?.parse::<Arn>().ok()?.account)
    }

    /// Whether it is deleted and its last tasks are stopping. It can't be changed, and CreateService is refused.
    pub fn is_draining(&self) -> bool {
        self.status == "DRAINING"
    }

    /// Whether it is deleted for good; AWS may still report it for a while.
    pub fn is_inactive(&self) -> bool {
        self.status == "INACTIVE"
    }

    /// Whether it runs one task on each container instance.
    pub fn is_daemon(&self) -> bool {
        self.scheduling_strategy == SchedulingStrategy::Daemon
    }

    /// Whether ECS Express Mode owns it (API reference: Service, `resourceManagementType`).
    pub fn is_express(&self) -> bool {
        text(&self.value, "resourceManagementType").as_deref() == Some("ECS")
    }

    /// Whether ECS lists its deployments. Services of another controller have task sets instead (API reference:
    /// Service, `taskSets`).
    pub fn has_deployments(&self) -> bool {
        self.deployment_controller == DeploymentController::Ecs || !self.deployments.is_empty()
    }

    /// Returns the name of its deployment controller if that isn't ECS itself.
    pub fn foreign_controller(&self) -> Option<&'static str> {
        match self.deployment_controller {
            DeploymentController::CodeDeploy => Some("CodeDeploy"),
            DeploymentController::External => Some("an external controller"),
            _ => self.is_express().then_some("ECS Express"),
        }
    }

    /// Returns the number of its running and pending tasks.
    pub fn task_count(&self) -> u64 {
        let count = |count: Option<u64>| count.unwrap_or(0);
        count(self.running_count).saturating_add(count(self.pending_count))
    }

    /// Returns the value of a tag.
    pub fn tag(&self, key: &str) -> Option<String> {
        let mut tags = list(&self.value, "tags").iter();
        let tag = tags.find(|tag| text(tag, "key").as_deref() == Some(key))?;
        Some(text(tag, "value").unwrap_or_default())
    }
}

/// Returns the task definition of the PRIMARY task set: a service of an external controller needs none of its own (ECS
/// API, CreateService, `taskDefinition`).
fn of_primary_task_set(service: &Value) -> Option<String> {
    let mut sets = list(service, "taskSets").iter();
    let primary = sets.find(|set| text(set, "status").as_deref() == Some("PRIMARY"))?;
    text(primary, "taskDefinition")
}

impl TargetGroup {
    /// Reads the target groups of a member of `loadBalancers`: blue/green deployments alternate between two
    /// (API reference: AdvancedConfiguration). A Classic Load Balancer has none.
    fn read(balancer: &Value) -> Vec<Self> {
        let alternate = balancer
            .get("advancedConfiguration")
            .and_then(|it| text(it, "alternateTargetGroupArn"));
        [text(balancer, "targetGroupArn"), alternate]
            .into_iter()
            .flatten()
            .map(|arn| Self {
                arn,
                container: text(balancer, "containerName"),
                port: count(balancer, "containerPort").and_then(|port| u16::try_from(port).ok()),
            })
            .collect()
    }
}

impl ServiceEvent {
    fn read(value: &Value) -> Option<Self> {
        let message = text(value, "message")?;
        Some(Self {
            id: text(value, "id").unwrap_or_else(|| message.clone()),
            at: time(value, "createdAt"),
            message,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ecs::RolloutState;
    use serde_json::json;

    #[test]
    fn a_service_is_read_from_the_reply() {
        let service = Service::read(json!({
            "serviceName": "web", "status": "ACTIVE", "desiredCount": 3, "runningCount": 2, "pendingCount": 1,
            "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:42",
            "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": true, "rollback": true}},
            "loadBalancers": [{"targetGroupArn": "arn"}],
            "deployments": [
                {"id": "ecs-svc/2", "status": "PRIMARY", "taskDefinition": "arn:x:task-definition/web:42", "desiredCount": 3,
                 "runningCount": 2, "pendingCount": 1, "failedTasks": 1, "rolloutState": "IN_PROGRESS",
                 "rolloutStateReason": "ECS deployment ecs-svc/2 in progress.", "createdAt": 1_700_000_000.5},
                {"id": "ecs-svc/1", "status": "DRAINING", "rolloutState": "SOMETHING_NEW"},
                {"status": "no id"}],
            "events": [{"id": "e1", "createdAt": 1_700_000_001.0, "message": "(service web) has started 1 tasks: (task 1)."}],
        }));
        assert_eq!(service.deployments.len(), 2);
        let primary = service.primary().unwrap();
        assert_eq!(primary.short_definition().as_deref(), Some("web:42"));
        assert_eq!(
            (primary.running_count, primary.desired_count, primary.failed_tasks),
            (Some(2), Some(3), 1)
        );
        assert!(!primary.is_filled());
        assert_eq!(
            service.deployments[1].rollout_state,
            Some(RolloutState::Other("SOMETHING_NEW".to_owned()))
        );
        assert!(service.circuit_breaker && service.rolls_back_on_failure && service.load_balanced);
        assert_eq!(service.deployment_strategy, DeploymentStrategy::Rolling);
        assert_eq!(service.events[0].id, "e1");
    }

    #[test]
    fn a_reply_that_contradicts_itself_is_recognized() {
        let deployment = |id: &str, status: &str| json!({"id": id, "status": status, "runningCount": 2});
        let of = |deployments: Value, running: u64| {
            Service::read(json!({"runningCount": running, "deployments": deployments})).contradiction()
        };
        let (primary, other) = (
            deployment("ecs-svc/2", "PRIMARY"),
            deployment("ecs-svc/1", "ACTIVE"),
        );
        assert_eq!(of(json!([primary, other]), 4), None);
        assert_eq!(of(json!([]), 4), None);
        for (deployments, running, expected) in [
            (json!([primary, primary]), 4, "same ID"),
            (json!([primary, deployment("ecs-svc/2", "ACTIVE")]), 4, "same ID"),
            (
                json!([primary, deployment("ecs-svc/3", "PRIMARY")]),
                4,
                "several PRIMARY",
            ),
            (json!([primary]), 1, "more tasks"),
        ] {
            let found = of(deployments, running);
            assert!(
                found.is_some_and(|it| it.contains(expected)),
                "{expected}: {found:?}"
            );
        }
    }

    #[test]
    fn target_groups_have_container_port_and_alternate_group() {
        let service = Service::read(json!({"loadBalancers": [
            {"targetGroupArn": "blue", "containerName": "web", "containerPort": 8080,
             "advancedConfiguration": {"alternateTargetGroupArn": "green"}},
            {"loadBalancerName": "classic", "containerName": "web", "containerPort": 80}]}));
        let groups: Vec<_> = service.target_groups.iter().map(|it| it.arn.as_str()).collect();
        assert_eq!(groups, ["blue", "green"]);
        assert_eq!(
            (
                service.target_groups[1].container.as_deref(),
                service.target_groups[1].port
            ),
            (Some("web"), Some(8080))
        );
        assert_eq!(service.classic_load_balancers, ["classic"]);
    }
}
