//! New tasks of the same definition.

use serde_json::json;

use super::{counts, run, running};
use crate::scripted_ecs::conformance::assert_valid;

#[test]
fn a_restart_is_a_forced_deployment_of_the_same_and_is_watched() {
    let server = running("");
    let output = run(&server, &["restart", "web"]).run().exits(0);
    insta::assert_snapshot!("restarted", output.record());
    let log = server.log();
    assert_eq!(
        log.only("ecs UpdateService").input,
        json!({"cluster": "default", "service": "web", "forceNewDeployment": true})
    );
    assert_eq!(log.writes(), ["ecs UpdateService"]);
    let definitions = server.world(|world| world.definitions.family("web").len());
    assert_eq!((definitions, counts(&server, "web")), (1, (2, 2)));
    assert_valid(&server);
}

#[test]
fn all_services_unless_some_are_named() {
    let server = running("");
    let output = run(&server, &["restart", "-o", "json"]).run().exits(0);
    let names: Vec<_> = output.json()["services"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].clone())
        .collect();
    assert_eq!(names, ["web", "worker"]);
    assert_eq!(server.log().of("ecs UpdateService").len(), 2);
    run(&server, &["restart", "--only", "worker"]).run().exits(0);
    assert_eq!(server.log().of("ecs UpdateService").len(), 3);
}

#[test]
fn on_a_terminal() {
    let server = running("");
    let output = run(&server, &["restart"]).run_in_terminal(80).exits(0);
    insta::assert_snapshot!("restarted_on_a_terminal", super::screen(&output, 80));
}

#[test]
fn tasks_that_fail_are_a_failure() {
    let server = running(
        "rollouts: {web: [{frames: [{pending: all}, {stopped: [{tasks: 3, exitCode: 1}]}, {rollback: {}, polls: 2}, {settle: true}]}]}",
    );
    let output = run(&server, &["restart", "web"]).run().exits(5);
    insta::assert_snapshot!("restart_failed", output.record());
}

#[test]
fn an_answer_that_is_lost_starts_no_second_deployment() {
    let server = running("faults: [{operation: ecs UpdateService, reset: true, processed: true}]");
    run(&server, &["restart", "web"]).run().exits(0);
    assert_eq!(server.log().of("ecs UpdateService").len(), 1);
}

#[test]
fn nor_does_one_that_a_stale_reply_does_not_show_yet() {
    let server = running(
        "faults: [{operation: ecs UpdateService, reset: true, processed: true}]
rollouts: {web: [{stale: 2, frames: [{running: all, pending: 0}, {settle: true}]}]}",
    );
    run(&server, &["restart", "web"]).run().exits(0);
    assert_eq!(server.log().of("ecs UpdateService").len(), 1);
}

#[test]
fn what_cannot_be_restarted_says_why() {
    let server = running("faults: [{operation: ecs UpdateService, deny: true}]");
    run(&server, &["restart", "web"])
        .run()
        .exits(3)
        .says("ecs:UpdateService");
    run(&server, &["restart", "wbe"])
        .run()
        .exits(2)
        .says("did you mean `web`?");
    let server = running("clusters: [other]");
    run(&server, &["restart", "web"])
        .run()
        .exits(3)
        .says("there is no cluster default");
}
