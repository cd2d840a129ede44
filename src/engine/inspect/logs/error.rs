//! Errors when there are no logs to show. `services` are the deploy.yaml keys.

use crate::diagnostic::{Failure, Suggestion};
use crate::exit::Exit;

fn preflight(code: &'static str, services: &[String], message: String) -> Failure {
    let failure = Failure::new(Exit::Preflight, code, message);
    match services {
        [only] => failure.resource(only),
        _ => failure,
    }
}

/// No task is running. `stopped`: some have stopped in the last hour.
pub(super) fn no_task(services: &[String], stopped: bool) -> Failure {
    let failure = preflight(
        "no-task",
        services,
        format!("no running task of {}", services.join(", ")),
    );
    let names = services.join(" ");
    failure.hint(match stopped {
        true => Suggestion::command("logs", format!("{names} --previous")).then(" shows the stopped tasks"),
        false => Suggestion::command("events", names),
    })
}

/// No task has stopped, as far as ECS remembers.
pub(super) fn none_stopped(services: &[String]) -> Failure {
    let message = format!(
        "no task of {} stopped in the last hour, which is as long as ECS keeps them",
        services.join(", ")
    );
    preflight("no-task", services, message).hint(Suggestion::command("events", services.join(" ")))
}

/// No task's id starts with the prefix. `known` are the existing tasks.
pub(super) fn unknown_task(prefix: &str, services: &[String], known: &[&str]) -> Failure {
    let message = format!("no task {prefix} of {}", services.join(", "));
    let failure = Failure::new(Exit::Usage, "unknown-task", message).resource(prefix);
    failure.hint(match known {
        [] => Suggestion::command("tasks", services.join(" ")),
        known => format!("existing tasks: {}", known.join(", ")).into(),
    })
}

/// No task has such a container. `known` are the existing ones.
pub(super) fn unknown_container(name: &str, services: &[String], known: &[String]) -> Failure {
    let message = format!("no task of {} has a container {name}", services.join(", "));
    let failure = Failure::new(Exit::Usage, "unknown-container", message).resource(name);
    failure.hint(format!("existing containers: {}", known.join(", ")))
}

/// No container has started: until then a stream may have no name.
pub(super) fn not_started(services: &[String]) -> Failure {
    let message = format!("no container of {} has started yet", services.join(", "));
    preflight("not-started", services, message)
        .hint(Suggestion::command("logs", format!("-f {}", services.join(" "))))
}

/// The logs aren't in CloudWatch Logs. `places` says where each container's logs go.
pub(super) fn logs_elsewhere(services: &[String], places: &[String]) -> Failure {
    let verb = if services.len() == 1 { "does" } else { "do" };
    let message = format!("{} {verb} not log to CloudWatch Logs", services.join(", "));
    preflight("logs-elsewhere", services, message).details(places.iter().cloned())
}

/// The log group that a service's container writes to doesn't exist.
pub(super) fn no_log_group(group: &str, container: &str, service: &str) -> Failure {
    let message = format!("log group {group} of {container} in {service} doesn't exist");
    let failure = Failure::new(Exit::Preflight, "log-group-not-found", message).resource(group);
    failure.hint(format!("aws logs create-log-group --log-group-name {group}"))
}
