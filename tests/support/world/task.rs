//! One task, and how ECS describes it.

use std::time::Duration;

use serde_json::{Value, json};

use super::base::{Base, ago, merge, now};
use super::{World, name_in};
use crate::support::scenario::Stopped;

/// A task of a service, or one started by RunTask.
pub struct Task {
    pub arn: String,
    pub cluster: String,
    /// The task group: `service:web`, `family:migrate`.
    pub group: String,
    /// Its deployment (`ecs-svc/N`), or RunTask's `startedBy`.
    pub started_by: Option<String>,
    /// The definition's ARN.
    pub definition: String,
    pub last_status: String,
    pub desired_status: &'static str,
    launch_type: Value,
    /// When it was created.
    pub created_at: Value,
    started_at: Option<Value>,
    stopped_at: Option<Value>,
    /// When its protection from scale-in ends, if it is protected.
    protected_until: Option<Value>,
    stop_code: Option<String>,
    stopped_reason: Option<String>,
    pub containers: Vec<Value>,
    /// Its network interface attachment, if it runs in a VPC.
    interface: Option<Value>,
    /// Further members from RunTask: `overrides`, `tags`.
    pub more: Value,
    /// Whether it was started with `enableExecuteCommand`.
    pub has_exec: bool,
    /// Number of polls since it runs, for the agents of ECS Exec.
    pub agent_polls: u32,
}

/// What a task is started from.
pub struct Origin<'a> {
    pub cluster: &'a str,
    pub group: String,
    pub started_by: Option<&'a str>,
    pub launch_type: Option<&'a Value>,
    /// `enableExecuteCommand`
    pub has_exec: bool,
    /// The definition's ARN.
    pub definition: &'a str,
}

impl Task {
    /// Creates a task that is being provisioned.
    pub fn new(origin: &Origin<'_>, world: &mut World) -> Self {
        let task = world.base.hex();
        let arn = world.base.arn(&format!("task/{}/{task}", origin.cluster));
        let is_awsvpc = world
            .definitions
            .find(origin.definition)
            .is_some_and(|revision| revision.value["networkMode"] == "awsvpc");
        let interface = is_awsvpc.then(|| interface(world));
        let containers = containers_of(world, origin.definition)
            .iter()
            .map(|container| {
                let id = world.base.uuid();
                json!({
                    "containerArn": world.base.arn(&format!("container/{}/{task}/{id}", origin.cluster)),
                    "taskArn": arn,
                    "name": container["name"],
                    "image": container["image"],
                    "lastStatus": "PENDING",
                    "networkBindings": [],
                    "networkInterfaces": [],
                    "healthStatus": "UNKNOWN",
                    "cpu": container["cpu"].to_string(),
                })
            })
            .collect();
        Self {
            arn,
            cluster: origin.cluster.to_owned(),
            group: origin.group.clone(),
            started_by: origin.started_by.map(str::to_owned),
            definition: origin.definition.to_owned(),
            last_status: "PROVISIONING".to_owned(),
            desired_status: "RUNNING",
            launch_type: origin.launch_type.cloned().unwrap_or_default(),
            created_at: now(),
            started_at: None,
            stopped_at: None,
            protected_until: None,
            stop_code: None,
            stopped_reason: None,
            containers,
            interface,
            more: Value::Null,
            has_exec: origin.has_exec,
            agent_polls: 0,
        }
    }

    /// Whether a deployment started it.
    pub fn is_of(&self, deployment: &str) -> bool {
        self.started_by.as_deref() == Some(deployment)
    }

    pub fn is_running(&self) -> bool {
        self.last_status == "RUNNING"
    }

    /// Whether it is still starting.
    pub fn is_pending(&self) -> bool {
        self.desired_status == "RUNNING" && !self.is_running()
    }

    /// Starts it: all its containers run, and those with a health check are healthy.
    pub fn start(&mut self, world: &World) {
        self.last_status = "RUNNING".to_owned();
        self.started_at = Some(now());
        let definitions = containers_of(world, &self.definition);
        let address = self
            .interface
            .as_ref()
            .map(|it| it["details"][2]["value"].clone());
        for (container, definition) in self.containers.iter_mut().zip(definitions) {
            if let Some(address) = &address {
                container["networkInterfaces"] = json!([{"privateIpv4Address": address}]);
            }
            let is_checked = !definition["healthCheck"].is_null();
            container["lastStatus"] = "RUNNING".into();
            if self.has_exec {
                let id = name_in(&self.arn);
                container["runtimeId"] =
                    format!("{id}-{}", container["name"].as_str().map_or(0, str::len)).into();
            }
            container["healthStatus"] = if is_checked { "HEALTHY" } else { "UNKNOWN" }.into();
        }
    }

    /// Protects it from scale-in for two hours, the default (API reference: UpdateTaskProtection).
    pub fn protect(&mut self) {
        self.protected_until = now().as_f64().map(|now| json!(now + 7200.0));
    }

    /// Returns it as GetTaskProtection shows it.
    pub fn protection(&self) -> Value {
        let mut value = json!({"taskArn": self.arn, "protectionEnabled": self.protected_until.is_some()});
        merge(&mut value, &json!({"expirationDate": self.protected_until}));
        value
    }

    /// Stops it, with a reason in ECS's wording.
    pub fn stop(&mut self, code: &str, reason: &str) {
        self.last_status = "STOPPED".to_owned();
        self.desired_status = "STOPPED";
        self.stopped_at = Some(now());
        self.stop_code = Some(code.to_owned());
        self.stopped_reason = Some(reason.to_owned());
        for container in &mut self.containers {
            container["lastStatus"] = "STOPPED".into();
        }
    }

    /// Requests a stop (StopTask): it keeps running until its containers have exited.
    pub fn ask_to_stop(&mut self, reason: &str) {
        self.desired_status = "STOPPED";
        self.stop_code = Some("UserInitiated".to_owned());
        self.stopped_reason = Some(reason.to_owned());
    }

    /// Exits its containers as on SIGTERM.
    pub fn end_asked(&mut self) {
        let code = self.stop_code.clone().unwrap_or_default();
        let reason = self.stopped_reason.clone().unwrap_or_default();
        self.stop(&code, &reason);
        for container in &mut self.containers {
            container["exitCode"] = 143.into();
        }
    }

    /// Stops it as a scenario says. Returns the name of the container at fault.
    pub fn fail(&mut self, stopped: &Stopped) -> Option<String> {
        let code = stopped.code.as_deref().unwrap_or("EssentialContainerExited");
        // A task that failed to start never ran; others ran for a while.
        if code != "TaskFailedToStart" {
            self.created_at = ago(Duration::from_secs(20));
            self.started_at = Some(ago(Duration::from_secs(8)));
        }
        let reason = stopped.reason.as_deref();
        self.stop(code, reason.unwrap_or("Essential container in task exited"));
        let at_fault = stopped.container.as_deref();
        let container = self
            .containers
            .iter_mut()
            .find(|container| at_fault.is_none_or(|name| container["name"] == name))?;
        let exit = json!({"exitCode": stopped.exit_code, "reason": stopped.container_reason});
        merge(container, &exit);
        let name = container["name"].as_str().map(str::to_owned);
        merge(&mut self.more, &stopped.task);
        name
    }

    /// Returns it as DescribeTasks shows it, with a scenario's patch.
    pub fn value(&self, base: &Base, patch: &Value) -> Value {
        let healths = || self.containers.iter().map(|container| &container["healthStatus"]);
        let health = ["UNHEALTHY", "HEALTHY"]
            .into_iter()
            .find(|health| healths().any(|of_container| of_container == health));
        let mut value = json!({
            "taskArn": self.arn,
            "taskDefinitionArn": self.definition,
            "clusterArn": base.arn(&format!("cluster/{}", self.cluster)),
            "group": self.group,
            "desiredStatus": self.desired_status,
            "lastStatus": self.last_status,
            "createdAt": self.created_at,
            "containers": self.containers,
            "enableExecuteCommand": self.has_exec,
            "healthStatus": health.unwrap_or("UNKNOWN"),
            "attachments": self.interface.iter().cloned().collect::<Value>(),
            "tags": [],
            "version": 3,
        });
        let more = json!({
            "startedBy": self.started_by,
            "startedAt": self.started_at,
            "stoppingAt": self.stopped_at,
            "executionStoppedAt": self.stopped_at.as_ref().filter(|_| self.started_at.is_some()),
            "stoppedAt": self.stopped_at,
            "stopCode": self.stop_code,
            "stoppedReason": self.stopped_reason,
            "launchType": self.launch_type,
        });
        merge(&mut value, &more);
        merge(&mut value, &self.more);
        if self.desired_status == "RUNNING" {
            merge(&mut value, patch);
        }
        value
    }
}

/// Creates the network interface of a task with network mode awsvpc, which it keeps after it has stopped.
fn interface(world: &mut World) -> Value {
    let (interface, address) = world.base.interface();
    json!({
        "id": interface.replacen("eni-", "attachment-", 1),
        "type": "ElasticNetworkInterface",
        "status": "ATTACHED",
        "details": [
            {"name": "subnetId", "value": "subnet-1"},
            {"name": "networkInterfaceId", "value": interface},
            {"name": "privateIPv4Address", "value": address},
        ],
    })
}

/// Returns the container definitions of a task definition.
pub fn containers_of(world: &World, definition: &str) -> Vec<Value> {
    world
        .definitions
        .find(definition)
        .and_then(|revision| revision.value["containerDefinitions"].as_array().cloned())
        .unwrap_or_default()
}
