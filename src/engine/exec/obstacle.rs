//! Errors when ECS Exec is not ready in a container.

use super::error::preflight;
use super::target::{ExecOrigin, ExecTarget};
use crate::diagnostic::{Failure, Suggestion};
use crate::verdict::ExecObstacle;

/// The program that the container of `run --interactive` runs until the session ends. It ends by itself after twelve
/// hours, should nobody stop the task.
pub const KEEPALIVE: [&str; 2] = ["sleep", "43200"];

/// The permissions that the task role needs (Amazon ECS developer guide, "Task IAM role", ECS Exec permissions).
const PERMISSIONS: &str = "ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, \
     ssmmessages:OpenControlChannel and ssmmessages:OpenDataChannel";

/// The task or the agent was still starting when the time was up.
pub(super) fn not_ready(target: &ExecTarget) -> Failure {
    let message = format!("ECS Exec is not ready in {}", target.place());
    let failure = preflight("exec-not-ready", &target.service, message).details([target.status()]);
    with_read_only(failure, target).hint(agent_hint(target))
}

/// Waiting doesn't help.
pub(super) fn impossible(target: &ExecTarget, obstacle: &ExecObstacle) -> Failure {
    let (service, place) = (target.service.as_str(), target.place());
    match obstacle {
        ExecObstacle::Off => {
            let message = format!("ECS Exec is off in {place}");
            preflight("exec-off", service, message).maybe_hint(off_hint(target))
        }
        ExecObstacle::NoTaskRole => {
            let message = format!("{place} has no task role, which ECS Exec needs");
            preflight("no-task-role", service, message).hint(role_hint(target))
        }
        ExecObstacle::TaskStopped => {
            let message = format!("{place} is stopping or has stopped");
            let failure = preflight("task-stopped", service, message);
            match &target.origin {
                ExecOrigin::Service { .. } => {
                    let hint = Suggestion::command("tasks", format!("{service} --stopped"));
                    failure.hint(hint.then(" shows why"))
                }
                ExecOrigin::Run { .. } => with_end(failure, target),
            }
        }
        ExecObstacle::ContainerStopped => {
            let message = format!("container {} of {place} has stopped", target.container);
            let failure = preflight("container-stopped", service, message);
            match &target.origin {
                ExecOrigin::Service { .. } => failure,
                ExecOrigin::Run { .. } => with_end(failure, target),
            }
        }
        ExecObstacle::AgentStopped(reason) => {
            let message = format!("the agent of ECS Exec has stopped in {place}");
            let failure = preflight("exec-agent-stopped", service, message);
            let failure = match reason {
                Some(reason) => failure.said("AWS", reason),
                None => failure,
            };
            with_read_only(failure, target).hint(agent_hint(target))
        }
    }
}

/// "The SSM agent requires that the container file system is able to be written to" (Amazon ECS developer guide).
fn with_read_only(failure: Failure, target: &ExecTarget) -> Failure {
    match target.is_read_only() {
        true => failure.details([format!(
            "container {} has readonlyRootFilesystem, and the agent must write to the file system",
            target.container
        )]),
        false => failure,
    }
}

fn agent_hint(target: &ExecTarget) -> Suggestion {
    if !target.is_read_only() {
        return format!("check that the task role allows {PERMISSIONS}").into();
    }
    let remove = "remove readonlyRootFilesystem from the container";
    match target.deployed() {
        Some(service) => {
            Suggestion::from(format!("{remove}; then ")).run("deploy", format!("--only {service}"))
        }
        None => remove.into(),
    }
}

fn role_hint(target: &ExecTarget) -> Suggestion {
    let name = target.service.as_str();
    match &target.origin {
        ExecOrigin::Service { .. } => Suggestion::from(format!(
            "set taskRoleArn to a role that allows {PERMISSIONS}; then "
        ))
        .run("deploy", format!("--only {name}")),
        ExecOrigin::Run { .. } => Suggestion::from(format!("with a role that allows {PERMISSIONS}: "))
            .run("run", format!("--interactive --task-role ARN {name}")),
    }
}

/// Adds how a task ended that should have waited for the session.
fn with_end(failure: Failure, target: &ExecTarget) -> Failure {
    let container = target.task.container(&target.container);
    let code = container.and_then(|it| it.exit_code);
    let ended = code.map(|code| format!("container {} exited with code {code}", target.container));
    let needs = format!(
        "meanwhile the container runs `{}`, which its image must have and its entry point must run",
        KEEPALIVE.join(" ")
    );
    let failure = failure.details(ended.into_iter().chain([needs]));
    match target.task.stopped_reason.clone() {
        Some(reason) => failure.said("AWS", reason),
        None => failure,
    }
}

/// ECS Exec "can only be turned on for new tasks" (Amazon ECS developer guide); changing `enableExecuteCommand` starts no
/// deployment.
fn off_hint(target: &ExecTarget) -> Option<Suggestion> {
    let service = target.service.as_str();
    let ExecOrigin::Service { is_on } = target.origin else {
        return None;
    };
    Some(match is_on {
        true => Suggestion::command("restart", service.to_owned())
            .then(" starts its tasks again: the service has ECS Exec on by now"),
        false => Suggestion::from("set `enableExecuteCommand: true` in the service; then ")
            .run("deploy", format!("--only {service}"))
            .then(" and ")
            .run("restart", service.to_owned())
            .then(", as only tasks started later have it"),
    })
}

/// "This error can be caused by … incorrect IAM permissions", a missing agent, or a missing VPC endpoint (API reference,
/// TargetNotConnectedException).
pub(super) fn not_connected(failure: Failure, target: &ExecTarget) -> Failure {
    with_read_only(failure, target).hint(format!(
        "check that the task role allows {PERMISSIONS}, and that a subnet without a route to the internet has a VPC \
         endpoint for ssmmessages"
    ))
}
