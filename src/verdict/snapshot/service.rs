//! DescribeServices' Service, as far as a verdict rests on it.

use jiff::Timestamp;

use super::bakes::Bakes;
use super::read::{count, flag, list, text, text_enum, time};
use crate::model::Value;

text_enum! {
    /// `deployments[].rolloutState` (API reference: Deployment). Only rolling deployments that aren't behind a
    /// Classic Load Balancer have one.
    RolloutState {
        /// At a steady state.
        Completed = "COMPLETED",
        /// The circuit breaker or an alarm gave it up.
        Failed = "FAILED",
        /// On its way.
        InProgress = "IN_PROGRESS",
    }
}

text_enum! {
    /// `deploymentController.type`.
    Controller {
        /// Amazon ECS itself.
        Ecs = "ECS",
        /// AWS CodeDeploy.
        CodeDeploy = "CODE_DEPLOY",
        /// Somebody else, by task sets.
        External = "EXTERNAL",
    }
}

text_enum! {
    /// `deploymentConfiguration.strategy`.
    Strategy {
        /// Tasks are replaced in place.
        Rolling = "ROLLING",
        /// Two environments, one shift of traffic.
        BlueGreen = "BLUE_GREEN",
        /// Traffic shifts in equal steps.
        Linear = "LINEAR",
        /// Traffic shifts in two steps.
        Canary = "CANARY",
    }
}

text_enum! {
    /// `schedulingStrategy`.
    Scheduling {
        /// A number of tasks.
        Replica = "REPLICA",
        /// One task on each container instance.
        Daemon = "DAEMON",
    }
}

/// A service.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// `ACTIVE`, `DRAINING`, `INACTIVE`.
    pub status: String,
    /// Desired tasks.
    pub desired: Option<u64>,
    /// Running tasks, of every deployment.
    pub running: Option<u64>,
    /// Pending tasks, of every deployment.
    pub pending: Option<u64>,
    /// The task definition's ARN.
    pub definition: Option<String>,
    /// In AWS's order.
    pub deployments: Vec<Deployment>,
    /// In AWS's order: the newest first, at most 100.
    pub events: Vec<ServiceEvent>,
    /// Who deploys it.
    pub controller: Controller,
    /// How it is deployed.
    pub strategy: Strategy,
    /// How its tasks are counted.
    pub scheduling: Scheduling,
    /// Whether the deployment circuit breaker is on.
    pub breaker: bool,
    /// Whether a task that does well sets the circuit breaker's count back.
    pub breaker_resets: bool,
    /// Whether the circuit breaker, or an alarm, rolls back.
    pub rolls_back: bool,
    /// Whether a load balancer (or VPC Lattice) looks at its tasks.
    pub load_balanced: bool,
    /// The target groups that its tasks are registered with.
    pub target_groups: Vec<TargetGroup>,
    /// Whether alarms watch its deployments.
    pub watches_alarms: bool,
    /// The times that its strategy waits by itself.
    pub bakes: Bakes,
}

/// One of a service's deployments.
#[derive(Clone, Debug, PartialEq)]
pub struct Deployment {
    /// `ecs-svc/N`.
    pub id: String,
    /// `PRIMARY`, `ACTIVE`, `INACTIVE`; `DRAINING` has been seen.
    pub status: String,
    /// The task definition's ARN.
    pub definition: Option<String>,
    /// Desired tasks.
    pub desired: Option<u64>,
    /// Running tasks.
    pub running: Option<u64>,
    /// Pending tasks.
    pub pending: u64,
    /// "The number of consecutively failed tasks" (API reference): falls back to 0 once a task runs well.
    pub failed: u64,
    /// Its state.
    pub rollout: Option<RolloutState>,
    /// AWS's words on its state.
    pub reason: Option<String>,
    /// When it was created.
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    pub updated_at: Option<Timestamp>,
}

/// A target group that a service's tasks are registered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetGroup {
    /// Its ARN.
    pub arn: String,
    /// The container that gets the requests.
    pub container: Option<String>,
    /// Its port.
    pub port: Option<u16>,
}

/// Something that ECS wrote about a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceEvent {
    /// Unique.
    pub id: String,
    /// When.
    pub at: Option<Timestamp>,
    /// AWS's words.
    pub message: String,
}

impl Service {
    /// Reads a member of DescribeServices' `services`, or the `service` of CreateService's and UpdateService's reply.
    pub fn read(reply: &Value) -> Self {
        let null = Value::Null;
        let configuration = reply.get("deploymentConfiguration").unwrap_or(&null);
        let breaker = configuration.get("deploymentCircuitBreaker").unwrap_or(&null);
        let alarms = configuration.get("alarms").unwrap_or(&null);
        let controller = reply.get("deploymentController").and_then(|it| text(it, "type"));
        let deployments: Vec<Deployment> = list(reply, "deployments")
            .iter()
            .filter_map(Deployment::read)
            .collect();
        let lattice = list(reply, "deployments")
            .iter()
            .any(|deployment| !list(deployment, "vpcLatticeConfigurations").is_empty());
        Self {
            name: text(reply, "serviceName").unwrap_or_default(),
            status: text(reply, "status").unwrap_or_default(),
            desired: count(reply, "desiredCount"),
            running: count(reply, "runningCount"),
            pending: count(reply, "pendingCount"),
            definition: text(reply, "taskDefinition"),
            deployments,
            events: list(reply, "events")
                .iter()
                .filter_map(ServiceEvent::read)
                .collect(),
            controller: controller.map_or(Controller::Ecs, |it| Controller::read(&it)),
            strategy: text(configuration, "strategy").map_or(Strategy::Rolling, |it| Strategy::read(&it)),
            scheduling: text(reply, "schedulingStrategy")
                .map_or(Scheduling::Replica, |it| Scheduling::read(&it)),
            breaker: flag(breaker, "enable"),
            // True unless it is given (API reference: DeploymentCircuitBreaker, `resetOnHealthyTask`).
            breaker_resets: breaker.get("resetOnHealthyTask").and_then(Value::as_bool) != Some(false),
            rolls_back: (flag(breaker, "enable") && flag(breaker, "rollback"))
                || (flag(alarms, "enable") && flag(alarms, "rollback")),
            load_balanced: lattice || !list(reply, "loadBalancers").is_empty(),
            target_groups: list(reply, "loadBalancers")
                .iter()
                .flat_map(TargetGroup::read)
                .collect(),
            watches_alarms: flag(alarms, "enable"),
            bakes: Bakes::read(configuration),
        }
    }

    /// The deployment that ECS works towards.
    pub fn primary(&self) -> Option<&Deployment> {
        self.deployments.iter().find(|it| it.is_primary())
    }

    /// One of the deployments.
    pub fn deployment(&self, id: &str) -> Option<&Deployment> {
        self.deployments.iter().find(|it| it.id == id)
    }
}

impl Deployment {
    fn read(reply: &Value) -> Option<Self> {
        Some(Self {
            id: text(reply, "id")?,
            status: text(reply, "status").unwrap_or_default(),
            definition: text(reply, "taskDefinition"),
            desired: count(reply, "desiredCount"),
            running: count(reply, "runningCount"),
            pending: count(reply, "pendingCount").unwrap_or(0),
            failed: count(reply, "failedTasks").unwrap_or(0),
            rollout: text(reply, "rolloutState").map(|it| RolloutState::read(&it)),
            reason: text(reply, "rolloutStateReason"),
            created_at: time(reply, "createdAt"),
            updated_at: time(reply, "updatedAt"),
        })
    }

    /// Whether ECS works towards it.
    pub fn is_primary(&self) -> bool {
        self.status == "PRIMARY"
    }

    /// Whether AWS's words on it speak of a rollback ("ECS deployment circuit breaker: rolling back to
    /// deploymentId ecs-svc/…", captured in public threads; alarms say "rolling back" too).
    pub fn speaks_of_rollback(&self) -> bool {
        self.reason.as_deref().is_some_and(speaks_of_rollback)
    }

    /// Whether it runs exactly what is desired. A count that the reply lacks proves nothing.
    pub fn is_filled(&self) -> bool {
        self.desired.is_some() && self.running == self.desired
    }

    /// `web:42`.
    pub fn short_definition(&self) -> Option<String> {
        self.definition
            .as_deref()
            .map(|it| super::short_definition(it).to_owned())
    }
}

/// Whether a text of AWS's speaks of a rollback.
pub fn speaks_of_rollback(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["rolling back", "rolled back", "rollback"]
        .iter()
        .any(|words| text.contains(words))
}

impl TargetGroup {
    /// The groups of a member of `loadBalancers`: blue/green deployments alternate between two (API reference:
    /// AdvancedConfiguration). A Classic Load Balancer has none.
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
    fn read(reply: &Value) -> Option<Self> {
        let message = text(reply, "message")?;
        Some(Self {
            id: text(reply, "id").unwrap_or_else(|| message.clone()),
            at: time(reply, "createdAt"),
            message,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_service_is_read_from_the_reply() {
        let service = Service::read(&json!({
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
            (primary.running, primary.desired, primary.failed),
            (Some(2), Some(3), 1)
        );
        assert!(!primary.is_filled());
        assert_eq!(
            service.deployments[1].rollout,
            Some(RolloutState::Other("SOMETHING_NEW".to_owned()))
        );
        assert!(service.breaker && service.rolls_back && service.load_balanced);
        assert_eq!(service.strategy, Strategy::Rolling);
        assert_eq!(service.events[0].id, "e1");
    }

    #[test]
    fn target_groups_come_with_container_and_port_and_blue_green_has_two() {
        let service = Service::read(&json!({"loadBalancers": [
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
    }

    #[test]
    fn absent_counts_prove_nothing() {
        let service = Service::read(&json!({"deployments": [{"id": "ecs-svc/1", "status": "PRIMARY"}]}));
        assert!(!service.primary().unwrap().is_filled());
    }

    #[test]
    fn words_of_a_rollback_are_recognised() {
        for said in [
            "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/123",
            "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/123.",
        ] {
            assert!(speaks_of_rollback(said), "{said}");
        }
        for said in [
            "ECS deployment circuit breaker: tasks failed to start.",
            "ECS deployment ecs-svc/1 in progress.",
            "ECS deployment ecs-svc/1 completed.",
        ] {
            assert!(!speaks_of_rollback(said), "{said}");
        }
    }
}
