//! Services are skipped when one that they depend on did not become stable.

use crate::support::files::deploy_yaml;
use crate::support::{Ecsctl, Scenario, Scripted};
use rustix::process::Signal;
use serde_json::{Value, json};

/// Five services, two of which depend on one that never becomes stable.
fn with_dependents() -> (Scripted, String) {
    let server = Scripted::start(Scenario::parse("rollouts: {bad: [{frames: [{pending: 0}]}]}"));
    let service = |name: &str, after: &str| {
        format!(
            "dependsOn: [{after}], taskDefinition: {{family: {name}, cpu: 256, memory: 512, executionRoleArn: 'arn:aws:iam::123456789012:role/r', containerDefinitions: {{{name}: {{image: 'public.ecr.aws/acme/shop:1'}}}}}}, desiredCount: 1, networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1], securityGroups: [sg-1]}}}}"
        )
    };
    let services = [
        ("bad", ""),
        ("good", ""),
        ("after-bad", "bad"),
        ("after-good", "good"),
        ("last", "after-bad"),
    ];
    let services = services.map(|(name, after)| (name, service(name, after)));
    (server, deploy_yaml(services))
}

/// What the envelope must say of them.
fn assert_dependents(document: &Value) {
    let ends = document["services"].as_array().unwrap();
    let end = |name: &str| {
        let end = ends.iter().find(|end| end["name"] == name).unwrap();
        (end["outcome"].clone(), end["reason"].clone())
    };
    assert_eq!(ends.len(), 5, "{document:#}");
    assert_eq!(end("bad").0, "timedOut");
    assert_eq!(
        (end("good").0, end("after-good").0),
        (json!("done"), json!("done"))
    );
    for (name, dependency) in LEFT_ALONE {
        assert_eq!(end(name), (json!("failed"), json!(left_alone(dependency))));
    }
}

/// The services that are left alone, and for which other.
const LEFT_ALONE: [(&str, &str); 2] = [("after-bad", "bad"), ("last", "after-bad")];

fn left_alone(dependency: &str) -> String {
    format!("skipped: {dependency}, which it depends on, did not become stable")
}

#[test]
fn only_dependents_of_a_failed_service_are_skipped() {
    let (server, file) = with_dependents();
    let output = Ecsctl::on(&server, &["deploy", "-o", "json"])
        .file(&file)
        .run()
        .exits(6);
    assert_dependents(&output.json());
    for (name, dependency) in LEFT_ALONE {
        let warning = format!("warning: {name} was {}", left_alone(dependency));
        assert!(output.stderr.contains(&warning), "{}", output.stderr);
    }
    let log = server.log();
    assert_eq!(log.of("ecs CreateService").len(), 3, "{:?}", log.writes());
}

#[test]
fn jsonl_reports_skipped_dependents() {
    let (server, file) = with_dependents();
    let output = Ecsctl::on(&server, &["deploy", "-o", "jsonl"])
        .file(&file)
        .run()
        .exits(6);
    let events: Vec<Value> = output
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (envelope, before) = events.split_last().unwrap();
    assert_dependents(envelope);
    assert_eq!(
        (&envelope["outcome"], &envelope["exitCode"]),
        (&json!("timedOut"), &json!(6))
    );
    let of = |kind: &str, name: &str| {
        let mut found = before.iter().filter(|event| event["type"] == kind);
        found.any(|event| event["service"] == name || event["outcome"]["name"] == name)
    };
    for name in ["bad", "good", "after-good"] {
        assert!(
            of("changed", name) && of("ended", name),
            "{name}: {}",
            output.stdout
        );
    }
    for (name, dependency) in LEFT_ALONE {
        assert!(
            !of("changed", name) && !of("rollout", name),
            "{name}: {}",
            output.stdout
        );
        assert!(!of("ended", name), "{name}: {}", output.stdout);
        let warning = format!("warning: {name} was {}", left_alone(dependency));
        assert!(output.stderr.contains(&warning), "{}", output.stderr);
    }
}

#[test]
fn service_waits_only_for_its_own_dependencies() {
    let (server, file) = with_dependents();
    let run = Ecsctl::on(&server, &["deploy", "--timeout", "100000h"]).file(&file);
    let running = run.start();
    // `bad` goes on, and `after-good` is created anyway.
    server.wait_for("ecs CreateService", 3);
    running.signal(Signal::TERM);
    running.end().exits(143);
    let log = server.log();
    let created = log.of("ecs CreateService");
    let mut created = created
        .iter()
        .filter_map(|call| call.input["serviceName"].as_str());
    assert!(created.any(|name| name == "after-good"));
}
