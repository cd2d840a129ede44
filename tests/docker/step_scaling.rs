//! Step scaling policies and their alarms, against moto's Application Auto Scaling and CloudWatch.

use crate::moto::Moto;
use crate::support::Output;

/// A service without tasks: moto starts none.
const STEPS: &str = r#"region: us-east-1
services:
  worker:
    taskDefinition:
      requiresCompatibilities: [EC2]
      networkMode: bridge
      containerDefinitions: {main: {image: busybox, memory: 128}}
    launchType: EC2
    autoscaling:
      minCapacity: 0
      maxCapacity: 5
      stepScaling:
        busy:
          AdjustmentType: ChangeInCapacity
          StepAdjustments: [{MetricIntervalLowerBound: 0, ScalingAdjustment: 1}]
          alarm:
            Namespace: AWS/SQS
            MetricName: ApproximateNumberOfMessagesVisible
            Dimensions: [{Name: QueueName, Value: orders}]
            Statistic: Maximum
            Period: 60
            EvaluationPeriods: 1
            Threshold: 1
            ComparisonOperator: GreaterThanThreshold
"#;

fn run(moto: &Moto, arguments: &[&str], file: &str) -> Output {
    moto.ecsctl(arguments).file(file).run()
}

#[test]
fn steps_are_created_changed_and_pruned_on_moto() {
    let Some(moto) = Moto::start() else { return };
    let is_planned = |file: &str| run(&moto, &["plan", "--exit-code"], file).code() == 8;
    run(&moto, &["deploy", "--create-cluster"], STEPS)
        .exits(0)
        .says("autoscaling worker: put policy ecsctl/step/busy")
        .says("autoscaling worker: put alarm ecsctl/default/worker/busy");
    assert!(!is_planned(STEPS));

    let changed = STEPS
        .replace("ScalingAdjustment: 1", "ScalingAdjustment: 3")
        .replace("Threshold: 1", "Threshold: 50");
    let plan = run(&moto, &["plan", "--exit-code"], &changed).exits(8);
    for said in [
        "stepScaling.busy.StepAdjustments",
        "stepScaling.busy.alarm.Threshold",
    ] {
        assert!(plan.stdout.contains(said), "{}", plan.stdout);
    }
    run(&moto, &["deploy"], &changed).exits(0);
    assert!(!is_planned(&changed));

    let renamed = changed.replace("        busy:", "        rush:");
    run(&moto, &["deploy", "--prune"], &renamed)
        .exits(0)
        .says("autoscaling worker: delete policy ecsctl/step/busy")
        .says("autoscaling worker: put policy ecsctl/step/rush");
    assert!(!is_planned(&renamed));
}
