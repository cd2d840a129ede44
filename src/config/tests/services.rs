use super::*;

#[test]
fn mistakes_in_a_service() {
    insta::assert_snapshot!(said("
services:
  web:
    taskDefinition: \"web:1\"
    desiredCount: two
    cluster: x
    clientToken: y
    forceNewDeployment: true
    beforeDeploy: [migrate]
    afterDeploy: [smoke]
    portMappings: []
    launchTyp: FARGATE
    propagateTags: ALL
    logRetentionDays: 31
    serviceName: a b
  job: {}
  other: []
"), @"
    error: `desiredCount` must be a whole number, not a string
     --> deploy.yaml:5:19
      |
    5 |     desiredCount: two
      |                   ^^^ not a whole number
    error: `cluster` is not allowed in a service: all services in a file use one cluster
     --> deploy.yaml:6:5
      |
    6 |     cluster: x
      |     ^^^^^^^ write `cluster:` at the top level
    error: `clientToken` is not allowed in a service: ecsctl sets it, so that retries are idempotent
     --> deploy.yaml:7:5
      |
    7 |     clientToken: y
      |     ^^^^^^^^^^^ remove it
    error: `forceNewDeployment` is not allowed in a service: it is not part of the service's state
     --> deploy.yaml:8:5
      |
    8 |     forceNewDeployment: true
      |     ^^^^^^^^^^^^^^^^^^ use `deploy --force`
    error: unknown job `migrate`
     --> deploy.yaml:9:20
      |
    9 |     beforeDeploy: [migrate]
      |                    ^^^^^^^ the file has no `jobs:`
    error: unknown job `smoke`
      --> deploy.yaml:10:19
       |
    10 |     afterDeploy: [smoke]
       |                   ^^^^^ the file has no `jobs:`
    error: unknown key `portMappings` in a service
      --> deploy.yaml:11:5
       |
    11 |     portMappings: []
       |     ^^^^^^^^^^^^ belongs in a container definition
       |
       = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
    error: unknown key `launchTyp` in a service
      --> deploy.yaml:12:5
       |
    12 |     launchTyp: FARGATE
       |     ^^^^^^^^^ did you mean `launchType`?
       |
       = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
    error: unknown value `ALL` for `propagateTags`
      --> deploy.yaml:13:20
       |
    13 |     propagateTags: ALL
       |                    ^^^ not a valid value
       |
       = valid: TASK_DEFINITION, SERVICE, NONE
    warning: ecsctl creates no log group for `web`
      --> deploy.yaml:14:5
       |
    14 |     logRetentionDays: 31
       |     ^^^^^^^^^^^^^^^^ so this has no effect
    error: unsupported CloudWatch Logs retention: 31 days
      --> deploy.yaml:14:23
       |
    14 |     logRetentionDays: 31
       |                       ^^ nearest: 30
       |
       = one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
    error: invalid service name `a b`
      --> deploy.yaml:15:18
       |
    15 |     serviceName: a b
       |                  ^^^ up to 255 letters, digits, `_` and `-`
    error: missing `taskDefinition` in the service `job`
      --> deploy.yaml:16:3
       |
    16 |   job: {}
       |   ^^^ a mapping, a path, or FAMILY:REV
    error: `other` must be a mapping, not a list
      --> deploy.yaml:17:10
       |
    17 |   other: []
       |          ^^ not a mapping
    13 errors, 1 warning in deploy.yaml
    ");
}

#[test]
fn two_services_of_one_name() {
    insta::assert_snapshot!(
        said("services: {a: {taskDefinition: \"a:1\", serviceName: x}, x: {taskDefinition: \"b:1\"}}\n"),
        @r#"
    error: two services have the name `x`
     --> deploy.yaml:1:56
      |
    1 | services: {a: {taskDefinition: "a:1", serviceName: x}, x: {taskDefinition: "b:1"}}
      |            - first here                                ^ again here
    1 error in deploy.yaml
    "#
    );
}

#[test]
fn a_retention_without_a_group() {
    insta::assert_snapshot!(said(&fargate("logRetentionDays: 30")), @r#"
    warning: ecsctl creates no log group for `web`
     --> deploy.yaml:3:5
      |
    3 |     logRetentionDays: 30
      |     ^^^^^^^^^^^^^^^^ so this has no effect
    1 warning in deploy.yaml
    "#);
}

#[test]
fn members_that_aws_has_added_since() {
    let text = fargate("newField: 1");
    assert!(said(&text).starts_with("error: unknown key `newField`"));
    let case = FileCase {
        overrides: FileOverrides {
            allow_unknown_fields: true,
            ..FileOverrides::default()
        },
        ..FileCase::default()
    };
    assert_eq!(case.web(&text)["service"]["newField"], 1);
}

#[test]
fn a_null_field_is_not_owned() {
    let loaded = FileCase::default()
        .load(&fargate("desiredCount: ~"))
        .expect("good");
    let service = &loaded.manifest.services["web"];
    assert!(
        service
            .fields
            .get("desiredCount")
            .is_some_and(crate::model::Node::is_null)
    );
    assert!(service.creation_defaults.get("desiredCount").is_none());
}
