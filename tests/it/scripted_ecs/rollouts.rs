//! Rollouts move on by one frame a poll.

use crate::support::client::{deploy, describe, ok, short, with_web};
use crate::support::{Scenario, Scripted};
use serde_json::json;

fn status(server: &Scripted) -> String {
    let listed = ok(server, "ecs ListServiceDeployments", json!({"service": "web"}));
    listed["serviceDeployments"][0]["status"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn unscripted_change_completes_on_the_third_poll() {
    let server = with_web("");
    deploy(&server);
    assert_eq!(
        short(&describe(&server)),
        ["PRIMARY web:2 IN_PROGRESS 0/2", "ACTIVE web:1 COMPLETED 2/2"]
    );
    assert_eq!(
        short(&describe(&server)),
        ["PRIMARY web:2 IN_PROGRESS 2/2", "ACTIVE web:1 COMPLETED 2/2"]
    );
    assert_eq!(status(&server), "IN_PROGRESS");
    let done = describe(&server);
    assert_eq!(short(&done), ["PRIMARY web:2 COMPLETED 2/2"]);
    assert_eq!(
        done["events"][0]["message"],
        "(service web) has reached a steady state."
    );
    assert_eq!(status(&server), "SUCCESSFUL");
    assert_eq!(short(&describe(&server)), ["PRIMARY web:2 COMPLETED 2/2"]);
}

const ROLLBACK: &str = "
rollouts:
  web:
    - frames:
        - pending: all
        - stopped: [{exitCode: 1, log: [starting, 'no database']}]
          polls: 2
        - rollback: {}
        - settle: true
";

#[test]
fn rollback_is_a_new_deployment_of_the_old_definition() {
    let server = with_web(ROLLBACK);
    let ours = deploy(&server);
    describe(&server);
    let failing = describe(&server);
    assert_eq!(failing["deployments"][0]["failedTasks"], 1);
    assert_eq!(describe(&server)["deployments"], failing["deployments"]);
    let back = describe(&server);
    assert_eq!(
        short(&back),
        ["PRIMARY web:1 IN_PROGRESS 2/2", "ACTIVE web:2 FAILED 0/2"]
    );
    let id = back["deployments"][0]["id"].as_str().unwrap();
    assert_ne!(id, ours);
    assert_eq!(
        back["deployments"][0]["rolloutStateReason"],
        format!("ECS deployment circuit breaker: rolling back to deploymentId {id}.")
    );
    assert_eq!(status(&server), "ROLLBACK_IN_PROGRESS");
    assert_eq!(short(&describe(&server)), ["PRIMARY web:1 COMPLETED 2/2"]);
    assert_eq!(status(&server), "ROLLBACK_SUCCESSFUL");

    let stopped = json!({"serviceName": "web", "desiredStatus": "STOPPED"});
    let stopped = ok(&server, "ecs ListTasks", stopped);
    let described = ok(
        &server,
        "ecs DescribeTasks",
        json!({"tasks": stopped["taskArns"]}),
    );
    let described = described["tasks"].as_array().unwrap();
    // The others were on their way up when ECS gave up.
    let by = |code: &str| {
        described
            .iter()
            .filter(|task| task["stopCode"] == code)
            .collect::<Vec<_>>()
    };
    assert_eq!(by("ServiceSchedulerInitiated").len(), 2);
    let [described] = by("EssentialContainerExited")[..] else {
        panic!("{described:#?}");
    };
    assert_eq!(described["startedBy"], ours);
    assert_eq!(described["containers"][0]["exitCode"], 1);
    let task = described["taskArn"].as_str().unwrap();
    let stream = format!("web/web/{}", task.rsplit('/').next().unwrap());
    let log = json!({"logGroupName": "/ecs/web", "logStreamName": stream});
    let log = ok(&server, "logs GetLogEvents", log);
    assert_eq!(log["events"][1]["message"], "no database");
}

#[test]
fn rollback_can_reuse_the_old_deployment_id() {
    let server = with_web(&ROLLBACK.replace("rollback: {}", "rollback: {reuseId: true}"));
    let before = describe(&server)["deployments"][0]["id"].clone();
    deploy(&server);
    for _ in 0..3 {
        describe(&server);
    }
    assert_eq!(describe(&server)["deployments"][0]["id"], before);
}

#[test]
fn deployment_can_be_superseded() {
    let server = with_web(
        "
rollouts:
  web:
    - frames: [{pending: 2}, {supersede: {taskDefinition: 'web:1'}}, {settle: true}]
",
    );
    let ours = deploy(&server);
    describe(&server);
    let other = describe(&server);
    assert_eq!(other["deployments"][1]["id"], ours);
    assert_eq!(short(&describe(&server)), ["PRIMARY web:1 COMPLETED 2/2"]);
    let listed = ok(&server, "ecs ListServiceDeployments", json!({"service": "web"}));
    let stopped = &listed["serviceDeployments"][1];
    assert_eq!(stopped["status"], "STOPPED");
    assert_eq!(stopped["statusReason"], "Replaced by a new service deployment");
    assert_eq!(listed["serviceDeployments"][0]["status"], "SUCCESSFUL");
}

#[test]
fn replies_can_be_stale() {
    let server = with_web("rollouts: {web: [{stale: 2, unlisted: 1}]}");
    let ours = deploy(&server);
    let list = || ok(&server, "ecs ListServiceDeployments", json!({"service": "web"}));
    assert_eq!(list()["serviceDeployments"].as_array().unwrap().len(), 1);
    assert_eq!(list()["serviceDeployments"].as_array().unwrap().len(), 2);
    for _ in 0..2 {
        assert_eq!(short(&describe(&server)), ["PRIMARY web:1 COMPLETED 2/2"]);
    }
    assert_eq!(describe(&server)["deployments"][0]["id"], ours);
}

#[test]
fn frame_can_override_any_member() {
    let server = with_web(
        "
unknownValues: true
rollouts:
  web:
    - frames:
        - service: {status: PONDERING}
          deployment: {rolloutState: null}
          serviceDeployment: {lifecycleStage: BAKE_TIME}
",
    );
    deploy(&server);
    let odd = describe(&server);
    assert_eq!(odd["status"], "PONDERING");
    assert_eq!(odd["deployments"][0].get("rolloutState"), None);
}

#[test]
fn deployment_can_be_in_progress_at_the_start() {
    let scenario = Scenario::parse(
        "
definitions:
  - {family: web, containerDefinitions: [{name: web, image: 'shop:1', memory: 128}]}
  - {family: web, containerDefinitions: [{name: web, image: 'shop:2', memory: 128}]}
services:
  web:
    input: {taskDefinition: 'web:1', desiredCount: 2}
    then: {taskDefinition: 'web:2', polled: 1}
",
    );
    let server = Scripted::start(scenario);
    assert_eq!(
        short(&describe(&server)),
        ["PRIMARY web:2 IN_PROGRESS 2/2", "ACTIVE web:1 COMPLETED 2/2"]
    );
}

#[test]
fn deployment_can_be_stopped() {
    let server = with_web("");
    deploy(&server);
    let listed = ok(&server, "ecs ListServiceDeployments", json!({"service": "web"}));
    let arn = listed["serviceDeployments"][0]["serviceDeploymentArn"].clone();
    let stop = json!({"serviceDeploymentArn": arn, "stopType": "ROLLBACK"});
    ok(&server, "ecs StopServiceDeployment", stop);
    assert_eq!(status(&server), "ROLLBACK_REQUESTED");
    describe(&server);
    assert_eq!(short(&describe(&server)), ["PRIMARY web:1 COMPLETED 2/2"]);
}
