//! What failed and why, during the deployment and in the report at its end.

use serde_json::{Value, json};

use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::deploys::{deploy, deployed};
use crate::support::files::{TARGET_GROUP, WEB, behind_load_balancer, changed};
use crate::support::screen::screen;
use crate::support::{Ecsctl, Fault, Output, Scenario, Scripted};

/// Tasks of the second deployment run for a while, fail their load balancer's checks, and exit.
const SCENARIO: &str = r#"
targets: {GROUP: []}
rollouts:
  web:
    - {}
    - frames:
        - pending: all
        - stopped:
            - tasks: 2
              exitCode: 1
              log: ["starting shop 1.9.2", "token hunter22", "\e[31merror:\e[0m connect ECONNREFUSED 10.0.3.7:5432"]
              task: {attachments: [{id: a-1, type: ElasticNetworkInterface, status: DELETED,
                details: [{name: privateIPv4Address, value: 10.0.1.17}]}]}
          targets:
            GROUP:
              - {Target: {Id: 10.0.1.16, Port: 8080}, TargetHealth: {State: healthy}}
              - {Target: {Id: 10.0.1.17, Port: 8080}, TargetHealth: {State: unhealthy,
                Reason: Target.FailedHealthChecks, Description: Health checks failed}}
        - stopped: [{exitCode: 1}]
        - rollback: {}
          polls: 2
        - settle: true
"#;

/// The file: a service behind a load balancer, with a secret in its environment.
fn file(yaml: &str) -> String {
    behind_load_balancer(yaml).replace("environment: {", "environment: {API_TOKEN: hunter22, ")
}

fn server() -> Scripted {
    let server = Scripted::start(Scenario::parse(&SCENARIO.replace("GROUP", TARGET_GROUP)));
    deploy(&server, &file(WEB)).run().exits(0);
    server.clear_log();
    server
}

fn failing(server: &Scripted) -> Ecsctl {
    deploy(server, &file(&changed()))
}

fn failure(server: &Scripted) -> Value {
    let output = Ecsctl::on(server, &["deploy", "-o", "json", "-q"])
        .file(&file(&changed()))
        .run()
        .exits(5);
    output.json()["services"][0]["failures"][0].clone()
}

#[test]
fn failure_shows_log_target_and_cause() {
    let server = server();
    let output = failing(&server).run().exits(5);
    insta::assert_snapshot!("explained_in_lines", output.record());
    let log = server.log();
    assert_eq!(log.of("logs GetLogEvents").len(), 1, "three tasks failed alike");
    assert_eq!(log.of("elbv2 DescribeTargetHealth").len(), 1);
    assert_valid(&server);
}

#[test]
fn failure_on_a_terminal_has_only_our_colours() {
    let output = failing(&server()).run_in_terminal(100).exits(5);
    insta::assert_snapshot!("explained_on_a_terminal", screen(&output, 100));
    assert!(
        !output.stdout.contains("\u{1b}[31merror"),
        "the program's own colours are gone"
    );
}

#[test]
fn failure_fits_a_narrow_terminal() {
    let narrow = failing(&server()).run_in_terminal(20).exits(5);
    let shown = screen(&narrow, 20);
    // What stands for a time or a duration in `screen` is wider than these.
    let mut lines = shown.lines().filter(|line| !line.contains('['));
    assert!(lines.all(|line| line.chars().count() <= 20), "{shown}");
    assert!(shown.replace('\n', "").contains("ECONNREFUSED"), "{shown}");
}

#[test]
fn failure_in_json() {
    let mut failure = failure(&server());
    failure["firstAt"] = json!("[TIME]");
    insta::assert_json_snapshot!("explained_in_json", failure);
}

#[test]
fn failure_is_an_event_of_jsonl() {
    let server = server();
    let output = Ecsctl::on(&server, &["deploy", "-o", "jsonl"])
        .file(&file(&changed()))
        .run()
        .exits(5);
    let events: Vec<Value> = output
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let explained: Vec<&Value> = events.iter().filter(|it| it["step"] == "explained").collect();
    assert_eq!(explained.len(), 1);
    assert_eq!(
        explained[0]["failure"]["target"]["reason"],
        "Target.FailedHealthChecks"
    );
    assert_eq!(explained[0]["failure"]["log"]["lines"][1], "token ********");
}

fn secrets_of_the_log_are_masked(flags: &[&str], line: &str) {
    let server = server();
    let arguments = [&["deploy", "-o", "json", "-q"], flags].concat();
    let output = Ecsctl::on(&server, &arguments)
        .file(&file(&changed()))
        .run()
        .exits(5);
    let failure = &output.json()["services"][0]["failures"][0];
    assert_eq!(failure["log"]["lines"][1], line);
}

cases! { secrets_of_the_log_are_masked {
    by_default(&[], "token ********");
    unless_show_values_is_given(&["--show-values"], "token hunter22");
} }

#[test]
fn log_and_target_are_read_before_the_next_poll() {
    let server = server();
    failing(&server).run().exits(5);
    let log = server.log();
    let names = log.names();
    let first = |name: &str| {
        let at = names.iter().position(|it| *it == name);
        at.unwrap_or_else(|| panic!("no {name} in {names:?}"))
    };
    let described = first("ecs DescribeTasks");
    assert_eq!(first("ecs ListTasks") + 1, described);
    let (log_read, target_read) = (first("logs GetLogEvents"), first("elbv2 DescribeTargetHealth"));
    let between = &names[described..log_read.max(target_read)];
    assert!(
        !between.contains(&"ecs DescribeServices"),
        "before the next look: {between:?}"
    );
}

#[test]
fn late_log_is_read_again() {
    let server = server();
    server.fault(Fault {
        times: Some(2),
        code: Some("ResourceNotFoundException".to_owned()),
        message: Some("The specified log stream does not exist.".to_owned()),
        ..Fault::on("logs GetLogEvents")
    });
    let log = &failure(&server)["log"];
    assert_eq!(log["lines"][0], "starting shop 1.9.2", "{log}");
    assert_eq!(log["note"], Value::Null);
    assert_eq!(server.log().of("logs GetLogEvents").len(), 3);
}

fn denied(operation: &str, action: &str) -> Output {
    let server = server();
    server.fault(Fault::denied(operation));
    let output = failing(&server).run().exits(5);
    assert_eq!(output.stderr.matches(action).count(), 1, "{}", output.stderr);
    assert!(output.stderr.contains("exit code 1"), "{}", output.stderr);
    output
}

#[test]
fn unreadable_log_is_named_with_its_place() {
    let output = denied("logs GetLogEvents", "logs:GetLogEvents");
    assert!(
        output.stderr.contains("  log:     /ecs/web"),
        "the log's place is known: {}",
        output.stderr
    );
    assert!(output.stderr.contains(": access denied"), "{}", output.stderr);
}

#[test]
fn unreadable_target_health_is_left_out() {
    let output = denied(
        "elbv2 DescribeTargetHealth",
        "elasticloadbalancing:DescribeTargetHealth",
    );
    assert!(!output.stderr.contains("  target:"), "{}", output.stderr);
}

fn failure_is_reported_without_log_or_target(fault: &Fault) {
    let server = server();
    for operation in ["logs GetLogEvents", "elbv2 DescribeTargetHealth"] {
        server.fault(Fault {
            operation: operation.to_owned(),
            ..fault.clone()
        });
    }
    let failure = failure(&server);
    assert_eq!(failure["exitCode"], 1, "{fault:?}");
    assert_eq!(failure["log"]["lines"], json!([]), "{fault:?}");
}

cases! { failure_is_reported_without_log_or_target {
    when_throttled(&Fault { throttle: true, ..Fault::default() });
    when_failing(&Fault { status: Some(500), ..Fault::default() });
    when_garbage_comes(&Fault { garbage: true, ..Fault::default() });
    when_reset(&Fault { reset: true, ..Fault::default() });
} }

#[test]
fn other_log_driver_is_named() {
    let server = deployed(Scenario::parse(&SCENARIO.replace("GROUP", TARGET_GROUP)));
    let file = changed().replace(
        "          image:",
        "          logConfiguration: {logDriver: splunk, options: {splunk-url: 'https://splunk:8088', splunk-token: hidden}}\n          image:",
    );
    let output = deploy(&server, &file).run().exits(5);
    let output = output.says("log:     sent to Splunk (https://splunk:8088) by log driver splunk");
    assert!(server.log().of("logs GetLogEvents").is_empty());
    assert!(
        output.stderr.contains("ecsctl tasks web --stopped"),
        "{}",
        output.stderr
    );
    assert!(!output.stderr.contains("ecsctl logs"), "{}", output.stderr);
}

#[test]
fn advice_to_wait_ends_with_the_deployment() {
    let server = deployed(Scenario::parse(
        "
rollouts:
  web:
    - {}
    - frames:
        - pending: all
        - stopped: [{tasks: 2, code: TaskFailedToStart, reason: Capacity is unavailable at this time. Please try again later or in a different availability zone}]
        - rollback: {}
        - settle: true
",
    ));
    let output = deploy(&server, &changed()).run().exits(5);
    let (meanwhile, end) = output.stderr.split_once('✗').unwrap();
    assert!(
        meanwhile.contains("ECS keeps trying: ecsctl wait web"),
        "{meanwhile}"
    );
    assert!(
        end.contains("try:     ecsctl deploy later; subnets in more zones"),
        "{end}"
    );
    assert!(!end.contains("keeps trying"), "{end}");
}

const CRASHED: &str = r#"
rollouts:
  web:
    - frames:
        - pending: all
        - settle: true
          polls: 40
        - running: 0
          stopped: [{tasks: 2, oldest: true, exitCode: 1, log: ["connect ECONNREFUSED 10.0.3.7:5432"]}]
          failed: 0
"#;

/// Nothing is changed, nothing moves, and ECS calls the deployment complete: what stopped before tells why it is short.
#[test]
fn unchanged_service_short_of_tasks_shows_the_cause() {
    let server = Scripted::start(Scenario::parse(CRASHED));
    deploy(&server, WEB).run().exits(0);
    let key = ("default".to_owned(), "web".to_owned());
    let running = || server.world(|world| world.services[&key].primary().map(|it| it.running));
    while running() != Some(0) {
        Ecsctl::on(&server, &["status"]).file(WEB).run();
    }
    server.clear_log();
    let output = Ecsctl::on(&server, &["deploy", "--timeout", "2m"])
        .file(WEB)
        .run()
        .exits(6);
    let told = output
        .stderr
        .split("still in progress")
        .next()
        .unwrap_or_default();
    assert!(
        told.contains("container web exited with code 1"),
        "{}",
        output.stderr
    );
    output.says("| connect ECONNREFUSED").says("0 of 2 run");
    assert!(server.log().writes().is_empty());
    assert_valid(&server);
}
