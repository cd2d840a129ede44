//! What `run` asks of AWS.

use serde_json::{Value, json};

use super::{migrating, run, with_jobs, with_web};
use crate::support::aws_models::assert_valid;
use crate::support::files::WEB;
use crate::support::{Ecsctl, Fault, Scenario, Scripted, cases};

/// Returns the only RunTask request, without what is derived from the rest.
fn request(server: &Scripted) -> Value {
    let mut input = server.log().only("ecs RunTask").input.clone();
    let members = input.as_object_mut().unwrap();
    let token = members.remove("clientToken").unwrap();
    assert!(token.as_str().unwrap().len() <= 64, "{token}");
    let started_by = members.remove("startedBy").unwrap();
    assert!(
        started_by.as_str().unwrap().starts_with("ecsctl/"),
        "{started_by}"
    );
    input
}

#[test]
fn job_runs_on_the_revision_and_network_of_its_service() {
    let server = with_web("");
    run(&server, &["migrate"]).run().exits(0);
    assert_eq!(
        request(&server),
        json!({
            "cluster": "default",
            "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1",
            "enableECSManagedTags": true,
            "enableExecuteCommand": false,
            "launchType": "FARGATE",
            // The order in which ECS returns them.
            "networkConfiguration": {"awsvpcConfiguration":
                {"subnets": ["subnet-2", "subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": "DISABLED"}},
            "platformVersion": "LATEST",
            "overrides": {"containerOverrides": [{"name": "web", "command": ["bin/migrate"]}]},
        })
    );
    assert_valid(&server);
}

#[test]
fn command_line_changes_the_task() {
    let server = with_web("");
    let arguments = [
        "web",
        "--cpu",
        "512",
        "--memory",
        "1024",
        "--env",
        "A=1",
        "--env",
        "VERSION=9",
        "--task-role",
        "arn:aws:iam::123456789012:role/t",
        "--capacity-provider",
        "FARGATE_SPOT",
        "--",
        "sh",
        "-c",
        "env",
    ];
    run(&server, &arguments).run().exits(0);
    let request = request(&server);
    assert_eq!(request["launchType"], Value::Null);
    assert_eq!(
        request["capacityProviderStrategy"],
        json!([{"capacityProvider": "FARGATE_SPOT", "weight": 1}])
    );
    assert_eq!(
        request["overrides"],
        json!({
            "containerOverrides": [{"name": "web", "command": ["sh", "-c", "env"], "environment": [
                {"name": "A", "value": "1"}, {"name": "VERSION", "value": "9"}]}],
            "cpu": "512", "memory": "1024", "taskRoleArn": "arn:aws:iam::123456789012:role/t",
        })
    );
    assert_valid(&server);
}

#[test]
fn every_run_starts_a_task_of_its_own() {
    let server = with_web("");
    run(&server, &["migrate"]).run().exits(0);
    run(&server, &["migrate"]).run().exits(0);
    let log = server.log();
    let token = |at: usize| log.of("ecs RunTask")[at].input["clientToken"].clone();
    assert_ne!(token(0), token(1));
    let by = |at: usize| log.of("ecs RunTask")[at].input["startedBy"].clone();
    assert_eq!(by(0), by(1));
}

#[test]
fn attach_watches_the_task_that_still_runs() {
    let server = with_web("{polls: 3, stopped: {exitCode: 4}}");
    let started = run(&server, &["migrate", "--detach"]).run().exits(0);
    let arn = started.stdout.trim().to_owned();
    assert!(
        arn.starts_with("arn:aws:ecs:us-east-1:123456789012:task/default/"),
        "{arn}"
    );
    let attached = run(&server, &["migrate", "--attach", "-o", "json"])
        .run()
        .exits(4)
        .json();
    assert_eq!(attached["jobs"][0]["task"], arn.as_str());
    assert_eq!(attached["jobs"][0]["attached"], true);
    server.log().only("ecs RunTask");
    run(&server, &["migrate", "--attach"]).run().exits(0);
    assert_eq!(server.log().of("ecs RunTask").len(), 2);
}

fn lost_reply_starts_one_task(fault: Fault) {
    let server = with_web("{stopped: {exitCode: 7}}, {stopped: {exitCode: 8}}");
    server.fault(fault);
    run(&server, &["migrate"]).run().exits(7);
    assert_eq!(server.world(|world| world.runs.tasks.len()), 1);
}

cases! { lost_reply_starts_one_task {
    reset(Fault { reset: true, processed: true, times: Some(4), ..Fault::on("ecs RunTask") });
    server_error(Fault { status: Some(500), processed: true, times: Some(4), ..Fault::on("ecs RunTask") });
    garbage(Fault { garbage: true, processed: true, times: Some(1), ..Fault::on("ecs RunTask") });
} }

#[test]
fn task_that_is_not_known_yet_is_waited_for() {
    let server = with_web("{missing: 3, stopped: {exitCode: 2}}");
    run(&server, &["migrate"]).run().exits(2);
}

#[test]
fn task_that_stays_unknown_is_reported_as_gone() {
    let server = with_web("{missing: 100000}");
    let output = run(&server, &["migrate"]).run().exits(125);
    assert!(!output.stderr.contains("continues"), "{}", output.stderr);
    output.says("the task of job migrate is gone");
}

#[test]
fn job_with_a_task_definition_of_its_own_registers_it_once() {
    let server = with_web("");
    let file = with_jobs(
        "report: {taskDefinition: {cpu: 256, memory: 512, executionRoleArn: 'arn:aws:iam::123456789012:role/r', containerDefinitions: {main: {image: busybox}}}, command: [x], networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}}",
    );
    let report = || Ecsctl::on(&server, &["run", "report"]).file(&file).run().exits(0);
    report();
    assert_eq!(
        server.log().writes(),
        ["logs CreateLogGroup", "ecs RegisterTaskDefinition", "ecs RunTask"]
    );
    let request = request(&server);
    assert_eq!(
        (
            &request["launchType"],
            &request["overrides"]["containerOverrides"][0]["name"]
        ),
        (&json!("FARGATE"), &json!("main"))
    );
    assert_valid(&server);
    server.clear_log();
    report();
    assert_eq!(server.log().writes(), ["ecs RunTask"]);
}

#[test]
fn another_account_runs_nothing() {
    let server = with_web("");
    let file = format!("account: '999999999999'\n{}", migrating());
    let output = Ecsctl::on(&server, &["run", "migrate"]).file(&file).run();
    output.exits(125).says("wrong account");
    assert!(server.log().writes().is_empty());
}

fn own_failure_exits_with_125(arguments: &[&str], words: &str) {
    let server = with_web("");
    let output = Ecsctl::on(&server, arguments).file(&migrating()).run().exits(125);
    output.says(words);
    assert!(server.log().writes().is_empty());
}

cases! { own_failure_exits_with_125 {
    unknown_flag(&["run", "--nonsense"], "--nonsense");
    unknown_flag_behind_global_flags(&["-q", "--region", "us-east-1", "run", "--nonsense"], "--nonsense");
    no_name(&["run"], "JOB|SERVICE");
    unknown_name(&["run", "migrat"], "did you mean `migrate`?");
    no_command(&["run", "web"], "hint:  ecsctl run web -- COMMAND");
    unknown_container(&["run", "migrate", "--container", "wev"], "there is web");
    invalid_duration(&["run", "migrate", "--timeout", "soon"], "90s, 15m or 1h30m");
    missing_file(&["run", "migrate", "-f", "none.yaml"], "none.yaml");
} }

#[test]
fn missing_service_is_an_own_failure() {
    let server = Scripted::start(Scenario::default());
    let output = run(&server, &["migrate", "-o", "json"]).run().exits(125);
    let document = output.json();
    assert_eq!(
        (&document["exitCode"], &document["error"]["code"]),
        (&json!(125), &json!("no-such-service"))
    );
}

#[test]
fn long_commands_are_refused_before_any_request() {
    let server = with_web("");
    let long = "x".repeat(8200);
    let output = run(&server, &["migrate", "--", &long]).run().exits(125);
    output.says("ECS allows 8192");
    assert!(server.log().of("ecs RunTask").is_empty());
}

#[test]
fn refused_placement_is_explained() {
    let server = with_web("{refuse: 'RESOURCE:MEMORY'}");
    let output = run(&server, &["migrate"]).run().exits(125);
    insta::assert_snapshot!("run_refused", output.record());
}

#[test]
fn denied_run_task_names_the_permission() {
    let server = with_web("");
    server.fault(Fault::denied("ecs RunTask"));
    run(&server, &["migrate"]).run().exits(125).says("ecs:RunTask");
}

#[test]
fn file_without_services_runs_its_jobs() {
    let server = Scripted::start(Scenario::default());
    let file = "region: us-east-1
jobs:
  report: {taskDefinition: {cpu: 256, memory: 512, containerDefinitions: {main: {image: busybox}}}, networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}}
";
    Ecsctl::on(&server, &["run", "report"]).file(file).run().exits(0);
    assert!(WEB.contains("services:"));
}
