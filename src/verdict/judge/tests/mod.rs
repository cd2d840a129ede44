//! Tests for each rule of `docs/design.md` §5.1–5.5, §5.8 and §5.9, on responses as ECS returns them
//! (`docs/ecs-behavior.md` §5).

mod adverse;
mod attaching;
mod code_deploy;
mod crash_loop;
mod replaced;
mod success;
mod watching;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{Judge, JudgeStep};
use crate::ecs::{ProtectedTask, RollbackInitiator, Service, ServiceDeployment, Task};
use crate::exit::Exit;
use crate::model::{FailureTarget, RolloutEvent};
use crate::verdict::{FailureKind, Snapshot, Verdict, WaitUntil, WatchRequest, WatchTarget};

const T0: i64 = 1_700_000_000;
const OURS: &str = "ecs-svc/2";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(T0 + second).unwrap()
}

/// A request to watch the deployment that our UpdateService started ten seconds after T0, over ecs-svc/1.
fn started() -> WatchRequest {
    WatchRequest {
        definition: Some("arn:aws:ecs:us-east-1:123456789012:task-definition/web:2".to_owned()),
        before: Some("web:1".to_owned()),
        ..WatchRequest::new(
            "web",
            WatchTarget::Started {
                id: OURS.to_owned(),
                created_at: Some(at(10)),
                previous: Some("ecs-svc/1".to_owned()),
            },
        )
    }
}

fn first() -> WatchRequest {
    let target = WatchTarget::Started {
        id: OURS.to_owned(),
        created_at: Some(at(10)),
        previous: None,
    };
    WatchRequest {
        target,
        before: None,
        ..started()
    }
}

/// A deployment with this number, status, rolloutState, running count and desired count, created
/// (number - 1) * 10 seconds after T0.
fn deployment(number: i64, status: &str, state: Option<&str>, running: u64, desired: u64) -> Value {
    json!({"id": format!("ecs-svc/{number}"), "status": status, "rolloutState": state, "runningCount": running,
        "desiredCount": desired, "pendingCount": 0, "failedTasks": 0,
        "taskDefinition": format!("arn:aws:ecs:us-east-1:123456789012:task-definition/web:{number}"),
        "createdAt": T0 + (number - 1) * 10, "updatedAt": T0 + (number - 1) * 10})
}

fn with(mut value: Value, member: &str, content: impl Into<Value>) -> Value {
    value[member] = content.into();
    value
}

/// A service behind a load balancer, with circuit breaker and rollback enabled.
fn service(deployments: Vec<Value>) -> Value {
    let running: u64 = deployments
        .iter()
        .filter_map(|it| it["runningCount"].as_u64())
        .sum();
    json!({"serviceName": "web", "status": "ACTIVE", "desiredCount": 2, "runningCount": running,
        "loadBalancers": [{"targetGroupArn": "arn"}], "deployments": deployments,
        "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": true, "rollback": true}}})
}

fn polled(service: Value) -> Snapshot {
    let mut snapshot = Snapshot::of(Some(Service::read(service)));
    snapshot.deployments_readable = false;
    snapshot
}

fn joined(service: Value, status: &str, listed: i64) -> Snapshot {
    joined_with(service, json!({"status": status}), listed)
}

fn joined_with(service: Value, members: Value, listed: i64) -> Snapshot {
    let mut reply = json!({"serviceDeploymentArn": "arn:sd/2", "createdAt": T0 + 10,
        "targetServiceRevision": {"arn": "arn:aws:ecs:us-east-1:123456789012:service-revision/c/web/2"}});
    reply
        .as_object_mut()
        .unwrap()
        .extend(members.as_object().unwrap().clone());
    let mut snapshot = polled(service);
    snapshot.deployments_readable = true;
    snapshot.listed_at = Some(at(listed));
    snapshot.service_deployments = vec![ServiceDeployment::read(&reply).unwrap()];
    snapshot
}

fn stopped(id: &str, exit_code: i64, second: i64) -> Task {
    Task::read(
        &json!({"taskArn": format!("arn:aws:ecs:::task/c/{id}"), "startedBy": OURS, "lastStatus": "STOPPED",
        "stopCode": "EssentialContainerExited", "stoppedReason": "Essential container in task exited",
        "stoppedAt": T0 + second, "containers": [{"name": "web", "exitCode": exit_code}]}),
    )
    .unwrap()
}

/// Feeds the judge one snapshot per second, from second 20 on. Returns the last step.
fn run(request: WatchRequest, polls: &[Snapshot]) -> JudgeStep {
    let mut judge = Judge::new(request);
    let mut last = JudgeStep::default();
    for (second, poll) in polls.iter().enumerate() {
        last = judge.step(poll, at(20 + second as i64));
    }
    last
}

/// Repeats the same snapshot until there is a verdict, for at most `seconds`.
fn wait(judge: &mut Judge, snapshot: &Snapshot, from: i64, seconds: i64) -> (i64, JudgeStep) {
    let mut step = JudgeStep::default();
    for second in from..=from + seconds {
        step = judge.step(snapshot, at(second));
        if step.verdict.is_some() {
            return (second, step);
        }
    }
    (from + seconds, step)
}

fn healthy() -> Value {
    service(vec![deployment(2, "PRIMARY", Some("COMPLETED"), 2, 2)])
}

fn in_progress() -> Value {
    service(vec![
        deployment(2, "PRIMARY", Some("IN_PROGRESS"), 1, 2),
        deployment(1, "ACTIVE", Some("COMPLETED"), 2, 2),
    ])
}

const STABLE: Verdict = Verdict::Stable { exercised: true };

fn rolling_back(state: &str, running: u64) -> Value {
    let words = "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/3.";
    let restoring = deployment(3, "PRIMARY", Some(state), running, 2);
    let restoring = with(
        with(restoring, "rolloutStateReason", words),
        "taskDefinition",
        "arn:aws:ecs:::task-definition/web:1",
    );
    service(vec![
        restoring,
        deployment(2, "ACTIVE", Some("IN_PROGRESS"), 0, 0),
    ])
}

fn without_breaker(failed: u64, running: u64) -> Value {
    let mut value = service(vec![with(
        deployment(2, "PRIMARY", Some("IN_PROGRESS"), running, 2),
        "failedTasks",
        failed,
    )]);
    value["deploymentConfiguration"] = json!({});
    value
}
