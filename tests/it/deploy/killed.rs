//! A deploy killed at any write and run again ends the same, with nothing lost and nothing done twice.

use super::autoscaling::scaled;
use super::schedules::{scheduled, with_jobs};
use crate::support::cases;
use crate::support::deploys::{deploy, deployed, kill_at};
use crate::support::files::{WEB, changed};
use crate::support::service_state::{revisions, runs};
use crate::support::{Cut, Scenario, Scripted};

/// Kills a deploy at one of its writes, before or after the reply, and runs it again.
fn assert_finished(server: &Scripted, file: &str, write: &str, cut: Cut, end: &str, definitions: usize) {
    kill_at(server, file, write, 1, cut);
    let again = deploy(server, file).run();
    assert_eq!(again.code(), 0, "{write}, {cut:?}\n{}", again.stderr);
    assert_eq!(runs(server), end, "{write}, {cut:?}");
    assert_eq!(revisions(server), definitions, "{write}, {cut:?}");
    server.clear_log();
    deploy(server, file).run().exits(0);
    assert!(
        server.log().writes().is_empty(),
        "{write}, {cut:?}: {:?}",
        server.log().writes()
    );
}

fn killed_create_is_finished_by_the_next(write: &str, cut: Cut) {
    let server = Scripted::start(Scenario::default());
    assert_finished(&server, WEB, write, cut, "web:1 COMPLETED", 1);
}

cases! { killed_create_is_finished_by_the_next {
    before_the_reply_to_create_log_group("logs CreateLogGroup", Cut::BeforeReply);
    after_the_reply_to_create_log_group("logs CreateLogGroup", Cut::AfterReply);
    before_the_reply_to_register("ecs RegisterTaskDefinition", Cut::BeforeReply);
    after_the_reply_to_register("ecs RegisterTaskDefinition", Cut::AfterReply);
    before_the_reply_to_create_service("ecs CreateService", Cut::BeforeReply);
    after_the_reply_to_create_service("ecs CreateService", Cut::AfterReply);
} }

#[test]
fn create_has_no_other_writes() {
    let server = Scripted::start(Scenario::default());
    deploy(&server, WEB).run().exits(0);
    assert_eq!(
        server.log().writes(),
        [
            "logs CreateLogGroup",
            "ecs RegisterTaskDefinition",
            "ecs CreateService"
        ]
    );
}

fn killed_update_is_finished_by_the_next(write: &str, cut: Cut) {
    let server = deployed(Scenario::default());
    assert_finished(&server, &changed(), write, cut, "web:2 COMPLETED", 2);
}

cases! { killed_update_is_finished_by_the_next {
    before_the_reply_to_register("ecs RegisterTaskDefinition", Cut::BeforeReply);
    after_the_reply_to_register("ecs RegisterTaskDefinition", Cut::AfterReply);
    before_the_reply_to_update_service("ecs UpdateService", Cut::BeforeReply);
    after_the_reply_to_update_service("ecs UpdateService", Cut::AfterReply);
} }

#[test]
fn update_has_no_other_writes() {
    let server = deployed(Scenario::default());
    deploy(&server, &changed()).run().exits(0);
    assert_eq!(
        server.log().writes(),
        ["ecs RegisterTaskDefinition", "ecs UpdateService"]
    );
}

fn killed_autoscaling_is_finished_by_the_next(operation: &str, cut: Cut) {
    let server = Scripted::start(Scenario::default());
    let write = format!("application-autoscaling {operation}");
    assert_finished(&server, &scaled(), &write, cut, "web:1 COMPLETED", 1);
    let (policies, scheduled) =
        server.world(|world| (world.scaling.policies.len(), world.scaling.scheduled.len()));
    assert_eq!((policies, scheduled), (3, 1));
}

cases! { killed_autoscaling_is_finished_by_the_next {
    before_the_reply_to_register_target("RegisterScalableTarget", Cut::BeforeReply);
    after_the_reply_to_register_target("RegisterScalableTarget", Cut::AfterReply);
    before_the_reply_to_put_policy("PutScalingPolicy", Cut::BeforeReply);
    after_the_reply_to_put_policy("PutScalingPolicy", Cut::AfterReply);
    before_the_reply_to_put_action("PutScheduledAction", Cut::BeforeReply);
    after_the_reply_to_put_action("PutScheduledAction", Cut::AfterReply);
} }

fn killed_schedule_is_finished_by_the_next((write, nth): (&str, u64), cut: Cut) {
    let server = Scripted::start(Scenario::default());
    assert_scheduled(&server, &with_jobs(WEB), (write, nth), cut, ("web:1", "report:1"));
}

cases! { killed_schedule_is_finished_by_the_next {
    before_the_reply_to_create_group(("scheduler CreateScheduleGroup", 1), Cut::BeforeReply);
    after_the_reply_to_create_group(("scheduler CreateScheduleGroup", 1), Cut::AfterReply);
    before_the_reply_to_create_schedule(("scheduler CreateSchedule", 1), Cut::BeforeReply);
    after_the_reply_to_create_schedule(("scheduler CreateSchedule", 1), Cut::AfterReply);
    before_the_reply_to_register_for_the_job(("ecs RegisterTaskDefinition", 2), Cut::BeforeReply);
    after_the_reply_to_register_for_the_job(("ecs RegisterTaskDefinition", 2), Cut::AfterReply);
    before_the_reply_to_the_second_schedule(("scheduler CreateSchedule", 2), Cut::BeforeReply);
} }

fn killed_repointing_is_finished_by_the_next((write, nth): (&str, u64), cut: Cut) {
    let server = Scripted::start(Scenario::default());
    deploy(&server, &with_jobs(WEB)).run().exits(0);
    let file = with_jobs(&changed()).replace("acme/report:1", "acme/report:2");
    assert_scheduled(&server, &file, (write, nth), cut, ("web:2", "report:2"));
}

cases! { killed_repointing_is_finished_by_the_next {
    before_the_reply_to_update_service(("ecs UpdateService", 1), Cut::BeforeReply);
    after_the_reply_to_update_service(("ecs UpdateService", 1), Cut::AfterReply);
    before_the_reply_to_update_schedule(("scheduler UpdateSchedule", 1), Cut::BeforeReply);
    after_the_reply_to_update_schedule(("scheduler UpdateSchedule", 1), Cut::AfterReply);
    before_the_reply_to_update_the_second(("scheduler UpdateSchedule", 2), Cut::BeforeReply);
} }

/// Kills a deploy with schedules at one of its writes, and runs it again: each schedule runs its revision, and none was
/// registered twice.
fn assert_scheduled(server: &Scripted, file: &str, (write, nth): (&str, u64), cut: Cut, ends: (&str, &str)) {
    kill_at(server, file, write, nth, cut);
    deploy(server, file).run().exits(0);
    let found = (scheduled(server, "nightly"), scheduled(server, "report"));
    assert_eq!((found.0.as_str(), found.1.as_str()), ends, "{write}, {cut:?}");
    server.clear_log();
    deploy(server, file).run().exits(0);
    let log = server.log();
    assert!(log.writes().is_empty(), "{write}, {cut:?}: {:?}", log.writes());
}
