//! `ecsctl scale`.

use serde_json::json;

use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::screen::screen;
use crate::support::service_state::counts;
use crate::support::two_services::{run, running};
use crate::support::{Scenario, Scripted};

#[test]
fn only_the_count_is_set_and_watched() {
    let server = running("");
    let output = run(&server, &["scale", "worker=3"]).run().exits(0);
    insta::assert_snapshot!("scaled", output.record());
    assert_eq!(counts(&server, "worker"), (3, 3));
    let log = server.log();
    assert_eq!(
        log.only("ecs UpdateService").input,
        json!({"cluster": "default", "service": "worker", "desiredCount": 3})
    );
    assert_eq!(log.writes(), ["ecs UpdateService"]);
    log.assert_is(&[
        &[
            "ecs DescribeServices",
            "application-autoscaling DescribeScalableTargets",
        ],
        &["ecs UpdateService", "ecs DescribeTaskDefinition"],
        &["ecs DescribeServices"],
    ]);
    assert_valid(&server);
}

#[test]
fn several_services_scale_one_of_them_to_zero() {
    let server = running("");
    let output = run(&server, &["scale", "web=1", "worker=0", "-o", "json"])
        .run()
        .exits(0);
    let document = output.json();
    assert_eq!(document["outcome"], "done");
    let services = document["services"].as_array().unwrap();
    let of = |name: &str| services.iter().find(|it| it["name"] == name).unwrap();
    assert_eq!(
        (&of("web")["desired"], &of("web")["running"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(of("worker")["desired"], 0);
    assert_eq!(of("worker")["exercised"], false);
    assert_eq!(
        (counts(&server, "web"), counts(&server, "worker")),
        ((1, 1), (0, 0))
    );
    // The file owns web's count.
    output.says("deploy.yaml has desiredCount: 2, which the next deploy restores");
}

#[test]
fn counts_are_reported_in_the_order_of_the_file() {
    let server = running("");
    let output = run(&server, &["scale", "worker=3", "web=5", "-o", "json"])
        .run()
        .exits(0);
    let services = output.json()["services"].clone();
    assert_eq!(
        (&services[0]["name"], &services[1]["name"]),
        (&json!("web"), &json!("worker"))
    );
}

#[test]
fn scale_on_a_terminal() {
    let server = running("");
    let output = run(&server, &["scale", "web=2", "worker=3"])
        .run_in_terminal(80)
        .exits(0);
    insta::assert_snapshot!("scaled_on_a_terminal", screen(&output, 80));
}

#[test]
fn same_count_changes_nothing() {
    let server = running("");
    let output = run(&server, &["scale", "web=2"]).run().exits(0);
    insta::assert_snapshot!("the_same_count", output.record());
    assert!(server.log().writes().is_empty());
}

#[test]
fn same_count_over_a_failed_deployment_fails() {
    let server = running("");
    server.world(|world| {
        let key = ("default".to_owned(), "web".to_owned());
        let service = world.services.get_mut(&key).unwrap();
        service.deployments[0].state = "FAILED".to_owned();
    });
    run(&server, &["scale", "web=2"]).run().exits(5);
    assert!(server.log().writes().is_empty());
}

#[test]
fn tasks_without_capacity_time_out() {
    let server = running(
        "rollouts: {worker: [{frames: [{}, {pending: 0, events: ['(service {service}) was unable to place a task because no container instance met all of its requirements.']}]}]}",
    );
    let output = run(&server, &["scale", "worker=9", "--timeout", "5m"])
        .run()
        .exits(6);
    insta::assert_snapshot!("no_place", output.record());
}

#[test]
fn count_inside_the_scaling_bounds_is_a_warning() {
    let server = running("scalableTargets: {web: {min: 1, max: 4}}");
    run(&server, &["scale", "web=4"])
        .run()
        .exits(0)
        .says("warning: web: autoscaling (1 to 4) may change the count again");
    assert_eq!(counts(&server, "web"), (4, 4));
}

#[test]
fn count_outside_the_scaling_bounds_needs_a_yes() {
    let server = running("scalableTargets: {web: {min: 1, max: 4}}");
    let output = run(&server, &["scale", "web=9"]).run().exits(3);
    insta::assert_snapshot!("outside", output.record());
    assert!(server.log().writes().is_empty());
    let refused = run(&server, &["scale", "web=0", "-o", "json"]).run().exits(3);
    assert_eq!(refused.json()["error"]["code"], "outside-scaling-bounds");
    run(&server, &["scale", "web=9", "--yes"])
        .run()
        .exits(0)
        .says("web: 9 is above autoscaling's 1 to 4: its next action lowers the count to at most 4");
    assert_eq!(counts(&server, "web"), (9, 9));
}

fn question_outside_the_scaling_bounds(typed: &str, code: i32, count: u64) {
    let server = running("scalableTargets: {web: {min: 1, max: 4}}");
    let ecsctl = run(&server, &["scale", "web=9"]);
    let running = ecsctl.start_in_terminal(100);
    running.wait_until_it_shows("Scale anyway? [y/N]");
    running.type_in(&format!("{typed}\n"));
    let output = running.end();
    assert_eq!(output.code(), code, "{}", output.stdout);
    assert_eq!(counts(&server, "web"), (count, count));
}

cases! { question_outside_the_scaling_bounds {
    no_keeps_the_count("n", 130, 2);
    yes_sets_it("y", 0, 9);
} }

#[test]
fn steep_increase_is_a_warning_where_nobody_is_asked() {
    let server = running("");
    run(&server, &["scale", "web=21"])
        .run()
        .exits(0)
        .says("warning: web: 21 tasks are more than ten times the desired count, which is 2");
    assert_eq!(counts(&server, "web"), (21, 21));
}

fn confirmed_or_usual_increase_is_silent(scale: &str, arguments: &[&str], variable: Option<&str>) {
    let server = running("");
    let arguments = [&["scale", scale], arguments].concat();
    let run = run(&server, &arguments);
    let run = match variable {
        Some(yes) => run.env("ECSCTL_YES", yes),
        None => run,
    };
    let output = run.run().exits(0);
    assert!(!output.stderr.contains("ten times"), "{}", output.stderr);
    let shown = run.run_in_terminal(100).exits(0);
    assert!(!shown.stdout.contains("[y/N]"), "{}", shown.stdout);
}

cases! { confirmed_or_usual_increase_is_silent {
    confirmed("web=200", &["--yes"], None);
    confirmed_by_variable("web=200", &[], Some("1"));
    ten_times("web=20", &[], None);
    up_to_ten("worker=10", &[], None);
    down("web=1", &[], None);
} }

fn question_about_a_steep_increase(typed: &str, code: i32, count: u64) {
    let server = running("");
    let ecsctl = run(&server, &["scale", "web=21", "worker=1"]);
    let running = ecsctl.start_in_terminal(100);
    running.wait_until_it_shows("web: 21 tasks are more than ten times");
    running.wait_until_it_shows("Scale anyway? [y/N]");
    running.type_in(&format!("{typed}\n"));
    let output = running.end();
    assert_eq!(output.code(), code, "{}", output.stdout);
    assert_eq!(counts(&server, "web"), (count, count));
}

cases! { question_about_a_steep_increase {
    no_keeps_the_count("n", 130, 2);
    enter_keeps_the_count("", 130, 2);
    yes_sets_it("y", 0, 21);
} }

fn bad_arguments_are_refused_before_any_request(arguments: &[&str], words: &str) {
    let server = running("");
    let arguments = [&["scale"][..], arguments].concat();
    run(&server, &arguments).run().exits(2).says(words);
    assert!(server.log().names().is_empty());
}

cases! { bad_arguments_are_refused_before_any_request {
    empty_count(&["web="], "write SERVICE=COUNT, for example web=3");
    negative_count(&["web=-1"], "write SERVICE=COUNT");
    fraction(&["web=1.5"], "write SERVICE=COUNT");
    no_count(&["web"], "write SERVICE=COUNT");
    two_counts(&["web=1", "web=2"], "service web is given twice");
    unknown_service(&["wbe=1"], "did you mean `web`?");
    no_service(&[], "required");
} }

#[test]
fn daemon_or_missing_service_changes_nothing() {
    let text = r#"
definitions:
  - {family: web, containerDefinitions: [{name: web, image: "shop:1", memory: 128}]}
services:
  web: {input: {taskDefinition: "web:1", schedulingStrategy: DAEMON}}
"#;
    let server = Scripted::start(Scenario::parse(text));
    let output = run(&server, &["scale", "web=3", "worker=2"]).run().exits(3);
    insta::assert_snapshot!("refused", output.record());
    assert!(server.log().writes().is_empty());
}

#[test]
fn missing_permission_is_named() {
    let server = running("faults: [{operation: ecs UpdateService, deny: true}]");
    run(&server, &["scale", "web=3"])
        .run()
        .exits(3)
        .says("ecs:UpdateService");
}

#[test]
fn unknown_scaling_bounds_are_a_warning() {
    let denied = "faults: [{operation: application-autoscaling DescribeScalableTargets, deny: true}]";
    let server = running(denied);
    run(&server, &["scale", "web=3"])
        .run()
        .exits(0)
        .says("whether autoscaling controls the count is unknown");
}
