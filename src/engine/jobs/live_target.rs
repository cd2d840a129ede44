//! What a service runs at the moment: the task definition and the settings of a job's task.

use crate::aws::Aws;
use crate::diagnostic::{Failure, Suggestion};
use crate::ecs::{Service, TaskDefinition};
use crate::engine::inspect::no_service;
use crate::engine::polling::ReadRetry;
use crate::exit::Exit;

/// A service on ECS and its task definition.
pub struct LiveTarget {
    /// The service.
    pub service: Service,
    /// The task definition that it runs.
    pub definition: TaskDefinition,
}

impl LiveTarget {
    /// Reads a service, by its key and its name on ECS, and the task definition that it runs.
    pub async fn read(aws: &Aws, cluster: &str, (key, name): (&str, &str)) -> Result<Self, Failure> {
        let retry = ReadRetry::silent(aws.clock());
        let names = [name.to_owned()];
        let described = retry
            .read(|| Box::pin(aws.describe_services(cluster, &names)))
            .await?;
        let missing = || no_service(cluster, &[(key.to_owned(), name.to_owned())]);
        let service = described.active(name).cloned().ok_or_else(missing)?;
        let Some(arn) = service.task_definition.clone() else {
            return Err(without_definition(name));
        };
        let read = retry.read(|| Box::pin(aws.describe_task_definition(&arn)));
        let definition = read.await?.ok_or_else(|| without_definition(name))?;
        Ok(Self { service, definition })
    }
}

fn without_definition(service: &str) -> Failure {
    let message = format!("service {service} has no task definition that could be run");
    Failure::new(Exit::Preflight, "no-task-definition", message)
        .resource(service)
        .hint(Suggestion::command("status", service.to_owned()))
}
