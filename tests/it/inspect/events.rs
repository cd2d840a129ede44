//! `ecsctl events`.

use insta::assert_snapshot;
use rustix::process::Signal;
use serde_json::Value;

use super::{STABLE, run, screen, server, without_ids};
use crate::support::Fault;

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
fn on_a_terminal_wide_and_narrow_and_in_a_pipe() {
    let server = server(STABLE);
    let wide = run(&server, &["events"]).run_in_terminal(80);
    assert_snapshot!("events_wide", screen(&wide, 80));
    let narrow = run(&server, &["events"]).run_in_terminal(20);
    assert_snapshot!("events_narrow", screen(&narrow, 20));
    let pipe = run(&server, &["events"]).run();
    assert_snapshot!("events_pipe", without_ids(&pipe.record()));
    let one = run(&server, &["events", "worker"]).run().exits(0);
    assert!(
        one.stdout
            .lines()
            .all(|line| line.contains("Z  (service worker)")),
        "{}",
        one.stdout
    );
}

#[test]
fn as_data() {
    let server = server(STABLE);
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
fn following_tells_each_event_once_until_ctrl_c() {
    let server = server(CHANGING);
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
fn a_reader_that_goes_ends_it_quietly() {
    let server = server(CHANGING);
    let output = run(&server, &["events", "-f"])
        .through(&["sh", "-c", "\"$@\" | head -n 1; echo done", "sh"])
        .run()
        .exits(0);
    assert_eq!((output.stdout.lines().count(), output.stderr.as_str()), (2, ""));
}

#[test]
fn what_cannot_be_shown() {
    let server = server("services:\n  web: {input: {taskDefinition: \"web:1\", desiredCount: 2}}\n");
    assert_snapshot!(
        "events_missing",
        run(&server, &["events", "worker"]).run().record()
    );
    run(&server, &["events"])
        .run()
        .exits(0)
        .says("warning: there is no service worker in cluster default: the others are shown");
    run(&server, &["events", "wbe"])
        .run()
        .exits(2)
        .says("did you mean `web`?");
    run(&server, &["events", "-f", "-o", "json"])
        .run()
        .exits(2)
        .says("hint:  -o jsonl");
    run(&server, &["events", "--since", "yesterday"])
        .run()
        .exits(2)
        .says("write how long ago");
    server.fault(Fault::denied("ecs DescribeServices"));
    run(&server, &["events", "web"])
        .run()
        .exits(3)
        .says("allow ecs:DescribeServices");
}

#[test]
fn following_waits_for_a_service_that_is_not_there() {
    let server = server("");
    let program = run(&server, &["events", "-f", "web"]);
    let running = program.start();
    running.wait_until_it_says("there is no service web in cluster default: waiting for it");
    server.wait_for("ecs DescribeServices", 5);
    running.signal(Signal::TERM);
    let output = running.end().exits(143);
    assert_eq!(
        output.stderr.matches("there is no service").count(),
        1,
        "{}",
        output.stderr
    );
}
