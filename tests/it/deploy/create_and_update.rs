//! Deploys that succeed: create, update, unchanged.

use serde_json::json;

use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::deploys::{deploy, deployed};
use crate::support::files::{WEB, changed, deploy_yaml};
use crate::support::service_state::{revisions, runs};
use crate::support::{Ecsctl, Scenario, Scripted};

#[test]
fn service_is_created_once() {
    let server = Scripted::start(Scenario::default());
    let first = deploy(&server, WEB).run().exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");
    assert_eq!(
        server.log().writes(),
        [
            "logs CreateLogGroup",
            "ecs RegisterTaskDefinition",
            "ecs CreateService"
        ]
    );
    insta::assert_snapshot!("created", first.record());

    server.clear_log();
    let again = deploy(&server, WEB).run().exits(0);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    assert_eq!(revisions(&server), 1);
    insta::assert_snapshot!("unchanged", again.record());
    assert_valid(&server);
}

#[test]
fn changed_definition_is_one_revision_and_one_update() {
    let server = deployed(Scenario::default());
    let output = deploy(&server, &changed()).run().exits(0);
    assert_eq!(
        server.log().writes(),
        ["ecs RegisterTaskDefinition", "ecs UpdateService"]
    );
    assert_eq!(runs(&server), "web:2 COMPLETED");
    let log = server.log();
    let update = &log.only("ecs UpdateService").input;
    // Owns what it names, and sends what differs.
    let mut names: Vec<&str> = update.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["cluster", "service", "taskDefinition"]);
    insta::assert_snapshot!("changed", output.record());
    assert_valid(&server);
}

#[test]
fn changed_count_is_one_update() {
    let server = deployed(Scenario::default());
    let file = WEB.replace("desiredCount: 2", "desiredCount: 3");
    deploy(&server, &file).run().exits(0);
    assert_eq!(server.log().writes(), ["ecs UpdateService"]);
    assert_eq!(server.log().only("ecs UpdateService").input["desiredCount"], 3);
    let running = server.world(|world| world.services[0].primary().unwrap().running);
    assert_eq!(running, 3);
}

#[test]
fn autoscaled_count_is_kept() {
    let server = deployed(Scenario::parse("scalableTargets: {web: {min: 2, max: 9}}"));
    server.world(|world| {
        let service = &mut world.services[0];
        service.desired = 7;
        service.deployments[0].desired = 7;
        service.deployments[0].running = 7;
    });
    deploy(&server, WEB).run().exits(0);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    deploy(&server, &changed()).run().exits(0);
    assert_eq!(
        server.log().only("ecs UpdateService").input.get("desiredCount"),
        None
    );
}

#[test]
fn unchanged_deploy_takes_four_round_trips_at_most() {
    let server = Scripted::start(Scenario::default().latency(100));
    deploy(&server, WEB).run().exits(0);
    server.clear_log();
    deploy(&server, WEB).run().exits(0).says("nothing to do");
    let log = server.log();
    assert!(log.writes().is_empty(), "{:?}", log.names());
    assert!(log.rounds() <= 4, "{} rounds: {:#?}", log.rounds(), log.counts());
}

#[test]
fn json_has_the_whole_outcome() {
    let server = deployed(Scenario::default());
    let output = Ecsctl::on(&server, &["deploy", "-o", "json"])
        .file(&changed())
        .run()
        .exits(0);
    let outcome = output.json();
    assert_eq!(outcome["schema"], 1);
    assert_eq!(outcome["outcome"], "done");
    assert_eq!(outcome["exitCode"], 0);
    let service = &outcome["services"][0];
    assert_eq!(service["name"], "web");
    assert_eq!(service["taskDefinition"], "web:2");
    assert_eq!((&service["running"], &service["desired"]), (&json!(2), &json!(2)));
    assert_eq!(
        (&service["final"], &service["exercised"]),
        (&json!(true), &json!(true))
    );

    let again = Ecsctl::on(&server, &["deploy", "-o", "json"]).file(&changed());
    assert_eq!(again.run().exits(0).json()["outcome"], "unchanged");
}

#[test]
fn plan_writes_nothing_and_reports_changes() {
    let server = deployed(Scenario::default());
    let plan = |file: &str| Ecsctl::on(&server, &["plan", "--exit-code"]).file(file).run();
    plan(WEB).exits(0);
    let changes = plan(&changed()).exits(8);
    assert!(server.log().writes().is_empty());
    insta::assert_snapshot!("plan", changes.record());
}

fn terminal_of_any_width_is_served(columns: u16) {
    let server = deployed(Scenario::default());
    let output =
        deploy(&server, &changed().replace("512", &(512 * columns).to_string())).run_in_terminal(columns);
    // 51200 MB is no size for 256 CPU units: what matters here is that a terminal of any width is served.
    assert!([0, 2].contains(&output.code()), "{}", output.stdout);
}

cases! { terminal_of_any_width_is_served {
    wide(100);
    narrow(20);
} }

#[test]
fn terminal_shows_the_deployment_live() {
    let server = deployed(Scenario::default());
    let output = deploy(&server, &changed()).run_in_terminal(100).exits(0);
    assert!(
        output.stdout.contains("\u{1b}["),
        "no live view: {:?}",
        output.stdout
    );
    assert!(output.stdout.contains("web:2"), "{:?}", output.stdout);
}

#[test]
fn definition_for_instances_is_not_started_on_fargate() {
    let definitions = "
definitions:
  - {family: web, networkMode: bridge, containerDefinitions: [{name: web, image: 'shop:1', memory: 128}]}
  - {family: api, cpu: '256', memory: '512', networkMode: awsvpc, requiresCompatibilities: [FARGATE], containerDefinitions: [{name: api, image: 'shop:1'}]}
";
    let network = "networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}";
    for (members, launch_type) in [
        ("taskDefinition: 'web:1'".to_owned(), None),
        ("taskDefinition: {base: web, cpu: '128'}".to_owned(), None),
        (
            "taskDefinition: 'web:1', schedulingStrategy: DAEMON".to_owned(),
            None,
        ),
        (
            format!("taskDefinition: 'api:1', {network}"),
            Some(json!("FARGATE")),
        ),
        (
            format!("taskDefinition: {{base: api, memory: '1024'}}, {network}"),
            Some(json!("FARGATE")),
        ),
    ] {
        let server = Scripted::start(Scenario::parse(definitions));
        deploy(&server, &deploy_yaml([("shop", &members)])).run().exits(0);
        let created = server.log().only("ecs CreateService").input.clone();
        assert_eq!(created.get("launchType"), launch_type.as_ref(), "{members}");
    }
}

#[test]
fn settings_of_others_survive_an_update() {
    let file = WEB.replace(
        "    networkConfiguration",
        "    deploymentConfiguration: {deploymentCircuitBreaker: {enable: true, rollback: true}}\n    networkConfiguration",
    );
    let server = Scripted::start(Scenario::default());
    deploy(&server, &file).run().exits(0);
    let threshold = json!({"type": "COUNT", "value": 3});
    server.world(|world| {
        let settings = &mut world.services[0].settings;
        settings["deploymentConfiguration"]["deploymentCircuitBreaker"]["thresholdConfiguration"] =
            threshold.clone();
        settings["networkConfiguration"]["awsvpcConfiguration"]["assignPublicIp"] = json!("ENABLED");
    });
    server.clear_log();
    deploy(&server, &file).run().exits(0);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());

    let file = file
        .replace("rollback: true", "rollback: false")
        .replace("subnet-2", "subnet-3");
    deploy(&server, &file).run().exits(0);
    let input = server.log().only("ecs UpdateService").input.clone();
    assert_eq!(
        input["deploymentConfiguration"]["deploymentCircuitBreaker"],
        json!({"enable": true, "rollback": false, "thresholdConfiguration": threshold})
    );
    assert_eq!(
        input["networkConfiguration"]["awsvpcConfiguration"]["assignPublicIp"],
        "ENABLED"
    );
    assert_valid(&server);
}
