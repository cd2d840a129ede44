use serde_json::json;

use super::*;

/// Returns a valid service `web` and these jobs.
fn with_jobs(jobs: &str) -> String {
    let lines: String = jobs.lines().map(|line| format!("  {line}\n")).collect();
    format!(
        "{}jobs:\n{lines}",
        fargate("networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}")
    )
}

fn job(jobs: &str) -> Value {
    FileCase::default().rendered(&with_jobs(jobs))["jobs"]["migrate"].take()
}

#[test]
fn job_of_a_service_takes_its_settings() {
    assert_eq!(
        job("migrate: {service: web, command: [bin/migrate, --all]}"),
        json!({
            "cluster": "default", "taskDefinition": "web", "enableECSManagedTags": true, "launchType": "FARGATE",
            "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}},
            "overrides": {"containerOverrides": [{"name": "web", "command": ["bin/migrate", "--all"]}]},
        })
    );
}

#[test]
fn members_of_run_task_replace_those_of_the_service() {
    let job = job("migrate:
  service: web
  container: web
  capacityProviderStrategy: [{capacityProvider: FARGATE_SPOT}]
  overrides: {cpu: '512', containerOverrides: [{name: web, environment: [{name: A, value: b}]}]}
  command: [x]");
    assert_eq!(job["launchType"], Value::Null);
    assert_eq!(
        job["capacityProviderStrategy"][0]["capacityProvider"],
        "FARGATE_SPOT"
    );
    assert_eq!(
        job["overrides"],
        json!({"cpu": "512", "containerOverrides": [
            {"name": "web", "environment": [{"name": "A", "value": "b"}], "command": ["x"]}]})
    );
}

#[test]
fn job_has_a_task_definition_of_its_own() {
    let job = job("migrate:
  taskDefinition: {cpu: 256, memory: 512, containerDefinitions: {main: {image: busybox}}}
  command: [x]");
    assert_eq!(job["launchType"], "FARGATE");
    assert_eq!(job["taskDefinition"]["family"], "migrate");
    assert_eq!(job["taskDefinition"]["networkMode"], "awsvpc");
    assert_eq!(job["overrides"]["containerOverrides"][0]["name"], "main");
}

#[test]
fn environment_changes_and_removes_jobs() {
    let text = with_jobs("migrate: {service: web, command: [a]}\nreport: {service: web, command: [b]}");
    let text =
        format!("{text}environments:\n  dev:\n    jobs: {{migrate: {{command: [c]}}, report: null}}\n");
    let mut case = FileCase::default();
    case.overrides.environment = Some("dev".to_owned());
    let jobs = case.rendered(&text)["jobs"].take();
    assert_eq!(
        jobs["migrate"]["overrides"]["containerOverrides"][0]["command"],
        json!(["c"])
    );
    assert_eq!(jobs["report"], Value::Null);
    let other = text.replace("migrate: {command", "migrate: {comand");
    let said = said(&other);
    assert!(said.contains("did you mean `command`?"), "{said}");
}

#[test]
fn mistakes_in_jobs() {
    insta::assert_snapshot!(said(&with_jobs(
        "migrate: {service: wbe, command: x}
nothing: {}
both: {service: web, taskDefinition: 'web:1'}
live: {taskDefinition: {base: live, cpu: 256}}
typo: {service: web, comand: [x], container: wev, launchTyp: FARGATE}
refused: {service: web, cluster: a, count: 2, startedBy: me, clientToken: x, referenceId: y, schedule: daily}
capacity: {service: web, launchType: EC2, capacityProviderStrategy: [{capacityProvider: x}], propagateTags: SERVICE}
a b: {service: web, command: [1]}
"
    )), @r#"
    error: unknown service `wbe`
      --> deploy.yaml:10:22
       |
    10 |   migrate: {service: wbe, command: x}
       |                      ^^^ did you mean `web`?
    error: `command` must be a list, not a string
      --> deploy.yaml:10:36
       |
    10 |   migrate: {service: wbe, command: x}
       |                                    ^ write ["x"]
    error: missing `service` or `taskDefinition` in the job `nothing`
      --> deploy.yaml:11:3
       |
    11 |   nothing: {}
       |   ^^^^^^^ the service whose task definition it runs, or one of its own
    error: job both has both `service` and `taskDefinition`
      --> deploy.yaml:12:24
       |
    12 |   both: {service: web, taskDefinition: 'web:1'}
       |          -------       ^^^^^^^^^^^^^^ one of them
       |          |
       |          and the other
    error: `base: live` needs a service, and a job has none
      --> deploy.yaml:13:33
       |
    13 |   live: {taskDefinition: {base: live, cpu: 256}}
       |                                 ^^^^ use FAMILY, FAMILY:REV or a path
    error: unknown key `comand` in a task to run
      --> deploy.yaml:14:24
       |
    14 |   typo: {service: web, comand: [x], container: wev, launchTyp: FARGATE}
       |                        ^^^^^^ did you mean `command`?
       |
       = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
    error: unknown container `wev`
      --> deploy.yaml:14:48
       |
    14 |   typo: {service: web, comand: [x], container: wev, launchTyp: FARGATE}
       |                                                ^^^ did you mean `web`?
    error: unknown key `launchTyp` in a task to run
      --> deploy.yaml:14:53
       |
    14 |   typo: {service: web, comand: [x], container: wev, launchTyp: FARGATE}
       |                                                     ^^^^^^^^^ did you mean `launchType`?
       |
       = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
    error: `cluster` is not allowed in a job: all jobs in a file use one cluster
      --> deploy.yaml:15:27
       |
    15 |   refused: {service: web, cluster: a, count: 2, startedBy: me, clientToken: x, referenceId: y, schedule: daily}
       |                           ^^^^^^^ write `cluster:` at the top level
    error: `count` is not allowed in a job: a job is one task
      --> deploy.yaml:15:39
       |
    15 |   refused: {service: web, cluster: a, count: 2, startedBy: me, clientToken: x, referenceId: y, schedule: daily}
       |                                       ^^^^^ remove it
    error: `startedBy` is not allowed in a job: ecsctl sets it, so that a later run finds the task
      --> deploy.yaml:15:49
       |
    15 |   refused: {service: web, cluster: a, count: 2, startedBy: me, clientToken: x, referenceId: y, schedule: daily}
       |                                                 ^^^^^^^^^ remove it
    error: `clientToken` is not allowed in a job: ecsctl sets it, so that retries are idempotent
      --> deploy.yaml:15:64
       |
    15 |   refused: {service: web, cluster: a, count: 2, startedBy: me, clientToken: x, referenceId: y, schedule: daily}
       |                                                                ^^^^^^^^^^^ remove it
    error: `referenceId` is not allowed in a job: it is for Amazon ECS only
      --> deploy.yaml:15:80
       |
    15 |   refused: {service: web, cluster: a, count: 2, startedBy: me, clientToken: x, referenceId: y, schedule: daily}
       |                                                                                ^^^^^^^^^^^ remove it
    error: missing `name`: the file has a schedule
      --> deploy.yaml:15:96
       |
    15 |   refused: {service: web, cluster: a, count: 2, startedBy: me, clientToken: x, referenceId: y, schedule: daily}
       |                                                                                                ^^^^^^^^ add `name:` at the top level
       |
       = the name marks the schedules that belong to this file
    error: missing `roleArn` in the schedule of job refused
      --> deploy.yaml:15:96
       |
    15 |   refused: {service: web, cluster: a, count: 2, startedBy: me, clientToken: x, referenceId: y, schedule: daily}
       |                                                                                                ^^^^^^^^ add `roleArn:`, or `schedulerRoleArn:` at the top level
       |
       = EventBridge Scheduler assumes this role to call RunTask
    error: invalid schedule `daily`
      --> deploy.yaml:15:106
       |
    15 |   refused: {service: web, cluster: a, count: 2, startedBy: me, clientToken: x, referenceId: y, schedule: daily}
       |                                                                                                          ^^^^^ write cron(…), rate(…) or at(…)
    error: job capacity has both `launchType` and `capacityProviderStrategy`
      --> deploy.yaml:16:28
       |
    16 |   capacity: {service: web, launchType: EC2, capacityProviderStrategy: [{capacityProvider: x}], propagateTags: SERVICE}
       |                            ^^^^^^^^^^       ------------------------ and the other
       |                            |
       |                            one of them
       |
       = hint: remove one of the two
    error: a job can't take tags from a service: RunTask refuses `propagateTags: SERVICE`
      --> deploy.yaml:16:111
       |
    16 |   capacity: {service: web, launchType: EC2, capacityProviderStrategy: [{capacityProvider: x}], propagateTags: SERVICE}
       |                                                                                                               ^^^^^^^ write TASK_DEFINITION, or remove it
    error: invalid job name `a b`
      --> deploy.yaml:17:3
       |
    17 |   a b: {service: web, command: [1]}
       |   ^^^ up to 64 letters, digits, `_` and `-`
    error: `command` must be a string, not a number
      --> deploy.yaml:17:33
       |
    17 |   a b: {service: web, command: [1]}
       |                                 ^ write "1"
    20 errors in deploy.yaml
    "#);
}

#[test]
fn overrides_have_a_limit() {
    let long = "x".repeat(8200);
    let said = said(&with_jobs(&format!(
        "migrate: {{service: web, command: [{long}]}}"
    )));
    assert!(said.contains("the overrides of job migrate have 82"), "{said}");
    assert!(said.contains("at most 8192"), "{said}");
}

#[test]
fn images_of_a_deploy_are_those_of_its_jobs_too() {
    let loaded = FileCase::default()
        .load("images: {job: {repository: acme/job, build: .}}\nservices: {web: {taskDefinition: 'web:1'}}\njobs: {migrate: {taskDefinition: {cpu: 256, memory: 512, executionRoleArn: 'arn:aws:iam::123456789012:role/r', containerDefinitions: {main: {image: '${images.job}'}}}}}")
        .unwrap();
    let own = loaded.manifest.jobs["migrate"].own_definition().unwrap();
    assert_eq!(own.log_groups[0].name, "/ecs/migrate");
    assert!(loaded.manifest.images_used_by(&["web".to_owned()]).is_empty());
}

#[test]
fn jobs_of_a_deploy_are_jobs_of_the_file() {
    let file = with_jobs("migrate: {service: web, command: [a]}\nsmoke: {service: web, command: [b]}");
    let with = |lists: &str| file.replacen("  web:\n", &format!("  web:\n{lists}"), 1);
    let loaded =
        FileCase::default().rendered(&with("    beforeDeploy: [migrate]\n    afterDeploy: [smoke]\n"));
    let web = &loaded["services"]["web"];
    assert_eq!(
        (&web["beforeDeploy"], &web["afterDeploy"]),
        (&json!(["migrate"]), &json!(["smoke"]))
    );
    let wrong = said(&with(
        "    beforeDeploy: [migrat, smoke]\n    afterDeploy: [smoke, 1]\n",
    ));
    for words in [
        "unknown job `migrat`",
        "did you mean `migrate`?",
        "job `smoke` runs twice",
        "must be a string, not a number",
    ] {
        assert!(wrong.contains(words), "{words}: {wrong}");
    }
}
