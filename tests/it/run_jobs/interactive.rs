//! `run --interactive`: a session of ECS Exec in a task of its own.

use rustix::process::Signal;

use super::with_jobs;
use crate::exec::{plugin, with_plugin};
use crate::support::deploys::deploy;
use crate::support::files::WEB;
use crate::support::{Ecsctl, Fault, Scenario, Scripted, cases};

/// Returns the file, with a task role.
fn file() -> String {
    with_jobs("migrate: {service: web, command: [bin/migrate]}").replace(
        "      executionRoleArn",
        "      taskRoleArn: arn:aws:iam::123456789012:role/web\n      executionRoleArn",
    )
}

fn server_with(file: &str, more: &str) -> Scripted {
    let server = Scripted::start(Scenario::parse(&format!("account: '123456789012'\n{more}")));
    deploy(&server, file).run().exits(0);
    server.clear_log();
    server
}

fn server(more: &str) -> Scripted {
    server_with(&file(), more)
}

/// A task that runs until it is stopped.
const LONG: &str = "runs: {web: [{polls: 100000000}]}";

fn run(server: &Scripted, arguments: &[&str], end: &str) -> Ecsctl {
    let ecsctl = Ecsctl::on(server, &[&["run", "--interactive"], arguments].concat()).file(&file());
    with_plugin(ecsctl, &plugin(end))
}

#[test]
fn a_task_is_started_and_stopped() {
    let server = server(LONG);
    let output = run(
        &server,
        &["web", "--", "bash", "-l"],
        "echo in the session; exit 4",
    )
    .run()
    .exits(4);
    assert!(output.stdout.ends_with("in the session\n"), "{}", output.stdout);
    let input = server.log().only("ecs RunTask").input.clone();
    assert_eq!(input["enableExecuteCommand"], true);
    assert_eq!(
        input["overrides"]["containerOverrides"][0]["command"],
        serde_json::json!(["sleep", "43200"])
    );
    let command = server.log().only("ecs ExecuteCommand").input["command"].clone();
    assert_eq!(command, "bash -l");
    let task = server.world(|world| world.runs.tasks[0].task.arn.clone());
    assert_eq!(server.log().only("ecs StopTask").input["task"], task.as_str());
    assert_eq!(
        server.log().writes(),
        ["ecs RunTask", "ecs ExecuteCommand", "ecs StopTask"]
    );
}

fn shell_is_the_default(name: &str) {
    let server = server(LONG);
    run(&server, &[name], "").run().exits(0);
    let command = server.log().only("ecs ExecuteCommand").input["command"].clone();
    assert_eq!(command, "/bin/sh");
    server.log().only("ecs StopTask");
}

cases! { shell_is_the_default {
    of_a_service("web");
    of_a_job("migrate");
} }

#[test]
fn task_that_ends_before_the_session_is_explained() {
    let server = server("runs: {web: [{stopped: {exitCode: 127}}]}\nexec: {pending: 10}");
    run(&server, &["web"], "")
        .run()
        .exits(125)
        .says("error: task ")
        .says("container web exited with code 127")
        .says("runs `sleep 43200`, which its image must have and its entry point must run");
    assert!(server.log().of("ecs StopTask").is_empty());
}

#[test]
fn missing_task_role_stops_the_task() {
    let server = server_with(WEB, LONG);
    let ecsctl = run(&server, &["web"], "").file(WEB);
    ecsctl
        .run()
        .exits(125)
        .says("has no task role, which ECS Exec needs")
        .says("ecsctl run --interactive --task-role ARN web");
    server.log().only("ecs StopTask");
    let role = "arn:aws:iam::123456789012:role/debug";
    run(&server, &["web", "--task-role", role], "")
        .file(WEB)
        .run()
        .exits(0);
}

#[test]
fn stopped_agent_stops_the_task() {
    let server = server(&format!("{LONG}\nexec: {{stopped: 'agent exited'}}"));
    run(&server, &["web"], "")
        .run()
        .exits(125)
        .says("AWS:   agent exited");
    server.log().only("ecs StopTask");
}

#[test]
fn refused_stop_names_the_task() {
    let server = server(&format!(
        "{LONG}\nfaults: [{{operation: ecs StopTask, deny: true}}]"
    ));
    let output = run(&server, &["web"], "").run().exits(125);
    let task = server.world(|world| world.runs.tasks[0].task.arn.clone());
    output.says(&format!("the task continues for up to twelve hours: {task}"));
}

fn signals_stop_the_task(signal: Signal, code: i32) {
    let server = server(LONG);
    let program = run(&server, &["web"], "echo ready; exec sleep 1000");
    let running = program.start();
    running.wait_until_it_prints("ready");
    running.signal(signal);
    running.end().exits(code);
    server.log().only("ecs StopTask");
}

cases! { signals_stop_the_task {
    terminate(Signal::TERM, 143);
    hangup(Signal::HUP, 129);
} }

/// In a pipe nobody can be asked whether to leave the task running.
fn signals_stop_the_task_before_the_session(signal: Signal, code: i32) {
    let server = server(&format!("{LONG}\nexec: {{pending: 100000000}}"));
    let program = run(&server, &["web"], "");
    let running = program.start();
    server.wait_for("ecs DescribeTasks", 3);
    running.signal(signal);
    let output = running.end().exits(code);
    let task = server.world(|world| world.runs.tasks[0].task.arn.clone());
    output.says(&format!("the task of web is stopping: {task}"));
    assert_eq!(server.log().writes(), ["ecs RunTask", "ecs StopTask"]);
}

cases! { signals_stop_the_task_before_the_session {
    interrupt(Signal::INT, 130);
    terminated(Signal::TERM, 143);
    hung_up(Signal::HUP, 129);
} }

#[test]
fn refused_stop_after_a_signal_names_the_task() {
    let server = server(&format!(
        "{LONG}\nexec: {{pending: 100000000}}\nfaults: [{{operation: ecs StopTask, deny: true}}]"
    ));
    let program = run(&server, &["web"], "");
    let running = program.start();
    server.wait_for("ecs DescribeTasks", 3);
    running.signal(Signal::TERM);
    let output = running.end().exits(143);
    let task = server.world(|world| world.runs.tasks[0].task.arn.clone());
    output.says(&format!("the task of web continues: {task}"));
}

#[test]
fn signal_while_the_task_is_requested_stops_it() {
    let server = server(LONG);
    server.fault(Fault {
        delay: Some(500),
        ..Fault::on("ecs RunTask")
    });
    let program = run(&server, &["web"], "");
    let running = program.start();
    server.wait_for("ecs RunTask", 1);
    running.signal(Signal::TERM);
    let output = running.end().exits(143);
    let task = server.world(|world| world.runs.tasks[0].task.arn.clone());
    output.says(&format!("the task of web is stopping: {task}"));
    assert_eq!(server.log().only("ecs StopTask").input["task"], task.as_str());
}

#[test]
fn leaving_on_a_terminal_leaves_the_task_running() {
    let server = server(&format!("{LONG}\nexec: {{pending: 100000000}}"));
    let program = run(&server, &["web"], "");
    let running = program.start_in_terminal(100);
    server.wait_for("ecs DescribeTasks", 3);
    running.signal(Signal::INT);
    running.wait_until_it_shows("[w/l/s]");
    running.type_in("l\n");
    running.end().exits(130);
    assert_eq!(server.log().writes(), ["ecs RunTask"]);
}

fn combinations_are_refused(flags: &[&str]) {
    let server = Scripted::start(Scenario::default());
    run(&server, &[flags, &["web"]].concat(), "").run().exits(125);
    assert!(server.log().names().is_empty());
}

cases! { combinations_are_refused {
    detach(&["--detach"]);
    attach(&["--attach"]);
    json(&["--output", "json"]);
} }
