//! Tasks: as many as the counts say, and those that stopped.

use serde_json::{Value, json};

use super::base::{Base, now};
use super::definitions::text;
use super::service::Service;
use super::{World, missing, name_in};
use crate::support::protocol::{Answer, Call};
use crate::support::scenario::Stopped;

/// One task of a service.
pub struct Task {
    pub arn: String,
    /// Its deployment: `ecs-svc/N`.
    pub started_by: String,
    definition: String,
    status: &'static str,
    created_at: Value,
    stopped_at: Option<Value>,
    stop_code: Option<String>,
    stopped_reason: Option<String>,
    containers: Vec<Value>,
}

impl Task {
    pub fn is_running(&self) -> bool {
        self.status == "RUNNING"
    }

    fn new(service: &Service, id: &str, definition: &str, world: &mut World) -> Self {
        let task = world.base.hex();
        let arn = world.base.arn(&format!("task/{}/{task}", service.cluster));
        let containers = containers_of(world, definition)
            .iter()
            .map(|container| {
                let id = world.base.uuid();
                json!({
                    "containerArn": world.base.arn(&format!("container/{}/{task}/{id}", service.cluster)),
                    "taskArn": arn,
                    "name": container["name"],
                    "image": container["image"],
                    "lastStatus": "RUNNING",
                    "networkBindings": [],
                    "networkInterfaces": [],
                    "healthStatus": "UNKNOWN",
                })
            })
            .collect();
        Self {
            arn,
            started_by: id.to_owned(),
            definition: definition.to_owned(),
            status: "RUNNING",
            created_at: now(),
            stopped_at: None,
            stop_code: None,
            stopped_reason: None,
            containers,
        }
    }

    fn stop(&mut self, code: &str, reason: &str) {
        self.status = "STOPPED";
        self.stopped_at = Some(now());
        self.stop_code = Some(code.to_owned());
        self.stopped_reason = Some(reason.to_owned());
        for container in &mut self.containers {
            container["lastStatus"] = "STOPPED".into();
        }
    }

    fn value(&self, service: &Service, base: &Base) -> Value {
        let mut value = json!({
            "taskArn": self.arn,
            "taskDefinitionArn": self.definition,
            "clusterArn": base.arn(&format!("cluster/{}", service.cluster)),
            "group": format!("service:{}", service.name),
            "startedBy": self.started_by,
            "desiredStatus": self.status,
            "lastStatus": self.status,
            "createdAt": self.created_at,
            "startedAt": self.created_at,
            "containers": self.containers,
            "healthStatus": "UNKNOWN",
            "attachments": [],
            "tags": [],
            "version": 3,
        });
        let more = json!({
            "stoppedAt": self.stopped_at,
            "stopCode": self.stop_code,
            "stoppedReason": self.stopped_reason,
            "launchType": service.settings.get("launchType"),
        });
        super::merge(&mut value, &more);
        value
    }
}

fn containers_of(world: &World, definition: &str) -> Vec<Value> {
    world
        .definitions
        .find(definition)
        .and_then(|revision| revision.value["containerDefinitions"].as_array().cloned())
        .unwrap_or_default()
}

impl World {
    /// Makes the running tasks as many as the counts say. What is drained stays as STOPPED, as on AWS.
    pub(super) fn sync_tasks(&mut self, service: &mut Service) {
        let wanted: Vec<(String, String, u64)> = service
            .deployments
            .iter()
            .map(|deployment| {
                (
                    deployment.id.clone(),
                    deployment.task_definition.clone(),
                    deployment.running,
                )
            })
            .collect();
        for task in &mut service.tasks {
            let is_drained = wanted.iter().all(|(id, _, _)| *id != task.started_by);
            if task.is_running() && is_drained {
                task.stop(
                    "ServiceSchedulerInitiated",
                    &format!("Scaling activity initiated by (deployment {})", task.started_by),
                );
            }
        }
        for (id, definition, running) in wanted {
            let mut have = 0;
            for task in service.tasks.iter_mut().filter(|task| task.started_by == id) {
                if task.is_running() {
                    have += 1;
                    if have > running {
                        task.stop(
                            "ServiceSchedulerInitiated",
                            &format!("Scaling activity initiated by (deployment {id})"),
                        );
                    }
                }
            }
            for _ in have..running {
                let task = Task::new(service, &id, &definition, self);
                service.tasks.push(task);
            }
        }
    }

    /// Tasks of the change under way stop, as a frame says.
    pub(super) fn stop_tasks(&mut self, service: &mut Service, stopped: &Stopped) {
        let id = service.script.subject.clone();
        let Some(definition) = service
            .deployment(&id)
            .map(|deployment| deployment.task_definition.clone())
        else {
            return;
        };
        for _ in 0..stopped.tasks.unwrap_or(1) {
            let mut task = Task::new(service, &id, &definition, self);
            task.stop(
                stopped.code.as_deref().unwrap_or("EssentialContainerExited"),
                stopped
                    .reason
                    .as_deref()
                    .unwrap_or("Essential container in task exited"),
            );
            let at_fault = stopped.container.as_deref();
            let container = task
                .containers
                .iter_mut()
                .find(|container| at_fault.is_none_or(|name| container["name"] == name));
            if let Some(container) = container {
                let exit = json!({"exitCode": stopped.exit_code, "reason": stopped.container_reason});
                super::merge(container, &exit);
                let name = text(container, "name");
                self.write_log(&definition, &name, &task.arn, &stopped.log);
            }
            service.tasks.push(task);
        }
    }

    /// Puts a container's lines where its awslogs options send them.
    fn write_log(&mut self, definition: &str, container: &str, task: &str, lines: &[String]) {
        let containers = containers_of(self, definition);
        let Some(found) = containers.iter().find(|found| found["name"] == container) else {
            return;
        };
        let options = &found["logConfiguration"]["options"];
        if let (Some(group), Some(prefix)) = (
            options["awslogs-group"].as_str(),
            options["awslogs-stream-prefix"].as_str(),
        ) {
            let stream = format!("{prefix}/{container}/{}", name_in(task));
            self.logs.write(group, &stream, lines);
        }
    }

    pub(super) fn list_tasks(&mut self, call: &Call) -> Answer {
        let cluster = self.cluster_of(call)?;
        let wanted = call.text("desiredStatus").unwrap_or("RUNNING");
        let service = call.text("serviceName").map(name_in);
        let started_by = call.text("startedBy");
        let arns: Vec<&str> = self
            .services
            .values()
            .filter(|found| found.cluster == cluster)
            .filter(|found| service.is_none_or(|name| found.name == name))
            .flat_map(|found| &found.tasks)
            .filter(|task| task.status == wanted)
            .filter(|task| started_by.is_none_or(|id| task.started_by == id))
            .map(|task| task.arn.as_str())
            .take(100)
            .collect();
        Ok(json!({"taskArns": arns}))
    }

    pub(super) fn describe_tasks(&mut self, call: &Call) -> Answer {
        let cluster = self.cluster_of(call)?;
        let (mut tasks, mut failures) = (Vec::new(), Vec::new());
        for named in call.texts("tasks") {
            let id = name_in(&named);
            let shown = self
                .services
                .values()
                .filter(|service| service.cluster == cluster)
                .find_map(|service| {
                    let task = service.tasks.iter().find(|task| name_in(&task.arn) == id)?;
                    Some(task.value(service, &self.base))
                });
            match shown {
                Some(shown) => tasks.push(shown),
                None => failures.push(missing(named)),
            }
        }
        Ok(json!({"tasks": tasks, "failures": failures}))
    }
}
