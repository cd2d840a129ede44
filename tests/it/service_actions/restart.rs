//! `ecsctl restart`.

use serde_json::json;

use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::screen::sorted_screen;
use crate::support::service_state::counts;
use crate::support::two_services::{run, running};

#[test]
fn restart_is_a_watched_forced_deployment() {
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
fn all_services_restart_unless_some_are_named() {
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
fn restart_on_a_terminal() {
    let server = running("");
    let output = run(&server, &["restart"]).run_in_terminal(80).exits(0);
    insta::assert_snapshot!("restarted_on_a_terminal", sorted_screen(&output, 80));
}

#[test]
fn failing_tasks_fail_the_restart() {
    let server = running(
        "rollouts: {web: [{frames: [{pending: all}, {stopped: [{tasks: 3, exitCode: 1}]}, {rollback: {}, polls: 2}, {settle: true}]}]}",
    );
    let output = run(&server, &["restart", "web"]).run().exits(5);
    insta::assert_snapshot!("restart_failed", output.record());
}

#[test]
fn lost_reply_starts_no_second_deployment() {
    let server = running("faults: [{operation: ecs UpdateService, reset: true, processed: true}]");
    run(&server, &["restart", "web"]).run().exits(0);
    assert_eq!(server.log().of("ecs UpdateService").len(), 1);
}

#[test]
fn stale_reply_starts_no_second_deployment() {
    let server = running(
        "faults: [{operation: ecs UpdateService, reset: true, processed: true}]
rollouts: {web: [{stale: 2, frames: [{running: all, pending: 0}, {settle: true}]}]}",
    );
    run(&server, &["restart", "web"]).run().exits(0);
    assert_eq!(server.log().of("ecs UpdateService").len(), 1);
}

/// web needs more polls than worker, which ends first.
const WEB_IS_SLOW: &str = "rollouts: {web: [{frames: [{pending: all}, {running: 1, pending: 1, polls: 5}, {running: all, pending: 0}, {settle: true}]}]}";

#[test]
fn results_have_the_order_of_the_file() {
    for arguments in [&["restart"][..], &["restart", "worker", "web"]] {
        let server = running(WEB_IS_SLOW);
        let output = run(&server, arguments).run().exits(0);
        assert_eq!(output.stdout, "web:1\nworker:1\n");
        let json = run(&server, &[arguments, &["-o", "json"]].concat())
            .run()
            .exits(0);
        let services = json.json()["services"].clone();
        assert_eq!(
            (&services[0]["name"], &services[1]["name"]),
            (&json!("web"), &json!("worker"))
        );
    }
}

#[test]
fn the_summary_on_github_has_the_order_of_the_file() {
    let server = running(WEB_IS_SLOW);
    let ecsctl = run(&server, &["restart"]);
    let summary = ecsctl.folder().join("summary.md");
    let ecsctl = ecsctl
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", summary.to_str().unwrap());
    ecsctl.run().exits(0);
    let text = std::fs::read_to_string(summary).unwrap();
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    assert!(at("| web |") < at("| worker |"), "{text}");
}

#[test]
fn restart_that_times_out_says_so() {
    let server = running("rollouts: {web: [{frames: [{pending: all}]}]}");
    run(&server, &["restart", "web", "--timeout", "2m"])
        .run()
        .exits(6)
        .says("web: the restart is still in progress after 2m")
        .says("0 of 2 tasks running so far");
}

fn refused_restart_says_why(scenario: &str, service: &str, code: i32, words: &str) {
    let server = running(scenario);
    run(&server, &["restart", service]).run().exits(code).says(words);
}

cases! { refused_restart_says_why {
    missing_permission("faults: [{operation: ecs UpdateService, deny: true}]", "web", 3, "ecs:UpdateService");
    unknown_service("", "wbe", 2, "did you mean `web`?");
    missing_cluster("clusters: [other]", "web", 3, "cluster default doesn't exist");
} }
