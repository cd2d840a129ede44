//! `stepScaling:` of a service's autoscaling: policies, and the CloudWatch alarms that trigger them.

use serde_json::{Value, json};

use super::autoscaling::with;
use crate::support::aws_models::assert_valid;
use crate::support::deploys::deploy;
use crate::support::files::WEB;
use crate::support::service_state::runs;
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

/// A policy in both directions for the length of a queue.
pub const STEPS: &str = "
    autoscaling:
      minCapacity: 2
      maxCapacity: 10
      stepScaling:
        backlog:
          AdjustmentType: ChangeInCapacity
          StepAdjustments:
            - {MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 100, ScalingAdjustment: 1}
            - {MetricIntervalLowerBound: 100, ScalingAdjustment: 3}
          Cooldown: 60
          alarm:
            MetricName: ApproximateNumberOfMessagesVisible
            Namespace: AWS/SQS
            Dimensions: [{Name: QueueName, Value: orders}]
            Statistic: Average
            Period: 60
            EvaluationPeriods: 2
            Threshold: 100
            ComparisonOperator: GreaterThanOrEqualToThreshold
";
const ALARM: &str = "ecsctl/default/web/backlog";
const POLICY: &str = "ecsctl/step/backlog";

fn stepped() -> String {
    with(WEB, STEPS)
}

/// Returns a server on which the file is deployed; its log begins after that.
fn stepped_server() -> Scripted {
    let server = Scripted::start(Scenario::default());
    deploy(&server, &stepped()).run().exits(0);
    server.clear_log();
    server
}

fn alarm(server: &Scripted) -> Value {
    server.world(|world| {
        let mut named = world.alarms.iter().filter(|it| it["AlarmName"] == ALARM);
        named.next().cloned().unwrap_or_default()
    })
}

fn policy_arn(server: &Scripted) -> Value {
    server.world(|world| {
        let mut named = world.scaling.policies.iter();
        let policy = named.find(|it| it["PolicyName"] == POLICY);
        policy.map(|it| it["PolicyARN"].clone()).unwrap_or_default()
    })
}

fn plan(server: &Scripted, file: &str) -> Ecsctl {
    Ecsctl::on(server, &["plan", "--exit-code"]).file(file)
}

fn prune(server: &Scripted, file: &str) -> Ecsctl {
    Ecsctl::on(server, &["deploy", "--prune"]).file(file)
}

#[test]
fn policy_is_put_before_its_alarm() {
    let server = Scripted::start(Scenario::default());
    let planned = plan(&server, &stepped()).run().exits(8);
    insta::assert_snapshot!("plan_of_steps", planned.stdout);
    let output = deploy(&server, &stepped()).run().exits(0);
    insta::assert_snapshot!("first_steps", output.record());
    let log = server.log();
    assert_eq!(
        log.writes()[3..],
        [
            "application-autoscaling RegisterScalableTarget",
            "application-autoscaling PutScalingPolicy",
            "cloudwatch PutMetricAlarm",
        ]
    );
    let input = &log.only("application-autoscaling PutScalingPolicy").input;
    assert_eq!(input["PolicyType"], "StepScaling");
    let steps = &input["StepScalingPolicyConfiguration"];
    assert_eq!(steps["StepAdjustments"][1]["ScalingAdjustment"], 3);
    assert_eq!(steps.get("alarm"), None);
    let input = &log.only("cloudwatch PutMetricAlarm").input;
    assert_eq!(input["AlarmName"], ALARM);
    assert_eq!(input["AlarmActions"], json!([policy_arn(&server)]));
    assert_valid(&server);
}

#[test]
fn applied_steps_leave_nothing_to_do() {
    let server = stepped_server();
    plan(&server, &stepped()).run().exits(0);
    deploy(&server, &stepped()).run().exits(0).says("nothing to do");
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
}

#[test]
fn steps_take_no_round_trip_of_their_own() {
    let server = Scripted::start(Scenario::default().latency(100));
    deploy(&server, &stepped()).run().exits(0);
    server.clear_log();
    deploy(&server, &stepped()).run().exits(0).says("nothing to do");
    let log = server.log();
    assert!(log.rounds() <= 4, "{} rounds: {:#?}", log.rounds(), log.counts());
}

#[test]
fn changed_alarm_keeps_its_policy() {
    let server = stepped_server();
    let file = stepped().replace("Threshold: 100", "Threshold: 250");
    let planned = plan(&server, &file).run().exits(8);
    insta::assert_snapshot!("plan_of_a_changed_alarm", planned.stdout);
    deploy(&server, &file).run().exits(0);
    assert_eq!(server.log().writes(), ["cloudwatch PutMetricAlarm"]);
    assert_eq!(alarm(&server)["Threshold"], json!(250.0));
    assert_eq!(alarm(&server)["AlarmActions"], json!([policy_arn(&server)]));
    plan(&server, &file).run().exits(0);
    assert_valid(&server);
}

#[test]
fn changed_steps_leave_the_alarm() {
    let server = stepped_server();
    let file = stepped().replace("Cooldown: 60", "Cooldown: 90");
    deploy(&server, &file).run().exits(0);
    assert_eq!(
        server.log().writes(),
        ["application-autoscaling PutScalingPolicy"]
    );
    plan(&server, &file).run().exits(0);
}

#[test]
fn missing_alarm_is_put_again() {
    let server = stepped_server();
    server.world(|world| world.alarms.clear());
    deploy(&server, &stepped()).run().exits(0);
    assert_eq!(server.log().writes(), ["cloudwatch PutMetricAlarm"]);
    assert_eq!(alarm(&server)["AlarmActions"], json!([policy_arn(&server)]));
}

#[test]
fn lost_action_is_put_again_and_others_stay_off() {
    let server = stepped_server();
    server.world(|world| {
        world.alarms[0]["AlarmActions"] = json!([]);
        world.alarms[0]["ActionsEnabled"] = json!(false);
    });
    let planned = plan(&server, &stepped()).run().exits(8);
    insta::assert_snapshot!("plan_of_a_lost_action", planned.stdout);
    deploy(&server, &stepped()).run().exits(0);
    assert_eq!(alarm(&server)["AlarmActions"], json!([policy_arn(&server)]));
    assert_eq!(alarm(&server)["ActionsEnabled"], false);
    plan(&server, &stepped()).run().exits(0);
}

#[test]
fn other_actions_of_the_file_come_with_the_policy() {
    let topic = "arn:aws:sns:us-east-1:123456789012:on-call";
    let file = stepped().replace(
        "Period: 60",
        &format!("AlarmActions: [\"{topic}\"]\n            Period: 60"),
    );
    let server = Scripted::start(Scenario::default());
    deploy(&server, &file).run().exits(0);
    assert_eq!(
        alarm(&server)["AlarmActions"],
        json!([topic, policy_arn(&server)])
    );
    plan(&server, &file).run().exits(0);
}

#[test]
fn order_of_dimensions_is_no_change() {
    let file = stepped().replace(
        "Dimensions: [{Name: QueueName, Value: orders}]",
        "Dimensions: [{Name: ServiceName, Value: web}, {Name: ClusterName, Value: default}]",
    );
    let server = Scripted::start(Scenario::default());
    deploy(&server, &file).run().exits(0);
    plan(&server, &file).run().exits(0);
}

#[test]
fn left_steps_are_listed_and_deleted_by_prune() {
    let server = stepped_server();
    server.world(|world| {
        let arn = world.scaling.policies[0]["PolicyARN"].clone();
        world.alarms.push(json!({
            "AlarmName": "by-hand", "AlarmArn": "arn:aws:cloudwatch:us-east-1:123456789012:alarm:by-hand",
            "AlarmActions": [arn], "StateValue": "OK",
        }));
    });
    let file = with(WEB, "    autoscaling: {minCapacity: 2, maxCapacity: 10}\n");
    let planned = plan(&server, &file).run().exits(0);
    insta::assert_snapshot!("plan_with_left_steps", planned.stdout);
    let output = prune(&server, &file).run().exits(0);
    insta::assert_snapshot!("pruned_steps", output.record());
    assert_eq!(
        server.log().writes(),
        [
            "cloudwatch DeleteAlarms",
            "application-autoscaling DeleteScalingPolicy"
        ]
    );
    server.world(|world| {
        assert!(world.scaling.policies.is_empty());
        let names: Vec<&Value> = world.alarms.iter().map(|it| &it["AlarmName"]).collect();
        assert_eq!(names, ["by-hand"]);
    });
    server.clear_log();
    prune(&server, &file).run().exits(0);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    assert_valid(&server);
}

#[test]
fn alarm_that_is_gone_meanwhile_is_no_failure() {
    let server = stepped_server();
    server.fault(Fault {
        code: Some("ResourceNotFound".to_owned()),
        ..Fault::on("cloudwatch DeleteAlarms")
    });
    prune(&server, WEB).run().exits(0);
    server.world(|world| assert!(world.scaling.policies.is_empty()));
}

#[test]
fn denied_alarm_leaves_the_service_deployed() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault::denied("cloudwatch PutMetricAlarm"));
    let output = deploy(&server, &stepped()).run().exits(3);
    insta::assert_snapshot!("denied_alarm", output.record());
    assert_eq!(runs(&server), "web:1 COMPLETED");
    server.heal();
    server.clear_log();
    deploy(&server, &stepped()).run().exits(0);
    assert_eq!(server.log().writes(), ["cloudwatch PutMetricAlarm"]);
    plan(&server, &stepped()).run().exits(0);
}

#[test]
fn unreadable_alarms_fail_before_writes() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault::denied("cloudwatch DescribeAlarms"));
    deploy(&server, &stepped())
        .run()
        .exits(3)
        .says("cloudwatch:DescribeAlarms");
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
}

#[test]
fn throttled_alarm_is_put_later() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault {
        code: Some("ThrottlingException".to_owned()),
        times: Some(2),
        ..Fault::on("cloudwatch PutMetricAlarm")
    });
    deploy(&server, &stepped()).run().exits(0);
    assert_eq!(alarm(&server)["AlarmActions"], json!([policy_arn(&server)]));
}

#[test]
fn refused_alarm_is_reported_in_awss_words() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault {
        code: Some("ValidationError".to_owned()),
        message: Some("Period must be 10, 30 or a multiple of 60".to_owned()),
        ..Fault::on("cloudwatch PutMetricAlarm")
    });
    deploy(&server, &stepped())
        .run()
        .exits(3)
        .says("Period must be 10, 30 or a multiple of 60");
}

#[test]
fn name_of_an_alarm_has_a_limit() {
    let server = Scripted::start(Scenario::default());
    let file = stepped().replace("backlog:", &format!("{}:", "b".repeat(240)));
    let output = deploy(&server, &file).run().exits(3);
    output.says("AWS allows 255");
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
}

#[test]
fn policy_without_an_arn_in_the_reply_is_put_again() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault {
        without: Some("PolicyARN".to_owned()),
        times: Some(1),
        ..Fault::on("application-autoscaling PutScalingPolicy")
    });
    deploy(&server, &stepped()).run().exits(0);
    let log = server.log();
    assert_eq!(log.of("application-autoscaling PutScalingPolicy").len(), 2);
    let input = &log.only("cloudwatch PutMetricAlarm").input;
    assert_eq!(input["AlarmActions"], json!([policy_arn(&server)]));
    plan(&server, &stepped()).run().exits(0);
}

#[test]
fn alarm_is_not_put_without_its_policy() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault {
        without: Some("PolicyARN".to_owned()),
        ..Fault::on("application-autoscaling PutScalingPolicy")
    });
    deploy(&server, &stepped())
        .run()
        .exits(3)
        .says("no `PolicyARN` in the response");
    assert_eq!(server.log().of("cloudwatch PutMetricAlarm").len(), 0);
}
