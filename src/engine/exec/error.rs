//! Errors when there is no task or container for a session.

use crate::diagnostic::{Failure, Suggestion};
use crate::exit::Exit;
use crate::model::there_are;

/// A failure before anything was sent.
pub(super) fn preflight(code: &'static str, service: &str, message: String) -> Failure {
    Failure::new(Exit::Preflight, code, message).resource(service)
}

/// No task of the service runs.
pub(super) fn no_task(service: &str) -> Failure {
    let message = format!("no running task of {service}");
    let hint = Suggestion::command("tasks", format!("{service} --stopped"));
    preflight("no-task", service, message).hint(hint.then(" shows why tasks stopped"))
}

/// No task's id starts with this. `known` are the ids of the existing ones.
pub(super) fn unknown_task(prefix: &str, service: &str, known: &[&str]) -> Failure {
    let message = format!("no running task {prefix} of {service}");
    Failure::new(Exit::Usage, "unknown-task", message)
        .resource(prefix)
        .hint(there_are(known))
}

/// The task has no such container. `known` are the existing ones.
pub(super) fn unknown_container(name: &str, place: &str, known: &[&str]) -> Failure {
    Failure::new(
        Exit::Usage,
        "unknown-container",
        format!("no container `{name}` in {place}"),
    )
    .resource(name)
    .hint(there_are(known))
}

/// The revision that the task runs can't be read.
pub(super) fn no_definition(service: &str, task: &str) -> Failure {
    let message = format!("the task definition of task {task} of {service} is gone");
    preflight("no-task-definition", service, message)
}
