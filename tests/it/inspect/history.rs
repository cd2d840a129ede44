//! `ecsctl history`.

use insta::assert_snapshot;

use crate::support::Fault;
use crate::support::cases;
use crate::support::screen::{screen_with_code, without_ids};
use crate::support::two_services::{STABLE, run, web_alone, with_logs};

/// Web had a first version, a second one that failed and was rolled back, and a third one that is on its way.
const PAST: &str = r#"
  - {family: web, containerDefinitions: [{name: web, image: "shop:2", memory: 128}]}
  - {family: web, containerDefinitions: [{name: web, image: "shop:3", memory: 128}]}
services:
  web:
    input: {taskDefinition: "web:1", desiredCount: 2}
    before:
      - taskDefinition: "web:2"
        rollout: {frames: [{pending: all}, {stopped: [{tasks: 3, exitCode: 1}]}, {rollback: {}}, {settle: true}]}
    then: {taskDefinition: "web:3", rollout: {frames: [{pending: all, polls: 100}]}}
  worker: {input: {taskDefinition: "worker:1", desiredCount: 1}}
"#;

/// The order of ListServiceDeployments is not documented.
fn newest_deployments_are_shown(order: &str) {
    let more = format!("{PAST}olderDeployments: 250\nlistOrder: {order}\n");
    let server = with_logs(&more);
    let shown = |limit: &str| {
        let output = run(&server, &["history", "web", "--limit", limit, "-o", "json"]);
        let document = output.run().exits(0).json();
        document["deployments"].as_array().unwrap().clone()
    };
    let few: Vec<_> = shown("3").iter().map(|it| it["outcome"].clone()).collect();
    assert_eq!(few, ["inProgress", "rolledBack", "done"]);
    assert_eq!(shown("100").len(), 100);
}

cases! { newest_deployments_are_shown {
    newest_first("newestFirst");
    oldest_first("oldestFirst");
    shuffled("shuffled");
} }

#[test]
fn history_shows_deployments_and_outcomes() {
    let server = with_logs(PAST);
    let wide = run(&server, &["history"]).run_in_terminal(80);
    assert_snapshot!("history_wide", screen_with_code(&wide, 80));
    let narrow = run(&server, &["history", "worker"]).run_in_terminal(20);
    assert_snapshot!("history_narrow", screen_with_code(&narrow, 20));
    assert_snapshot!(
        "history_pipe",
        without_ids(&run(&server, &["history"]).run().record())
    );
    let document = run(&server, &["history", "web", "-o", "json"])
        .run()
        .exits(0)
        .json();
    let past = document["deployments"].as_array().unwrap();
    let of = |name: &str| past.iter().map(|it| it[name].clone()).collect::<Vec<_>>();
    assert_eq!(of("outcome"), ["inProgress", "rolledBack", "done"]);
    assert_eq!(of("taskDefinition")[0], "web:3");
    assert_eq!(of("current"), [true, false, false]);
    let one = run(&server, &["history", "--limit", "1", "-o", "jsonl"])
        .run()
        .exits(0);
    assert_eq!(one.stdout.lines().count(), 2, "{}", one.stdout);
    let log = server.log();
    assert!(
        log.of("ecs DescribeServiceRevisions")
            .iter()
            .all(|it| it.status == Some(200))
    );
    run(&server, &["history", "--limit", "0"])
        .run()
        .exits(2)
        .says("--limit");
}

#[test]
fn history_without_the_list_says_so() {
    let server = with_logs(PAST);
    server.fault(Fault::denied("ecs ListServiceDeployments"));
    let output = run(&server, &["history", "web"]).run().exits(0);
    assert_snapshot!("history_denied", without_ids(&output.record()));
}

fn missing_permission_is_a_warning(operation: &str) {
    let server = with_logs(PAST);
    server.fault(Fault::denied(&format!("ecs {operation}")));
    let output = run(&server, &["history", "web"]).run().exits(0);
    assert_eq!(output.stderr.matches("warning:").count(), 1, "{}", output.stderr);
    assert!(
        output.stderr.contains(&format!("allow ecs:{operation}")),
        "{}",
        output.stderr
    );
    assert!(output.stdout.contains("web:3"), "{}", output.stdout);
}

cases! { missing_permission_is_a_warning {
    describe_service_deployments("DescribeServiceDeployments");
    describe_service_revisions("DescribeServiceRevisions");
    describe_task_definition("DescribeTaskDefinition");
} }

#[test]
fn revision_older_than_the_list_is_shown() {
    let server = with_logs(&format!("{STABLE}remembers: 0\n"));
    let output = run(&server, &["history", "web"]).run().exits(0);
    assert!(output.stdout.contains("web:1"), "{}", output.stdout);
    assert!(output.stdout.contains("done, runs now"), "{}", output.stdout);
    assert_eq!(output.stderr, "");
}

#[test]
fn deleted_service_runs_nothing() {
    let server = with_logs(STABLE);
    run(&server, &["delete", "web", "--yes"]).run().exits(0);
    let output = run(&server, &["history", "web"]).run().exits(0);
    let output = output.says("service web is deleted: none of its deployments runs any more");
    assert!(output.stdout.contains("web:1"), "{}", output.stdout);
    assert!(!output.stdout.contains("runs now"), "{}", output.stdout);
    let document = run(&server, &["history", "web", "-o", "json"]).run().json();
    assert_eq!(document["deployments"][0]["current"], false);
    let status = run(&server, &["status", "web"]).run().exits(0).stdout;
    assert!(
        status.contains("doesn't exist; `ecsctl deploy --only web` creates it"),
        "{status}"
    );
}

#[test]
fn deployments_of_a_purged_service_are_listed() {
    let server = with_logs(STABLE);
    server.fault(Fault {
        instead: Some(r#"{"services": [], "failures": [{"arn": "web", "reason": "MISSING"}]}"#.to_owned()),
        ..Fault::on("ecs DescribeServices")
    });
    let output = run(&server, &["history", "web"]).run().exits(0);
    let output = output.says("service web no longer exists: none of its deployments runs any more");
    assert!(output.stdout.contains("web:1"), "{}", output.stdout);
    assert!(!output.stdout.contains("runs now"), "{}", output.stdout);
}

#[test]
fn deployments_of_a_deleted_service_without_a_list() {
    let server = with_logs(STABLE);
    server.fault(Fault {
        code: Some("ServiceNotFoundException".to_owned()),
        ..Fault::on("ecs ListServiceDeployments")
    });
    run(&server, &["delete", "web", "--yes"]).run().exits(0);
    let output = run(&server, &["history", "web"]).run().exits(0);
    output.says("service web is deleted");
}

#[test]
fn service_without_tasks_runs_nothing() {
    let server = with_logs(&STABLE.replace("desiredCount: 2", "desiredCount: 0"));
    let output = run(&server, &["history", "web"]).run().exits(0);
    assert!(output.stdout.contains("done"), "{}", output.stdout);
    assert!(!output.stdout.contains("runs now"), "{}", output.stdout);
}

#[test]
fn many_revisions_are_read_in_parallel() {
    let revisions = 2..=20;
    let definitions: String = revisions
        .clone()
        .map(|_| {
            "  - {family: web, containerDefinitions: [{name: web, image: \"shop:2\", memory: 128}]}\n"
                .to_owned()
        })
        .collect();
    let before: String = revisions.map(|revision| {
        format!("      - {{taskDefinition: \"web:{revision}\", rollout: {{frames: [{{running: all}}, {{settle: true}}]}}}}\n")
    }).collect();
    let text = format!(
        "{definitions}latency: 100\nservices:\n  web:\n    input: {{taskDefinition: \"web:1\", desiredCount: 1}}\n    before:\n{before}"
    );
    let server = with_logs(&text);
    let output = run(&server, &["history", "web", "--limit", "50"]).run().exits(0);
    assert!(output.stdout.lines().count() >= 19, "{}", output.stdout);
    let log = server.log();
    assert!(log.rounds() <= 4, "{} rounds: {:?}", log.rounds(), log.counts());
}

#[test]
fn missing_service_is_an_error() {
    run(&web_alone(), &["history", "worker"])
        .run()
        .exits(3)
        .says("error: service worker doesn't exist in cluster default")
        .says("hint:  ecsctl deploy --only worker creates it");
}

#[test]
fn missing_service_among_others_is_a_warning() {
    run(&web_alone(), &["history"])
        .run()
        .exits(0)
        .says("warning: service worker doesn't exist in cluster default: showing the others");
}

#[test]
fn unknown_service_gets_a_suggestion() {
    run(&web_alone(), &["history", "wbe"])
        .run()
        .exits(2)
        .says("did you mean `web`?");
}

#[test]
fn missing_permission_to_describe_services_is_an_error() {
    let server = web_alone();
    server.fault(Fault::denied("ecs DescribeServices"));
    run(&server, &["history", "web"])
        .run()
        .exits(3)
        .says("allow ecs:DescribeServices");
}
