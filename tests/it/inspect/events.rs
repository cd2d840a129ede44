//! `ecsctl events`.

use insta::assert_snapshot;
use rustix::process::Signal;
use serde_json::Value;

use crate::support::Fault;
use crate::support::cases;
use crate::support::screen::{screen_with_code, without_ids};
use crate::support::two_services::{STABLE, run, web_alone, with_logs};

/// A change of web by somebody else, in frames that each look advances.
const CHANGING: &str = r#"
  - {family: web, containerDefinitions: [{name: web, image: "shop:2", memory: 128}]}
services:
  web:
    input: {taskDefinition: "web:1", desiredCount: 2}
    then:
      taskDefinition: "web:2"
      rollout:
        frames:
          - {pending: all, events: ["(service {service}) has started 2 tasks."]}
          - {polls: 3, running: 1}
          - {running: all, events: ["(service {service}) registered 2 targets."]}
          - {settle: true}
  worker: {input: {taskDefinition: "worker:1", desiredCount: 1}}
"#;

#[test]
fn events_on_a_wide_terminal() {
    let wide = run(&with_logs(STABLE), &["events"]).run_in_terminal(80);
    assert_snapshot!("events_wide", screen_with_code(&wide, 80));
}

#[test]
fn events_on_a_narrow_terminal() {
    let narrow = run(&with_logs(STABLE), &["events"]).run_in_terminal(20);
    assert_snapshot!("events_narrow", screen_with_code(&narrow, 20));
}

#[test]
fn events_in_a_pipe() {
    let pipe = run(&with_logs(STABLE), &["events"]).run();
    assert_snapshot!("events_pipe", without_ids(&pipe.record()));
}

#[test]
fn events_of_one_service() {
    let one = run(&with_logs(STABLE), &["events", "worker"]).run().exits(0);
    assert!(
        one.stdout
            .lines()
            .all(|line| line.contains("Z  (service worker)")),
        "{}",
        one.stdout
    );
}

#[test]
fn events_as_json() {
    let server = with_logs(STABLE);
    let document = run(&server, &["events", "-o", "json"]).run().exits(0).json();
    assert_eq!(
        (&document["schema"], &document["cluster"]),
        (&1.into(), &"default".into())
    );
    let events = document["events"].as_array().unwrap();
    let lines = run(&server, &["events", "-o", "jsonl"]).run().exits(0);
    let lines: Vec<Value> = lines
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(&lines, events);
    assert!(events.len() >= 2 && events.iter().all(|event| event["id"].is_string()));
    let times: Vec<jiff::Timestamp> = events
        .iter()
        .filter_map(|event| event["at"].as_str()?.parse().ok())
        .collect();
    assert!(times.len() == events.len() && times.is_sorted(), "{times:?}");
    // What is there is two days old.
    let recent = run(&server, &["events", "--since", "1h", "-o", "json"])
        .run()
        .exits(0);
    assert_eq!(recent.json()["events"], Value::Array(Vec::new()));
}

#[test]
fn follow_shows_each_event_once_until_interrupted() {
    let server = with_logs(CHANGING);
    let program = run(&server, &["events", "--follow"]);
    let running = program.start();
    running.wait_until_it_prints("registered 2 targets.");
    running.wait_until_it_prints("has reached a steady state.");
    let looks = server.log().of("ecs DescribeServices").len();
    server.wait_for("ecs DescribeServices", looks + 5);
    running.signal(Signal::INT);
    let output = running.end().exits(130);
    assert_eq!(output.stderr, "");
    let mut lines: Vec<&str> = output.stdout.lines().collect();
    let all = lines.len();
    assert_eq!(output.stdout.matches("has started 2 tasks.").count(), 1);
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), all, "{}", output.stdout);
}

#[test]
fn closed_pipe_ends_follow_quietly() {
    let server = with_logs(CHANGING);
    let output = run(&server, &["events", "-f"])
        .through(&["sh", "-c", "\"$@\" | head -n 1; echo done", "sh"])
        .run()
        .exits(0);
    assert_eq!((output.stdout.lines().count(), output.stderr.as_str()), (2, ""));
}

#[test]
fn missing_service_is_an_error() {
    assert_snapshot!(
        "events_missing",
        run(&web_alone(), &["events", "worker"]).run().record()
    );
}

fn missing_events_are_explained(arguments: &[&str], code: i32, words: &str) {
    run(&web_alone(), arguments).run().exits(code).says(words);
}

cases! { missing_events_are_explained {
    one_service_missing(
        &["events"],
        0,
        "warning: service worker doesn't exist in cluster default: showing the others",
    );
    unknown_service(&["events", "wbe"], 2, "did you mean `web`?");
    json_cannot_follow(&["events", "-f", "-o", "json"], 2, "hint:  use -o jsonl");
    malformed_time(&["events", "--since", "yesterday"], 2, "write a duration");
} }

#[test]
fn missing_permission_is_named() {
    let server = web_alone();
    server.fault(Fault::denied("ecs DescribeServices"));
    run(&server, &["events", "web"])
        .run()
        .exits(3)
        .says("allow ecs:DescribeServices");
}

#[test]
fn follow_waits_for_a_missing_service() {
    let server = with_logs("");
    let program = run(&server, &["events", "-f", "web"]);
    let running = program.start();
    running.wait_until_it_says("service web doesn't exist in cluster default: waiting for it");
    server.wait_for("ecs DescribeServices", 5);
    running.signal(Signal::TERM);
    let output = running.end().exits(143);
    assert_eq!(
        output.stderr.matches("service web doesn't exist").count(),
        1,
        "{}",
        output.stderr
    );
}
