use serde_json::json;

use super::*;

/// Returns a valid file with a service `web` and these jobs.
fn with_jobs(jobs: &str) -> String {
    let lines: String = jobs.lines().map(|line| format!("  {line}\n")).collect();
    format!(
        "name: shop\nschedulerRoleArn: arn:aws:iam::123456789012:role/scheduler\n{}jobs:\n{lines}",
        fargate("networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}")
    )
}

fn schedule(jobs: &str) -> Value {
    FileCase::default().rendered(&with_jobs(jobs))["jobs"]["nightly"]["schedule"].take()
}

#[test]
fn schedule_is_an_expression_or_a_mapping() {
    assert_eq!(
        schedule("nightly: {service: web, schedule: cron(0 3 * * ? *)}"),
        json!({
            "GroupName": "ecsctl.shop.default", "FlexibleTimeWindow": {"Mode": "OFF"},
            "ScheduleExpression": "cron(0 3 * * ? *)",
            "Target": {"RoleArn": "arn:aws:iam::123456789012:role/scheduler"},
        })
    );
    assert_eq!(
        schedule(
            "nightly:
  service: web
  schedule:
    expression: rate(5 minutes)
    timezone: Europe/Paris
    roleArn: arn:aws:iam::123456789012:role/other
    state: DISABLED
    startDate: 2026-12-01T00:00:00Z
    endDate: 1798761600
    description: Nightly
    flexibleTimeWindow: {Mode: FLEXIBLE, MaximumWindowInMinutes: 15}
    retryPolicy: {MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: null}
    deadLetterConfig: {Arn: 'arn:aws:sqs:us-east-1:123456789012:failed'}
    kmsKeyArn: null"
        ),
        json!({
            "GroupName": "ecsctl.shop.default", "ScheduleExpression": "rate(5 minutes)",
            "FlexibleTimeWindow": {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15},
            "ScheduleExpressionTimezone": "Europe/Paris", "State": "DISABLED", "StartDate": 1_796_083_200,
            "EndDate": 1_798_761_600, "Description": "Nightly",
            "Target": {
                "RoleArn": "arn:aws:iam::123456789012:role/other", "RetryPolicy": {"MaximumRetryAttempts": 0},
                "DeadLetterConfig": {"Arn": "arn:aws:sqs:us-east-1:123456789012:failed"},
            },
        })
    );
}

#[test]
fn group_is_that_of_the_file_and_the_cluster() {
    let text = with_jobs("nightly: {service: web, schedule: rate(1 day)}");
    let text = format!("{text}cluster: staging\nenvironments: {{prod: {{name: store, cluster: prod}}}}\n");
    let group = |case: &FileCase| case.rendered(&text)["jobs"]["nightly"]["schedule"]["GroupName"].take();
    let mut case = FileCase::default();
    assert_eq!(group(&case), "ecsctl.shop.staging");
    case.overrides.environment = Some("prod".to_owned());
    assert_eq!(group(&case), "ecsctl.store.prod");
}

#[test]
fn mistakes_in_schedules() {
    insta::assert_snapshot!(said(&with_jobs(
        "cron: {service: web, schedule: 0 3 * * *}
typo: {service: web, schedule: {expresion: rate(1 day), timezone: '', state: PAUSED}}
empty: {service: web, schedule: {timezone: UTC}}
list: {service: web, schedule: [rate(1 day)]}
role: {service: web, schedule: {expression: rate(1 day), roleArn: scheduler}}
dates: {service: web, schedule: {expression: rate(1 day), startDate: 2026-12-02T00:00:00Z, endDate: 2026-12-01T00:00:00Z}}
window: {service: web, schedule: {expression: rate(1 day), flexibleTimeWindow: {mode: OFF}, retryPolicy: {MaximumRetryAttempts: 200}}}
volumes: {service: web, volumeConfigurations: [{name: data}], schedule: rate(1 day)}
later: {service: web, launchType: MANAGED_INSTANCES, schedule: rate(1 day)}
"
    )), @r#"
    error: invalid schedule `0 3 * * *`
      --> deploy.yaml:12:34
       |
    12 |   cron: {service: web, schedule: 0 3 * * *}
       |                                  ^^^^^^^^^ write cron(…) with 6 fields: minutes hours day-of-month month day-of-week year
    error: unknown key `expresion` in a schedule
      --> deploy.yaml:13:35
       |
    13 |   typo: {service: web, schedule: {expresion: rate(1 day), timezone: '', state: PAUSED}}
       |                                   ^^^^^^^^^ did you mean `expression`?
    error: `timezone` must have 1 to 50 characters, not 0
      --> deploy.yaml:13:69
       |
    13 |   typo: {service: web, schedule: {expresion: rate(1 day), timezone: '', state: PAUSED}}
       |                                                                     ^^ 1 to 50 characters
    error: unknown value `PAUSED` for `state`
      --> deploy.yaml:13:80
       |
    13 |   typo: {service: web, schedule: {expresion: rate(1 day), timezone: '', state: PAUSED}}
       |                                                                                ^^^^^^ not a valid value
       |
       = valid: ENABLED, DISABLED
    error: missing `expression` in the schedule of job empty
      --> deploy.yaml:14:25
       |
    14 |   empty: {service: web, schedule: {timezone: UTC}}
       |                         ^^^^^^^^ add `expression:`, for example cron(0 3 * * ? *)
    error: `schedule` must be an expression or a mapping, not a list
      --> deploy.yaml:15:34
       |
    15 |   list: {service: web, schedule: [rate(1 day)]}
       |                                  ^^^^^^^^^^^^^ not an expression or a mapping
    error: `roleArn` has a character that AWS rejects
      --> deploy.yaml:16:69
       |
    16 |   role: {service: web, schedule: {expression: rate(1 day), roleArn: scheduler}}
       |                                                                     ^^^^^^^^^ refused
       |
       = it must match arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@\/-]+
    error: endDate is not after startDate
      --> deploy.yaml:17:103
       |
    17 |   dates: {service: web, schedule: {expression: rate(1 day), startDate: 2026-12-02T00:00:00Z, endDate: 2026-12-01T00:00:00Z}}
       |                                                                        -------------------- the start ^^^^^^^^^^^^^^^^^^^^ the end
    error: unknown key `mode` in a flexible time window
      --> deploy.yaml:18:83
       |
    18 |   window: {service: web, schedule: {expression: rate(1 day), flexibleTimeWindow: {mode: OFF}, retryPolicy: {MaximumRetryAttempts: 20...
       |                                                                                   ^^^^ did you mean `Mode`?
       |
       = see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_FlexibleTimeWindow.html
    error: `MaximumRetryAttempts` must be 0 to 185, not 200
      --> deploy.yaml:18:131
       |
    18 | ...eWindow: {mode: OFF}, retryPolicy: {MaximumRetryAttempts: 200}}}
       |                                                              ^^^ 0 to 185
    error: `volumeConfigurations` can't be set for a job with a schedule: EventBridge Scheduler has no such parameter
      --> deploy.yaml:19:27
       |
    19 |   volumes: {service: web, volumeConfigurations: [{name: data}], schedule: rate(1 day)}
       |                           ^^^^^^^^^^^^^^^^^^^^ remove it, or the schedule
    error: EventBridge Scheduler does not know this launch type
      --> deploy.yaml:20:37
       |
    20 |   later: {service: web, launchType: MANAGED_INSTANCES, schedule: rate(1 day)}
       |                                     ^^^^^^^^^^^^^^^^^ for a job with a schedule: EC2, FARGATE, EXTERNAL
    12 errors in deploy.yaml
    "#);
}

#[test]
fn schedules_need_the_files_name_and_a_role() {
    let jobs =
        "nightly: {service: web, schedule: rate(1 day)}\nhourly: {service: web, schedule: rate(1 hour)}";
    let text = with_jobs(jobs);
    let without = text
        .replace("name: shop\n", "")
        .replace("schedulerRoleArn: arn:aws:iam::123456789012:role/scheduler\n", "");
    insta::assert_snapshot!(said(&without), @r#"
    error: missing `name`: the file has a schedule
      --> deploy.yaml:10:27
       |
    10 |   nightly: {service: web, schedule: rate(1 day)}
       |                           ^^^^^^^^ add `name:` at the top level
       |
       = the name marks the schedules that belong to this file
    error: missing `roleArn` in the schedule of job nightly
      --> deploy.yaml:10:27
       |
    10 |   nightly: {service: web, schedule: rate(1 day)}
       |                           ^^^^^^^^ add `roleArn:`, or `schedulerRoleArn:` at the top level
       |
       = EventBridge Scheduler assumes this role to call RunTask
    error: missing `roleArn` in the schedule of job hourly
      --> deploy.yaml:11:26
       |
    11 |   hourly: {service: web, schedule: rate(1 hour)}
       |                          ^^^^^^^^ add `roleArn:`, or `schedulerRoleArn:` at the top level
       |
       = EventBridge Scheduler assumes this role to call RunTask
    3 errors in deploy.yaml
    "#);
    insta::assert_snapshot!(said(&text.replace("name: shop", "name: my.shop")), @r#"
    error: invalid name `my.shop` of a file with schedules
     --> deploy.yaml:1:7
      |
    1 | name: my.shop
      |       ^^^^^^^ up to 32 letters, digits, `_` and `-`
      |
      = it becomes part of a schedule group's name
    1 error in deploy.yaml
    "#);
    // Without schedules, any name will do.
    let unscheduled = with_jobs("nightly: {service: web}").replace("name: shop", "name: my.shop");
    FileCase::default().load(&unscheduled).unwrap();
}

#[test]
fn volumes_of_a_service_can_not_be_scheduled() {
    let text = with_jobs("nightly: {service: web, schedule: rate(1 day)}").replace(
        "networkConfiguration:",
        "volumeConfigurations: [{name: data, managedEBSVolume: {roleArn: 'arn:aws:iam::123456789012:role/ebs', sizeInGiB: 1}}]\n    networkConfiguration:",
    );
    let said = said(&text);
    assert!(
        said.contains("EventBridge Scheduler can't configure volumes"),
        "{said}"
    );
}
