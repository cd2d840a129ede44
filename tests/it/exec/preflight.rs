//! Why a session can't be opened: exit code 3, before ExecuteCommand wherever that is known.

use super::{exec, exec_with, running};
use crate::support::cases;
use crate::support::{Output, Scripted};

/// Runs `exec web`, which ends with exit code 3.
#[track_caller]
fn refused(server: &Scripted) -> Output {
    exec(server, &["web"], "").run().exits(3)
}

fn not_sent(server: &Scripted) {
    assert!(server.log().of("ecs ExecuteCommand").is_empty());
}

#[test]
fn a_missing_plugin_says_where_to_get_it() {
    let server = running("");
    let ecsctl = exec(&server, &["web"], "").env("PATH", "/nonexistent");
    let output = ecsctl.run().exits(3);
    output
        .says("error: session-manager-plugin is not installed")
        .says("session-manager-working-with-install-plugin.html");
    assert!(server.log().names().is_empty(), "{:?}", server.log().names());
}

#[test]
fn a_plugin_that_prints_no_version_is_tried() {
    let server = running("");
    let plugin = "#!/bin/sh\n[ \"$1\" = --version ] && exit 1\nexit 9\n";
    exec_with(&server, &["web"], plugin).run().exits(9);
}

/// Changes the service web.
fn change(server: &Scripted, edit: impl FnOnce(&mut crate::support::world::Service)) {
    server.world(|world| {
        let key = ("default".to_owned(), "web".to_owned());
        edit(world.services.get_mut(&key).unwrap());
    });
}

#[test]
fn exec_that_is_off_says_how_to_turn_it_on() {
    let server = running("");
    change(&server, |service| {
        service
            .settings
            .insert("enableExecuteCommand".to_owned(), false.into());
        service.tasks.iter_mut().for_each(|task| task.has_exec = false);
    });
    refused(&server)
        .says("error: ECS Exec is off in task ")
        .says("hint:  set `enableExecuteCommand: true` in the service; then ecsctl deploy --only web and ecsctl restart web");
    not_sent(&server);
}

#[test]
fn tasks_older_than_the_setting_are_restarted() {
    let server = running("");
    change(&server, |service| {
        service.tasks.iter_mut().for_each(|task| task.has_exec = false)
    });
    refused(&server).says("hint:  ecsctl restart web starts its tasks again");
    not_sent(&server);
}

#[test]
fn a_ready_task_is_preferred() {
    let server = running("");
    change(&server, |service| service.tasks[1].has_exec = false);
    exec(&server, &["web"], "exit 4").run().exits(4);
    change(&server, |service| {
        service.tasks[1].has_exec = true;
        service.tasks[0].has_exec = false;
    });
    exec(&server, &["web"], "exit 4").run().exits(4);
}

#[test]
fn a_missing_task_role_is_named_on_fargate() {
    let server = running("");
    change(&server, |service| {
        let worker = service.tasks[0].definition.replace("web:1", "worker:1");
        service
            .tasks
            .iter_mut()
            .for_each(|task| task.definition.clone_from(&worker));
    });
    let output = exec(&server, &["web", "--container", "web"], "").run().exits(3);
    output
        .says("has no task role, which ECS Exec needs")
        .says("ssmmessages:CreateControlChannel");
    not_sent(&server);
}

#[test]
fn a_stopped_agent_has_its_reason() {
    let server = running("exec: {stopped: 'ECS ExecuteCommandAgent exited: 1'}");
    refused(&server)
        .says("error: the agent of ECS Exec has stopped in task ")
        .says("AWS:   ECS ExecuteCommandAgent exited: 1")
        .says("hint:  check that the task role allows ssmmessages:CreateControlChannel");
    not_sent(&server);
}

#[test]
fn a_read_only_file_system_is_the_cause() {
    let server = running("exec: {stopped: 'gone'}");
    let output = exec(&server, &["worker"], "").run().exits(3);
    output
        .says("container worker has readonlyRootFilesystem")
        .says("hint:  remove readonlyRootFilesystem from the container; then ecsctl deploy --only worker");
}

#[test]
fn a_pending_agent_is_waited_for() {
    let server = running("exec: {pending: 3}");
    let output = exec(&server, &["web"], "exit 6").run().exits(6);
    output.says("waiting for ECS Exec in task ");
    assert_eq!(server.log().of("ecs DescribeTasks").len(), 4);
}

#[test]
fn an_agent_that_stays_pending_ends_the_wait() {
    let server = running("exec: {pending: 1000}");
    refused(&server)
        .says("error: ECS Exec is not ready in task ")
        .says("the task is RUNNING, the agent is PENDING");
    not_sent(&server);
}

#[test]
fn no_running_task_is_an_error() {
    let server = running("");
    change(&server, |service| service.tasks.clear());
    server.world(|world| {
        let key = ("default".to_owned(), "web".to_owned());
        world
            .services
            .get_mut(&key)
            .unwrap()
            .deployments
            .iter_mut()
            .for_each(|it| it.running = 0);
    });
    refused(&server)
        .says("error: no running task of web")
        .says("ecsctl tasks web --stopped shows why tasks stopped");
}

#[test]
fn a_missing_service_is_an_error() {
    let server = running("");
    let file = "services: {gone: {taskDefinition: \"web:1\"}}";
    let output = exec(&server, &[], "").file(file).run().exits(3);
    output.says("error: service gone doesn't exist in cluster default");
}

fn refusal_of_aws_is_explained(fault: &str, words: &str, hint: &str) {
    let server = running(&format!("faults: [{{operation: ecs ExecuteCommand, {fault}}}]"));
    refused(&server).says(words).says(hint);
    assert_eq!(
        server.log().of("ecs ExecuteCommand").len(),
        1,
        "the command must not run twice"
    );
}

cases! { refusal_of_aws_is_explained {
    not_connected(
        "code: TargetNotConnectedException, message: 'The execute command failed due to an internal error. Try again later.'",
        "AWS:   The execute command failed due to an internal error. Try again later.",
        "VPC endpoint for ssmmessages",
    );
    denied("deny: true", "error: access denied: could not execute command", "allow ecs:ExecuteCommand");
    server_fault("status: 500", "AWS failed", "");
} }
