//! `schedule:` of a job: when EventBridge Scheduler runs it, and which revision.

use serde_json::{Value, json};

use crate::support::aws_models::assert_valid;
use crate::support::deploys::deploy;
use crate::support::files::{WEB, changed};
use crate::support::service_state::{revisions, runs};
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

pub const GROUP: &str = "ecsctl.shop.default";

/// Two jobs with a schedule: one of the service, and one with a task definition of its own.
pub const JOBS: &str = r#"
jobs:
  nightly:
    service: web
    command: [bin/report, --all]
    schedule: cron(0 3 * * ? *)
  report:
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
      containerDefinitions: {report: {image: "public.ecr.aws/acme/report:1"}}
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}
    schedule:
      expression: rate(1 hour)
      timezone: Europe/Paris
      roleArn: arn:aws:iam::123456789012:role/other
      description: Sums up the orders
      flexibleTimeWindow: {Mode: FLEXIBLE, MaximumWindowInMinutes: 15}
      retryPolicy: {MaximumRetryAttempts: 2}
      deadLetterConfig: {Arn: "arn:aws:sqs:us-east-1:123456789012:failed"}
"#;

/// Returns a file with the jobs and what schedules need.
pub fn with_jobs(file: &str) -> String {
    let head = "name: shop\nschedulerRoleArn: arn:aws:iam::123456789012:role/scheduler\nregion:";
    format!("{}{JOBS}", file.replace("region:", head))
}

/// Returns a server on which the file is deployed; its log begins after that.
fn scheduled_server() -> Scripted {
    let server = Scripted::start(Scenario::default());
    deploy(&server, &with_jobs(WEB)).run().exits(0);
    server.clear_log();
    server
}

/// Returns a record without the log groups, which are created side by side.
fn without_log_groups(record: &str) -> String {
    let lines = record.lines().filter(|line| !line.contains("create log group:"));
    lines.collect::<Vec<_>>().join("\n")
}

fn plan(server: &Scripted, file: &str) -> Ecsctl {
    Ecsctl::on(server, &["plan", "--exit-code"]).file(file)
}

fn schedule(server: &Scripted, name: &str) -> Value {
    let key = (GROUP.to_owned(), name.to_owned());
    server.world(|world| world.schedules.schedules.get(&key).cloned().unwrap_or_default())
}

/// `web:1`
pub fn scheduled(server: &Scripted, name: &str) -> String {
    let schedule = schedule(server, name);
    let arn = schedule["Target"]["EcsParameters"]["TaskDefinitionArn"].as_str();
    arn.and_then(|arn| arn.rsplit('/').next())
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn schedules_are_created_after_the_service_is_stable() {
    let server = Scripted::start(Scenario::default());
    let file = with_jobs(WEB);
    let planned = plan(&server, &file).run().exits(8);
    insta::assert_snapshot!("plan_of_new_schedules", planned.stdout);
    let output = deploy(&server, &file).run().exits(0);
    insta::assert_snapshot!("new_schedules", without_log_groups(&output.record()));
    let log = server.log();
    assert_eq!(
        log.writes(),
        [
            "logs CreateLogGroup",
            "logs CreateLogGroup",
            "scheduler CreateScheduleGroup",
            "ecs RegisterTaskDefinition",
            "ecs CreateService",
            "scheduler CreateSchedule",
            "ecs RegisterTaskDefinition",
            "scheduler CreateSchedule",
        ]
    );
    let mut inputs: Vec<Value> = log
        .of("scheduler CreateSchedule")
        .iter()
        .map(|it| it.input.clone())
        .collect();
    for input in &mut inputs {
        let token = input.as_object_mut().unwrap().remove("ClientToken").unwrap();
        assert!(token.as_str().unwrap().len() <= 64);
    }
    insta::assert_json_snapshot!("schedule_requests", inputs);

    server.clear_log();
    plan(&server, &file).run().exits(0);
    deploy(&server, &file).run().exits(0).says("nothing to do");
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    assert_valid(&server);
}

#[test]
fn new_revision_repoints_the_schedules_of_its_service() {
    let server = scheduled_server();
    let file = with_jobs(&changed());
    let planned = plan(&server, &file).run().exits(8);
    insta::assert_snapshot!("plan_of_a_new_revision", planned.stdout);
    deploy(&server, &file).run().exits(0);
    assert_eq!(
        server.log().writes(),
        [
            "ecs RegisterTaskDefinition",
            "ecs UpdateService",
            "scheduler UpdateSchedule"
        ]
    );
    assert_eq!(scheduled(&server, "nightly"), "web:2");
    assert_eq!(scheduled(&server, "report"), "report:1");
    plan(&server, &file).run().exits(0);
    assert_valid(&server);
}

#[test]
fn revision_that_was_rolled_back_is_not_scheduled() {
    let server = Scripted::start(Scenario::file("rollback"));
    deploy(&server, &with_jobs(WEB)).run().exits(0);
    server.clear_log();
    let output = deploy(&server, &with_jobs(&changed())).run().exits(5);
    output.says("schedule nightly is not changed: it still runs web:1");
    assert_eq!(scheduled(&server, "nightly"), "web:1");
    assert!(server.log().of("scheduler UpdateSchedule").is_empty());
}

#[test]
fn revision_in_progress_is_not_scheduled() {
    let server = scheduled_server();
    let until = ["deploy", "--until", "deployed"];
    let output = Ecsctl::on(&server, &until)
        .file(&with_jobs(&changed()))
        .run()
        .exits(0);
    if output.stderr.contains("is not changed") {
        assert_eq!(scheduled(&server, "nightly"), "web:1");
    } else {
        assert_eq!(scheduled(&server, "nightly"), "web:2");
    }
    deploy(&server, &with_jobs(&changed())).run().exits(0);
    assert_eq!(scheduled(&server, "nightly"), "web:2");
}

#[test]
fn own_definition_is_registered_once_and_scheduled() {
    let server = scheduled_server();
    let file = with_jobs(WEB).replace("acme/report:1", "acme/report:2");
    let planned = plan(&server, &file).run().exits(8);
    insta::assert_snapshot!("plan_of_an_own_definition", planned.stdout);
    deploy(&server, &file).run().exits(0);
    assert_eq!(
        server.log().writes(),
        ["ecs RegisterTaskDefinition", "scheduler UpdateSchedule"]
    );
    assert_eq!(scheduled(&server, "report"), "report:2");
    assert_eq!(scheduled(&server, "nightly"), "web:1");
    server.clear_log();
    deploy(&server, &file).run().exits(0);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
}

#[test]
fn pause_and_other_changes_are_one_update() {
    let server = scheduled_server();
    let file = with_jobs(WEB)
        .replace(
            "schedule: cron(0 3 * * ? *)",
            "schedule: {expression: cron(30 4 * * ? *), state: DISABLED, startDate: 2030-01-01T00:00:00Z}",
        )
        .replace("bin/report, --all", "bin/report")
        .replace("subnets: [subnet-1]}", "subnets: [subnet-7]}")
        .replace("MaximumRetryAttempts: 2", "MaximumRetryAttempts: 3")
        .replace("{Mode: FLEXIBLE, MaximumWindowInMinutes: 15}", "{Mode: OFF}");
    let planned = plan(&server, &file).run().exits(8);
    insta::assert_snapshot!("plan_of_changes", planned.stdout);
    deploy(&server, &file).run().exits(0);
    assert_eq!(
        server.log().writes(),
        ["scheduler UpdateSchedule", "scheduler UpdateSchedule"]
    );
    assert_eq!(schedule(&server, "nightly")["State"], "DISABLED");
    assert_eq!(
        schedule(&server, "report")["FlexibleTimeWindow"],
        json!({"Mode": "OFF"})
    );
    plan(&server, &file).run().exits(0);
    assert_valid(&server);
}

#[test]
fn unnamed_settings_of_a_schedule_are_kept() {
    let server = scheduled_server();
    server.world(|world| {
        let key = (GROUP.to_owned(), "nightly".to_owned());
        let schedule = &mut world.schedules.schedules[&key];
        schedule["State"] = "DISABLED".into();
        schedule["Description"] = "paused by hand".into();
        schedule["Target"]["RetryPolicy"] =
            json!({"MaximumEventAgeInSeconds": 60, "MaximumRetryAttempts": 1});
        schedule["Target"]["EcsParameters"]["ReferenceId"] = "r".into();
        // It has no effect any more, and AWS refuses it.
        schedule["StartDate"] = 1_600_000_000.0.into();
    });
    plan(&server, &with_jobs(WEB)).run().exits(0);
    deploy(&server, &with_jobs(&changed())).run().exits(0);
    let after = schedule(&server, "nightly");
    assert_eq!(scheduled(&server, "nightly"), "web:2");
    assert_eq!(after["State"], "DISABLED");
    assert_eq!(after["Description"], "paused by hand");
    assert_eq!(after["Target"]["RetryPolicy"]["MaximumRetryAttempts"], 1);
    assert_eq!(after["Target"]["EcsParameters"]["ReferenceId"], "r");
    assert_eq!(after["StartDate"], Value::Null);
}

#[test]
fn command_that_is_removed_is_removed_from_the_schedule() {
    let server = scheduled_server();
    let file = with_jobs(WEB).replace("    command: [bin/report, --all]\n", "");
    deploy(&server, &file).run().exits(0);
    assert_eq!(schedule(&server, "nightly")["Target"]["Input"], Value::Null);
    plan(&server, &file).run().exits(0);
}

#[test]
fn start_in_the_past_is_not_sent() {
    let server = Scripted::start(Scenario::default());
    let file = with_jobs(WEB).replace(
        "schedule: cron(0 3 * * ? *)",
        "schedule: {expression: cron(0 3 * * ? *), startDate: 2020-01-01T00:00:00Z}",
    );
    deploy(&server, &file).run().exits(0);
    plan(&server, &file).run().exits(0);
}

#[test]
fn one_time_that_has_passed_is_left() {
    let server = Scripted::start(Scenario::default());
    let file = with_jobs(WEB).replace("schedule: cron(0 3 * * ? *)", "schedule: at(2020-01-01T00:00:00)");
    let output = deploy(&server, &file).run().exits(0);
    output.says("schedule nightly is not created: its time has passed");
    assert_eq!(schedule(&server, "nightly"), Value::Null);
    plan(&server, &file).run().exits(0);
}

#[test]
fn left_schedules_are_listed_and_deleted_by_prune() {
    let server = scheduled_server();
    server.world(|world| {
        let other = json!({"Name": "other", "GroupName": "default"});
        let key = ("default".to_owned(), "other".to_owned());
        world.schedules.schedules.insert(key, other);
    });
    // One job is gone, and the other has no schedule.
    let file = with_jobs(WEB);
    let (file, _) = file.split_once("  report:\n").unwrap();
    let file = file.replace("    schedule: cron(0 3 * * ? *)\n", "");
    let planned = plan(&server, &file).run().exits(0);
    insta::assert_snapshot!("plan_with_left_schedules", planned.stdout);
    deploy(&server, &file).run().exits(0);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());

    let prune = || {
        Ecsctl::on(&server, &["deploy", "--prune"])
            .file(&file)
            .run()
            .exits(0)
    };
    insta::assert_snapshot!("pruned_schedules", prune().record());
    assert_eq!(
        server.log().writes(),
        ["scheduler DeleteSchedule", "scheduler DeleteSchedule"]
    );
    assert_eq!(server.world(|world| world.schedules.schedules.len()), 1);
    server.clear_log();
    prune();
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    assert_valid(&server);
}

#[test]
fn unlisted_schedules_of_a_file_without_any_are_no_error() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault::denied("scheduler ListSchedules"));
    let file = WEB.replace("region:", "name: shop\nregion:");
    let output = deploy(&server, &file).run().exits(0);
    assert!(!output.stderr.contains("scheduler"), "{}", output.stderr);
    let output = deploy(&server, &with_jobs(WEB)).run().exits(0);
    output.says("schedules that are no longer in deploy.yaml are not found");
    assert_eq!(scheduled(&server, "nightly"), "web:1");
}

#[test]
fn file_without_a_name_asks_nothing_of_the_scheduler() {
    let server = Scripted::start(Scenario::default());
    deploy(&server, WEB).run().exits(0);
    assert!(!server.log().names().iter().any(|it| it.starts_with("scheduler ")));
}

#[test]
fn denied_schedule_leaves_the_service_deployed() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault::denied("scheduler CreateSchedule"));
    let output = deploy(&server, &with_jobs(WEB)).run().exits(3);
    insta::assert_snapshot!("denied_schedule", without_log_groups(&output.record()));
    assert_eq!(runs(&server), "web:1 COMPLETED");
    server.heal();
    deploy(&server, &with_jobs(WEB)).run().exits(0);
    assert_eq!(revisions(&server), 1);
    plan(&server, &with_jobs(WEB)).run().exits(0);
}

#[test]
fn role_that_may_not_be_passed_is_named() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault {
        deny: Some(crate::support::fault::Deny::Action("iam:PassRole".to_owned())),
        on: Some("arn:aws:iam::123456789012:role/scheduler".to_owned()),
        ..Fault::on("scheduler CreateSchedule")
    });
    deploy(&server, &with_jobs(WEB))
        .run()
        .exits(3)
        .says("allow iam:PassRole on arn:aws:iam::123456789012:role/scheduler")
        .says("with iam:PassedToService scheduler.amazonaws.com");
}

#[test]
fn unreadable_schedules_fail_before_writes() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault::denied("scheduler GetSchedule"));
    deploy(&server, &with_jobs(WEB))
        .run()
        .exits(3)
        .says("scheduler:GetSchedule");
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
}

#[test]
fn role_that_is_not_known_yet_is_awaited() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault {
        code: Some("ValidationException".to_owned()),
        message: Some(
            "The execution role you provide must allow AWS EventBridge Scheduler to assume the role."
                .to_owned(),
        ),
        times: Some(3),
        ..Fault::on("scheduler CreateSchedule")
    });
    let output = deploy(&server, &with_jobs(WEB)).run().exits(0);
    output.says("EventBridge Scheduler can't assume the schedule's role yet");
    plan(&server, &with_jobs(WEB)).run().exits(0);
}

#[test]
fn schedule_that_another_run_created_is_updated() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault {
        code: Some("ConflictException".to_owned()),
        status: Some(409),
        nth: Some(1),
        processed: true,
        ..Fault::on("scheduler CreateSchedule")
    });
    deploy(&server, &with_jobs(WEB)).run().exits(0);
    assert_eq!(server.log().of("scheduler UpdateSchedule").len(), 1);
    plan(&server, &with_jobs(WEB)).run().exits(0);
}

#[test]
fn schedule_that_is_gone_for_a_moment_is_put() {
    let server = scheduled_server();
    server.fault(Fault {
        code: Some("ResourceNotFoundException".to_owned()),
        status: Some(404),
        nth: Some(1),
        ..Fault::on("scheduler UpdateSchedule")
    });
    deploy(&server, &with_jobs(&changed())).run().exits(0);
    let log = server.log();
    assert_eq!(log.of("scheduler CreateSchedule").len(), 1);
    assert_eq!(log.of("scheduler UpdateSchedule").len(), 2);
    assert_eq!(scheduled(&server, "nightly"), "web:2");
}

#[test]
fn part_of_the_file_changes_only_its_schedules() {
    let server = scheduled_server();
    let worker = "  worker: {taskDefinition: {cpu: 256, memory: 512, containerDefinitions: {w: {image: busybox}}}, \
                  networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}}\n";
    let file = with_jobs(&changed()).replace("services:\n", &format!("services:\n{worker}"));
    let file = file
        .replace("acme/report:1", "acme/report:2")
        .replace("  nightly:", "  daily:");
    let run = Ecsctl::on(&server, &["deploy", "web", "--prune"])
        .file(&file)
        .run();
    run.exits(0);
    // The other schedules, also those that the file no longer has, belong to the whole.
    assert_eq!(scheduled(&server, "daily"), "web:2");
    assert_eq!(scheduled(&server, "nightly"), "web:1");
    assert_eq!(scheduled(&server, "report"), "report:1");
}

#[test]
fn schedules_take_no_round_trip_of_their_own() {
    let jobs = "  third: {service: web, command: [bin/x]}\n";
    let scaling = "    autoscaling: {minCapacity: 2, maxCapacity: 10, targetTracking: {cpu: 60}}\n";
    let file = |base: &str| {
        format!(
            "{}{jobs}",
            with_jobs(&base.replace("    desiredCount: 2\n", scaling))
        )
    };
    let rounds = |file: &str| {
        let server = Scripted::start(Scenario::default().latency(100));
        deploy(&server, file).run().exits(0);
        server.clear_log();
        deploy(&server, file).run().exits(0).says("nothing to do");
        server.log().rounds()
    };
    let (with, without) = (rounds(&file(WEB)), rounds(WEB));
    assert!(with <= without + 2, "{with} rounds, {without} without");
}

#[test]
fn changed_schedules_are_in_the_result() {
    let server = Scripted::start(Scenario::default());
    let run = Ecsctl::on(&server, &["deploy", "-o", "json"])
        .file(&with_jobs(WEB))
        .run()
        .exits(0);
    assert_eq!(
        run.json()["schedules"],
        json!([
            {"name": "nightly", "group": GROUP, "action": "create", "taskDefinition": "web:1"},
            {"name": "report", "group": GROUP, "action": "create", "taskDefinition": "report:1"},
        ])
    );
    let run = Ecsctl::on(&server, &["deploy", "-o", "jsonl"])
        .file(&with_jobs(&changed()))
        .run()
        .exits(0);
    let events = run
        .stdout
        .lines()
        .filter(|line| line.contains("\"type\":\"schedule\""))
        .count();
    assert_eq!(events, 1, "{}", run.stdout);
}

#[test]
fn values_in_overrides_are_masked_in_the_plan() {
    let server = Scripted::start(Scenario::default());
    let secret =
        "overrides: {containerOverrides: [{name: web, environment: [{name: TOKEN, value: s3cret}]}]}";
    let file = with_jobs(WEB).replace(
        "    command: [bin/report, --all]\n",
        &format!("    command: [bin/report]\n    {secret}\n"),
    );
    let shown = Ecsctl::on(&server, &["plan", "-o", "json"])
        .file(&file)
        .run()
        .exits(0)
        .stdout;
    assert!(
        shown.contains("bin/report") && !shown.contains("s3cret"),
        "{shown}"
    );
    deploy(&server, &file).run().exits(0);
    let file = file.replace("s3cret", "another");
    let shown = plan(&server, &file).run().exits(8).stdout;
    assert!(
        !shown.contains("another") && shown.contains("overrides"),
        "{shown}"
    );
}

#[test]
fn file_with_nothing_but_a_scheduled_job_deploys() {
    let server = Scripted::start(Scenario::default());
    let file = with_jobs(WEB);
    let (head, jobs) = file.split_once("services:").unwrap();
    let (_, report) = jobs.split_once("  report:\n").unwrap();
    let file = format!("{head}jobs:\n  report:\n{report}");
    deploy(&server, &file).run().exits(0);
    assert_eq!(scheduled(&server, "report"), "report:1");
    plan(&server, &file).run().exits(0);
}

#[test]
fn another_schedules_failure_does_not_stop_a_job() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault {
        about: Some("nightly".to_owned()),
        ..Fault::denied("scheduler CreateSchedule")
    });
    deploy(&server, &with_jobs(WEB)).run().exits(3);
    assert_eq!(scheduled(&server, "report"), "report:1");
}
