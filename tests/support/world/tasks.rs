//! The tasks of services: running ones as the counts say, and stopped ones; and how tasks are listed and
//! described.

use serde_json::{Value, json};

use super::page::page;
use super::service::Service;
use super::task::{Origin, Task, containers_of};
use super::{World, missing, name_in};
use crate::support::protocol::{Answer, Call, Refusal};
use crate::support::scenario::Stopped;

impl World {
    fn task_of(&mut self, service: &Service, deployment: &str, definition: &str) -> Task {
        let origin = Origin {
            cluster: &service.cluster,
            group: format!("service:{}", service.name),
            started_by: Some(deployment),
            launch_type: service.settings.get("launchType"),
            has_exec: service.settings.get("enableExecuteCommand") == Some(&Value::Bool(true)),
            definition,
        };
        Task::new(&origin, self)
    }

    /// Adjusts the number of tasks to the counts. Drained tasks remain as STOPPED, as on AWS.
    pub(super) fn sync_tasks(&mut self, service: &mut Service) {
        let is_listed = |id: Option<&str>, service: &Service| {
            service
                .deployments
                .iter()
                .any(|deployment| Some(deployment.id.as_str()) == id)
        };
        let mut tasks = std::mem::take(&mut service.tasks);
        for task in &mut tasks {
            if task.desired_status == "RUNNING" && !is_listed(task.started_by.as_deref(), service) {
                scale_in(task);
            }
        }
        for deployment in service.deployments.clone() {
            let is_live = |task: &&mut Task| task.is_of(&deployment.id) && task.desired_status == "RUNNING";
            let (mut running, mut pending) = (0, 0);
            // Running tasks are kept first.
            let (up, coming): (Vec<_>, Vec<_>) = tasks
                .iter_mut()
                .filter(is_live)
                .partition(|task| task.is_running());
            for task in up.into_iter().chain(coming) {
                if running < deployment.running {
                    running += 1;
                    if !task.is_running() {
                        task.start(self);
                    }
                } else if pending < deployment.pending && !task.is_running() {
                    pending += 1;
                    task.last_status = "PENDING".to_owned();
                } else {
                    scale_in(task);
                }
            }
            for number in running + pending..deployment.running + deployment.pending {
                let mut task = self.task_of(service, &deployment.id, &deployment.task_definition);
                if number < deployment.running {
                    task.start(self);
                }
                tasks.push(task);
            }
        }
        service.tasks = tasks;
    }

    /// Stops tasks of the change in progress, as a frame says: those still starting first.
    pub(super) fn stop_tasks(&mut self, service: &mut Service, stopped: &Stopped) {
        let id = service.script.subject.clone();
        let Some(definition) = service
            .deployment(&id)
            .map(|deployment| deployment.task_definition.clone())
        else {
            return;
        };
        for _ in 0..stopped.tasks.unwrap_or(1) {
            let is_next = |task: &Task| match stopped.oldest {
                true => task.is_running(),
                false => task.is_pending(),
            };
            let next = |task: &Task| task.is_of(&id) && is_next(task);
            let mut task = match service.tasks.iter().position(next) {
                Some(at) => service.tasks.remove(at),
                None => self.task_of(service, &id, &definition),
            };
            self.fail_task(&mut task, stopped);
            service.tasks.push(task);
        }
    }

    /// Stops a task as a scenario says, and writes the log of the container at fault.
    pub(super) fn fail_task(&mut self, task: &mut Task, stopped: &Stopped) {
        if let Some(container) = task.fail(stopped) {
            self.write_log(&task.definition, &container, &task.arn, &stopped.log);
        }
    }

    /// Writes a container's lines where its awslogs options send them.
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

    /// Returns all tasks, each with the scenario's patch.
    fn all_tasks(&self) -> impl Iterator<Item = (&Task, &Value)> {
        let of_services = self.services.values().flat_map(|service| {
            service.tasks.iter().map(|task| {
                let deployment = service
                    .deployments
                    .iter()
                    .find(|deployment| task.is_of(&deployment.id));
                (task, deployment.map_or(&Value::Null, |it| &it.task_patch))
            })
        });
        let runs = self.runs.tasks.iter().filter(|run| run.is_known());
        of_services.chain(runs.map(|run| (&run.task, &Value::Null)))
    }

    pub(super) fn list_tasks(&mut self, call: &Call) -> Answer {
        let cluster = self.cluster_of(call)?;
        let wanted = call.text("desiredStatus").unwrap_or("RUNNING");
        let group = call
            .text("serviceName")
            .map(|name| format!("service:{}", name_in(name)));
        if let Some(name) = call.text("serviceName").map(name_in)
            && !self.services.contains_key(&(cluster.clone(), name.to_owned()))
        {
            return Err(Refusal::new("ServiceNotFoundException", "Service not found."));
        }
        let started_by = call.text("startedBy");
        let family = call.text("family");
        let arns: Vec<Value> = self
            .all_tasks()
            .map(|(task, _)| task)
            .filter(|task| task.cluster == cluster && task.desired_status == wanted)
            .filter(|task| group.as_ref().is_none_or(|group| task.group == *group))
            .filter(|task| started_by.is_none_or(|id| task.is_of(id)))
            .filter(|task| family.is_none_or(|name| family_of(&task.definition) == name))
            .map(|task| task.arn.clone().into())
            .collect();
        page("taskArns", arns, call, 100, self.page_size)
    }

    pub(super) fn get_task_protection(&mut self, call: &Call) -> Answer {
        let cluster = self.cluster_of(call)?;
        let named = call.texts("tasks");
        if named.len() > 100 {
            return Err(Refusal::new(
                "InvalidParameterException",
                "Tasks cannot have more than 100 elements",
            ));
        }
        let (mut tasks, mut failures) = (Vec::new(), Vec::new());
        for named in named {
            let id = name_in(&named);
            let mut all = self.all_tasks().map(|(task, _)| task);
            match all.find(|task| task.cluster == cluster && name_in(&task.arn) == id) {
                Some(task) => tasks.push(task.protection()),
                None => failures.push(missing(self.base.arn(&format!("task/{cluster}/{id}")))),
            }
        }
        Ok(json!({"protectedTasks": tasks, "failures": failures}))
    }

    pub(super) fn describe_tasks(&mut self, call: &Call) -> Answer {
        let cluster = self.cluster_of(call)?;
        let named = call.texts("tasks");
        if named.len() > 100 {
            return Err(Refusal::new(
                "InvalidParameterException",
                "Tasks cannot have more than 100 elements",
            ));
        }
        self.advance_runs(&named);
        self.advance_agents(&named);
        let (mut tasks, mut failures) = (Vec::new(), Vec::new());
        for named in named {
            let id = name_in(&named);
            let found = self
                .all_tasks()
                .find(|(task, _)| task.cluster == cluster && name_in(&task.arn) == id);
            match found {
                Some((task, patch)) => tasks.push(task.value(&self.base, patch)),
                None => failures.push(missing(self.base.arn(&format!("task/{cluster}/{id}")))),
            }
        }
        Ok(json!({"tasks": tasks, "failures": failures}))
    }
}

impl Service {
    /// Protects some running tasks of the previous deployment from scale-in.
    pub(super) fn protect_old(&mut self, count: u64) {
        let subject = self.script.subject.clone();
        let old = self
            .tasks
            .iter_mut()
            .filter(|task| task.is_running() && !task.is_of(&subject));
        for (_, task) in (0..count).zip(old) {
            task.protect();
        }
    }
}

/// Returns `web` for `arn:…:task-definition/web:1`.
fn family_of(definition: &str) -> &str {
    let last = name_in(definition);
    last.split(':').next().unwrap_or(last)
}

fn scale_in(task: &mut Task) {
    let deployment = task.started_by.clone().unwrap_or_default();
    let reason = format!("Scaling activity initiated by (deployment {deployment})");
    task.stop("ServiceSchedulerInitiated", &reason);
}
