//! How a rollout ends, and that its end is told as it is.

use serde_json::json;

use super::{WEB, changed, deploy, deployed, runs, second};
use crate::scripted::conformity::assert_valid;
use crate::support::{Ecsctl, Scenario};

#[test]
fn a_rollback_is_a_failure() {
    let (server, output) = second("rollback");
    let output = output.exits(5);
    assert_eq!(runs(&server), "web:1 COMPLETED");
    insta::assert_snapshot!("rollback", output.record());
    assert_valid(&server);
}

#[test]
fn a_rollback_is_a_failure_in_json() {
    let server = deployed(Scenario::file("rollback"));
    let output = Ecsctl::on(&server, &["deploy", "-o", "json"])
        .file(&changed())
        .run()
        .exits(5);
    let outcome = output.json();
    assert_eq!(outcome["outcome"], "rolledBack");
    assert_eq!(outcome["exitCode"], 5);
    let service = &outcome["services"][0];
    assert_eq!(service["outcome"], "rolledBack");
    assert_eq!(service["failures"][0]["exitCode"], 1);
    assert_eq!(
        service["failures"][0]["stoppedReason"],
        "Essential container in task exited"
    );
    assert_eq!(service["failures"][0]["container"], "web");
    assert_eq!(service["failures"][0]["count"], 3);
}

#[test]
fn a_rollback_is_a_failure_whatever_its_id() {
    let (server, output) = second("rollback-same-id");
    output.exits(5);
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

#[test]
fn a_rollback_that_nobody_saw_is_a_failure() {
    let (server, output) = second("rollback-unseen");
    output.exits(5);
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

#[test]
fn the_breaker_without_a_rollback_is_a_failure() {
    let (_, output) = second("breaker");
    let output = output.exits(5);
    insta::assert_snapshot!("breaker", output.record());
}

#[test]
fn a_crash_loop_is_given_up() {
    let server = deployed(Scenario::file("crash-loop"));
    let file = changed().replace(
        "    desiredCount",
        "    deploymentConfiguration: {deploymentCircuitBreaker: {enable: false, rollback: false}}\n    desiredCount",
    );
    deploy(&server, &file).run().exits(5);
}

#[test]
fn a_crash_loop_is_given_up_where_some_task_always_runs() {
    // ECS counts none of them, as each came up.
    let event = "(service {service}) has started 1 tasks: (task 3f2a91c0).";
    let crash = format!(
        "        - {{running: 5, failed: 0, stopped: [{{exitCode: 1, oldest: true}}], events: ['{event}']}}\n"
    );
    let frames = format!(
        "        - {{pending: all}}\n        - {{running: 5, pending: 1}}\n{}",
        crash.repeat(12)
    );
    let server = deployed(Scenario::parse(&format!(
        "rollouts:\n  web:\n    - {{}}\n    - frames:\n{frames}"
    )));
    let breaker = "deploymentConfiguration: {deploymentCircuitBreaker: {enable: false, rollback: false}}";
    let file = changed().replace(
        "    desiredCount: 2",
        &format!("    {breaker}\n    desiredCount: 6"),
    );
    let output = Ecsctl::on(&server, &["deploy", "-o", "json"])
        .file(&file)
        .run()
        .exits(5);
    assert_eq!(output.json()["error"]["code"], "crash-loop", "{}", output.stderr);
    // Which tasks run was asked for once, when enough had failed.
    let log = server.log();
    let running = log
        .of("ecs ListTasks")
        .into_iter()
        .filter(|it| it.input["desiredStatus"] == "RUNNING");
    assert_eq!(running.count(), 1);
}

#[test]
fn another_deployment_in_its_place_is_no_success() {
    let (_, output) = second("superseded");
    let output = output.exits(7);
    insta::assert_snapshot!("superseded", output.record());
}

#[test]
fn completed_with_too_few_tasks_is_not_taken_at_face_value() {
    let (server, output) = second("too-few");
    assert_ne!(output.code(), 0, "{}", output.stderr);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

#[test]
fn stale_reads_deceive_nobody() {
    let (server, output) = second("stale");
    output.exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
    assert!(server.log().of("ecs DescribeServices").len() >= 6);
}

#[test]
fn what_never_ends_times_out_with_its_reason() {
    let (server, output) = second("never");
    let output = output.exits(6);
    assert_eq!(runs(&server), "web:2 IN_PROGRESS");
    insta::assert_snapshot!("never", output.record());
}

#[test]
fn a_task_that_exits_while_it_settles_is_a_failure() {
    let (_, output) = second("exits-later");
    output.exits(5);
}

#[test]
fn nothing_to_do_is_never_said_over_a_broken_deployment() {
    let (server, output) = second("breaker");
    output.exits(5);
    server.clear_log();
    let again = deploy(&server, &changed()).run().exits(5);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    assert!(!again.stderr.contains("nothing to do"), "{}", again.stderr);
    // The scenario has no more rollouts written: by force it is healthy.
    Ecsctl::on(&server, &["deploy", "--force"])
        .file(&changed())
        .run()
        .exits(0);
    assert_eq!(
        server.log().only("ecs UpdateService").input["forceNewDeployment"],
        true
    );
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

#[test]
fn what_was_rolled_back_is_deployed_again_when_asked_for_again() {
    let (server, output) = second("rollback");
    output.exits(5);
    server.clear_log();
    deploy(&server, &changed()).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED", "the same revision, not another");
    assert_eq!(server.log().writes(), ["ecs UpdateService"]);
}

#[test]
fn what_a_rollback_restored_is_fine() {
    let (server, output) = second("rollback");
    output.exits(5);
    server.clear_log();
    deploy(&server, WEB).run().exits(0);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
}

#[test]
fn zero_tasks_are_done_but_prove_nothing() {
    let server = deployed(Scenario::default());
    let file = changed().replace("desiredCount: 2", "desiredCount: 0");
    let output = Ecsctl::on(&server, &["deploy", "-o", "json"])
        .file(&file)
        .run()
        .exits(0);
    assert_eq!(output.json()["services"][0]["exercised"], json!(false));
}

#[test]
fn values_that_nobody_knows_yet_are_waited_out() {
    let server = deployed(Scenario::parse(
        "
unknownValues: true
rollouts:
  web:
    - {}
    - frames:
        - {pending: all, state: PONDERING, serviceDeployment: {status: PONDERING, lifecycleStage: DREAMING}}
        - {running: all, state: IN_PROGRESS, serviceDeployment: {status: IN_PROGRESS}}
        - {settle: true, serviceDeployment: {status: SUCCESSFUL}}
",
    ));
    deploy(&server, &changed()).run().exits(0);
}
