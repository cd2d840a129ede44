//! Errors when ECS Exec is not ready in a container.

use super::error::preflight;
use super::target::ExecTarget;
use crate::diagnostic::{Failure, Suggestion};
use crate::verdict::ExecObstacle;

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
            let set = format!("set taskRoleArn to a role that allows {PERMISSIONS}; then ");
            let hint = Suggestion::from(set).run("deploy", format!("--only {service}"));
            preflight("no-task-role", service, message).hint(hint)
        }
        ExecObstacle::TaskStopped => {
            let message = format!("{place} is stopping or has stopped");
            let hint = Suggestion::command("tasks", format!("{service} --stopped"));
            preflight("task-stopped", service, message).hint(hint.then(" shows why"))
        }
        ExecObstacle::ContainerStopped => {
            let message = format!("container {} of {place} has stopped", target.container);
            preflight("container-stopped", service, message)
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
    match target.is_read_only() {
        true => Suggestion::from("remove readonlyRootFilesystem from the container; then ")
            .run("deploy", format!("--only {}", target.service)),
        false => format!("check that the task role allows {PERMISSIONS}").into(),
    }
}

/// ECS Exec "can only be turned on for new tasks" (Amazon ECS developer guide); changing `enableExecuteCommand` starts no
/// deployment.
fn off_hint(target: &ExecTarget) -> Option<Suggestion> {
    let service = target.service.as_str();
    Some(match target.is_on_in_service {
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
