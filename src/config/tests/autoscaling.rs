use super::*;

const SERVICE: &str = "services:\n  web:\n    taskDefinition: \"web:1\"\n";

fn with(autoscaling: &str) -> String {
    format!("{SERVICE}    autoscaling:{autoscaling}")
}

#[test]
fn autoscaling_is_rendered_as_written() {
    let loaded = FileCase::default()
        .load(&with(
            "
      minCapacity: 2
      maxCapacity: 10
      targetTracking:
        cpu: 60
        memory: {TargetValue: 70, ScaleInCooldown: 300}
        requestsPerTarget: null
        custom: {queue: {TargetValue: 100, CustomizedMetricSpecification: {MetricName: Backlog, Namespace: Shop}}}
      scheduled:
        - {ScheduledActionName: night, Schedule: cron(0 22 * * ? *), StartTime: \"2026-12-01T00:00:00Z\", ScalableTargetAction: {MinCapacity: 0}}
",
        ))
        .unwrap();
    let rendered = render(&loaded.manifest, false);
    insta::assert_json_snapshot!(rendered["services"]["web"]["autoscaling"], @r#"
    {
      "minCapacity": 2,
      "maxCapacity": 10,
      "targetTracking": {
        "cpu": 60,
        "memory": {
          "TargetValue": 70,
          "ScaleInCooldown": 300
        },
        "custom": {
          "queue": {
            "TargetValue": 100,
            "CustomizedMetricSpecification": {
              "MetricName": "Backlog",
              "Namespace": "Shop"
            }
          }
        }
      },
      "scheduled": [
        {
          "ScheduledActionName": "night",
          "Schedule": "cron(0 22 * * ? *)",
          "StartTime": 1796083200,
          "ScalableTargetAction": {
            "MinCapacity": 0
          }
        }
      ]
    }
    "#);
    assert_eq!(rendered["services"]["web"]["service"]["desiredCount"], 2);
    let autoscaling = loaded.manifest.services["web"].autoscaling.clone().unwrap();
    let names: Vec<String> = autoscaling.policies.iter().map(|it| it.name()).collect();
    assert_eq!(names, ["ecsctl/cpu", "ecsctl/memory", "ecsctl/custom/queue"]);
    assert_eq!(autoscaling.scheduled[0].name(), "ecsctl-night");
    insta::assert_json_snapshot!(autoscaling.policies[1].configuration, @r#"
    {
      "TargetValue": 70,
      "ScaleInCooldown": 300,
      "PredefinedMetricSpecification": {
        "PredefinedMetricType": "ECSServiceAverageMemoryUtilization"
      }
    }
    "#);
    insta::assert_json_snapshot!(autoscaling.scheduled[0].input, @r#"
    {
      "Schedule": "cron(0 22 * * ? *)",
      "StartTime": 1796083200,
      "ScalableTargetAction": {
        "MinCapacity": 0
      }
    }
    "#);
}

#[test]
fn mistakes_in_autoscaling() {
    insta::assert_snapshot!(said(&with(
        "
      minCapacity: 12
      maxCapacity: 10
      stepScaling: []
      targetTraking: {}
      targetTracking:
        cpu: 0
        memory: high
        disk: 3
        requestsPerTarget: {TargetValue: 3, CustomizedMetricSpecification: {}}
        custom:
          none: {TargetValue: 1}
          again: {TargetValue: 1, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}
          typo: {targetValue: 1, PredefinedMetricSpecification: {PredefinedMetricType: CPU}}
      scheduled:
        - {schedule: rate(1 hour), ScalableTargetAction: {MinCapacity: 1}}
        - {ScheduledActionName: a/b, Schedule: hourly, ResourceId: x, ScalableTargetAction: {MinCapacity: 3, MaxCapacity: 2}}
        - {ScheduledActionName: c, Schedule: rate(1 hour), StartTime: soon, ScalableTargetAction: {}}
        - {ScheduledActionName: c, Schedule: rate(2 hours)}
"
    )), @r#"
    error: minCapacity 12 is more than maxCapacity 10
     --> deploy.yaml:5:20
      |
    5 |       minCapacity: 12
      |                    ^^ the minimum
    6 |       maxCapacity: 10
      |                    -- the maximum
    error: `stepScaling` must be a mapping, not a list
     --> deploy.yaml:7:20
      |
    7 |       stepScaling: []
      |                    ^^ not a mapping
    error: unknown key `targetTraking` in autoscaling
     --> deploy.yaml:8:7
      |
    8 |       targetTraking: {}
      |       ^^^^^^^^^^^^^ did you mean `targetTracking`?
    error: the target value of `cpu` must be more than 0, not 0
      --> deploy.yaml:10:14
       |
    10 |         cpu: 0
       |              ^ more than 0
    error: `TargetValue` must be a number, not a string
      --> deploy.yaml:11:17
       |
    11 |         memory: high
       |                 ^^^^ not a number
    error: unknown key `disk` in targetTracking
      --> deploy.yaml:12:9
       |
    12 |         disk: 3
       |         ^^^^ not an ecsctl key
       |
       = nearest: `custom`, `requestsPerTarget`, `cpu`, `memory`
    error: `CustomizedMetricSpecification` is not allowed in `requestsPerTarget`, which names its metric
      --> deploy.yaml:13:45
       |
    13 |         requestsPerTarget: {TargetValue: 3, CustomizedMetricSpecification: {}}
       |                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ move the policy to `custom`
    error: the policy `none` has no metric
      --> deploy.yaml:15:11
       |
    15 |           none: {TargetValue: 1}
       |           ^^^^ write one of PredefinedMetricSpecification and CustomizedMetricSpecification
    error: `cpu` and `custom.again` have the same metric
      --> deploy.yaml:16:11
       |
    10 |         cpu: 0
       |         --- first here
    ...
    16 |           again: {TargetValue: 1, PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}}
       |           ^^^^^ again here
    error: unknown key `targetValue` in a target tracking configuration
      --> deploy.yaml:17:18
       |
    17 |           typo: {targetValue: 1, PredefinedMetricSpecification: {PredefinedMetricType: CPU}}
       |                  ^^^^^^^^^^^ did you mean `TargetValue`?
       |
       = see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html
    error: unknown value `CPU` for `PredefinedMetricType`
      --> deploy.yaml:17:88
       |
    17 |           typo: {targetValue: 1, PredefinedMetricSpecification: {PredefinedMetricType: CPU}}
       |                                                                                        ^^^ not a valid value
       |
       = valid: DynamoDBReadCapacityUtilization, DynamoDBWriteCapacityUtilization, ALBRequestCountPerTarget, RDSReaderAverageCPUUtilization, RDSReaderAverageDatabaseConnections, EC2SpotFleetRequestAverageCPUUtilization, EC2SpotFleetRequestAverageNetworkIn, EC2SpotFleetRequestAverageNetworkOut, SageMakerVariantInvocationsPerInstance, ECSServiceAverageCPUUtilization, ECSServiceAverageMemoryUtilization, AppStreamAverageCapacityUtilization, ComprehendInferenceUtilization, LambdaProvisionedConcurrencyUtilization, CassandraReadCapacityUtilization, CassandraWriteCapacityUtilization, KafkaBrokerStorageUtilization, ElastiCacheEngineCPUUtilization, ElastiCacheDatabaseMemoryUsagePercentage, ElastiCachePrimaryEngineCPUUtilization, ElastiCacheReplicaEngineCPUUtilization, ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage, NeptuneReaderAverageCPUUtilization, SageMakerVariantProvisionedConcurrencyUtilization, ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage, SageMakerInferenceComponentInvocation…
    error: unknown key `schedule` in a scheduled action
      --> deploy.yaml:19:12
       |
    19 |         - {schedule: rate(1 hour), ScalableTargetAction: {MinCapacity: 1}}
       |            ^^^^^^^^ did you mean `Schedule`?
       |
       = see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
    error: missing `ScheduledActionName` in a scheduled action
      --> deploy.yaml:19:12
       |
    19 |         - {schedule: rate(1 hour), ScalableTargetAction: {MinCapacity: 1}}
       |            ^^^^^^^^ add `ScheduledActionName:`
       |
       = see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
    error: invalid name `a/b`
      --> deploy.yaml:20:33
       |
    20 |         - {ScheduledActionName: a/b, Schedule: hourly, ResourceId: x, ScalableTargetAction: {MinCapacity: 3, MaxCapacity: 2}}
       |                                 ^^^ up to 249 characters, without `:`, `/`, `|`, control characters and a space at the end
    error: invalid schedule `hourly`
      --> deploy.yaml:20:48
       |
    20 |         - {ScheduledActionName: a/b, Schedule: hourly, ResourceId: x, ScalableTargetAction: {MinCapacity: 3, MaxCapacity: 2}}
       |                                                ^^^^^^ write at(…), rate(…) or cron(…)
    error: `ResourceId` is not allowed in a scheduled action: ecsctl sets it
      --> deploy.yaml:20:56
       |
    20 |         - {ScheduledActionName: a/b, Schedule: hourly, ResourceId: x, ScalableTargetAction: {MinCapacity: 3, MaxCapacity: 2}}
       |                                                        ^^^^^^^^^^ remove it
    error: MinCapacity 3 is more than MaxCapacity 2
      --> deploy.yaml:20:71
       |
    20 |         - {ScheduledActionName: a/b, Schedule: hourly, ResourceId: x, ScalableTargetAction: {MinCapacity: 3, MaxCapacity: 2}}
       |                                                                       ^^^^^^^^^^^^^^^^^^^^ set MinCapacity, MaxCapacity or both
    error: `StartTime` must be a time such as "2026-12-31T23:00:00Z", not a string
      --> deploy.yaml:21:71
       |
    21 |         - {ScheduledActionName: c, Schedule: rate(1 hour), StartTime: soon, ScalableTargetAction: {}}
       |                                                                       ^^^^ not a time such as "2026-12-31T23:00:00Z"
    error: a scheduled action sets no capacity
      --> deploy.yaml:21:77
       |
    21 |         - {ScheduledActionName: c, Schedule: rate(1 hour), StartTime: soon, ScalableTargetAction: {}}
       |                                                                             ^^^^^^^^^^^^^^^^^^^^ set MinCapacity, MaxCapacity or both
    error: missing `ScalableTargetAction` in a scheduled action
      --> deploy.yaml:22:12
       |
    22 |         - {ScheduledActionName: c, Schedule: rate(2 hours)}
       |            ^^^^^^^^^^^^^^^^^^^ add `ScalableTargetAction:`
    error: two scheduled actions have the name `c`
      --> deploy.yaml:22:33
       |
    21 |         - {ScheduledActionName: c, Schedule: rate(1 hour), StartTime: soon, ScalableTargetAction: {}}
       |                                 - first here
    22 |         - {ScheduledActionName: c, Schedule: rate(2 hours)}
       |                                 ^ again here
    21 errors in deploy.yaml
    "#);
}

#[test]
fn capacity_is_required() {
    insta::assert_snapshot!(said(&with(" {minCapacity: -1}\n")), @"
    error: missing `maxCapacity` in autoscaling
     --> deploy.yaml:4:5
      |
    4 |     autoscaling: {minCapacity: -1}
      |     ^^^^^^^^^^^ add `maxCapacity:`
    error: `minCapacity` must be a number of tasks, not -1
     --> deploy.yaml:4:32
      |
    4 |     autoscaling: {minCapacity: -1}
      |                                ^^ 0 or more
    2 errors in deploy.yaml
    ");
}

#[test]
fn daemon_is_not_scaled() {
    insta::assert_snapshot!(said(&with(
        " {minCapacity: 1, maxCapacity: 2}\n    schedulingStrategy: DAEMON\n    launchType: EC2\n"
    )), @"
    error: a DAEMON service can't be scaled: it runs one task on each instance
     --> deploy.yaml:4:5
      |
    4 |     autoscaling: {minCapacity: 1, maxCapacity: 2}
      |     ^^^^^^^^^^^ remove it
    1 error in deploy.yaml
    ");
}

#[test]
fn count_outside_the_bounds_is_a_warning() {
    insta::assert_snapshot!(said(&with(
        " {minCapacity: 2, maxCapacity: 4}\n    desiredCount: 1\n"
    )), @"
    warning: desiredCount 1 is outside of autoscaling's 2 to 4
     --> deploy.yaml:5:19
      |
    5 |     desiredCount: 1
      |                   ^ autoscaling changes it to 2
    1 warning in deploy.yaml
    ");
}

#[test]
fn environment_changes_and_removes_autoscaling() {
    let file = |overlay: &str| {
        format!(
            "{}environments: {{staging: {{services: {{web: {{autoscaling: {overlay}}}}}}}}}\n",
            with(" {minCapacity: 2, maxCapacity: 4, targetTracking: {cpu: 60, memory: 70}}\n")
        )
    };
    let load = |overlay: &str| {
        let case = FileCase {
            overrides: FileOverrides {
                environment: Some("staging".to_owned()),
                ..FileOverrides::default()
            },
            ..FileCase::default()
        };
        case.load(&file(overlay)).unwrap().manifest.services["web"]
            .autoscaling
            .clone()
    };
    let changed = load("{maxCapacity: 3, targetTracking: {memory: null}}").unwrap();
    assert_eq!((changed.bounds.min, changed.bounds.max), (2, 3));
    assert_eq!(changed.policies.len(), 1);
    assert!(load("null").is_none());
}

#[test]
fn mistakes_in_step_scaling() {
    let said = said(&with(
        "
      minCapacity: 1
      maxCapacity: 10
      stepScaling:
        none: {}
        bad:
          AdjustmentType: Steps
          StepAdjustments: []
          alarm: {AlarmName: x, Threshold: high, Tags: [], AlarmActions: [a, b, c, d, e]}
        typo: {AdjustmentType: ExactCapacity, StepAdjustments: [{ScalingAdjustment: 1}], alrm: {}}
",
    ));
    for expected in [
        "missing `AdjustmentType` in the step scaling policy `none`",
        "missing `StepAdjustments` in the step scaling policy `none`",
        "missing `alarm` in the step scaling policy `none`",
        "`StepAdjustments` is empty",
        "`AlarmName` is not allowed in an alarm: ecsctl names the alarm after the policy",
        "`Tags` is not allowed in an alarm",
        "an alarm has at most 5 actions, and the policy is one of them",
        "did you mean `alarm`?",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
}
