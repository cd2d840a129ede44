//! One of several services can't be deployed, or the run ends early: each service is among the results.

use std::fs;

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::files::deploy_yaml;
use crate::support::{Ecsctl, Fault, Scenario, Scripted, cases, two_services};

/// Four services: `after-bad` waits for `bad`, `last` for `after-bad` and `good`.
fn file() -> String {
    let services = [
        ("bad", ""),
        ("after-bad", "bad"),
        ("good", ""),
        ("last", "after-bad, good"),
    ];
    deploy_yaml(services.map(|(name, after)| {
        let container = format!("{name}: {{image: 'public.ecr.aws/acme/shop:1'}}");
        let members = format!(
            "dependsOn: [{after}], taskDefinition: {{family: {name}, cpu: 256, memory: 512, \
             containerDefinitions: {{{container}}}}}, \
             networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1], securityGroups: [sg-1]}}}}"
        );
        (name, members)
    }))
}

/// AWS refuses this operation for one service.
fn refused(operation: &str, service: &str) -> Fault {
    Fault {
        code: Some("InvalidParameterException".to_owned()),
        message: Some("Subnet subnet-1 is not valid.".to_owned()),
        about: Some(format!("\"{service}\"")),
        ..Fault::on(operation)
    }
}

/// Name, outcome and reason of each service.
fn results(services: &Value) -> Vec<(&str, &str, &str)> {
    let services = services.as_array().expect("services");
    services
        .iter()
        .map(|service| {
            let text = |member: &str| service[member].as_str().unwrap_or_default();
            (text("name"), text("outcome"), text("reason"))
        })
        .collect()
}

const REFUSED: [(&str, &str, &str); 4] = [
    (
        "bad",
        "failed",
        "could not create service bad: AWS: Subnet subnet-1 is not valid.",
    ),
    (
        "after-bad",
        "failed",
        "skipped: bad, which it depends on, did not become stable",
    ),
    ("good", "done", ""),
    (
        "last",
        "failed",
        "skipped: after-bad, which it depends on, did not become stable",
    ),
];

fn refused_service_is_among_the_results(form: &str) {
    let server = Scripted::start(Scenario::default().fault(refused("ecs CreateService", "bad")));
    let output = Ecsctl::on(&server, &["deploy", "-o", form])
        .file(&file())
        .run()
        .exits(3);
    let document: Value = match form {
        "json" => output.json(),
        _ => serde_json::from_str(output.stdout.lines().last().expect("an envelope")).expect("JSON"),
    };
    assert_eq!(results(&document["services"]), REFUSED);
    assert_eq!(document["error"]["resource"], "bad");
    assert_eq!(server.log().of("ecs CreateService").len(), 2);
}

cases! { refused_service_is_among_the_results {
    as_a_document("json");
    as_events("jsonl");
} }

#[test]
fn refused_service_is_in_github_outputs() {
    let server = Scripted::start(Scenario::default().fault(refused("ecs CreateService", "bad")));
    let run = Ecsctl::on(&server, &["deploy"])
        .file(&file())
        .write("outputs", "")
        .write("summary", "");
    let path = |name: &str| run.folder().join(name);
    let (outputs, summary) = (path("outputs"), path("summary"));
    let output = run
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_OUTPUT", &outputs)
        .env("GITHUB_STEP_SUMMARY", &summary);
    let ended = output.run().exits(3);
    let outputs = fs::read_to_string(outputs).expect("outputs");
    let services = outputs
        .lines()
        .find(|line| line.starts_with("[{"))
        .expect("services");
    let services: Value = serde_json::from_str(services).expect("JSON");
    assert_eq!(results(&services), REFUSED);
    let summary = fs::read_to_string(summary).expect("summary");
    assert!(summary.contains("| bad | **failed** |"), "{summary}");
    // Each service has one annotation.
    let annotations = ended
        .stderr
        .lines()
        .filter(|line| line.starts_with("::error title="));
    let named = |name: &str| annotations.clone().filter(|line| line.contains(name)).count();
    for name in ["=bad%3A", "=after-bad%3A", "=last%3A"] {
        assert_eq!(named(name), 1, "{name}: {}", ended.stderr);
    }
    assert_eq!(annotations.clone().count(), 3, "{}", ended.stderr);
}

fn refused_change_is_among_the_results(operation: &str, arguments: &[&str]) {
    let server = two_services::running("");
    server.fault(refused(operation, "worker"));
    let arguments = [arguments, &["-o", "json"]].concat();
    let document = two_services::run(&server, &arguments).run().exits(3).json();
    let results = results(&document["services"]);
    assert_eq!((results[0].0, results[0].1), ("web", "done"), "{document:#}");
    let (name, outcome, reason) = results[1];
    assert_eq!((name, outcome), ("worker", "failed"));
    assert!(reason.ends_with("AWS: Subnet subnet-1 is not valid."), "{reason}");
}

cases! { refused_change_is_among_the_results {
    restart("ecs UpdateService", &["restart"]);
    scale("ecs UpdateService", &["scale", "web=3", "worker=3"]);
    delete("ecs DeleteService", &["delete", "--all", "--yes"]);
} }

#[test]
fn interrupted_run_names_what_it_did_not_reach() {
    let server = Scripted::start(Scenario::parse("rollouts: {bad: [{frames: [{pending: 0}]}]}"));
    let run = Ecsctl::on(&server, &["deploy", "--timeout", "100000h", "-o", "json"]).file(&file());
    let running = run.start();
    server.wait_for("ecs DescribeServices", 30);
    running.signal(Signal::TERM);
    let output = running.end().exits(143).says("not deployed: after-bad, last");
    let document = output.json();
    let results = results(&document["services"]);
    let ends: Vec<_> = results
        .iter()
        .map(|(name, outcome, _)| (*name, *outcome))
        .collect();
    assert_eq!(
        ends,
        [
            ("bad", "interrupted"),
            ("after-bad", "interrupted"),
            ("good", "done"),
            ("last", "interrupted"),
        ]
    );
    assert_eq!(
        results[1].2,
        "skipped: the run ended before this service was changed"
    );
    let is_final = |at: usize| document["services"][at]["final"].clone();
    assert_eq!((is_final(0), is_final(1)), (json!(false), json!(true)));
}

#[test]
fn interrupted_run_reports_what_failed_before() {
    let server = Scripted::start(
        Scenario::parse("rollouts: {good: [{frames: [{pending: 0}]}]}")
            .fault(refused("ecs CreateService", "bad")),
    );
    let run = Ecsctl::on(&server, &["deploy", "--timeout", "100000h", "-o", "json"]).file(&file());
    let running = run.start();
    // `bad` has been refused long before.
    server.wait_for("ecs DescribeServices", 30);
    running.signal(Signal::TERM);
    let output = running
        .end()
        .exits(143)
        .says("error: could not create service bad")
        .says("warning: after-bad was skipped: bad, which it depends on, did not become stable")
        .says("the rollout of good continues without ecsctl");
    assert!(!output.stderr.contains("not deployed: bad"), "{}", output.stderr);
    let document = output.json();
    let results = results(&document["services"]);
    assert_eq!((results[0], results[1]), (REFUSED[0], REFUSED[1]));
    assert_eq!((results[2].0, results[2].1), ("good", "interrupted"));
    // It waited for `good`, too.
    assert_eq!((results[3].0, results[3].1), ("last", "interrupted"));
}

#[test]
fn selected_service_waits_for_no_others() {
    let server = Scripted::start(Scenario::default());
    Ecsctl::on(&server, &["deploy", "--only", "last"])
        .file(&file())
        .run()
        .exits(0);
    let log = server.log();
    assert_eq!(log.only("ecs CreateService").input["serviceName"], "last");
}

#[test]
fn selected_services_wait_for_one_another() {
    let server = Scripted::start(Scenario::default().fault(refused("ecs CreateService", "bad")));
    Ecsctl::on(&server, &["deploy", "after-bad", "bad"])
        .file(&file())
        .run()
        .exits(3)
        .says("after-bad was skipped: bad");
    assert_eq!(server.log().of("ecs CreateService").len(), 1);
}

#[test]
fn unplannable_service_stops_all_before_any_write() {
    let server = Scripted::start(Scenario::default());
    let file = format!("{}  live: {{taskDefinition: {{base: live, cpu: 256}}}}\n", file());
    Ecsctl::on(&server, &["deploy"])
        .file(&file)
        .run()
        .exits(3)
        .says("service live does not exist yet");
    assert_eq!(server.log().writes(), [""; 0]);
}
