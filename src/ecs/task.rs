//! The Task of DescribeTasks.

use jiff::Timestamp;

use super::reply::{count, flag, list, text, time};
use crate::model::Value;

/// A task (API reference: Task).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// Its ARN.
    pub arn: String,
    /// Its id: 32 hex digits.
    pub id: String,
    /// The deployment that started it: `ecs-svc/N`.
    pub started_by: Option<String>,
    /// `RUNNING`, `STOPPED`, …
    pub last_status: String,
    /// `RUNNING` or `STOPPED`.
    pub desired_status: Option<String>,
    /// `HEALTHY`, `UNHEALTHY`, `UNKNOWN`.
    pub health_status: Option<String>,
    /// The stop code: `EssentialContainerExited`, …
    pub stop_code: Option<String>,
    /// The stopped reason, as AWS words it.
    pub stopped_reason: Option<String>,
    /// When it was created.
    pub created_at: Option<Timestamp>,
    /// When it started.
    pub started_at: Option<Timestamp>,
    /// When it began to stop.
    pub stopping_at: Option<Timestamp>,
    /// When it stopped.
    pub stopped_at: Option<Timestamp>,
    /// Its task definition's ARN.
    pub task_definition: Option<String>,
    /// The launch type: `FARGATE`, `EC2`, `EXTERNAL`, `MANAGED_INSTANCES`.
    pub launch_type: Option<String>,
    /// Its availability zone.
    pub availability_zone: Option<String>,
    /// The task's own IP addresses (network mode awsvpc).
    pub addresses: Vec<String>,
    /// The containers, in AWS's order.
    pub containers: Vec<Container>,
    /// Whether it was started with ECS Exec turned on (`enableExecuteCommand`).
    pub has_exec: bool,
    /// The task role that replaces that of the task definition (`overrides`).
    pub task_role: Option<String>,
}

/// A task that is protected from scale-in (API reference: ProtectedTask).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtectedTask {
    /// The task's id.
    pub id: String,
    /// When the protection ends.
    pub until: Option<Timestamp>,
}

/// A container of a task (API reference: Container).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Container {
    /// Its name.
    pub name: String,
    /// Its image.
    pub image: Option<String>,
    /// Its image's digest.
    pub image_digest: Option<String>,
    /// `RUNNING`, `STOPPED`, …
    pub last_status: Option<String>,
    /// `HEALTHY`, `UNHEALTHY`, `UNKNOWN`.
    pub health_status: Option<String>,
    /// Its exit code, if it has exited.
    pub exit_code: Option<i64>,
    /// AWS's message about the container.
    pub reason: Option<String>,
    /// The container runtime's id of the container.
    pub runtime_id: Option<String>,
    /// The host ports mapped to the container (network modes bridge and host).
    pub host_ports: Vec<u16>,
    /// The agent of ECS Exec, if it is known.
    pub exec_agent: Option<ExecAgent>,
}

/// The managed agent that runs the commands of ECS Exec in a container (API reference: ManagedAgent).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecAgent {
    /// `PENDING`, `RUNNING` or `STOPPED`.
    pub last_status: String,
    /// Why it is in that state.
    pub reason: Option<String>,
}

impl ProtectedTask {
    /// Reads a member of GetTaskProtection's `protectedTasks`. None if the task isn't protected.
    pub fn read(reply: &Value) -> Option<Self> {
        let arn = text(reply, "taskArn").filter(|_| flag(reply, "protectionEnabled"))?;
        Some(Self {
            id: arn.rsplit('/').next().unwrap_or_default().to_owned(),
            until: time(reply, "expirationDate"),
        })
    }
}

impl Task {
    /// Reads a member of DescribeTasks' `tasks`.
    pub fn read(reply: &Value) -> Option<Self> {
        let arn = text(reply, "taskArn")?;
        Some(Self {
            id: arn.rsplit('/').next().unwrap_or_default().to_owned(),
            arn,
            started_by: text(reply, "startedBy"),
            last_status: text(reply, "lastStatus").unwrap_or_default(),
            desired_status: text(reply, "desiredStatus"),
            health_status: text(reply, "healthStatus"),
            stop_code: text(reply, "stopCode"),
            stopped_reason: text(reply, "stoppedReason"),
            created_at: time(reply, "createdAt"),
            started_at: time(reply, "startedAt"),
            stopping_at: time(reply, "stoppingAt"),
            stopped_at: time(reply, "stoppedAt"),
            task_definition: text(reply, "taskDefinitionArn"),
            launch_type: text(reply, "launchType"),
            availability_zone: text(reply, "availabilityZone"),
            addresses: addresses(reply),
            containers: list(reply, "containers")
                .iter()
                .filter_map(Container::read)
                .collect(),
            has_exec: flag(reply, "enableExecuteCommand"),
            task_role: reply.get("overrides").and_then(|it| text(it, "taskRoleArn")),
        })
    }

    /// Returns a container by name.
    pub fn container(&self, name: &str) -> Option<&Container> {
        self.containers.iter().find(|container| container.name == name)
    }

    /// Whether it has stopped for good.
    pub fn is_stopped(&self) -> bool {
        self.last_status == "STOPPED"
    }

    /// Whether it is stopping or has stopped.
    pub fn is_stopping(&self) -> bool {
        self.is_stopped() || self.desired_status.as_deref() == Some("STOPPED")
    }

    /// Returns when it stopped or started stopping.
    pub fn ended_at(&self) -> Option<Timestamp> {
        self.stopped_at.or(self.stopping_at)
    }
}

impl Container {
    fn read(reply: &Value) -> Option<Self> {
        Some(Self {
            name: text(reply, "name")?,
            image: text(reply, "image"),
            image_digest: text(reply, "imageDigest"),
            last_status: text(reply, "lastStatus"),
            health_status: text(reply, "healthStatus"),
            exit_code: reply.get("exitCode").and_then(Value::as_i64),
            reason: text(reply, "reason"),
            runtime_id: text(reply, "runtimeId"),
            host_ports: list(reply, "networkBindings")
                .iter()
                .filter_map(|binding| u16::try_from(count(binding, "hostPort")?).ok())
                .collect(),
            exec_agent: list(reply, "managedAgents").iter().find_map(ExecAgent::read),
        })
    }
}

impl ExecAgent {
    /// Reads a member of a container's `managedAgents`. None if it is another agent.
    fn read(reply: &Value) -> Option<Self> {
        text(reply, "name").filter(|name| name == "ExecuteCommandAgent")?;
        Some(Self {
            last_status: text(reply, "lastStatus").unwrap_or_default(),
            reason: text(reply, "reason"),
        })
    }
}

/// Reads the task's private addresses: those of its network interface, which a stopped task keeps, and those
/// of its containers.
fn addresses(reply: &Value) -> Vec<String> {
    let attached = list(reply, "attachments")
        .iter()
        .flat_map(|attachment| list(attachment, "details"))
        .filter(|detail| text(detail, "name").as_deref() == Some("privateIPv4Address"))
        .filter_map(|detail| text(detail, "value"));
    let of_containers = list(reply, "containers")
        .iter()
        .flat_map(|container| list(container, "networkInterfaces"))
        .flat_map(|it| [text(it, "privateIpv4Address"), text(it, "ipv6Address")])
        .flatten();
    let mut found: Vec<String> = Vec::new();
    for address in attached.chain(of_containers) {
        if !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_agent_of_ecs_exec_is_read() {
        let task = Task::read(&json!({
            "taskArn": "arn:aws:ecs:us-east-1:123456789012:task/production/3f2a91c0", "enableExecuteCommand": true,
            "overrides": {"taskRoleArn": "arn:aws:iam::123456789012:role/debug"},
            "containers": [
                {"name": "web", "managedAgents": [{"name": "ExecuteCommandAgent", "lastStatus": "STOPPED", "reason": "gone"}]},
                {"name": "other", "managedAgents": [{"name": "AnotherAgent", "lastStatus": "RUNNING"}]}],
        }))
        .unwrap();
        assert!(task.has_exec);
        assert_eq!(
            task.task_role.as_deref(),
            Some("arn:aws:iam::123456789012:role/debug")
        );
        let agent = task.containers[0].exec_agent.clone().unwrap();
        assert_eq!(
            (agent.last_status.as_str(), agent.reason.as_deref()),
            ("STOPPED", Some("gone"))
        );
        assert_eq!(task.containers[1].exec_agent, None);
    }

    #[test]
    fn a_stopped_task_is_read() {
        let task = Task::read(&json!({
            "taskArn": "arn:aws:ecs:us-east-1:123456789012:task/production/3f2a91c0", "startedBy": "ecs-svc/2",
            "lastStatus": "STOPPED", "stopCode": "EssentialContainerExited",
            "stoppedReason": "Essential container in task exited", "stoppedAt": 1_700_000_000.0,
            "containers": [{"name": "web", "exitCode": 137, "reason": "OutOfMemoryError: Container killed due to memory usage"}],
        }))
        .unwrap();
        assert_eq!(task.id, "3f2a91c0");
        assert_eq!(task.containers[0].exit_code, Some(137));
        assert_eq!(Task::read(&json!({"lastStatus": "STOPPED"})), None);
    }

    #[test]
    fn a_task_is_found_by_its_addresses_and_ports() {
        let task = Task::read(&json!({
            "taskArn": "arn:aws:ecs:us-east-1:123456789012:task/production/3f2a91c0",
            "taskDefinitionArn": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:43",
            "attachments": [{"type": "ElasticNetworkInterface", "details": [
                {"name": "subnetId", "value": "subnet-1"}, {"name": "privateIPv4Address", "value": "10.0.1.17"}]}],
            "containers": [{"name": "web", "runtimeId": "3f2a91c0-527074092",
                "networkInterfaces": [{"privateIpv4Address": "10.0.1.17", "ipv6Address": "2001:db8::1"}],
                "networkBindings": [{"containerPort": 8080, "hostPort": 32768}, {"hostPort": 99999}]}],
        }))
        .unwrap();
        assert_eq!(task.addresses, ["10.0.1.17", "2001:db8::1"]);
        assert_eq!(task.containers[0].host_ports, [32768]);
        assert_eq!(
            task.containers[0].runtime_id.as_deref(),
            Some("3f2a91c0-527074092")
        );
        assert!(task.task_definition.unwrap().ends_with("web:43"));
    }
}
