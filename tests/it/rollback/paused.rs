//! A lifecycle hook pauses the deployment: exit code 9, `continue`, and rollback.

use serde_json::Value;

use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::rollbacks::{PAUSED, ecsctl, file, sent, started};
use crate::support::service_state::runs;
use crate::support::{Ecsctl, Scripted};

fn paused() -> Scripted {
    started(PAUSED)
}

#[test]
fn wait_ends_with_9_at_a_pause() {
    let server = paused();
    let output = ecsctl(&server, &["wait"]).run().exits(9);
    insta::assert_snapshot!("paused", output.record());
    let document = ecsctl(&server, &["wait", "-o", "json"]).run().exits(9).json();
    assert_eq!(document["outcome"], "paused");
    assert_eq!(document["error"]["code"], "paused");
}

#[test]
fn unchanged_deploy_reports_the_pause() {
    let server = paused();
    let output = Ecsctl::on(&server, &["deploy"])
        .file(&file().replace("web:4", "web:2"))
        .run()
        .exits(9);
    for said in [
        "paused at POST_TEST_TRAFFIC_SHIFT by hook",
        "ecsctl continue web",
        "ecsctl rollback web",
    ] {
        assert!(output.stderr.contains(said), "{said}: {}", output.stderr);
    }
    assert!(!output.stderr.contains("nothing to do"), "{}", output.stderr);
    assert!(server.log().writes().is_empty());
}

#[test]
fn continue_answers_the_pause_and_waits() {
    let server = paused();
    let output = ecsctl(&server, &["continue", "web"]).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
    let answer = sent(&server, "ecs ContinueServiceDeployment");
    assert_eq!(answer["action"], "CONTINUE");
    assert!(answer["hookId"].is_string());
    assert_eq!(server.log().writes(), ["ecs ContinueServiceDeployment"]);
    insta::assert_snapshot!("continued", output.record());
    assert_valid(&server);
}

fn rollback_answers_the_pause(arguments: &[&str]) {
    let server = paused();
    let output = ecsctl(&server, arguments).run().exits(0);
    assert!(!output.stderr.contains(" continue web: "), "{}", output.stderr);
    assert_eq!(runs(&server), "web:1 COMPLETED", "{arguments:?}");
    let answer: Value = sent(&server, "ecs ContinueServiceDeployment");
    assert_eq!(answer["action"], "ROLLBACK", "{arguments:?}");
    assert_eq!(server.log().writes(), ["ecs ContinueServiceDeployment"]);
    assert_valid(&server);
}

cases! { rollback_answers_the_pause {
    continue_with_rollback(&["continue", "--rollback", "--yes"]);
    rollback(&["rollback", "--yes"]);
    stop(&["stop", "--yes"]);
} }

#[test]
fn continue_of_a_steady_service_says_nothing_is_paused() {
    let server = started("    before: [{taskDefinition: 'web:2'}]");
    ecsctl(&server, &["continue"])
        .run()
        .exits(0)
        .says("nothing is paused");
    assert!(server.log().writes().is_empty());
}

#[test]
fn continue_of_a_rolled_back_service_fails() {
    let rolled_back = "    then: {taskDefinition: 'web:2', polled: 9, rollout: {frames: [{pending: all}, {stopped: [{tasks: 3, exitCode: 1}]}, {rollback: {}}, {settle: true}]}}";
    let server = started(rolled_back);
    ecsctl(&server, &["continue"])
        .run()
        .exits(5)
        .says("nothing is paused");
}

#[test]
fn second_pause_is_reported_again() {
    let server = started(&PAUSED.replace(
        "    then:",
        "          - {targetType: PAUSE, lifecycleStages: [POST_PRODUCTION_TRAFFIC_SHIFT]}\n    then:",
    ));
    ecsctl(&server, &["continue"])
        .run()
        .exits(9)
        .says("POST_PRODUCTION_TRAFFIC_SHIFT");
    ecsctl(&server, &["continue"]).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

#[test]
fn wait_through_pause_times_out_unanswered() {
    let server = paused();
    // By the virtual clock.
    ecsctl(&server, &["wait", "--wait-through-pause", "--timeout", "5m"])
        .run()
        .exits(6);
}

#[test]
fn wait_through_pause_ends_with_the_deployment() {
    let server = started(&PAUSED.replace(
        "polled: 20",
        "polled: 2, rollout: {frames: [{stage: SCALE_UP, pending: all}, {running: all, pending: 0, stage: POST_TEST_TRAFFIC_SHIFT, hook: {then: CONTINUE}, polls: 4}, {stage: CLEAN_UP, traffic: 100, old: 0}, {settle: true}]}",
    ));
    ecsctl(&server, &["wait", "--wait-through-pause"]).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

fn until_deployed_ends_once_traffic_has_shifted(strategy: &str) {
    let server = started(&format!(
        "      deploymentConfiguration: {{{strategy}}}\n    then: {{taskDefinition: 'web:2', polled: 1}}"
    ));
    let output = ecsctl(&server, &["wait", "--until", "deployed", "-o", "json"])
        .run()
        .exits(0);
    let service = &output.json()["services"][0];
    assert_eq!(service["final"], false, "{strategy}");
    assert_eq!(runs(&server), "web:2 IN_PROGRESS", "{strategy}");
    ecsctl(&server, &["wait"]).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED", "{strategy}");
}

cases! { until_deployed_ends_once_traffic_has_shifted {
    blue_green("strategy: BLUE_GREEN, bakeTimeInMinutes: 10");
    linear(
        "strategy: LINEAR, bakeTimeInMinutes: 10, linearConfiguration: {stepPercent: 50, stepBakeTimeInMinutes: 1}",
    );
    canary(
        "strategy: CANARY, bakeTimeInMinutes: 10, canaryConfiguration: {canaryPercent: 10, canaryBakeTimeInMinutes: 1}",
    );
} }
