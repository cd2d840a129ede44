//! CodeDeploy deployments.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::ecs::{CodeDeployment, LifecycleEvent, Service, Task};
use crate::verdict::{CodeDeploySnapshot, FailureKind, WaitUntil, WatchTarget};

const OURS: &str = "d-222222222";
const BLUE: &str = "ecs-svc/1";
const GREEN: &str = "ecs-svc/2";

fn request() -> WatchRequest {
    WatchRequest {
        definition: Some("arn:aws:ecs:us-east-1:123456789012:task-definition/web:2".to_owned()),
        before: Some("web:1".to_owned()),
        ..WatchRequest::new("web", WatchTarget::CodeDeploy { id: OURS.to_owned() })
    }
}

fn task_set(id: &str, status: &str, running: u64) -> Value {
    let (number, external) = if id == GREEN {
        (2, json!(OURS))
    } else {
        (1, Value::Null)
    };
    json!({"id": id, "status": status, "externalId": external, "runningCount": running, "pendingCount": 0,
        "computedDesiredCount": 2, "createdAt": 1_700_000_000.0,
        "taskDefinition": format!("arn:aws:ecs:us-east-1:123456789012:task-definition/web:{number}")})
}

fn snapshot(sets: &[Value], deployment: Value) -> Snapshot {
    let mut whole = json!({"deploymentId": OURS, "createTime": 1_700_000_000.0});
    whole
        .as_object_mut()
        .unwrap()
        .extend(deployment.as_object().unwrap().clone());
    let mut deployment = CodeDeployment::read(&whole);
    deployment.lifecycle_events = LifecycleEvent::read_all(&whole);
    let service = json!({"serviceName": "web", "status": "ACTIVE", "desiredCount": 2, "taskSets": sets,
        "deploymentController": {"type": "CODE_DEPLOY"}, "loadBalancers": [{"targetGroupArn": "arn"}]});
    Snapshot {
        code_deploy: Some(CodeDeploySnapshot {
            deployment,
            rollback: None,
            definition: None,
        }),
        ..Snapshot::of(Some(Service::read(service)))
    }
}

fn before_shift(deployment: Value) -> Snapshot {
    snapshot(
        &[task_set(BLUE, "PRIMARY", 2), task_set(GREEN, "ACTIVE", 2)],
        deployment,
    )
}

fn after_shift(deployment: Value) -> Snapshot {
    snapshot(&[task_set(GREEN, "PRIMARY", 2)], deployment)
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

/// The verdict after these snapshots, one every two seconds.
fn judged(request: WatchRequest, snapshots: &[Snapshot]) -> Option<Verdict> {
    let mut judge = Judge::new(request);
    let steps = snapshots.iter().zip(0..);
    steps
        .map(|(snapshot, step)| judge.step(snapshot, at(2 * step)).verdict)
        .last()
        .flatten()
}

fn failed() -> Value {
    json!({"status": "Failed", "errorInformation": {"code": "HOOK_EXECUTION_FAILURE", "message": "A hook failed."},
        "ecsTarget": {"lifecycleEvents": [{"lifecycleEventName": "BeforeAllowTraffic", "status": "Failed",
            "diagnostics": {"message": "smoke test failed"}}]}})
}

#[test]
fn succeeded_counts_once_the_service_shows_it() {
    let stale = before_shift(json!({"status": "Succeeded"}));
    assert_eq!(judged(request(), std::slice::from_ref(&stale)), None);
    let done = after_shift(json!({"status": "Succeeded"}));
    let verdict = judged(request(), &[stale.clone(), done]);
    assert_eq!(verdict, Some(Verdict::Stable { exercised: true }));
    let few = snapshot(&[task_set(GREEN, "PRIMARY", 1)], json!({"status": "Succeeded"}));
    assert_eq!(judged(request(), &[few]), None);
    // Another deployment came right after it.
    let snapshots = vec![stale; 20];
    assert!(matches!(
        judged(request(), &snapshots),
        Some(Verdict::Superseded { definition: Some(definition), .. }) if definition == "web:1"
    ));
}

#[test]
fn a_failed_lifecycle_event_is_the_reason() {
    let verdict = judged(request(), &[before_shift(failed())]);
    let reason = "A hook failed. (BeforeAllowTraffic: smoke test failed)".to_owned();
    assert_eq!(verdict, Some(Verdict::failed(FailureKind::GivenUp, Some(reason))));
}

#[test]
fn a_rollback_is_followed_to_its_end() {
    let mut ended = failed();
    ended["autoRollbackConfiguration"] = json!({"enabled": true, "events": ["DEPLOYMENT_FAILURE"]});
    let expected = before_shift(ended.clone());
    assert_eq!(judged(request(), std::slice::from_ref(&expected)), None);
    ended["rollbackInfo"] = json!({"rollbackDeploymentId": "d-3"});
    let with = |status: &str| {
        let mut snapshot = snapshot(&[task_set(BLUE, "PRIMARY", 2)], ended.clone());
        let rollback = CodeDeployment::read(&json!({"deploymentId": "d-3", "status": status}));
        snapshot.code_deploy.as_mut().unwrap().rollback = Some(rollback);
        snapshot
    };
    assert_eq!(judged(request(), &[expected.clone(), with("InProgress")]), None);
    let verdict = judged(
        request(),
        &[expected.clone(), with("InProgress"), with("Succeeded")],
    );
    assert!(matches!(
        verdict,
        Some(Verdict::RolledBack { to: Some(to), complete: true, by: RollbackInitiator::Failure, .. }) if to == "web:1"
    ));
    let verdict = judged(request(), &[expected, with("Failed")]);
    assert!(matches!(
        verdict,
        Some(Verdict::Failed {
            how: FailureKind::RollbackFailed,
            ..
        })
    ));
}

#[test]
fn a_stop_by_a_user_is_no_failure_of_the_tasks() {
    let stopped =
        json!({"status": "Stopped", "errorInformation": {"code": "MANUAL_STOP", "message": "Stopped."}});
    let reason = Some("Stopped.".to_owned());
    assert_eq!(
        judged(request(), &[before_shift(stopped)]),
        Some(Verdict::Stopped { reason })
    );
}

#[test]
fn a_deployment_that_waits_for_its_traffic_is_paused() {
    let ready = || {
        before_shift(json!({"status": "Ready", "blueGreenDeploymentConfiguration": {
            "deploymentReadyOption": {"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 60}}}))
    };
    assert!(matches!(
        judged(request(), &[ready()]),
        Some(Verdict::Paused { hook, .. }) if hook == "READY_WAIT"
    ));
    let through = WatchRequest {
        wait_through_pause: true,
        ..request()
    };
    assert_eq!(judged(through, &[ready()]), None);
}

#[test]
fn deployed_ends_when_the_traffic_is_shifted() {
    let shifted = after_shift(json!({"status": "InProgress", "instanceTerminationWaitTimeStarted": true}));
    assert_eq!(judged(request(), std::slice::from_ref(&shifted)), None);
    let deployed = WatchRequest {
        until: WaitUntil::Deployed,
        ..request()
    };
    assert_eq!(
        judged(deployed, &[shifted]),
        Some(Verdict::Deployed { exercised: true })
    );
}

#[test]
fn crashing_tasks_end_the_watch() {
    let mut crashing = snapshot(
        &[task_set(BLUE, "PRIMARY", 2), task_set(GREEN, "ACTIVE", 0)],
        json!({"status": "InProgress"}),
    );
    crashing.tasks_at = Some(at(0));
    let stopped = |id: usize| {
        Task::read(
            &json!({"taskArn": format!("arn:aws:ecs:us-east-1:123456789012:task/c/{id}"), "startedBy": GREEN,
            "lastStatus": "STOPPED", "stopCode": "EssentialContainerExited", "startedAt": 1_700_000_001.0,
            "stoppedReason": "Essential container in task exited", "stoppedAt": 1_700_000_002.0,
            "containers": [{"name": "web", "exitCode": 1, "lastStatus": "STOPPED"}]}),
        )
    };
    crashing.tasks = (0..3).filter_map(stopped).collect();
    assert!(matches!(
        judged(request(), &[crashing]),
        Some(Verdict::Failed {
            how: FailureKind::CrashLoop { failed: 3 },
            ..
        })
    ));
}

#[test]
fn a_deployment_that_never_ends_times_out() {
    let mut judge = Judge::new(request());
    let snapshot = before_shift(json!({"status": "InProgress", "ecsTarget": {"lifecycleEvents": [
        {"lifecycleEventName": "Install", "status": "InProgress"}]}}));
    assert_eq!(judge.step(&snapshot, at(0)).verdict, None);
    assert_eq!(judge.step(&snapshot, at(29 * 60)).verdict, None);
    let verdict = judge.step(&snapshot, at(31 * 60)).verdict;
    assert!(
        matches!(&verdict, Some(Verdict::TimedOut { state, .. }) if state == "at Install, 2 of 2 tasks running so far"),
        "{verdict:?}"
    );
}

fn any_snapshot() -> impl Strategy<Value = Snapshot> {
    let statuses = [
        "Created",
        "InProgress",
        "Ready",
        "Succeeded",
        "Failed",
        "Stopped",
        "Unknown",
    ];
    let code = prop::sample::select(vec!["MANUAL_STOP", "ALARM_ACTIVE", "TIMEOUT"]);
    (
        prop::sample::select(statuses.to_vec()),
        any::<[bool; 4]>(),
        code,
        0_u64..3,
    )
        .prop_map(|(status, flags, code, running)| {
            let mut deployment = json!({"status": status, "instanceTerminationWaitTimeStarted": flags[0]});
            if flags[1] {
                deployment["errorInformation"] = json!({"code": code});
            }
            if flags[2] {
                deployment["rollbackInfo"] = json!({"rollbackDeploymentId": "d-3"});
            }
            let sets = match flags[3] {
                true => vec![task_set(GREEN, "PRIMARY", running)],
                false => vec![
                    task_set(BLUE, "PRIMARY", running),
                    task_set(GREEN, "ACTIVE", running),
                ],
            };
            snapshot(&sets, deployment)
        })
}

proptest! {
    #[test]
    fn success_is_always_the_requested_revision(snapshots in prop::collection::vec(any_snapshot(), 1..12)) {
        let mut judge = Judge::new(request());
        for (snapshot, step) in snapshots.iter().zip(0..) {
            let Some(verdict) = judge.step(snapshot, at(2 * step)).verdict else {
                continue;
            };
            if let Verdict::Stable { .. } = verdict {
                let seen = snapshot.code_deploy.as_ref().unwrap();
                let primary = snapshot.service.as_ref().unwrap().primary_task_set().unwrap();
                prop_assert_eq!(&seen.deployment.status, &crate::ecs::CodeDeployStatus::Succeeded);
                prop_assert_eq!(primary.short_definition(), Some("web:2"));
                prop_assert_eq!(primary.running, 2);
            }
            prop_assert_eq!(judge.step(snapshot, at(9000)).verdict, Some(verdict), "a verdict is final");
            break;
        }
    }
}
