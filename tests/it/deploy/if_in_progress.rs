//! `deploy --if-in-progress`: other deployments of the same service.

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::cases;
use crate::support::cli::Running;
use crate::support::deploys::{deploy, deployed, deployed_by_another, overtaken};
use crate::support::files::{WEB, built, changed, deploy_yaml};
use crate::support::rollbacks::FOR_EVER;
use crate::support::service_state::runs;
use crate::support::world::{ServiceDeployment, World};
use crate::support::{Ecsctl, Fault, Output, Scenario, Scripted};

const REGISTER: &str = "ecs RegisterTaskDefinition";
const UPDATE: &str = "ecs UpdateService";

/// A deploy of `web:3`.
fn run(server: &Scripted, action: &str) -> Ecsctl {
    let file = deploy_yaml([(
        "web",
        "taskDefinition: 'web:3', networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}",
    )]);
    Ecsctl::on(server, &["deploy", "--if-in-progress", action]).file(&file)
}

/// A second deploy of ecsctl is in progress; its run ended before it. The log begins after that.
fn with_an_unfinished_deploy() -> Scripted {
    let server = deployed(Scenario::parse(
        "rollouts: {web: [{}, {frames: [{running: 0, pending: all}]}]}",
    ));
    deploy(&server, &changed())
        .env("ECSCTL_TIMEOUT", "1m")
        .run()
        .exits(6);
    server.clear_log();
    server
}

/// A deploy of a file, with an action from the environment.
fn acting(server: &Scripted, file: &str, action: &str) -> Ecsctl {
    deploy(server, file).env("ECSCTL_IF_IN_PROGRESS", action)
}

const IN_PROGRESS: &str = "a deployment of service web is in progress: ecs-svc/";

#[test]
fn replace_replaces_the_deployment_in_progress() {
    let server = deployed_by_another("{running: 0, pending: all}", "");
    let output = run(&server, "replace").run().exits(0);
    assert!(
        !output.stderr.contains("in progress: ecs-svc/"),
        "{}",
        output.stderr
    );
    assert_eq!(runs(&server), "web:3 COMPLETED");
}

#[test]
fn fail_changes_nothing_while_another_is_in_progress() {
    let server = deployed_by_another("{running: 0, pending: all}", "");
    let output = run(&server, "fail").run().exits(7).says(IN_PROGRESS);
    assert!(output.stderr.contains(" of web:2, since 20"), "{}", output.stderr);
    output.says("ecsctl wait web watches it; ecsctl deploy --if-in-progress wait deploys after it");
    assert!(server.log().writes().is_empty());
}

#[test]
fn fail_comes_before_registering() {
    let server = with_an_unfinished_deploy();
    let third = WEB.replace("VERSION: \"1\"", "VERSION: \"3\"");
    let output = acting(&server, &third, "fail").run();
    output.exits(7).says(IN_PROGRESS);
    assert!(server.log().writes().is_empty());
}

fn fail_sees_what_began_after_the_plan(frames: &str) {
    let server = deployed_by_another(&format!("{{settle: true}}, {{}}, {frames}"), "");
    run(&server, "fail").run().exits(7).says("web:2 → web:3");
    assert!(server.log().writes().is_empty());
}

cases! { fail_sees_what_began_after_the_plan {
    in_progress("{supersede: {taskDefinition: 'web:4'}}");
    completed("{supersede: {taskDefinition: 'web:4'}, settle: true}");
} }

fn wait_deploys_after_the_other_deployment(frames: &str) {
    let server = deployed_by_another(frames, "");
    let output = run(&server, "wait").run().exits(0);
    output.says("deploy web: waiting for ecs-svc/");
    server.log().only(UPDATE);
    assert_eq!(runs(&server), "web:3 COMPLETED");
}

cases! { wait_deploys_after_the_other_deployment {
    that_succeeds("{running: 0, pending: all, polls: 6}, {settle: true}");
    that_is_rolled_back("{running: 0, polls: 4}, {rollback: {}}, {polls: 3}, {settle: true}");
    that_fails("{running: 0, polls: 4}, {fail: 'tasks failed to start.'}");
    that_begins_after_the_plan("{settle: true}, {}, {supersede: {taskDefinition: 'web:4'}, polls: 4}, {settle: true}");
    that_another_replaces("{running: 0, polls: 4}, {supersede: {taskDefinition: 'web:4'}, polls: 4}, {settle: true}");
} }

#[test]
fn wait_plans_anew() {
    // Meanwhile, somebody deploys the same.
    let frames = "{running: 0, polls: 4}, {supersede: {taskDefinition: 'web:3'}, polls: 2}, {settle: true}";
    let server = deployed_by_another(frames, "");
    run(&server, "wait").run().exits(0).says("web:3");
    assert!(server.log().writes().is_empty());
}

#[test]
fn wait_for_the_turn_ends_at_the_timeout() {
    let server = deployed_by_another("{running: 0, pending: all}", "");
    let output = run(&server, "wait").env("ECSCTL_TIMEOUT", "2m").run().exits(6);
    let output = output.says("web: not changed: no turn within 2m");
    output.says("; a deployment of service web is in progress: ecs-svc/");
    assert!(server.log().writes().is_empty());
}

#[test]
fn time_out_in_the_queue_is_an_outcome() {
    let server = deployed_by_another("{running: 0, pending: all}", "");
    let output = run(&server, "wait")
        .env("ECSCTL_TIMEOUT", "2m")
        .env("ECSCTL_OUTPUT", "json")
        .run()
        .exits(6);
    let document = output.json();
    assert_eq!(document["outcome"], "timedOut");
    assert_eq!(document["error"]["code"], "in-progress");
    let service = &document["services"][0];
    let of_service = ["outcome", "requested", "taskDefinition", "final"].map(|key| &service[key]);
    assert_eq!(json!(of_service), json!(["timedOut", null, "web:2", false]));
}

#[test]
fn queue_is_an_event() {
    let server = deployed_by_another("{running: 0, pending: all, polls: 6}, {settle: true}", "");
    let output = run(&server, "wait").env("ECSCTL_OUTPUT", "jsonl").run().exits(0);
    let events = output
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let queued: Vec<Value> = events.filter(|it: &Value| it["type"] == "queued").collect();
    assert_eq!(queued[0]["service"], "web");
    assert_eq!(queued[0]["taskDefinition"], "web:2");
    assert_eq!(queued[0]["superseded"], Value::Null);
    assert!(queued[0]["deployment"].as_str().unwrap().starts_with("ecs-svc/"));
    assert!(queued[0]["since"].as_str().unwrap().starts_with("20"));
}

#[test]
fn terminal_shows_what_is_waited_for() {
    let server = deployed_by_another("{running: 0, pending: all}", "");
    let run = run(&server, "wait").env("ECSCTL_TIMEOUT", FOR_EVER);
    let running = run.start_in_terminal(120);
    running.wait_until_it_shows("waiting for ecs-svc/");
    running.signal(Signal::INT);
    let output = running.end().exits(130);
    assert!(
        output.stdout.contains("nothing was deployed"),
        "{}",
        output.stdout
    );
    assert!(server.log().writes().is_empty());
}

fn signal_in_the_queue_changes_nothing(signal: Signal, code: i32) {
    let server = deployed_by_another("{running: 0, pending: all}", "");
    let run = run(&server, "wait").env("ECSCTL_TIMEOUT", FOR_EVER);
    let running = run.start();
    running.wait_until_it_says("waiting for ecs-svc/");
    running.signal(signal);
    let output = running.end().exits(code).says("nothing was deployed");
    assert!(!output.stderr.contains("continues"), "{}", output.stderr);
    assert!(server.log().writes().is_empty());
}

cases! { signal_in_the_queue_changes_nothing {
    interrupt(Signal::INT, 130);
    terminate(Signal::TERM, 143);
    hang_up(Signal::HUP, 129);
} }

#[test]
fn interrupted_after_a_lost_deployment_claims_nothing() {
    let server = deployed_by_another(
        "{settle: true}",
        "{running: 1}, {supersede: {taskDefinition: 'web:4'}}",
    );
    let run = run(&server, "wait").env("ECSCTL_TIMEOUT", FOR_EVER);
    let running = run.start();
    running.wait_until_it_says("web:3 was superseded; waiting for ecs-svc/");
    running.signal(Signal::INT);
    let output = running.end().exits(130);
    for lie in ["nothing was deployed", "continues"] {
        assert!(!output.stderr.contains(lie), "{}", output.stderr);
    }
    server.log().only(UPDATE);
}

/// Runs `wait` while reads of the service fail from the fifth on.
fn reads_fail(fault: Fault) -> (Scripted, Output) {
    let server = deployed_by_another("{running: 0, pending: all, polls: 30}, {settle: true}", "");
    server.fault(Fault {
        from: Some(5),
        ..fault
    });
    let output = run(&server, "wait").run();
    (server, output)
}

const READ: &str = "ecs DescribeServices";

#[test]
fn throttled_reads_prolong_the_queue() {
    let throttled = Fault {
        throttle: true,
        times: Some(20),
        ..Fault::on(READ)
    };
    let (server, output) = reads_fail(throttled);
    output.exits(0);
    assert_eq!(runs(&server), "web:3 COMPLETED");
}

fn lost_permissions_end_the_queue(fault: Fault) {
    let (server, output) = reads_fail(fault);
    output
        .exits(3)
        .says("web was not changed: it waited for its turn");
    assert!(server.log().writes().is_empty());
}

cases! { lost_permissions_end_the_queue {
    denied(Fault::denied(READ));
    expired(Fault { code: Some("ExpiredTokenException".to_owned()), ..Fault::on(READ) });
} }

#[test]
fn service_deleted_in_the_queue_is_created_again() {
    let server = deployed_by_another("{running: 0, pending: all}", "");
    let run = run(&server, "wait").env("ECSCTL_TIMEOUT", FOR_EVER);
    let running = run.start();
    running.wait_until_it_says("waiting for ecs-svc/");
    server.world(|world| {
        let service = world.services.get_mut(&("default".to_owned(), "web".to_owned()));
        let service = service.unwrap();
        service.status = "DRAINING".to_owned();
        service.drained_after = Some(3);
    });
    running.end().exits(0).says("+ service web");
    let log = server.log();
    log.only("ecs CreateService");
    assert!(log.of(UPDATE).is_empty());
}

fn update_is_not_repeated_over_another_deployment(action: &str, exit: i32, updates: usize) {
    // Read by the plan, before the registration, and before each of two attempts.
    let server = deployed_by_another(
        "{settle: true}, {polls: 3}, {supersede: {taskDefinition: 'web:4'}, polls: 4}, {settle: true}",
        "",
    );
    server.fault(Fault {
        nth: Some(1),
        throttle: true,
        ..Fault::on(UPDATE)
    });
    run(&server, action).run().exits(exit);
    assert_eq!(server.log().of(UPDATE).len(), updates);
    let stopped = server.world(|world| {
        let service = &world.services[&("default".to_owned(), "web".to_owned())];
        service.history.iter().filter(|it| it.status == "STOPPED").count()
    });
    assert_eq!(stopped, 0, "the other deployment was replaced");
}

cases! { update_is_not_repeated_over_another_deployment {
    wait("wait", 0, 2);
    fail("fail", 7, 1);
} }

#[test]
fn revision_that_was_deregistered_is_planned_again() {
    let server = deployed(Scenario::default());
    server.fault(Fault {
        nth: Some(1),
        code: Some("ClientException".to_owned()),
        message: Some("TaskDefinition is inactive".to_owned()),
        ..Fault::on(UPDATE)
    });
    let run = deploy(&server, &changed()).env("ECSCTL_IF_IN_PROGRESS", "wait");
    run.run().exits(0);
    assert_eq!(server.log().of(UPDATE).len(), 2);
}

fn completed_deployment_is_done_although_superseded(action: &str, exit: i32, said: &str) {
    let server = deployed_by_another(
        "{settle: true}",
        "{running: 1}, {settle: true}, {supersede: {taskDefinition: 'web:4'}}",
    );
    run(&server, action).run().exits(exit).says(said);
    server.log().only(UPDATE);
}

cases! { completed_deployment_is_done_although_superseded {
    wait("wait", 0, "web:3 completed, then superseded by web:4");
    replace("replace", 7, "superseded by a newer deployment of web:4");
} }

#[test]
fn fail_comes_before_a_build_whose_result_does_not_matter() {
    let server = with_an_unfinished_deploy();
    let third = built().replace("VERSION: \"1\"", "VERSION: \"3\"");
    // There is no Docker.
    let output = acting(&server, &third, "fail").run();
    output.exits(7).says(IN_PROGRESS);
    assert!(server.log().writes().is_empty());
}

#[test]
fn superseded_deploy_queues_again() {
    let server = deployed_by_another(
        "{settle: true}",
        "{running: 1}, {supersede: {taskDefinition: 'web:4'}}, {polls: 3}, {settle: true}",
    );
    run(&server, "wait").run().exits(0);
    assert_eq!(server.log().of(UPDATE).len(), 2);
    assert_eq!(runs(&server), "web:3 COMPLETED");
}

#[test]
fn service_is_read_again_right_before_the_write() {
    let third = WEB.replace("VERSION: \"1\"", "VERSION: \"3\"");
    for (action, exit, updates) in [("wait", 0, 2), ("fail", 7, 1)] {
        let server = deployed(Scenario::default());
        overtaken(
            &server,
            &[(REGISTER, 1)],
            &acting(&server, &third, action),
            &changed(),
        )
        .exits(exit);
        assert_eq!(server.log().of(UPDATE).len(), updates, "{action}");
        // A revision that was registered in vain is deregistered.
        assert_eq!(active(&server).contains(&"3".to_owned()), exit == 0, "{action}");
    }
}

#[test]
fn revision_that_cannot_be_deregistered_is_named() {
    let third = WEB.replace("VERSION: \"1\"", "VERSION: \"3\"");
    let server = deployed(Scenario::default());
    server.fault(Fault::denied("ecs DeregisterTaskDefinition"));
    let output = overtaken(
        &server,
        &[(REGISTER, 1)],
        &acting(&server, &third, "fail"),
        &changed(),
    )
    .exits(7);
    let output = output.says("was registered, but is not deployed: ");
    output.says("aws ecs deregister-task-definition --task-definition web:");
}

#[test]
fn service_created_meanwhile_is_updated_in_turn() {
    for (action, exit, updates) in [("wait", 0, 1), ("fail", 7, 0)] {
        let server = Scripted::start(Scenario::default());
        overtaken(
            &server,
            &[(REGISTER, 1)],
            &acting(&server, WEB, action),
            &changed(),
        )
        .exits(exit);
        assert_eq!(server.log().of(UPDATE).len(), updates, "{action}");
    }
}

/// Deploys `web` and `worker` while `web` has a deployment in progress. Returns the services in the order in which
/// they were updated.
fn two_services(worker: &str) -> Vec<String> {
    let server = Scripted::start(Scenario::parse(
        r#"
definitions:
  - {family: web, containerDefinitions: [{name: web, image: "shop:1", memory: 128}]}
  - {family: web, containerDefinitions: [{name: web, image: "shop:2", memory: 128}]}
  - {family: web, containerDefinitions: [{name: web, image: "shop:3", memory: 128}]}
  - {family: worker, containerDefinitions: [{name: worker, image: "shop:1", memory: 128}]}
  - {family: worker, containerDefinitions: [{name: worker, image: "shop:2", memory: 128}]}
services:
  web:
    input: {taskDefinition: "web:1", desiredCount: 2}
    then: {taskDefinition: "web:2", polled: 1, rollout: {frames: [{running: 0, polls: 10}, {settle: true}]}}
  worker: {input: {taskDefinition: "worker:1", desiredCount: 1}}
"#,
    ));
    let worker = format!("taskDefinition: 'worker:2'{worker}");
    let file = deploy_yaml([("web", "taskDefinition: 'web:3'"), ("worker", &worker)]);
    let run = Ecsctl::on(&server, &["deploy", "--if-in-progress", "wait"]).file(&file);
    run.run().exits(0);
    let log = server.log();
    let updates = log.of(UPDATE);
    updates
        .iter()
        .map(|it| it.input["service"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn each_service_waits_by_itself() {
    assert_eq!(two_services(""), ["worker", "web"]);
}

#[test]
fn dependents_wait_for_the_service_in_the_queue() {
    assert_eq!(two_services(", dependsOn: [web]"), ["web", "worker"]);
}

/// The VERSION of a registered task definition of `web`, by its ARN.
fn version(world: &World, arn: &str) -> String {
    let revision = world.definitions.find(arn).expect("a task definition");
    let environment = revision.value["containerDefinitions"][0]["environment"].as_array();
    let of_version = environment.unwrap().iter().find(|it| it["name"] == "VERSION");
    of_version.unwrap()["value"].as_str().unwrap().to_owned()
}

/// The VERSIONs that ECS deployed, each with the status of its service deployment.
fn deployments(server: &Scripted) -> Vec<(String, String)> {
    server.world(|world| {
        let service = &world.services[&("default".to_owned(), "web".to_owned())];
        let of_record = |record: &ServiceDeployment| {
            let number = record.target.trim_start_matches("ecs-svc/");
            let revision = service.revisions.iter().find(|it| it.number == number).unwrap();
            (version(world, &revision.task_definition), record.status.clone())
        };
        service.history.iter().map(of_record).collect()
    })
}

/// The VERSIONs of the ACTIVE revisions.
fn active(server: &Scripted) -> Vec<String> {
    server.world(|world| {
        let revisions = world.definitions.family("web").iter();
        let active = revisions.filter(|it| it.value["status"] == "ACTIVE");
        active
            .map(|it| version(world, it.value["taskDefinitionArn"].as_str().unwrap()))
            .collect()
    })
}

/// Runs twenty deploys at once, each of another content.
fn twenty_at_once(server: &Scripted) {
    let runs: Vec<(String, Ecsctl)> = (2..=21)
        .map(|number| {
            let file = WEB.replace("VERSION: \"1\"", &format!("VERSION: \"{number}\""));
            let run = deploy(server, &file).env("ECSCTL_IF_IN_PROGRESS", "wait");
            (number.to_string(), run)
        })
        .collect();
    let started: Vec<(&String, Running)> = runs.iter().map(|(name, run)| (name, run.start())).collect();
    let ended: Vec<(&String, Output)> = started.into_iter().map(|(name, run)| (name, run.end())).collect();
    let (deployments, active) = (deployments(server), active(server));
    let of = |name: &str, status: &str| deployments.contains(&(name.to_owned(), status.to_owned()));
    for (name, output) in &ended {
        let was_deployed = deployments.iter().any(|(deployed, _)| deployed == *name);
        match output.code() {
            0 => assert!(of(name, "SUCCESSFUL"), "{name} never ran:\n{}", output.stderr),
            6 => {
                let says_unchanged = output.stderr.contains("web: not changed: no turn within");
                assert_eq!(says_unchanged, !was_deployed, "{name}:\n{}", output.stderr);
                assert!(
                    was_deployed || !active.contains(name),
                    "{name} is left:\n{}",
                    output.stderr
                );
            }
            code => panic!("{name} exits {code}:\n{}", output.stderr),
        }
    }
    let done = ended.iter().filter(|(_, output)| output.code() == 0);
    assert!(done.count() >= 2, "hardly any run had its turn");
}

#[test]
fn twenty_deploys_at_once_take_turns() {
    twenty_at_once(&deployed(Scenario::default()));
}

#[test]
fn twenty_deploys_at_once_create_one_service() {
    let server = Scripted::start(Scenario::default());
    twenty_at_once(&server);
    let log = server.log();
    let created = log.of("ecs CreateService");
    assert!(!created.is_empty());
}
