//! The task and the container to run a command in.

use futures_util::future::try_join;

use super::error::{no_definition, no_task, unknown_container, unknown_task};
use crate::aws::Aws;
use crate::diagnostic::Failure;
use crate::ecs::{Service, Task, TaskDefinition};
use crate::engine::inspect::no_service;
use crate::engine::jobs::TaskRequest;
use crate::engine::polling::ReadRetry;
use crate::engine::task_prefix::TaskPrefix;
use crate::model::{Value, short_id};
use crate::schema::main_container;
use crate::verdict::{ExecReadiness, exec_readiness};

/// What the command line selects.
#[derive(Clone, Copy, Debug)]
pub struct ExecSelection<'a> {
    /// The cluster.
    pub cluster: &'a str,
    /// The service's key in deploy.yaml and its name on ECS.
    pub service: (&'a str, &'a str),
    /// The beginning of a task's id, or its ARN.
    pub task: Option<&'a str>,
    /// The container.
    pub container: Option<&'a str>,
}

/// The task and the container that were selected.
#[derive(Clone, Debug)]
pub struct ExecTarget {
    /// The cluster.
    pub cluster: String,
    /// The service's key in deploy.yaml.
    pub service: String,
    /// The task.
    pub task: Task,
    /// The container's name.
    pub container: String,
    /// Where the task comes from.
    pub(super) origin: ExecOrigin,
    definition: TaskDefinition,
}

/// Where a task comes from.
#[derive(Clone, Debug)]
pub(super) enum ExecOrigin {
    /// A service; whether it has ECS Exec on, for tasks that it starts from now on.
    Service { is_on: bool },
    /// `run`, which stops it after the session; the service whose task definition it runs.
    Run { service: Option<String> },
}

impl ExecTarget {
    /// Selects the task and the container: without `--task` the newest task that is ready, without `--container` the
    /// main one.
    pub async fn find(aws: &Aws, selection: ExecSelection<'_>) -> Result<Self, Failure> {
        let ExecSelection {
            cluster,
            service: (key, name),
            ..
        } = selection;
        let retry = ReadRetry::silent(aws.clock());
        let names = [name.to_owned()];
        let missing = || no_service(cluster, &[(key.to_owned(), name.to_owned())]);
        let read = try_join(
            retry.read(|| Box::pin(aws.describe_services(cluster, &names))),
            retry.read(|| Box::pin(aws.list_tasks(cluster, name, "RUNNING"))),
        );
        let (described, arns) = match read.await {
            Ok(read) => read,
            Err(error) if error.is_not_found() && !error.is_cluster_missing() => return Err(missing()),
            Err(error) => return Err(error.into()),
        };
        let service = described.active(name).ok_or_else(missing)?;
        let tasks = retry
            .read(|| Box::pin(aws.describe_tasks(cluster, &arns)))
            .await?;
        let task = choose(tasks, selection)?;
        let arn = task.task_definition.clone().unwrap_or_default();
        let definition = retry
            .read(|| Box::pin(aws.describe_task_definition(&arn)))
            .await?;
        let definition = definition.ok_or_else(|| no_definition(key, &task.id))?;
        let target = Self {
            cluster: cluster.to_owned(),
            service: key.to_owned(),
            container: String::new(),
            origin: ExecOrigin::Service {
                is_on: is_on(service),
            },
            task,
            definition,
        };
        target.with_container(selection.container, service)
    }

    /// Returns a task that `run` has started.
    pub fn of_run(request: &TaskRequest, task: Task) -> Self {
        Self {
            cluster: request.cluster().to_owned(),
            service: request.name.clone(),
            task,
            container: request.container.clone(),
            origin: ExecOrigin::Run {
                service: request.service.clone(),
            },
            definition: request.definition.clone(),
        }
    }

    /// Whether the task is stopping or has stopped.
    pub fn is_over(&self) -> bool {
        self.task.is_stopping()
    }

    /// Returns the service whose deploy changes the task definition.
    pub(super) fn deployed(&self) -> Option<&str> {
        match &self.origin {
            ExecOrigin::Service { .. } => Some(&self.service),
            ExecOrigin::Run { service } => service.as_deref(),
        }
    }

    fn with_container(mut self, named: Option<&str>, service: &Service) -> Result<Self, Failure> {
        if let Some(name) = named {
            if self.task.container(name).is_none() {
                let known = self.task.containers.iter();
                let known: Vec<&str> = known.map(|it| it.name.as_str()).collect();
                return Err(unknown_container(name, &self.place(), &known));
            }
            name.clone_into(&mut self.container);
            return Ok(self);
        }
        let balanced = service.target_groups.iter();
        let balanced: Vec<&str> = balanced.filter_map(|it| it.container.as_deref()).collect();
        if let Some(main) = main_container(self.definition.value(), &balanced, &service.name) {
            main.clone_into(&mut self.container);
        }
        Ok(self)
    }

    /// Returns whether ECS Exec is ready in the container.
    pub(super) fn readiness(&self) -> ExecReadiness {
        exec_readiness(&self.task, &self.container, &self.definition)
    }

    /// Returns the task in messages: `task 3f2a91c0 of web`.
    pub fn place(&self) -> String {
        format!("task {} of {}", short_id(&self.task.id), self.service)
    }

    /// Whether the container can't write to its root file system.
    pub(super) fn is_read_only(&self) -> bool {
        let container = self.definition.container(&self.container);
        container.is_some_and(|it| it.is_read_only)
    }

    /// Returns the states of the task, the container and the agent.
    pub(super) fn status(&self) -> String {
        let container = self.task.container(&self.container);
        let agent = container.and_then(|it| it.exec_agent.as_ref());
        let agent = agent.map_or("not there yet", |agent| agent.last_status.as_str());
        format!("the task is {}, the agent is {agent}", self.task.last_status)
    }
}

/// Whether tasks that the service starts have ECS Exec on.
fn is_on(service: &Service) -> bool {
    service.task_settings().get("enableExecuteCommand") == Some(&Value::Bool(true))
}

fn choose(tasks: Vec<Task>, selection: ExecSelection<'_>) -> Result<Task, Failure> {
    let (service, _) = selection.service;
    if tasks.is_empty() {
        return Err(no_task(service));
    }
    let Some(prefix) = selection.task else {
        let best = tasks
            .into_iter()
            .max_by_key(|task| (is_ready(task), task.started_at));
        return best.ok_or_else(|| no_task(service));
    };
    let named = TaskPrefix(prefix);
    let meant: Vec<&Task> = tasks.iter().filter(|task| named.matches(&task.id)).collect();
    match meant.as_slice() {
        [] => {
            let known: Vec<&str> = tasks.iter().map(|task| short_id(&task.id)).collect();
            Err(unknown_task(prefix, service, &known))
        }
        [only] => Ok((*only).clone()),
        several => Err(named.ambiguous(several.iter().map(|task| task.id.clone()).collect())),
    }
}

/// Whether it runs, with an agent of ECS Exec that runs.
fn is_ready(task: &Task) -> bool {
    let agents = task.containers.iter().filter_map(|it| it.exec_agent.as_ref());
    let has_agent = agents.into_iter().any(|agent| agent.last_status == "RUNNING");
    task.last_status == "RUNNING" && task.has_exec && has_agent
}
