//! `deploy --if-in-progress`: other deployments of the same service.

use crate::support::cases;
use crate::support::cli::Running;
use crate::support::deploys::{deploy, deployed};
use crate::support::files::{WEB, changed, deploy_yaml};
use crate::support::rollbacks::definitions;
use crate::support::service_state::runs;
use crate::support::world::{ServiceDeployment, World};
use crate::support::{Ecsctl, Fault, Output, Scenario, Scripted};

const REGISTER: &str = "ecs RegisterTaskDefinition";
const UPDATE: &str = "ecs UpdateService";

/// `web:1` to `web:4`, and a deployment of `web:2` with these frames. `change` has the frames of the deploys after it.
fn web(frames: &str, change: &str) -> Scripted {
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
    then: {{taskDefinition: 'web:2', polled: 1, rollout: {{frames: [{frames}]}}}}
rollouts: {{web: [{{frames: [{change}]}}]}}
",
        definitions("web", 4)
    )))
}

/// A deploy of `web:3`.
fn run(server: &Scripted, action: &str) -> Ecsctl {
    let file = deploy_yaml([(
        "web",
        "taskDefinition: 'web:3', networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}",
    )]);
    Ecsctl::on(server, &["deploy", "--if-in-progress", action]).file(&file)
}

const IN_PROGRESS: &str = "a deployment of service web is in progress: ecs-svc/";

#[test]
fn replace_replaces_the_deployment_in_progress() {
    let server = web("{running: 0, pending: all}", "");
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
    let server = web("{running: 0, pending: all}", "");
    let output = run(&server, "fail").run().exits(7).says(IN_PROGRESS);
    assert!(output.stderr.contains(" of web:2, since 20"), "{}", output.stderr);
    output.says("ecsctl wait web watches it; ecsctl deploy --if-in-progress wait deploys after it");
    assert!(server.log().writes().is_empty());
}

#[test]
fn fail_comes_before_registering() {
    let server = deployed(Scenario::parse(
        "rollouts: {web: [{}, {frames: [{running: 0, pending: all}]}]}",
    ));
    deploy(&server, &changed())
        .env("ECSCTL_TIMEOUT", "1m")
        .run()
        .exits(6);
    server.clear_log();
    let third = WEB.replace("VERSION: \"1\"", "VERSION: \"3\"");
    let output = deploy(&server, &third).env("ECSCTL_IF_IN_PROGRESS", "fail").run();
    output.exits(7).says(IN_PROGRESS);
    assert!(server.log().writes().is_empty());
}

fn fail_sees_what_began_after_the_plan(frames: &str) {
    let server = web(&format!("{{settle: true}}, {{}}, {frames}"), "");
    run(&server, "fail").run().exits(7).says("web:2 → web:3");
    assert!(server.log().writes().is_empty());
}

cases! { fail_sees_what_began_after_the_plan {
    in_progress("{supersede: {taskDefinition: 'web:4'}}");
    completed("{supersede: {taskDefinition: 'web:4'}, settle: true}");
} }

fn wait_deploys_after_the_other_deployment(frames: &str) {
    let server = web(frames, "");
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
    let server = web(frames, "");
    run(&server, "wait").run().exits(0).says("web:3");
    assert!(server.log().writes().is_empty());
}

#[test]
fn wait_for_the_turn_ends_at_the_timeout() {
    let server = web("{running: 0, pending: all}", "");
    let output = run(&server, "wait").env("ECSCTL_TIMEOUT", "2m").run().exits(6);
    let output = output.says("web: not changed: no turn within 2m");
    output.says("; a deployment of service web is in progress: ecs-svc/");
    assert!(server.log().writes().is_empty());
}

#[test]
fn superseded_deploy_queues_again() {
    let server = web(
        "{settle: true}",
        "{running: 1}, {supersede: {taskDefinition: 'web:4'}}, {polls: 3}, {settle: true}",
    );
    run(&server, "wait").run().exits(0);
    assert_eq!(server.log().of(UPDATE).len(), 2);
    assert_eq!(runs(&server), "web:3 COMPLETED");
}

/// Runs a deploy. Its first request of this kind reaches ECS only after another deploy has ended.
fn overtaken(server: &Scripted, held: &str, (file, other): (&str, &str), action: &str) -> Output {
    server.fault(Fault {
        hold: true,
        nth: Some(1),
        ..Fault::on(held)
    });
    let first = deploy(server, file).env("ECSCTL_IF_IN_PROGRESS", action);
    let running = first.start();
    server.wait_for_unanswered(1);
    deploy(server, other).run().exits(0);
    server.end_connections();
    running.end()
}

#[test]
fn service_is_read_again_right_before_the_write() {
    let third = WEB.replace("VERSION: \"1\"", "VERSION: \"3\"");
    for (action, exit, updates) in [("wait", 0, 2), ("fail", 7, 1)] {
        let server = deployed(Scenario::default());
        overtaken(&server, REGISTER, (&third, &changed()), action).exits(exit);
        assert_eq!(server.log().of(UPDATE).len(), updates, "{action}");
    }
}

#[test]
fn service_created_meanwhile_is_updated_in_turn() {
    for (action, exit, updates) in [("wait", 0, 1), ("fail", 7, 0)] {
        let server = Scripted::start(Scenario::default());
        overtaken(&server, REGISTER, (WEB, &changed()), action).exits(exit);
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
