//! What someone else changes in a service between the plan and the update.

use crate::support::cases;
use crate::support::deploys::deployed_by_another;
use crate::support::files::deploy_yaml;
use crate::support::service_state::runs;
use crate::support::{Cut, Ecsctl, Fault, Scripted};

/// `web:1` to `web:4`, of which `web:2` was deployed and is complete. What the first look shows is what the plan is made
/// on; the frames are what the looks after it show.
fn web(frames: &str) -> Scripted {
    web_then(frames, "")
}

/// The same, with how the changes go that are made to it.
fn web_then(frames: &str, change: &str) -> Scripted {
    deployed_by_another(&format!("{{settle: true}}, {{}}, {frames}"), change)
}

fn deploy(server: &Scripted, revision: &str, count: u32) -> Ecsctl {
    let file = deploy_yaml([(
        "web",
        format!(
            "taskDefinition: '{revision}', desiredCount: {count}, networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}"
        ),
    )]);
    Ecsctl::on(server, &["deploy"]).file(&file)
}

#[test]
fn unchanged_service_that_lost_its_tasks_is_waited_for() {
    let server = web("{running: 0, pending: all, polls: 3}, {running: all, pending: 0}");
    let output = deploy(&server, "web:2", 2).run().exits(0);
    assert!(!output.stderr.contains("nothing to do"), "{}", output.stderr);
    assert!(server.log().writes().is_empty());
    assert!(server.log().of("ecs DescribeServices").len() >= 5);
}

#[test]
fn unchanged_service_without_tasks_times_out() {
    let server = web("{running: 0, pending: all}");
    deploy(&server, "web:2", 2).run().exits(6);
}

#[test]
fn unchanged_service_that_failed_meanwhile_fails() {
    let server = web("{fail: 'tasks failed to start.', running: 0}");
    let output = deploy(&server, "web:2", 2).run().exits(5);
    assert!(server.log().writes().is_empty());
    insta::assert_snapshot!("failed_meanwhile", output.record());
}

fn unchanged_service_is_superseded(frames: &str) {
    let server = web(frames);
    let output = deploy(&server, "web:2", 2).run().exits(7);
    assert!(server.log().writes().is_empty());
    assert!(!output.stderr.contains("nothing to do"), "{}", output.stderr);
    insta::assert_snapshot!("superseded_meanwhile", output.record());
}

cases! { unchanged_service_is_superseded {
    by_a_deployment_in_progress("{supersede: {taskDefinition: 'web:3'}}");
    by_a_completed_deployment("{supersede: {taskDefinition: 'web:3'}, settle: true}");
} }

#[test]
fn count_is_not_set_on_another_revision() {
    let server = web("{supersede: {taskDefinition: 'web:3'}}");
    deploy(&server, "web:2", 3)
        .run()
        .exits(7)
        .says("superseded by a newer deployment of web:3");
    assert!(server.log().writes().is_empty());
}

#[test]
fn deployment_forced_by_someone_else_is_not_ours() {
    let server = web_then(
        "{supersede: {taskDefinition: 'web:2'}}",
        "{running: all, pending: 0}, {settle: true}",
    );
    let output = deploy(&server, "web:2", 3).run().exits(0);
    assert_eq!(server.log().writes(), ["ecs UpdateService"]);
    assert!(!output.stderr.contains("started"), "{}", output.stderr);
}

#[test]
fn own_deployment_is_reported_as_started() {
    let output = deploy(&web(""), "web:3", 2).run().exits(0);
    assert!(
        output.stderr.contains("started, web:2 -> web:3"),
        "{}",
        output.stderr
    );
}

#[test]
fn previous_revision_is_read_before_the_update() {
    let server = web("{supersede: {taskDefinition: 'web:3'}}");
    deploy(&server, "web:4", 2)
        .run()
        .exits(0)
        .says("started, web:3 -> web:4");
    assert_eq!(runs(&server), "web:4 COMPLETED");
}

#[test]
fn count_changed_by_someone_else_is_reported() {
    let server = web("");
    server.world(|world| {
        let key = ("default".to_owned(), "web".to_owned());
        world.services[&key].script.frames.pop_front();
    });
    server.freeze_at("ecs DescribeServices", 2, Cut::BeforeReply);
    let run = deploy(&server, "web:2", 2);
    let running = run.start();
    server.wait_frozen();
    server.world(|world| {
        let key = ("default".to_owned(), "web".to_owned());
        let service = &mut world.services[&key];
        service.desired = 5;
        let primary = &mut service.deployments[0];
        (primary.desired, primary.running) = (5, 5);
    });
    server.thaw();
    server.end_connections();
    running
        .end()
        .exits(0)
        .says("web: desiredCount changed from 2 to 5 since the plan");
}

#[test]
fn failed_poll_proves_nothing() {
    let server = web("");
    server.fault(Fault {
        from: Some(2),
        times: Some(3),
        status: Some(500),
        ..Fault::on("ecs DescribeServices")
    });
    let output = deploy(&server, "web:2", 2).run().exits(0);
    assert!(!output.stderr.contains("nothing to do"), "{}", output.stderr);
}
