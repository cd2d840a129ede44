//! Schedules of jobs, against moto's EventBridge Scheduler.

use crate::moto::Moto;
use crate::support::{Ecsctl, Output};

const JOBS: &str = r#"name: shop
region: us-east-1
schedulerRoleArn: arn:aws:iam::123456789012:role/scheduler
jobs:
  nightly:
    taskDefinition: {cpu: 256, memory: 512, containerDefinitions: {main: {image: busybox, command: [date]}}}
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-2, subnet-1]}}
    command: [bin/report]
    schedule: {expression: cron(0 3 * * ? *), description: Nightly, flexibleTimeWindow: {Mode: FLEXIBLE, MaximumWindowInMinutes: 5}}
"#;

fn run(moto: &Moto, arguments: &[&str], file: &str) -> Output {
    let ecsctl: Ecsctl = moto.ecsctl(arguments).file(file);
    ecsctl.run()
}

#[test]
fn schedules_are_created_changed_and_pruned_on_moto() {
    let Some(moto) = Moto::start() else { return };
    let deploy = |file: &str| run(&moto, &["deploy"], file).exits(0);
    let is_planned = |file: &str| run(&moto, &["plan", "--exit-code"], file).code() == 8;
    deploy(JOBS).says("schedule nightly: create, runs nightly:1");
    assert!(!is_planned(JOBS));

    let changed = JOBS
        .replace("cron(0 3 * * ? *)", "rate(1 hour)")
        .replace("command: [date]", "command: [uptime]");
    assert!(is_planned(&changed));
    deploy(&changed).says("schedule nightly: update, runs nightly:2");
    assert!(!is_planned(&changed));

    let renamed = changed.replace("  nightly:", "  hourly:");
    deploy(&renamed).says("schedule hourly: create, runs hourly:1");
    let plan = run(&moto, &["plan"], &renamed).exits(0);
    assert!(plan.stdout.contains("schedule nightly"), "{}", plan.stdout);
    run(&moto, &["deploy", "--prune"], &renamed)
        .exits(0)
        .says("schedule nightly: delete");
    let plan = run(&moto, &["plan"], &renamed).exits(0);
    assert!(!plan.stdout.contains("schedule nightly"), "{}", plan.stdout);
}
