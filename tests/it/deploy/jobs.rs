//! `beforeDeploy` and `afterDeploy`: jobs on the new revision, before the service is changed and once it is stable.

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::aws_models::assert_valid;
use crate::support::deploys::{deploy, kill_at};
use crate::support::files::{WEB, changed};
use crate::support::service_state::{revisions, runs};
use crate::support::{Cut, Ecsctl, Fault, Scenario, Scripted, cases};

/// Returns a deploy.yaml whose service `web` has both kinds of jobs.
fn with_jobs(file: &str) -> String {
    let file = file.replace(
        "    desiredCount: 2\n",
        "    desiredCount: 2\n    beforeDeploy: [migrate]\n    afterDeploy: [smoke]\n",
    );
    format!(
        "{file}jobs:\n  migrate: {{service: web, command: [migrate]}}\n  smoke: {{service: web, command: [smoke]}}\n"
    )
}

/// Starts a server on which `web:1` is deployed, without jobs.
fn deployed(runs: &str) -> Scripted {
    let server = Scripted::start(Scenario::parse(&format!("runs: {{web: [{runs}]}}")));
    deploy(&server, WEB).run().exits(0);
    server.clear_log();
    server
}

/// Returns the writes, with the command of each job.
fn writes(server: &Scripted) -> Vec<String> {
    let log = server.log();
    let names = log.writes();
    let writes = log.0.iter().filter(|it| names.contains(&it.name.as_str()));
    writes
        .map(|it| {
            let command = &it.input["overrides"]["containerOverrides"][0]["command"][0];
            let definition = it.input["taskDefinition"].as_str().unwrap_or_default();
            let definition = definition.rsplit('/').next().unwrap_or_default();
            let name = it.name.split_once(' ').map_or("", |(_, name)| name);
            let words = [name, command.as_str().unwrap_or_default(), definition];
            words
                .into_iter()
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

#[test]
fn jobs_run_before_the_change_and_after_it_is_stable() {
    let server = deployed("");
    deploy(&server, &with_jobs(&changed())).run().exits(0);
    assert_eq!(
        writes(&server),
        [
            "RegisterTaskDefinition",
            "RunTask migrate web:2",
            "UpdateService web:2",
            "RunTask smoke web:2"
        ]
    );
    assert_eq!(runs(&server), "web:2 COMPLETED");
    assert_valid(&server);
}

#[test]
fn new_service_gets_its_jobs_too() {
    let server = Scripted::start(Scenario::default());
    deploy(&server, &with_jobs(WEB)).run().exits(0);
    assert_eq!(
        writes(&server),
        [
            "CreateLogGroup",
            "RegisterTaskDefinition",
            "RunTask migrate web:1",
            "CreateService web:1",
            "RunTask smoke web:1"
        ]
    );
    let log = server.log();
    let request = &log.of("ecs RunTask")[0].input;
    assert_eq!(
        (
            &request["launchType"],
            &request["networkConfiguration"]["awsvpcConfiguration"]["subnets"]
        ),
        (&json!("FARGATE"), &json!(["subnet-1", "subnet-2"]))
    );
    assert_valid(&server);
}

#[test]
fn unchanged_service_runs_no_job_unless_forced() {
    let server = deployed("");
    let file = with_jobs(&changed());
    deploy(&server, &file).run().exits(0);
    server.clear_log();
    deploy(&server, &file).run().exits(0);
    assert_eq!(writes(&server), [""; 0]);
    Ecsctl::on(&server, &["deploy", "--force"])
        .file(&file)
        .run()
        .exits(0);
    assert_eq!(
        writes(&server),
        ["RunTask migrate web:2", "UpdateService", "RunTask smoke web:2"]
    );
}

#[test]
fn plan_shows_the_jobs_that_run() {
    let server = deployed("");
    let plan = |file: &str, form: &str| {
        Ecsctl::on(&server, &["plan", "-o", form])
            .file(file)
            .run()
            .exits(0)
    };
    let shown = plan(&with_jobs(&changed()), "text");
    insta::assert_snapshot!("plan_jobs", shown.record());
    let document = plan(&with_jobs(&changed()), "json").json();
    assert_eq!(
        (
            &document["services"][0]["beforeDeploy"],
            &document["services"][0]["afterDeploy"]
        ),
        (&json!(["migrate"]), &json!(["smoke"]))
    );
    let nothing = plan(&with_jobs(WEB), "text");
    assert!(!nothing.stdout.contains("migrate"), "{}", nothing.stdout);
}

const FAILS: &str = "{stopped: {exitCode: 3, log: ['no such table']}}";

#[test]
fn failed_job_before_leaves_the_service_alone() {
    let server = deployed(FAILS);
    let output = deploy(&server, &with_jobs(&changed())).run().exits(10);
    insta::assert_snapshot!("deploy_job_failed", output.record());
    assert_eq!(runs(&server), "web:1 COMPLETED");
    assert_eq!(
        writes(&server),
        [
            "RegisterTaskDefinition",
            "RunTask migrate web:2",
            "DeregisterTaskDefinition web:2"
        ]
    );
    // The next deploy tries again.
    deploy(&server, &with_jobs(&changed())).run().exits(0);
    assert_eq!(runs(&server), "web:3 COMPLETED");
}

#[test]
fn failed_job_is_in_the_document() {
    let server = deployed(FAILS);
    let file = with_jobs(&changed());
    let document = Ecsctl::on(&server, &["deploy", "-o", "json"])
        .file(&file)
        .run()
        .exits(10)
        .json();
    assert_eq!(
        (
            &document["outcome"],
            &document["exitCode"],
            &document["error"]["code"]
        ),
        (&json!("failed"), &json!(10), &json!("job-failed"))
    );
    let job = &document["jobs"][0];
    assert_eq!(
        (&job["name"], &job["stage"], &job["exitCode"], &job["service"]),
        (
            &json!("migrate"),
            &json!("beforeDeploy"),
            &json!(3),
            &json!("web")
        )
    );
    let service = &document["services"][0];
    assert_eq!(
        (&service["name"], &service["outcome"]),
        (&json!("web"), &json!("failed"))
    );
    let reason = service["reason"].as_str().unwrap();
    assert!(
        reason.contains("beforeDeploy job migrate of web failed with exit code 3"),
        "{reason}"
    );
}

#[test]
fn job_that_does_not_start_exits_with_10() {
    let server = deployed("{refuse: 'RESOURCE:MEMORY'}");
    let output = deploy(&server, &with_jobs(&changed())).run().exits(10);
    output
        .says("beforeDeploy job migrate of web")
        .says("RESOURCE:MEMORY");
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

#[test]
fn failed_job_after_says_that_the_revision_runs() {
    let server = deployed("{}, {stopped: {exitCode: 4}}");
    let file = with_jobs(&changed());
    let output = Ecsctl::on(&server, &["deploy", "-o", "json"])
        .file(&file)
        .run()
        .exits(10);
    let document = output.json();
    let service = &document["services"][0];
    assert_eq!(document["services"].as_array().unwrap().len(), 1);
    assert_eq!(
        (
            &service["outcome"],
            &service["taskDefinition"],
            &document["jobs"][1]["exitCode"]
        ),
        (&json!("failed"), &json!("web:2"), &json!(4))
    );
    assert_eq!(runs(&server), "web:2 COMPLETED");
    assert_eq!(revisions(&server), 2);
}

#[test]
fn failed_job_stops_what_depends_on_the_service() {
    let server = deployed(FAILS);
    let other = "  api: {dependsOn: [web], taskDefinition: 'web:1', desiredCount: 1, launchType: FARGATE, networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}}\njobs:";
    let file = with_jobs(&changed()).replace("jobs:", other);
    let output = deploy(&server, &file).run().exits(10);
    output.says("api was skipped: web, which it depends on, did not become stable");
    assert!(server.log().of("ecs CreateService").is_empty());
}

#[test]
fn job_beyond_the_timeout_is_watched_by_the_next_deploy() {
    let server = deployed("{polls: 400, stopped: {exitCode: 0}}");
    let file = with_jobs(&changed());
    let first = Ecsctl::on(&server, &["deploy", "--timeout", "1m"])
        .file(&file)
        .run();
    first.exits(6).says("the task continues");
    assert_eq!(
        writes(&server),
        ["RegisterTaskDefinition", "RunTask migrate web:2"]
    );
    deploy(&server, &file).run().exits(0).says("attached to task");
    assert_eq!(
        writes(&server)[2..],
        ["UpdateService web:2", "RunTask smoke web:2"]
    );
}

#[test]
fn job_with_its_own_definition_and_job_of_another_service() {
    let server = deployed("");
    let own = "own: {taskDefinition: {cpu: 256, memory: 512, containerDefinitions: {main: {image: busybox}}}, command: [own], networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}}";
    let file = with_jobs(&changed()).replace("[migrate]\n    after", "[own, migrate]\n    after");
    let file = format!("{file}  {own}\n");
    deploy(&server, &file).run().exits(0);
    assert_eq!(
        writes(&server),
        [
            "RegisterTaskDefinition",
            "RegisterTaskDefinition",
            "RunTask own own:1",
            "RunTask migrate web:2",
            "UpdateService web:2",
            "RunTask smoke web:2"
        ]
    );
    assert_valid(&server);
}

/// How often a command ran.
fn times(server: &Scripted, command: &str) -> usize {
    server.world(|world| {
        let tasks = world.runs.tasks.iter();
        let ran = tasks.filter(|run| {
            run.task.more["overrides"]["containerOverrides"][0]["command"] == Value::from(vec![command])
        });
        ran.count()
    })
}

fn killed_deploy_runs_no_job_twice(operation: &str, nth: u64, cut: Cut) {
    let server = deployed("{polls: 2}, {polls: 2}");
    let file = with_jobs(&changed());
    kill_at(&server, &file, operation, nth, cut);
    let again = deploy(&server, &file).run();
    assert_eq!(again.code(), 0, "{}", again.stderr);
    assert_eq!(runs(&server), "web:2 COMPLETED");
    assert_eq!(revisions(&server), 2);
    assert_eq!(
        (times(&server, "migrate"), times(&server, "smoke")),
        (1, 1),
        "{:?}",
        server.log().names()
    );
}

cases! { killed_deploy_runs_no_job_twice {
    after_registering("ecs RegisterTaskDefinition", 1, Cut::AfterReply);
    before_the_reply_to_the_first_job("ecs RunTask", 1, Cut::BeforeReply);
    after_the_reply_to_the_first_job("ecs RunTask", 1, Cut::AfterReply);
    while_the_first_job_is_pending("ecs DescribeTasks", 2, Cut::AfterReply);
    while_the_first_job_runs("ecs DescribeTasks", 4, Cut::AfterReply);
    before_the_reply_to_the_update("ecs UpdateService", 1, Cut::BeforeReply);
    after_the_reply_to_the_update("ecs UpdateService", 1, Cut::AfterReply);
    before_the_reply_to_the_second_job("ecs RunTask", 2, Cut::BeforeReply);
    after_the_reply_to_the_second_job("ecs RunTask", 2, Cut::AfterReply);
} }

#[test]
fn interrupted_deploy_says_which_job_continues() {
    let server = deployed("{polls: 100000000}");
    let program = deploy(&server, &with_jobs(&changed()));
    let running = program.start();
    running.wait_until_it_says("job migrate: RUNNING");
    running.signal(Signal::INT);
    running
        .end()
        .exits(130)
        .says("the task of migrate continues: arn:aws:ecs:");
}

#[test]
fn deploy_without_changes_asks_little_for_its_jobs() {
    let server = deployed("");
    let file = with_jobs(&changed());
    deploy(&server, &file).run().exits(0);
    server.clear_log();
    deploy(&server, &changed()).run().exits(0);
    let without = server.log().rounds();
    server.clear_log();
    deploy(&server, &file).run().exits(0);
    let with = server.log().rounds();
    assert!(
        with <= without + 2,
        "{with} after {without}: {:?}",
        server.log().names()
    );
}

#[test]
fn denied_run_task_is_a_failed_job() {
    let server = deployed("");
    server.fault(Fault::denied("ecs RunTask"));
    deploy(&server, &with_jobs(&changed()))
        .run()
        .exits(10)
        .says("ecs:RunTask");
}

/// A job before the deploy, with a task definition of its own and without a schedule.
const OWN: &str = "
jobs:
  migrate:
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
      containerDefinitions: {main: {image: 'public.ecr.aws/acme/migrate:1'}}
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}
";

#[test]
fn own_definition_of_a_job_is_planned() {
    let file = format!("{WEB}    beforeDeploy: [migrate]\n{OWN}");
    let server = Scripted::start(Scenario::parse("runs: {migrate: [{stopped: {exitCode: 0}}]}"));
    let plan = |file: &str| Ecsctl::on(&server, &["plan", "--exit-code"]).file(file).run();
    let planned = plan(&file).exits(8);
    insta::assert_snapshot!("plan_of_a_job", planned.stdout);
    deploy(&server, &file).run().exits(0);
    plan(&file).exits(0);
    // Without a deploy of the service, the job is neither registered nor run.
    let changed = file.replace("migrate:1", "migrate:2");
    plan(&changed).exits(0);
    let document = Ecsctl::on(&server, &["plan", "-o", "json"])
        .file(&changed.replace("VERSION: \"1\"", "VERSION: \"2\""))
        .run()
        .exits(0)
        .json();
    let jobs = document["jobs"].as_array().unwrap();
    assert_eq!((jobs.len(), &jobs[0]["name"]), (1, &"migrate".into()));
    assert_eq!(jobs[0]["definition"]["action"], "register");
    assert_eq!(jobs[0].get("schedule"), None);
    assert_eq!(jobs[0]["definition"]["changes"].as_array().unwrap().len(), 1);
}
