//! `ecsctl deploy --rollback-on-failure`, and `--yes` for rollback.

use crate::support::cases;
use crate::support::rollbacks::{DEFINITIONS, HISTORY, ecsctl, file, started, with_web_without_breaker};
use crate::support::service_state::runs;
use crate::support::{Ecsctl, Scenario, Scripted};

/// A service without a circuit breaker, whose next rollout goes as these frames say.
fn deploying(frames: &str) -> Scripted {
    Scripted::start(with_web_without_breaker(
        "    before: [{taskDefinition: 'web:2'}]",
        &format!("rollouts: {{web: [{{frames: {frames}}}]}}"),
    ))
}

const CRASH_LOOP: &str = "[{pending: all}, {stopped: [{tasks: 2, exitCode: 1}]}, {stopped: [{tasks: 2, exitCode: 1}]}, {stopped: [{tasks: 2, exitCode: 1}]}]";

fn deploy(server: &Scripted, arguments: &[&str]) -> Ecsctl {
    let mut all = vec!["deploy"];
    all.extend(arguments);
    Ecsctl::on(server, &all).file(&file())
}

#[test]
fn crash_loop_is_stopped_and_rolled_back() {
    let server = deploying(CRASH_LOOP);
    let output = deploy(&server, &["--rollback-on-failure"]).run().exits(5);
    assert_eq!(runs(&server), "web:2 COMPLETED");
    assert_eq!(
        server.log().writes(),
        ["ecs UpdateService", "ecs StopServiceDeployment"]
    );
    insta::assert_snapshot!("rollback_on_failure", output.record());
}

#[test]
fn json_of_a_crash_loop_names_failure_and_revision() {
    let server = deploying(CRASH_LOOP);
    let document = deploy(&server, &["--rollback-on-failure", "-o", "json"])
        .run()
        .exits(5)
        .json();
    assert_eq!(document["outcome"], "rolledBack");
    assert_eq!(document["services"].as_array().unwrap().len(), 1);
    assert_eq!(document["services"][0]["failures"][0]["exitCode"], 1);
    assert_eq!(document["services"][0]["taskDefinition"], "web:2");
}

#[test]
fn crash_loop_goes_on_without_the_flag() {
    let server = deploying(CRASH_LOOP);
    deploy(&server, &[]).run().exits(5);
    assert_eq!(runs(&server), "web:4 IN_PROGRESS");
    assert_eq!(server.log().writes(), ["ecs UpdateService"]);
}

fn ended_deployment_is_rolled_back_by_another(frames: &str) {
    let server = deploying(frames);
    deploy(&server, &["--rollback-on-failure"])
        .run()
        .exits(5)
        .says("rolled back");
    assert_eq!(runs(&server), "web:2 COMPLETED");
    assert_eq!(server.log().writes(), ["ecs UpdateService", "ecs UpdateService"]);
}

cases! { ended_deployment_is_rolled_back_by_another {
    failed_deployment("[{pending: all}, {fail: 'tasks failed to start.'}]");
    completed_deployment("[{running: all}, {settle: true}, {stopped: [{exitCode: 1}]}]");
} }

#[test]
fn successful_deployment_is_not_rolled_back() {
    let server = deploying("[{pending: all}, {running: all, pending: 0}, {settle: true}]");
    deploy(&server, &["--rollback-on-failure"]).run().exits(0);
    assert_eq!(runs(&server), "web:4 COMPLETED");
}

#[test]
fn rollback_by_ecs_is_not_repeated() {
    let server =
        deploying("[{pending: all}, {stopped: [{tasks: 3, exitCode: 1}]}, {rollback: {}}, {settle: true}]");
    deploy(&server, &["--rollback-on-failure"]).run().exits(5);
    assert_eq!(server.log().writes(), ["ecs UpdateService"]);
}

#[test]
fn missing_earlier_revision_is_reported() {
    let server = Scripted::start(Scenario::parse(&format!(
        "{DEFINITIONS}\nrollouts: {{web: [{{frames: {CRASH_LOOP}}}]}}"
    )));
    let file = file().replace(
        "desiredCount",
        "deploymentConfiguration: {deploymentCircuitBreaker: {enable: false, rollback: false}}, desiredCount",
    );
    let output = Ecsctl::on(&server, &["deploy", "--rollback-on-failure"])
        .file(&file)
        .run()
        .exits(5)
        .says("not rolled back");
    assert!(
        output.stderr.contains("nothing to roll back to"),
        "{}",
        output.stderr
    );
}

#[test]
fn rollback_with_yes_reads_no_answer() {
    let server = started(HISTORY);
    ecsctl(&server, &["rollback", "--yes"])
        .stdin("n\n")
        .run()
        .exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

#[test]
fn yes_flag_answers_the_question_on_a_terminal() {
    let server = started(HISTORY);
    let output = ecsctl(&server, &["rollback", "--yes"])
        .run_in_terminal(100)
        .exits(0);
    assert!(!output.stdout.contains("[y/N]"), "{}", output.stdout);
}

#[test]
fn newer_deployment_is_not_rolled_back() {
    let server = started(
        "
    before: [{taskDefinition: 'web:2'}]
    then: {taskDefinition: 'web:4', polled: 1, rollout: {frames: [{settle: true}, {}, {supersede: {taskDefinition: 'web:3'}}]}}
",
    );
    ecsctl(&server, &["rollback", "--yes"])
        .run()
        .exits(7)
        .says("service web was not changed: web:3 was deployed in the meantime, replacing web:4");
    assert!(server.log().writes().is_empty());
}
