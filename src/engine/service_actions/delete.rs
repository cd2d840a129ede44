//! Deletes services, and watches them until their last tasks have stopped.

use std::time::Duration;

use super::{ServiceChange, check, refused, unread};
use crate::aws::{Aws, AwsError};
use crate::diagnostic::{Failure, Suggestion};
use crate::engine::polling::{ReadRetry, retry_write};
use crate::engine::refused_request::with_cause;
use crate::engine::watch::{DeletionResult, ServiceResult};
use crate::engine::{ExistingService, Run, RunReport};
use crate::exit::Exit;
use crate::model::Event;

/// A service to delete.
#[derive(Clone, Debug, PartialEq)]
pub enum Deletion {
    /// It doesn't exist, so there is nothing to do.
    Absent {
        /// Its name on ECS.
        name: String,
    },
    /// It was already deleted and is draining, so it is only watched.
    Draining(ExistingService),
    /// It will be deleted.
    Active(ExistingService),
}

impl Deletion {
    /// Returns the service if it exists.
    pub fn existing(&self) -> Option<&ExistingService> {
        match self {
            Deletion::Absent { .. } => None,
            Deletion::Draining(existing) | Deletion::Active(existing) => Some(existing),
        }
    }

    /// Returns the service if it is to be deleted now.
    pub fn active(&self) -> Option<&ExistingService> {
        match self {
            Deletion::Active(existing) => Some(existing),
            Deletion::Absent { .. } | Deletion::Draining(_) => None,
        }
    }
}

impl ExistingService {
    /// Describes what the deletion stops: `web: web:42, 3 tasks stop`.
    pub fn deletion_consequence(&self) -> String {
        let tasks = match self.service.task_count() {
            0 => "no tasks".to_owned(),
            1 => "1 task stops".to_owned(),
            tasks => format!("{tasks} tasks stop"),
        };
        let definition = self.service.short_definition().unwrap_or_default();
        format!("{}: {definition}, {tasks}", self.name)
    }
}

/// Finds the services to delete (pairs of deploy.yaml key and ECS service name). Fails if one of them
/// can't be deleted.
pub async fn find_deletions(
    aws: &Aws,
    cluster: &str,
    services: &[(String, String)],
) -> Result<Vec<Deletion>, RunReport> {
    let names: Vec<String> = services.iter().map(|(_, name)| name.clone()).collect();
    let retry = ReadRetry::silent(aws.clock());
    let described = retry
        .read(|| Box::pin(aws.describe_services(cluster, &names)))
        .await
        .map_err(|error| unread(services, error))?;
    let (mut deletions, mut refusals) = (Vec::new(), Vec::new());
    for (key, name) in services {
        if described.existing(name).is_none() {
            deletions.push(Deletion::Absent { name: name.clone() });
            continue;
        }
        match check(&described, key, name, ServiceChange::Delete) {
            Ok(existing) if existing.service.is_draining() => deletions.push(Deletion::Draining(existing)),
            Ok(existing) => deletions.push(Deletion::Active(existing)),
            Err(refusal) => refusals.push((name.clone(), refusal)),
        }
    }
    refused(services, &refusals)?;
    Ok(deletions)
}

/// Deletes services concurrently, and waits until each is INACTIVE, i.e. all its tasks have stopped.
/// `timeout` applies to each.
pub async fn delete(run: &Run<'_>, deletions: &[Deletion], timeout: Duration) -> RunReport {
    run.join(deletions.iter().map(|it| delete_service(run, it, timeout)))
        .await
}

async fn delete_service(run: &Run<'_>, deletion: &Deletion, timeout: Duration) -> RunReport {
    let existing = match deletion {
        Deletion::Absent { name } => return run.report(ServiceResult::gone(name, false)),
        Deletion::Draining(existing) => existing,
        Deletion::Active(existing) => match send(run.aws, run.cluster, existing).await {
            Ok(()) => existing,
            Err(error) => {
                let name = &existing.name;
                return RunReport::of_failed_service(name, with_cause(error, name));
            }
        },
    };
    let name = existing.name.as_str();
    run.sink.emit(Event::Deleted {
        service: name.to_owned(),
    });
    match run.watcher.watch_deletion(name, timeout).await {
        DeletionResult::Gone => run.report(ServiceResult::gone(name, true)),
        DeletionResult::TimedOut { tasks } => {
            RunReport::of_draining_service(name, still_draining(name, tasks))
        }
        DeletionResult::Unwatchable(error) => {
            let draining = format!("service {name} is deleted; its last tasks may still be stopping");
            RunReport::of_draining_service(name, error.failure.details([draining]))
        }
    }
}

/// Calls DeleteService. `force` avoids scaling the service down first; only REPLICA services need it
/// (API reference: DeleteService).
async fn send(aws: &Aws, cluster: &str, existing: &ExistingService) -> Result<(), AwsError> {
    let force = !existing.service.is_daemon();
    let name = existing.name.as_str();
    let sent = retry_write(
        aws.clock(),
        || Box::pin(aws.delete_service(cluster, name, force)),
        || {
            Box::pin(async move {
                let described = aws.describe_services(cluster, &[name.to_owned()]).await?;
                let left = described.existing(name);
                Ok(left.is_none_or(|left| left.is_draining()).then_some(()))
            })
        },
        |_| false,
    );
    match sent.await {
        // Another user deleted it first.
        Err(error) if error.aws_code() == Some("ServiceNotFoundException") => Ok(()),
        sent => sent,
    }
}

/// The failure for a deleted service whose tasks had not all stopped before the timeout. They
/// continue to stop.
fn still_draining(service: &str, tasks: Option<u64>) -> Failure {
    let message = format!("service {service} is deleted, but not all its tasks have stopped yet");
    Failure::new(Exit::TimedOut, "still-draining", message)
        .resource(service)
        .details(tasks.map(|tasks| format!("{tasks} left")))
        .hint(Suggestion::command("delete", service.to_string()).then(" waits for them"))
}
