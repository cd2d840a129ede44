//! What somebody else does to a service between the plan and the moment that it is judged or changed.

use super::runs;
use crate::support::{Ecsctl, Scenario, Scripted};

/// `web:1` to `web:4`, of which `web:2` was deployed and is complete. What the first look shows is what the plan is made
/// on; the frames are what the looks after it show.
fn web(frames: &str) -> Scripted {
    web_then(frames, "")
}

/// The same, with how the changes go that are made to it.
fn web_then(frames: &str, change: &str) -> Scripted {
    let definition = |number: u32| {
        format!(
            "  - {{family: web, cpu: '256', memory: '512', networkMode: awsvpc, requiresCompatibilities: [FARGATE], containerDefinitions: [{{name: web, image: 'public.ecr.aws/acme/shop:{number}', essential: true}}]}}\n"
        )
    };
    Scripted::start(Scenario::parse(&format!(
        "
definitions:
{}
services:
  web:
    input:
      taskDefinition: web:1
      desiredCount: 2
      launchType: FARGATE
      networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}
    then: {{taskDefinition: 'web:2', polled: 1, rollout: {{frames: [{{settle: true}}, {{}}, {frames}]}}}}
rollouts: {{web: [{{frames: [{change}]}}]}}
",
        (1..=4).map(definition).collect::<String>()
    )))
}

fn deploy(server: &Scripted, revision: &str, count: u32) -> Ecsctl {
    let file = format!(
        "
region: us-east-1
services:
  web: {{taskDefinition: '{revision}', desiredCount: {count}, networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}}}
"
    );
    Ecsctl::on(server, &["deploy"]).file(&file)
}

#[test]
fn a_kept_service_whose_tasks_have_gone_is_waited_for() {
    let server = web("{running: 0, pending: all, polls: 3}, {running: all, pending: 0}");
    let output = deploy(&server, "web:2", 2).run().exits(0);
    assert!(!output.stderr.contains("nothing to do"), "{}", output.stderr);
    assert!(server.log().writes().is_empty());
    assert!(server.log().of("ecs DescribeServices").len() >= 5);
    let server = web("{running: 0, pending: all}");
    deploy(&server, "web:2", 2).run().exits(6);
}

#[test]
fn a_kept_service_whose_deployment_has_failed_since_is_no_success() {
    let server = web("{fail: 'tasks failed to start.', running: 0}");
    let output = deploy(&server, "web:2", 2).run().exits(5);
    assert!(server.log().writes().is_empty());
    insta::assert_snapshot!("failed_meanwhile", output.record());
}

#[test]
fn a_kept_service_that_somebody_deployed_to_is_superseded() {
    for frames in [
        "{supersede: {taskDefinition: 'web:3'}}",
        "{supersede: {taskDefinition: 'web:3'}, settle: true}",
    ] {
        let server = web(frames);
        let output = deploy(&server, "web:2", 2).run().exits(7);
        assert!(server.log().writes().is_empty());
        assert!(!output.stderr.contains("nothing to do"), "{}", output.stderr);
        insta::assert_snapshot!("superseded_meanwhile", output.record());
    }
}

#[test]
fn a_count_is_not_set_on_a_revision_that_nobody_asked_for() {
    let server = web("{supersede: {taskDefinition: 'web:3'}}");
    deploy(&server, "web:2", 3)
        .run()
        .exits(7)
        .says("superseded by a newer deployment of web:3");
    assert!(server.log().writes().is_empty());
}

#[test]
fn a_deployment_that_somebody_forced_is_not_taken_for_ours() {
    let server = web_then(
        "{supersede: {taskDefinition: 'web:2'}}",
        "{running: all, pending: 0}, {settle: true}",
    );
    let output = deploy(&server, "web:2", 3).run().exits(0);
    assert_eq!(server.log().writes(), ["ecs UpdateService"]);
    assert!(!output.stderr.contains("started"), "{}", output.stderr);
    let output = deploy(&web(""), "web:3", 2).run().exits(0);
    assert!(
        output.stderr.contains("started, web:2 -> web:3"),
        "{}",
        output.stderr
    );
}

#[test]
fn what_ran_before_is_what_ran_right_before() {
    let server = web("{supersede: {taskDefinition: 'web:3'}}");
    deploy(&server, "web:4", 2)
        .run()
        .exits(0)
        .says("started, web:3 -> web:4");
    assert_eq!(runs(&server), "web:4 COMPLETED");
}

#[test]
fn a_count_that_somebody_changed_is_said() {
    let server = web("");
    server.world(|world| {
        let key = ("default".to_owned(), "web".to_owned());
        world.services[&key].script.frames.pop_front();
    });
    server.freeze_at("ecs DescribeServices", 2, crate::support::Cut::BeforeReply);
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
        .says("web: desiredCount was 2 when this was planned, and is 5 now");
}

#[test]
fn a_look_that_fails_is_no_proof_of_anything() {
    let server = web("");
    server.fault(crate::support::Fault {
        from: Some(2),
        times: Some(3),
        status: Some(500),
        ..crate::support::Fault::on("ecs DescribeServices")
    });
    let output = deploy(&server, "web:2", 2).run().exits(0);
    assert!(!output.stderr.contains("nothing to do"), "{}", output.stderr);
}
