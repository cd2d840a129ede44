//! Clusters, services, definitions and log groups that exist already, or do not.

use crate::support::deploys::deploy;
use crate::support::fault::Deny;
use crate::support::files::{TARGET_GROUP, WEB, behind_load_balancer, deploy_yaml};
use crate::support::log::Exchange;
use crate::support::service_state::runs;
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

#[test]
fn missing_cluster_is_refused_or_created() {
    let server = Scripted::start(Scenario::parse("clusters: []"));
    let output = deploy(&server, WEB).run().exits(3).says("--create-cluster");
    assert!(server.log().writes().is_empty());
    insta::assert_snapshot!("missing_cluster", output.record());
    Ecsctl::on(&server, &["deploy", "--create-cluster"])
        .file(WEB)
        .run()
        .exits(0);
    assert_eq!(server.log().writes()[0], "ecs CreateCluster");
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

#[test]
fn plan_of_a_missing_cluster_is_whole_and_exits_as_deploy() {
    let server = Scripted::start(Scenario::parse("clusters: []"));
    let plan = |arguments: &[&str]| Ecsctl::on(&server, arguments).file(WEB).run();
    insta::assert_snapshot!("plan_without_cluster", plan(&["plan"]).record());
    plan(&["plan", "--exit-code"]).exits(3);
    let document = plan(&["plan", "-o", "json"]).exits(3).json();
    assert_eq!(document["createCluster"], false);
    assert_eq!(document["clusterMissing"], true);
    assert_eq!(
        document["warnings"][0],
        "cluster default is missing: deploy needs --create-cluster"
    );
    assert_eq!(document["services"][0]["action"]["action"], "create");

    insta::assert_snapshot!("plan_of_a_cluster", plan(&["plan", "--create-cluster"]).record());
    plan(&["plan", "--create-cluster", "--exit-code"]).exits(8);
    let document = plan(&["plan", "--create-cluster", "-o", "json"]).exits(0).json();
    assert_eq!(document["createCluster"], true);
    assert_eq!(document["warnings"], serde_json::json!([]));
    assert!(server.log().writes().is_empty());

    plan(&["deploy", "--create-cluster"])
        .exits(0)
        .says("plan: 4 to change");
    plan(&["plan", "--create-cluster", "--exit-code"]).exits(0);
    plan(&["plan", "--exit-code"]).exits(0);
}

#[test]
fn cluster_arn_is_created_by_its_name() {
    let server = Scripted::start(Scenario::parse("clusters: []"));
    let arn = "arn:aws:ecs:us-east-1:123456789012:cluster/shop";
    let file = format!("cluster: {arn}{WEB}");
    let hint = "aws ecs create-cluster --cluster-name shop --region us-east-1";
    deploy(&server, &file).run().exits(3).says(hint);
    Ecsctl::on(&server, &["deploy", "--create-cluster"])
        .file(&file)
        .run()
        .exits(0);
    assert_eq!(
        server.log().only("ecs CreateCluster").input["clusterName"],
        "shop"
    );
}

#[test]
fn register_ignores_the_service() {
    let server = Scripted::start(Scenario::parse("clusters: []"));
    let file = format!("{WEB}    deploymentController: {{type: EXTERNAL}}\n");
    let output = Ecsctl::on(&server, &["register"]).file(&file).run().exits(0);
    assert_eq!(output.stdout, "web:1\n");
    assert_eq!(server.log().writes(), ["ecs RegisterTaskDefinition"]);
}

#[test]
fn draining_service_is_waited_for() {
    let server = Scripted::start(Scenario::file("draining"));
    deploy(&server, WEB)
        .run()
        .exits(0)
        .says("the old service web is still draining");
    assert_eq!(runs(&server), "web:2 COMPLETED");
    server.log().only("ecs CreateService");
}

#[test]
fn draining_service_does_not_block_other_services() {
    let server = Scripted::start(Scenario::parse(
        "
definitions: [{family: slow, containerDefinitions: [{name: slow, image: 'shop:0', memory: 128}]}]
services: {slow: {input: {taskDefinition: 'slow:1', desiredCount: 1}, status: DRAINING, drainedAfter: 60}}
",
    ));
    let (_, web) = WEB.split_once("services:").unwrap();
    let file = format!("{WEB}{}", web.replace("web:", "slow:"));
    let output = Ecsctl::on(&server, &["deploy", "-o", "json"])
        .file(&file)
        .run()
        .exits(0);
    let log = server.log();
    let made = |name: &str| {
        let is_it = |it: &Exchange| it.name == "ecs CreateService" && it.input["serviceName"] == name;
        log.0.iter().position(is_it).unwrap()
    };
    assert!(made("web") < made("slow"));
    let polls = log.0[made("web")..made("slow")]
        .iter()
        .filter(|it| it.name == "ecs DescribeServices" && it.input["services"] == serde_json::json!(["web"]));
    // Until it was stable, and no longer.
    assert!((3..20).contains(&polls.count()), "{:?}", log.names());
    let document = output.json();
    let names: Vec<&str> = document["services"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["web", "slow"], "as deploy.yaml has them");
}

#[test]
fn inactive_service_is_created_again() {
    let server = Scripted::start(Scenario::file("inactive"));
    deploy(&server, WEB).run().exits(0);
    server.log().only("ecs CreateService");
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

#[test]
fn existing_definition_is_used() {
    let server = Scripted::start(Scenario::default());
    deploy(&server, WEB).run().exits(0);
    let file = deploy_yaml([("web", "taskDefinition: 'web:1'")]);
    server.clear_log();
    deploy(&server, &file).run().exits(0);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    let absent = file.replace("web:1", "web:9");
    deploy(&server, &absent).run().exits(3).says("web:9");
    assert!(server.log().writes().is_empty());
}

#[test]
fn existing_log_group_is_left_unchanged() {
    let server = Scripted::start(Scenario::parse("logGroups: {/ecs/web: {retentionInDays: 7}}"));
    deploy(&server, WEB).run().exits(0);
    assert_eq!(
        server.log().writes(),
        ["ecs RegisterTaskDefinition", "ecs CreateService"]
    );
    let kept = server.world(|world| world.logs.groups["/ecs/web"].retention);
    assert_eq!(kept, Some(7));
}

/// A shorter retention deletes events: ecsctl says that it differs, and changes nothing.
#[test]
fn other_retention_of_a_log_group_is_a_warning() {
    let file = format!("{WEB}    logRetentionDays: 30\n");
    for (there, warning) in [
        ("retentionInDays: 30", None),
        (
            "retentionInDays: 7",
            Some("log group /ecs/web expires after 7 days"),
        ),
        ("streams: {web: [old]}", Some("log group /ecs/web never expires")),
    ] {
        let server = Scripted::start(Scenario::parse(&format!("logGroups: {{/ecs/web: {{{there}}}}}")));
        let output = deploy(&server, &file).run().exits(0);
        let Some(warning) = warning else {
            assert!(!output.stderr.contains("log group"), "{}", output.stderr);
            continue;
        };
        output.says(warning).says(
            "aws logs put-retention-policy --log-group-name /ecs/web --retention-in-days 30 --region us-east-1",
        );
        assert_eq!(
            server.log().writes(),
            ["ecs RegisterTaskDefinition", "ecs CreateService"]
        );
    }
}

/// ECS calls a service steady whose targets have become unhealthy since: nothing to do, and a word on it.
#[test]
fn unhealthy_targets_of_an_unchanged_service_are_reported() {
    let sick = r#"
targets:
  GROUP:
    - {Target: {Id: 10.0.1.1, Port: 8080}, TargetHealth: {State: unhealthy, Reason: Target.Timeout, Description: Request timed out}}
    - {Target: {Id: 10.0.1.2, Port: 8080}, TargetHealth: {State: healthy}}
"#;
    let scenario = Scenario::parse(&sick.replace("GROUP", TARGET_GROUP));
    let file = behind_load_balancer(WEB);
    let server = Scripted::start(scenario);
    deploy(&server, &file).run().exits(0);
    server.clear_log();
    let output = deploy(&server, &file).run().exits(0).says("nothing to do");
    output.says("1 of 2 targets are unhealthy (Target.Timeout: Request timed out)");
    server.fault(Fault {
        deny: Some(Deny::Own(true)),
        ..Fault::on("elbv2 DescribeTargetHealth")
    });
    let output = deploy(&server, &file).run().exits(0).says("nothing to do");
    assert!(!output.stderr.contains("target"), "{}", output.stderr);
}
