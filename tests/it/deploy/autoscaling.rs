//! `autoscaling:` of a service: its scalable target, policies and scheduled actions.

use serde_json::{Value, json};

use crate::support::aws_models::assert_valid;
use crate::support::deploys::{deploy, deployed};
use crate::support::files::{TARGET_GROUP, WEB, behind_load_balancer, changed};
use crate::support::service_state::{counts, runs};
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

/// Everything that `autoscaling:` takes.
pub const AUTOSCALING: &str = "
    autoscaling:
      minCapacity: 2
      maxCapacity: 10
      targetTracking:
        cpu: 60
        memory: {TargetValue: 70, ScaleInCooldown: 300}
        custom:
          queue:
            TargetValue: 100
            CustomizedMetricSpecification: {MetricName: Backlog, Namespace: Shop, Statistic: Average}
      scheduled:
        - ScheduledActionName: night
          Schedule: cron(0 22 * * ? *)
          Timezone: Europe/Paris
          ScalableTargetAction: {MinCapacity: 1}
";

/// Returns a file's service `web` with this autoscaling, and without its desired count.
pub fn with(file: &str, autoscaling: &str) -> String {
    format!("{}{autoscaling}", file.replace("    desiredCount: 2\n", ""))
}

pub fn scaled() -> String {
    with(WEB, AUTOSCALING)
}

/// Returns a server on which the file is deployed; its log begins after that.
fn scaled_server(file: &str) -> Scripted {
    let server = Scripted::start(Scenario::default());
    deploy(&server, file).run().exits(0);
    server.clear_log();
    server
}

fn policies(server: &Scripted) -> Vec<Value> {
    server.world(|world| world.scaling.policies.clone())
}

fn policy_names(server: &Scripted) -> Vec<String> {
    let named = policies(server);
    named
        .iter()
        .map(|it| it["PolicyName"].as_str().unwrap().to_owned())
        .collect()
}

fn plan(server: &Scripted, file: &str) -> Ecsctl {
    Ecsctl::on(server, &["plan", "--exit-code"]).file(file)
}

fn put_by_another(server: &Scripted, policy: Value) {
    let mut whole = json!({
        "ServiceNamespace": "ecs", "ResourceId": "service/default/web", "PolicyType": "TargetTrackingScaling",
        "ScalableDimension": "ecs:service:DesiredCount", "PolicyARN": "arn", "CreationTime": 1,
    });
    crate::support::world::merge(&mut whole, &policy);
    server.world(|world| world.scaling.policies.push(whole));
}

#[test]
fn new_service_gets_its_autoscaling_once() {
    let server = Scripted::start(Scenario::default());
    let planned = plan(&server, &scaled()).run().exits(8);
    insta::assert_snapshot!("plan_of_a_new_service", planned.stdout);
    let output = deploy(&server, &scaled()).run().exits(0);
    insta::assert_snapshot!("new_service", output.record());
    assert_eq!(
        server.log().writes(),
        [
            "logs CreateLogGroup",
            "ecs RegisterTaskDefinition",
            "ecs CreateService",
            "application-autoscaling RegisterScalableTarget",
            "application-autoscaling PutScalingPolicy",
            "application-autoscaling PutScalingPolicy",
            "application-autoscaling PutScalingPolicy",
            "application-autoscaling PutScheduledAction",
        ]
    );
    let log = server.log();
    assert_eq!(log.only("ecs CreateService").input["desiredCount"], 2);
    assert_eq!(
        log.only("application-autoscaling RegisterScalableTarget").input,
        json!({
            "ServiceNamespace": "ecs", "ResourceId": "service/default/web",
            "ScalableDimension": "ecs:service:DesiredCount", "MinCapacity": 2, "MaxCapacity": 10,
        })
    );
    assert_eq!(
        policy_names(&server),
        ["ecsctl/cpu", "ecsctl/memory", "ecsctl/custom/queue"]
    );
    let action = &log.only("application-autoscaling PutScheduledAction").input;
    assert_eq!(action["ScheduledActionName"], "ecsctl-night");

    server.clear_log();
    plan(&server, &scaled()).run().exits(0);
    deploy(&server, &scaled()).run().exits(0).says("nothing to do");
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    assert_valid(&server);
}

#[test]
fn changed_target_value_is_one_put() {
    let server = scaled_server(&scaled());
    let file = scaled().replace("cpu: 60", "cpu: 75.5");
    insta::assert_snapshot!("plan_of_a_change", plan(&server, &file).run().exits(8).stdout);
    let output = deploy(&server, &file).run().exits(0);
    insta::assert_snapshot!("change", output.record());
    assert_eq!(
        server.log().writes(),
        ["application-autoscaling PutScalingPolicy"]
    );
    plan(&server, &file).run().exits(0);
    assert_valid(&server);
}

#[test]
fn unnamed_settings_are_left_as_they_are() {
    let server = scaled_server(&scaled());
    server.world(|world| {
        let policy = &mut world.scaling.policies[0]["TargetTrackingScalingPolicyConfiguration"];
        policy["ScaleOutCooldown"] = 30.into();
        let action = &mut world.scaling.scheduled[0];
        action["StartTime"] = 1_795_000_000.0.into();
        action["ScalableTargetAction"]["MaxCapacity"] = 20.into();
    });
    plan(&server, &scaled()).run().exits(0);
    let file = scaled()
        .replace("cpu: 60", "cpu: 50")
        .replace("MinCapacity: 1", "MinCapacity: 0");
    deploy(&server, &file).run().exits(0);
    let policy = policies(&server);
    let policy = policy.iter().find(|it| it["PolicyName"] == "ecsctl/cpu").unwrap();
    let configuration = &policy["TargetTrackingScalingPolicyConfiguration"];
    assert_eq!(configuration["TargetValue"], 50.0);
    assert_eq!(configuration["ScaleOutCooldown"], 30);
    let action = server.world(|world| world.scaling.scheduled[0].clone());
    assert_eq!(action["StartTime"], 1_795_000_000.0);
    assert_eq!(
        action["ScalableTargetAction"],
        json!({"MinCapacity": 0, "MaxCapacity": 20})
    );
}

#[test]
fn raised_minimum_is_awaited() {
    let server = scaled_server(&scaled());
    let file = scaled().replace("minCapacity: 2", "minCapacity: 4");
    let output = deploy(&server, &file).run().exits(0);
    assert_eq!(
        server.log().writes(),
        ["application-autoscaling RegisterScalableTarget"]
    );
    assert_eq!(counts(&server, "web"), (4, 4));
    output.says("4 of 4 running");
}

#[test]
fn scaled_count_is_kept_by_updates() {
    let server = scaled_server(&scaled());
    server.world(|world| {
        let service = &mut world.services[0];
        service.desired = 7;
        service.deployments[0].desired = 7;
        service.deployments[0].running = 7;
    });
    // Its desired count is for the creation of the service.
    let file = with(WEB, AUTOSCALING).replace("    autoscaling:", "    desiredCount: 3\n    autoscaling:");
    plan(&server, &file).run().exits(0);
    let file = file.replace("VERSION: \"1\"", "VERSION: \"2\"");
    deploy(&server, &file).run().exits(0);
    let log = server.log();
    assert_eq!(log.only("ecs UpdateService").input.get("desiredCount"), None);
    assert_eq!(counts(&server, "web"), (7, 7));
}

#[test]
fn existing_service_gets_its_target_after_the_update() {
    let server = deployed(Scenario::default());
    deploy(&server, &with(&changed(), AUTOSCALING)).run().exits(0);
    let log = server.log();
    assert_eq!(
        log.writes()[..3],
        [
            "ecs RegisterTaskDefinition",
            "ecs UpdateService",
            "application-autoscaling RegisterScalableTarget"
        ]
    );
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

#[test]
fn left_policies_are_listed_and_deleted_by_prune() {
    let server = scaled_server(&scaled());
    let other =
        json!({"PolicyName": "by-hand", "TargetTrackingScalingPolicyConfiguration": {"TargetValue": 1.0}});
    put_by_another(&server, other);
    let file = with(
        WEB,
        "    autoscaling: {minCapacity: 2, maxCapacity: 10, targetTracking: {memory: 70}}\n",
    );
    let planned = plan(&server, &file).run().exits(0);
    insta::assert_snapshot!("plan_with_orphans", planned.stdout);
    deploy(&server, &file).run().exits(0);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());

    let pruned = Ecsctl::on(&server, &["deploy", "--prune"])
        .file(&file)
        .run()
        .exits(0);
    insta::assert_snapshot!("pruned", pruned.record());
    assert_eq!(
        server.log().writes(),
        [
            "application-autoscaling DeleteScalingPolicy",
            "application-autoscaling DeleteScalingPolicy",
            "application-autoscaling DeleteScheduledAction",
        ]
    );
    assert_eq!(policy_names(&server), ["ecsctl/memory", "by-hand"]);
    server.clear_log();
    Ecsctl::on(&server, &["deploy", "--prune"])
        .file(&file)
        .run()
        .exits(0);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    assert_valid(&server);
}

#[test]
fn metric_that_another_policy_tracks_is_refused_before_writes() {
    let server = scaled_server(&with(WEB, "    autoscaling: {minCapacity: 2, maxCapacity: 10}\n"));
    let metric = json!({"PredefinedMetricType": "ECSServiceAverageCPUUtilization"});
    put_by_another(
        &server,
        json!({
            "PolicyName": "terraform-cpu",
            "TargetTrackingScalingPolicyConfiguration": {"TargetValue": 50.0, "PredefinedMetricSpecification": metric},
        }),
    );
    let output = deploy(&server, &with(&changed(), AUTOSCALING)).run().exits(3);
    insta::assert_snapshot!("metric_taken", output.record());
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
}

#[test]
fn metric_of_a_left_policy_needs_prune() {
    let server = scaled_server(&with(
        WEB,
        "    autoscaling: {minCapacity: 2, maxCapacity: 10, targetTracking: {cpu: 60}}\n",
    ));
    let file = with(
        WEB,
        "    autoscaling: {minCapacity: 2, maxCapacity: 10, targetTracking: {custom: {busy: {TargetValue: 50, \
         PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}}}}\n",
    );
    deploy(&server, &file)
        .run()
        .exits(3)
        .says("ecsctl deploy --prune deletes it");
    Ecsctl::on(&server, &["deploy", "--prune"])
        .file(&file)
        .run()
        .exits(0);
    assert_eq!(policy_names(&server), ["ecsctl/custom/busy"]);
}

const PER_TARGET: &str =
    "    autoscaling: {minCapacity: 2, maxCapacity: 10, targetTracking: {requestsPerTarget: 1000}}\n";

#[test]
fn requests_per_target_name_the_load_balancer_and_target_group() {
    let scenario = format!("targets: {{'{TARGET_GROUP}': []}}");
    let server = Scripted::start(Scenario::parse(&scenario));
    let file = with(&behind_load_balancer(WEB), PER_TARGET);
    deploy(&server, &file).run().exits(0);
    let configuration = &policies(&server)[0]["TargetTrackingScalingPolicyConfiguration"];
    assert_eq!(
        configuration["PredefinedMetricSpecification"],
        json!({
            "PredefinedMetricType": "ALBRequestCountPerTarget",
            "ResourceLabel": "app/web/1/targetgroup/web/73e2d6bc24d8a067",
        })
    );
    plan(&server, &file).run().exits(0);
    // The service's own target group counts if the file names none.
    let unnamed = with(WEB, PER_TARGET);
    plan(&server, &unnamed).run().exits(0);
    assert_valid(&server);
}

#[test]
fn requests_per_target_need_a_target_group() {
    let server = Scripted::start(Scenario::default());
    let output = deploy(&server, &with(WEB, PER_TARGET)).run().exits(3);
    insta::assert_snapshot!("no_target_group", output.record());
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
}

#[test]
fn denied_autoscaling_leaves_the_service_deployed() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault::denied("application-autoscaling PutScalingPolicy"));
    let output = deploy(&server, &scaled()).run().exits(3);
    insta::assert_snapshot!("denied", output.record());
    assert_eq!(runs(&server), "web:1 COMPLETED");

    let json = Ecsctl::on(&server, &["deploy", "-o", "json"])
        .file(&scaled())
        .run()
        .exits(3)
        .json();
    assert_eq!(json["outcome"], "failed");
    assert_eq!(json["error"]["code"], "access-denied");
    assert_eq!(json["services"][0]["taskDefinition"], "web:1");

    server.heal();
    server.clear_log();
    deploy(&server, &scaled()).run().exits(0);
    plan(&server, &scaled()).run().exits(0);
    assert_eq!(
        server
            .log()
            .of("application-autoscaling RegisterScalableTarget")
            .len(),
        0
    );
}

#[test]
fn unreadable_autoscaling_fails_before_writes() {
    for operation in [
        "DescribeScalableTargets",
        "DescribeScalingPolicies",
        "DescribeScheduledActions",
    ] {
        let server = Scripted::start(Scenario::default());
        server.fault(Fault::denied(&format!("application-autoscaling {operation}")));
        deploy(&server, &scaled())
            .run()
            .exits(3)
            .says(&format!("application-autoscaling:{operation}"));
        assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    }
}

#[test]
fn target_that_is_not_seen_yet_is_tried_again() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault {
        code: Some("ObjectNotFoundException".to_owned()),
        times: Some(1),
        ..Fault::on("application-autoscaling PutScalingPolicy")
    });
    server.fault(Fault {
        code: Some("ConcurrentUpdateException".to_owned()),
        times: Some(1),
        ..Fault::on("application-autoscaling RegisterScalableTarget")
    });
    deploy(&server, &scaled()).run().exits(0);
    plan(&server, &scaled()).run().exits(0);
}

#[test]
fn new_service_is_registered_over_a_left_target() {
    let server = Scripted::start(Scenario::parse("scalableTargets: {web: {min: 2, max: 10}}"));
    server.fault(Fault {
        code: Some("ValidationException".to_owned()),
        message: Some("ECS service doesn't exist: service/default/web".to_owned()),
        times: Some(1),
        ..Fault::on("application-autoscaling RegisterScalableTarget")
    });
    deploy(&server, &scaled()).run().exits(0);
    let log = server.log();
    assert_eq!(log.of("application-autoscaling RegisterScalableTarget").len(), 2);
    plan(&server, &scaled()).run().exits(0);
}

#[test]
fn dependents_are_deployed_although_autoscaling_failed() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault::denied("application-autoscaling RegisterScalableTarget"));
    let worker = "  worker: {taskDefinition: {cpu: 256, memory: 512, containerDefinitions: {w: {image: busybox}}}, dependsOn: [web], \
                  networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}}\n";
    deploy(&server, &format!("{}{worker}", scaled()))
        .run()
        .exits(3)
        .says("application-autoscaling:RegisterScalableTarget");
    assert_eq!(server.log().of("ecs CreateService").len(), 2);
}

#[test]
fn autoscaling_takes_no_round_trip_of_its_own() {
    let server = Scripted::start(Scenario::default().latency(100));
    deploy(&server, &scaled()).run().exits(0);
    server.clear_log();
    deploy(&server, &scaled()).run().exits(0).says("nothing to do");
    let log = server.log();
    assert!(log.rounds() <= 4, "{} rounds: {:#?}", log.rounds(), log.counts());
}

#[test]
fn removed_autoscaling_is_listed_and_deleted_by_prune() {
    let server = scaled_server(&scaled());
    let planned = plan(&server, WEB).run().exits(0);
    insta::assert_snapshot!("plan_without_autoscaling", planned.stdout);
    Ecsctl::on(&server, &["deploy", "--prune"])
        .file(WEB)
        .run()
        .exits(0);
    assert!(policies(&server).is_empty());
    // Another owner's target may have no policies at all: it stays.
    server.world(|world| assert_eq!(world.scalable.len(), 1));
    server.clear_log();
    Ecsctl::on(&server, &["deploy", "--prune"])
        .file(WEB)
        .run()
        .exits(0);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
}

#[test]
fn others_autoscaling_is_not_listed() {
    let server = deployed(Scenario::parse("scalableTargets: {web: {min: 2, max: 9}}"));
    put_by_another(&server, json!({"PolicyName": "by-hand"}));
    let planned = plan(&server, WEB).run().exits(0);
    assert!(!planned.stdout.contains("by-hand"), "{}", planned.stdout);
    server.fault(Fault::denied("application-autoscaling DescribeScheduledActions"));
    let planned = plan(&server, WEB).run().exits(0);
    assert!(!planned.stdout.contains("by-hand"), "{}", planned.stdout);
    assert!(
        !planned.stderr.contains("DescribeScheduledActions"),
        "{}",
        planned.stderr
    );
}

#[test]
fn suspended_processes_stay_suspended() {
    let server = scaled_server(&scaled());
    let suspended = json!({"DynamicScalingInSuspended": true, "ScheduledScalingSuspended": true});
    let state = || server.world(|world| world.scaling.suspended["service/default/web"].clone());
    server.world(|world| {
        let id = "service/default/web".to_owned();
        world.scaling.suspended.insert(id, suspended.clone());
    });
    plan(&server, &scaled()).run().exits(0);
    let file = scaled().replace("minCapacity: 2", "minCapacity: 3");
    let file = file.replace("maxCapacity: 10", "maxCapacity: 12");
    deploy(&server, &file).run().exits(0);
    server.world(|world| assert_eq!((world.scalable[0].min, world.scalable[0].max), (3, 12)));
    assert_eq!(state(), suspended);
    let status = Ecsctl::on(&server, &["status"]).file(&file).run().exits(0);
    assert!(
        status
            .stdout
            .contains("! suspended: scale in by policies, scheduled scaling\n"),
        "{}",
        status.stdout
    );
    let status = Ecsctl::on(&server, &["status", "-o", "json"]).file(&file).run();
    assert_eq!(
        status.json()["services"][0]["scaling"]["suspended"],
        json!(["DynamicScalingInSuspended", "ScheduledScalingSuspended"])
    );
    assert_valid(&server);
}
