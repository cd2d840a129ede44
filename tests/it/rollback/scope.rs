//! What a rollback changes: only deployments in progress, and only those of this run.

use rustix::process::Signal;

use crate::support::cli::Running;
use crate::support::files::deploy_yaml;
use crate::support::rollbacks::{FOR_EVER, definitions, document, ecsctl, file, outcome, started, with_web};
use crate::support::service_state::runs;
use crate::support::{Cut, Ecsctl, Scenario, Scripted};

/// `web:3` was deployed well before, and runs; of `kept:2` one of two tasks is being replaced.
fn with_kept(rollouts: &str) -> Scripted {
    let input = "desiredCount: 2, launchType: FARGATE, networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}";
    Scripted::start(Scenario::parse(&format!(
        "definitions:
{}{}services:
  web: {{input: {{taskDefinition: 'web:1', {input}}}, before: [{{taskDefinition: 'web:2'}}]}}
  kept: {{input: {{taskDefinition: 'kept:1', {input}}}, then: {{taskDefinition: 'kept:2', polled: 2, rollout: {{frames: [{{settle: true}}, {{running: 1, pending: 1}}]}}}}}}
rollouts: {rollouts}
",
        definitions("web", 3),
        definitions("kept", 3)
    )))
}

fn deploy(server: &Scripted, services: &[(&str, u64)]) -> Ecsctl {
    let services = services.iter().map(|(definition, count)| {
        let name = definition.split(':').next().unwrap();
        let members = format!(
            "taskDefinition: '{definition}', desiredCount: {count}, networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}"
        );
        (name, members)
    });
    let file = deploy_yaml(services);
    Ecsctl::on(server, &["deploy", "-o", "json", "--timeout", FOR_EVER]).file(&file)
}

/// At the question, while the nth look at the services has no reply.
fn asked(server: &Scripted, run: &Ecsctl, nth: u64) -> Running {
    server.freeze_at("ecs DescribeServices", nth, Cut::BeforeReply);
    let running = run.start_in_terminal(100);
    server.wait_frozen();
    running.signal(Signal::INT);
    running.wait_until_it_shows("keep waiting");
    running
}

/// Chooses to go back. The next request says that it was heard.
fn go_back(server: &Scripted, running: &Running) {
    running.type_in("r\n");
    server.wait_for_unanswered(2);
    server.thaw();
    server.end_connections();
}

fn definition_of(server: &Scripted, name: &str) -> String {
    server.world(|world| {
        let service = &world.services[&("default".to_owned(), name.to_owned())];
        let definition = &service.primary().unwrap().task_definition;
        definition.rsplit('/').next().unwrap().to_owned()
    })
}

#[test]
fn unchanged_service_is_not_rolled_back() {
    let server = with_kept("{web: [{frames: [{pending: all}]}]}");
    let run = deploy(&server, &[("web:3", 2), ("kept:2", 2)]);
    let running = asked(&server, &run, 5);
    go_back(&server, &running);
    let output = running.end().exits(5);
    assert_eq!(
        server.log().writes(),
        ["ecs UpdateService", "ecs StopServiceDeployment"]
    );
    assert_eq!(definition_of(&server, "kept"), "kept:2");
    let document = document(&output.stdout);
    assert_eq!(outcome(&document, "web").0, "rolledBack");
    let (ending, reason) = outcome(&document, "kept");
    assert_eq!(ending, "interrupted");
    assert!(
        reason.starts_with("no deployment is in progress, and this run"),
        "{reason}"
    );
    assert!(
        output.stdout.contains("kept: no deployment is in progress"),
        "{}",
        output.stdout
    );
}

#[test]
fn changed_count_is_not_rolled_back() {
    let server = with_kept("{web: [{frames: [{running: 2, pending: 1}]}]}");
    let run = deploy(&server, &[("web:2", 3)]);
    let running = asked(&server, &run, 5);
    // It is no answer there: it is asked again.
    running.type_in("r\n");
    running.wait_until_it_shows_times("[w/l] ", 2);
    running.type_in("l\n");
    let output = running.end().exits(130);
    assert!(!output.stdout.contains("roll back"), "{}", output.stdout);
    assert_eq!(server.log().writes(), ["ecs UpdateService"]);
    assert_eq!(definition_of(&server, "web"), "web:2");
}

#[test]
fn unanswered_change_can_be_rolled_back() {
    let server = with_kept("{web: [{frames: [{pending: all}]}]}");
    let run = deploy(&server, &[("web:3", 2)]);
    server.freeze_at("ecs UpdateService", 1, Cut::BeforeReply);
    let running = run.start_in_terminal(100);
    server.wait_frozen();
    running.signal(Signal::INT);
    running.wait_until_it_shows("\r\n  w  keep waiting\r\n  l  detach; ");
    running.wait_until_it_shows("[w/l/r] ");
    running.type_in("l\n");
    running.end().exits(130);
}

#[test]
fn crash_after_a_changed_count_keeps_the_revision() {
    let crash = "{stopped: [{tasks: 3, exitCode: 1}]}";
    let server = with_kept(&format!(
        "{{web: [{{frames: [{{running: 0, pending: 3}}, {crash}, {crash}, {crash}, {crash}]}}]}}"
    ));
    let file = deploy_yaml([("web", "taskDefinition: 'web:2', desiredCount: 3")]);
    let output = Ecsctl::on(&server, &["deploy", "--rollback-on-failure"])
        .file(&file)
        .run()
        .exits(5)
        .says("not rolled back: web: no deployment is in progress");
    assert_eq!(server.log().writes(), ["ecs UpdateService"], "{}", output.stderr);
    assert_eq!(definition_of(&server, "web"), "web:2");
}

/// ECS is done with its rollback by the look after the one that the question is asked at.
const ROLLED_BACK: &str = "{rollback: {}, settle: true}";

#[test]
fn wait_reports_a_rollback_by_ecs_meanwhile() {
    let server = started(&format!(
        "    then: {{taskDefinition: 'web:2', polled: 1, rollout: {{frames: [{{pending: all, polls: 5}}, {ROLLED_BACK}]}}}}"
    ));
    let run = ecsctl(&server, &["wait", "--timeout", FOR_EVER]);
    let running = asked(&server, &run, 4);
    go_back(&server, &running);
    let output = running.end().exits(5);
    assert!(server.log().writes().is_empty(), "{}", output.stdout);
    assert_eq!(runs(&server), "web:1 COMPLETED");
    assert!(
        output
            .stdout
            .contains("web:2 failed and was rolled back; web:1 runs"),
        "{}",
        output.stdout
    );
}

#[test]
fn deploy_reports_a_rollback_by_ecs_meanwhile() {
    let server = Scripted::start(with_web(
        "    before: [{taskDefinition: 'web:2'}]",
        &format!("rollouts: {{web: [{{frames: [{{pending: all, polls: 2}}, {ROLLED_BACK}]}}]}}"),
    ));
    let run = ecsctl(&server, &["deploy", "--timeout", FOR_EVER]);
    let running = asked(&server, &run, 4);
    go_back(&server, &running);
    let output = running.end().exits(5);
    assert_eq!(server.log().writes(), ["ecs UpdateService"], "{}", output.stdout);
    assert_eq!(runs(&server), "web:2 COMPLETED");
    assert!(
        output
            .stdout
            .contains("web:4 failed and was rolled back; web:2 runs"),
        "{}",
        output.stdout
    );
}

#[test]
fn completed_service_is_named_as_not_rolled_back() {
    let server = with_kept(
        "{web: [{frames: [{running: all, pending: 0}, {settle: true}]}], kept: [{frames: [{pending: all}]}]}",
    );
    let file = deploy_yaml([
        ("web", "taskDefinition: 'web:3'"),
        ("kept", "taskDefinition: 'kept:3', dependsOn: [web]"),
    ]);
    let run = Ecsctl::on(&server, &["deploy", "--timeout", FOR_EVER]).file(&file);
    server.freeze_at("ecs UpdateService", 2, Cut::AfterReply);
    let running = run.start_in_terminal(100);
    server.wait_frozen();
    running.wait_until_it_shows("kept:3");
    running.signal(Signal::INT);
    running.wait_until_it_shows("keep waiting");
    go_back(&server, &running);
    let output = running.end().exits(5);
    let said = "web was not rolled back: its deployment ended before you requested the rollback";
    assert!(output.stdout.contains(said), "{}", output.stdout);
    assert!(output.stdout.contains("ecsctl rollback web"), "{}", output.stdout);
    assert_eq!(definition_of(&server, "web"), "web:3");
    assert_eq!(definition_of(&server, "kept"), "kept:2");
}

#[test]
fn rollback_to_a_newer_revision_is_reported() {
    let server = Scripted::start(with_web(
        "    before: [{taskDefinition: 'web:2'}]",
        "rollouts: {web: [{frames: [{pending: all}, {fail: 'tasks failed to start.'}]}]}",
    ));
    let file = file().replace("web:4", "web:1");
    Ecsctl::on(&server, &["deploy", "--rollback-on-failure"])
        .file(&file)
        .run()
        .exits(5)
        .says(
            "web: web:2 is newer than web:1 and ran before it; `rollback --to REVISION` deploys an older one",
        );
    assert_eq!(runs(&server), "web:2 COMPLETED");
}
