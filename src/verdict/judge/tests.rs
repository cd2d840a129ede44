//! A test for each rule of design §5.1–5.5, 5.8 and 5.9, on replies as ECS gives them (notes/aws-stand-ins.md §4).

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{Judge, Step};
use crate::model::RolloutEvent;
use crate::verdict::{Aim, FailureKind, Service, ServiceDeployment, Snapshot, Target, Task, Until, Verdict};

const T0: i64 = 1_700_000_000;
const OURS: &str = "ecs-svc/2";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(T0 + second).unwrap()
}

/// The deployment that our UpdateService started ten seconds after T0, over ecs-svc/1.
fn started() -> Aim {
    Aim {
        definition: Some("arn:aws:ecs:us-east-1:123456789012:task-definition/web:2".to_owned()),
        before: Some("web:1".to_owned()),
        ..Aim::new(
            "web",
            Target::Started {
                id: OURS.to_owned(),
                created_at: Some(at(10)),
                previous: Some("ecs-svc/1".to_owned()),
            },
        )
    }
}

fn first() -> Aim {
    let target = Target::Started {
        id: OURS.to_owned(),
        created_at: Some(at(10)),
        previous: None,
    };
    Aim {
        target,
        before: None,
        ..started()
    }
}

/// A deployment: number, status, rolloutState, running of desired. Created ten seconds a number, less ten.
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

/// A service behind a load balancer, with the circuit breaker and rollback on.
fn service(deployments: Vec<Value>) -> Value {
    let running: u64 = deployments
        .iter()
        .filter_map(|it| it["runningCount"].as_u64())
        .sum();
    json!({"serviceName": "web", "status": "ACTIVE", "desiredCount": 2, "runningCount": running,
        "loadBalancers": [{"targetGroupArn": "arn"}], "deployments": deployments,
        "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": true, "rollback": true}}})
}

fn look(service: Value) -> Snapshot {
    let mut snapshot = Snapshot::of(Some(Service::read(&service)));
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
    let mut snapshot = look(service);
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

/// Looks, one a second from second 20 on; the last step.
fn run(aim: Aim, looks: &[Snapshot]) -> Step {
    let mut judge = Judge::new(aim);
    let mut last = Step::default();
    for (second, look) in looks.iter().enumerate() {
        last = judge.step(look, at(20 + second as i64));
    }
    last
}

/// The same look over and over until there is a verdict, for so many seconds.
fn wait(judge: &mut Judge, snapshot: &Snapshot, from: i64, seconds: i64) -> (i64, Step) {
    let mut step = Step::default();
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

#[test]
fn completed_alone_and_full_is_stable() {
    assert_eq!(
        run(started(), &[look(in_progress()), look(healthy())]).verdict,
        Some(STABLE)
    );
}

#[test]
fn completed_with_fewer_running_is_not_taken_at_face_value() {
    let short = service(vec![deployment(2, "PRIMARY", Some("COMPLETED"), 1, 2)]);
    assert_eq!(run(started(), &[look(short)]).verdict, None);
}

#[test]
fn full_without_completed_is_not_enough() {
    let full = service(vec![deployment(2, "PRIMARY", Some("IN_PROGRESS"), 2, 2)]);
    assert_eq!(run(started(), &[look(full)]).verdict, None);
}

#[test]
fn old_tasks_must_be_gone_for_stable_but_not_for_deployed() {
    let draining = service(vec![
        deployment(2, "PRIMARY", Some("COMPLETED"), 2, 2),
        deployment(1, "DRAINING", Some("COMPLETED"), 1, 0),
    ]);
    assert_eq!(run(started(), &[look(draining.clone())]).verdict, None);
    let aim = Aim {
        until: Until::Deployed,
        ..started()
    };
    let verdict = run(aim, &[look(draining)]).verdict.unwrap();
    assert_eq!(verdict, Verdict::Deployed { exercised: true });
    assert!(!verdict.is_final());
    // Listed no more, and still counted by the service.
    assert_eq!(
        run(started(), &[look(with(healthy(), "runningCount", 3))]).verdict,
        None
    );
}

#[test]
fn old_tasks_that_only_the_deployments_show_count_too() {
    let old = |member: &str| {
        let old = with(deployment(1, "DRAINING", None, 0, 0), member, 1);
        let mut draining = service(vec![deployment(2, "PRIMARY", Some("COMPLETED"), 2, 2), old]);
        draining.as_object_mut().unwrap().remove("runningCount");
        look(draining)
    };
    assert_eq!(run(started(), &[old("runningCount")]).verdict, None);
    assert_eq!(run(started(), &[old("pendingCount")]).verdict, None);
    assert_eq!(run(started(), &[old("failedTasks")]).verdict, Some(STABLE));
}

#[test]
fn ours_must_be_what_ecs_works_towards() {
    let idle = service(vec![deployment(2, "ACTIVE", Some("COMPLETED"), 2, 2)]);
    assert_eq!(run(started(), &[look(idle.clone())]).verdict, None);
    assert_eq!(run(started(), &[joined(idle, "SUCCESSFUL", 20)]).verdict, None);
}

#[test]
fn no_desired_task_means_not_exercised() {
    let empty = service(vec![deployment(2, "PRIMARY", Some("COMPLETED"), 0, 0)]);
    assert_eq!(
        run(started(), &[look(empty)]).verdict,
        Some(Verdict::Stable { exercised: false })
    );
}

#[test]
fn a_daemon_is_judged_by_its_own_desired_count() {
    let daemon = with(healthy(), "schedulingStrategy", "DAEMON");
    assert_eq!(
        run(started(), &[look(with(daemon, "desiredCount", 7))]).verdict,
        Some(STABLE)
    );
}

#[test]
fn a_service_that_nobody_looks_at_settles() {
    let bare = look(with(healthy(), "loadBalancers", json!([])));
    let mut judge = Judge::new(started());
    let first = judge.step(&bare, at(20));
    assert!(first.events.contains(&RolloutEvent::Settling { seconds: 10 }));
    let (_, step) = wait(&mut judge, &bare, 21, 8);
    assert_eq!(step.verdict, None);
    // The ten seconds are over: the last word is the list of stopped tasks.
    assert!(judge.step(&bare, at(30)).wants.tasks);
    let read = Snapshot {
        tasks_at: Some(at(30)),
        ..bare
    };
    assert_eq!(judge.step(&read, at(30)).verdict, Some(STABLE));
}

#[test]
fn a_health_check_or_load_balancer_spares_the_settling() {
    let bare = look(with(healthy(), "loadBalancers", json!([])));
    let aim = Aim {
        health_checked: true,
        ..started()
    };
    assert_eq!(run(aim, &[bare]).verdict, Some(STABLE));
    assert_eq!(run(started(), &[look(healthy())]).verdict, Some(STABLE));
}

#[test]
fn completed_and_then_a_crash_within_the_settling_time_fails() {
    // "passes, but then stops" may not trip the breaker (re:Post).
    let bare = with(healthy(), "loadBalancers", json!([]));
    let mut judge = Judge::new(started());
    assert_eq!(judge.step(&look(bare.clone()), at(20)).verdict, None);
    let mut crashed = look(bare);
    crashed.tasks = vec![stopped("a", 1, 22)];
    crashed.tasks_at = Some(at(23));
    let step = judge.step(&crashed, at(23));
    assert!(
        matches!(&step.verdict, Some(Verdict::Failed { how: FailureKind::CrashedAfter, reason: Some(reason) })
            if reason == "Essential container in task exited"),
        "{step:?}"
    );
}

#[test]
fn a_crash_that_the_counts_show_fails_too() {
    let bare = |running| {
        with(
            service(vec![deployment(2, "PRIMARY", Some("COMPLETED"), running, 2)]),
            "loadBalancers",
            json!([]),
        )
    };
    let mut judge = Judge::new(started());
    judge.step(&look(bare(2)), at(20));
    let step = judge.step(&look(bare(1)), at(22));
    assert!(step.verdict.is_none() && step.wants.tasks);
    let read = Snapshot {
        tasks: vec![stopped("a", 1, 21)],
        tasks_at: Some(at(22)),
        ..look(bare(1))
    };
    let verdict = judge.step(&read, at(22)).verdict;
    assert!(
        matches!(
            verdict,
            Some(Verdict::Failed {
                how: FailureKind::CrashedAfter,
                ..
            })
        ),
        "{verdict:?}"
    );
}

#[test]
fn a_crash_before_completion_is_forgiven() {
    let bare = look(with(healthy(), "loadBalancers", json!([])));
    let mut judge = Judge::new(started());
    judge.step(&bare, at(20));
    // Stopped at second 5, by ECS's clock before COMPLETED at second 10; found out only now.
    let read = Snapshot {
        tasks: vec![stopped("a", 1, 5)],
        tasks_at: Some(at(30)),
        ..bare
    };
    assert_eq!(judge.step(&read, at(30)).verdict, Some(STABLE));
}

#[test]
fn settling_goes_on_without_the_right_to_read_tasks() {
    let mut bare = look(with(healthy(), "loadBalancers", json!([])));
    bare.tasks_readable = false;
    let (second, step) = wait(&mut Judge::new(started()), &bare, 20, 60);
    assert_eq!((second, step.verdict), (30, Some(STABLE)));
}

#[test]
fn given_up_without_a_rollback_fails() {
    let mut given_up = service(vec![with(
        deployment(2, "PRIMARY", Some("FAILED"), 0, 2),
        "rolloutStateReason",
        "ECS deployment circuit breaker: tasks failed to start.",
    )]);
    given_up["deploymentConfiguration"] =
        json!({"deploymentCircuitBreaker": {"enable": true, "rollback": false}});
    let expected = Verdict::Failed {
        how: FailureKind::GivenUp,
        reason: Some("ECS deployment circuit breaker: tasks failed to start.".to_owned()),
    };
    assert_eq!(run(started(), &[look(given_up)]).verdict, Some(expected));
}

#[test]
fn a_first_deployment_has_nothing_to_go_back_to() {
    let given_up = service(vec![deployment(2, "PRIMARY", Some("FAILED"), 0, 2)]);
    let verdict = run(first(), &[look(given_up)]).verdict;
    assert!(
        matches!(
            verdict,
            Some(Verdict::Failed {
                how: FailureKind::GivenUp,
                ..
            })
        ),
        "{verdict:?}"
    );
}

#[test]
fn failed_is_given_time_to_roll_back() {
    let given_up = look(service(vec![
        deployment(2, "PRIMARY", Some("FAILED"), 0, 2),
        deployment(1, "ACTIVE", Some("COMPLETED"), 2, 2),
    ]));
    let (second, step) = wait(&mut Judge::new(started()), &given_up, 20, 60);
    assert_eq!(second, 35);
    assert!(matches!(
        step.verdict,
        Some(Verdict::Failed {
            how: FailureKind::GivenUp,
            ..
        })
    ));
}

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

#[test]
fn a_rollback_is_watched_to_its_end_and_is_never_a_success() {
    let mut judge = Judge::new(started());
    judge.step(&look(in_progress()), at(20));
    let step = judge.step(&look(rolling_back("IN_PROGRESS", 1)), at(21));
    assert_eq!(step.verdict, None);
    assert!(step.events.iter().any(
        |it| matches!(it, RolloutEvent::RollingBack { to: Some(to), reason }
        if to == "web:1" && reason.contains("rolling back to"))
    ));
    assert!(step.wants.tasks, "the reason is in the tasks");
    // In the end there is one deployment, COMPLETED, of the old definition.
    let mut done = rolling_back("COMPLETED", 2);
    done["deployments"].as_array_mut().unwrap().pop();
    done["deployments"][0]["rolloutStateReason"] = json!("ECS deployment ecs-svc/3 completed.");
    let verdict = judge.step(&look(done), at(22)).verdict.unwrap();
    assert!(
        matches!(&verdict, Verdict::RolledBack { to: Some(to), complete: true, reason: Some(reason) }
            if to == "web:1" && reason.contains("rolling back to")),
        "{verdict:?}"
    );
}

#[test]
fn a_rollback_that_uses_the_old_id_again_is_a_rollback() {
    let restored = with(
        deployment(1, "PRIMARY", Some("COMPLETED"), 2, 2),
        "updatedAt",
        T0 + 90,
    );
    let mut judge = Judge::new(started());
    judge.step(&look(in_progress()), at(20));
    let verdict = judge.step(&look(service(vec![restored])), at(21)).verdict;
    assert!(
        matches!(verdict, Some(Verdict::RolledBack { complete: true, .. })),
        "{verdict:?}"
    );
}

#[test]
fn a_rollback_noticed_only_when_it_was_over_is_a_rollback() {
    // The words have changed to "completed" by then; the event still names our deployment.
    let mut over = service(vec![deployment(3, "PRIMARY", Some("COMPLETED"), 2, 2)]);
    let said = "(service web) (deployment ecs-svc/2) deployment failed: tasks failed to start.";
    over["events"] = json!([{"id": "e", "createdAt": T0 + 60, "message": said}]);
    let verdict = run(started(), &[look(in_progress()), look(over)]).verdict;
    assert!(
        matches!(&verdict, Some(Verdict::RolledBack { reason: Some(reason), .. }) if reason == said),
        "{verdict:?}"
    );
}

#[test]
fn the_ends_of_the_service_deployment() {
    // API reference, ServiceDeployment: status.
    let primary = service(vec![deployment(2, "PRIMARY", Some("IN_PROGRESS"), 2, 2)]);
    let rows = [
        ("PENDING", None),
        ("IN_PROGRESS", None),
        ("STOP_REQUESTED", None),
        ("ROLLBACK_REQUESTED", None),
        ("ROLLBACK_IN_PROGRESS", None),
        ("TOMORROW", None),
        ("SUCCESSFUL", Some(0)),
        ("STOPPED", Some(5)),
        ("ROLLBACK_SUCCESSFUL", Some(5)),
        ("ROLLBACK_FAILED", Some(5)),
    ];
    for (status, exit) in rows {
        let verdict = run(
            started(),
            &[
                joined(primary.clone(), status, 21),
                joined(primary.clone(), status, 21),
            ],
        )
        .verdict;
        assert_eq!(
            verdict.as_ref().map(|it| it.exit().code()),
            exit,
            "{status}: {verdict:?}"
        );
    }
}

#[test]
fn a_rollback_that_fails_is_called_so() {
    let verdict = run(
        started(),
        &[joined_with(
            in_progress(),
            json!({"status": "ROLLBACK_FAILED", "statusReason": "no capacity"}),
            20,
        )],
    );
    let expected = Verdict::Failed {
        how: FailureKind::RollbackFailed,
        reason: Some("no capacity".to_owned()),
    };
    assert_eq!(verdict.verdict, Some(expected));
}

#[test]
fn successful_wants_the_tasks_too() {
    // earlySuccessCriteria allows success below 100 % (API reference: DeploymentConfiguration).
    assert_eq!(
        run(started(), &[joined(in_progress(), "SUCCESSFUL", 20)]).verdict,
        None
    );
}

#[test]
fn completed_waits_a_little_for_the_service_deployments_word() {
    let lagging = joined(healthy(), "IN_PROGRESS", 20);
    let mut judge = Judge::new(started());
    let step = judge.step(&lagging, at(20));
    assert!(step.verdict.is_none() && step.wants.service_deployment);
    assert_eq!(
        judge.step(&joined(healthy(), "SUCCESSFUL", 20), at(21)).verdict,
        Some(STABLE)
    );
    // One that lags for ever isn't believed for ever.
    let (second, step) = wait(&mut Judge::new(started()), &lagging, 20, 60);
    assert_eq!((second, step.verdict), (30, Some(STABLE)));
}

#[test]
fn stopped_by_a_person_fails() {
    let halted = service(vec![
        deployment(2, "PRIMARY", Some("IN_PROGRESS"), 1, 2),
        deployment(1, "ACTIVE", Some("COMPLETED"), 2, 2),
    ]);
    let stopped = json!({"status": "STOPPED", "statusReason": "Stopped by user", "finishedAt": T0 + 30, "stoppedAt": T0 + 30});
    let mut judge = Judge::new(started());
    // A list from before can't have what overtook it: one more is asked for.
    let step = judge.step(&joined_with(halted.clone(), stopped.clone(), 10), at(31));
    assert!(step.verdict.is_none() && step.wants.listing);
    let verdict = judge.step(&joined_with(halted, stopped, 32), at(32)).verdict;
    assert_eq!(
        verdict,
        Some(Verdict::Stopped {
            reason: Some("Stopped by user".to_owned())
        })
    );
}

#[test]
fn stopped_by_the_breaker_is_given_up() {
    let reply = json!({"status": "STOPPED", "deploymentCircuitBreaker": {"status": "TRIGGERED"}, "statusReason": "failed"});
    let looks = [
        joined_with(in_progress(), reply.clone(), 20),
        joined_with(in_progress(), reply, 21),
    ];
    let expected = Verdict::Failed {
        how: FailureKind::GivenUp,
        reason: Some("failed".to_owned()),
    };
    assert_eq!(run(started(), &looks).verdict, Some(expected));
}

#[test]
fn stopped_because_something_later_was_deployed_is_superseded() {
    let overtaken = service(vec![
        deployment(3, "PRIMARY", Some("IN_PROGRESS"), 0, 2),
        deployment(2, "ACTIVE", Some("IN_PROGRESS"), 1, 2),
    ]);
    let ended = |second: i64| json!({"status": "STOPPED", "finishedAt": T0 + second});
    // ecs-svc/3 was created at second 20.
    let verdict = run(started(), &[joined_with(overtaken.clone(), ended(25), 20)]).verdict;
    let expected = Verdict::Superseded {
        by: Some("ecs-svc/3".to_owned()),
        definition: Some("web:3".to_owned()),
        at: Some(at(20)),
    };
    assert_eq!(verdict, Some(expected));
    // Ours had ended by itself before the later one was created.
    let looks = [
        joined_with(overtaken.clone(), ended(15), 20),
        joined_with(overtaken, ended(15), 21),
    ];
    let verdict = run(started(), &looks).verdict;
    assert!(matches!(verdict, Some(Verdict::Stopped { .. })), "{verdict:?}");
}

#[test]
fn a_primary_that_is_no_longer_ours_is_superseded() {
    let overtaken = service(vec![deployment(3, "PRIMARY", Some("COMPLETED"), 2, 2)]);
    let verdict = run(started(), &[look(in_progress()), look(overtaken)]).verdict;
    assert!(
        matches!(&verdict, Some(Verdict::Superseded { by: Some(by), .. }) if by == "ecs-svc/3"),
        "{verdict:?}"
    );
}

#[test]
fn an_open_service_deployment_is_asked_which_of_the_two_it_is() {
    let overtaken = service(vec![deployment(3, "PRIMARY", Some("IN_PROGRESS"), 0, 2)]);
    let mut judge = Judge::new(started());
    judge.step(&joined(in_progress(), "IN_PROGRESS", 20), at(20));
    let step = judge.step(&joined(overtaken.clone(), "IN_PROGRESS", 20), at(21));
    assert!(step.verdict.is_none() && step.wants.service_deployment);
    let step = judge.step(&joined(overtaken, "ROLLBACK_IN_PROGRESS", 20), at(22));
    assert!(
        step.events
            .iter()
            .any(|it| matches!(it, RolloutEvent::RollingBack { .. })),
        "{step:?}"
    );
}

#[test]
fn a_stale_reply_from_before_ours_proves_nothing() {
    let before = look(service(vec![deployment(1, "PRIMARY", Some("COMPLETED"), 2, 2)]));
    let (_, step) = wait(&mut Judge::new(started()), &before, 20, 120);
    assert_eq!(step.verdict, None, "ours was never seen");
    let mut judge = Judge::new(started());
    judge.step(&look(in_progress()), at(20));
    let (_, step) = wait(&mut judge, &before, 21, 9);
    assert_eq!(step.verdict, None, "ours was seen, and the reply is older");
    assert_eq!(judge.step(&look(healthy()), at(31)).verdict, Some(STABLE));
}

#[test]
fn a_later_primary_supersedes_ours_even_if_ours_was_never_seen() {
    let later = service(vec![deployment(3, "PRIMARY", Some("COMPLETED"), 2, 2)]);
    let verdict = run(started(), &[look(later)]).verdict;
    assert!(
        matches!(verdict, Some(Verdict::Superseded { .. })),
        "createdAt proves it: {verdict:?}"
    );
}

#[test]
fn events_that_move_back_mark_a_stale_reply() {
    let event =
        |second: i64| json!([{"id": format!("e{second}"), "createdAt": T0 + second, "message": "said"}]);
    let mut judge = Judge::new(started());
    judge.step(&look(with(in_progress(), "events", event(50))), at(60));
    assert_eq!(
        judge
            .step(&look(with(healthy(), "events", event(40))), at(61))
            .verdict,
        None
    );
    assert_eq!(
        judge
            .step(&look(with(healthy(), "events", event(55))), at(62))
            .verdict,
        Some(STABLE)
    );
}

#[test]
fn unknown_states_are_watched_on() {
    let odd = service(vec![deployment(2, "PRIMARY", Some("TOMORROW"), 2, 2)]);
    let (_, step) = wait(&mut Judge::new(started()), &look(odd), 20, 120);
    assert_eq!(step.verdict, None);
}

#[test]
fn behind_a_classic_load_balancer_the_counts_or_the_service_deployment_decide() {
    // rolloutState is "only returned for … rolling update … not behind a Classic Load Balancer" (API reference).
    let old = deployment(1, "ACTIVE", None, 1, 0);
    let both = service(vec![deployment(2, "PRIMARY", None, 2, 2), old]);
    let alone = service(vec![deployment(2, "PRIMARY", None, 2, 2)]);
    assert_eq!(run(started(), &[look(both)]).verdict, None);
    assert_eq!(run(started(), &[look(alone.clone())]).verdict, Some(STABLE));
    assert_eq!(
        run(started(), &[joined(alone.clone(), "IN_PROGRESS", 20)]).verdict,
        None
    );
    assert_eq!(
        run(started(), &[joined(alone, "SUCCESSFUL", 20)]).verdict,
        Some(STABLE)
    );
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

#[test]
fn without_a_breaker_a_crash_loop_is_given_up_at_the_breakers_threshold() {
    assert_eq!(run(started(), &[look(without_breaker(2, 0))]).verdict, None);
    let verdict = run(started(), &[look(without_breaker(3, 0))]).verdict;
    assert_eq!(
        verdict,
        Some(Verdict::Failed {
            how: FailureKind::CrashLoop { failed: 3 },
            reason: None
        })
    );
    // ECS does it itself.
    let watched = service(vec![with(
        deployment(2, "PRIMARY", Some("IN_PROGRESS"), 0, 2),
        "failedTasks",
        9,
    )]);
    assert_eq!(run(started(), &[look(watched)]).verdict, None);
}

#[test]
fn tasks_that_reach_running_and_then_exit_are_counted_by_hand() {
    // failedTasks counts tasks that don't reach RUNNING or fail health checks (API reference: Deployment).
    let mut crashing = look(without_breaker(0, 0));
    crashing.tasks = (0..3).map(|n| stopped(&format!("{n}"), 1, 15 + n)).collect();
    crashing.tasks_at = Some(at(19));
    let step = run(started(), &[crashing]);
    assert_eq!(
        step.verdict,
        Some(Verdict::Failed {
            how: FailureKind::CrashLoop { failed: 3 },
            reason: Some("Essential container in task exited".to_owned()),
        })
    );
    assert_eq!(
        step.events
            .iter()
            .filter(|it| matches!(it, RolloutEvent::Stopped { .. }))
            .count(),
        1
    );
}

#[test]
fn one_healthy_task_keeps_the_hope_up() {
    // "Once a service deployment has one or more successfully running tasks, the failed task count resets to zero".
    let looks = [
        look(without_breaker(2, 1)),
        look(without_breaker(0, 1)),
        look(without_breaker(5, 0)),
    ];
    assert_eq!(run(started(), &looks).verdict, None);
}

#[test]
fn the_same_primary_waits_for_the_counts_only() {
    let aim = || Aim {
        desired: Some(3),
        ..Aim::new("web", Target::Same { id: OURS.to_owned() })
    };
    let counts = |running, desired| {
        look(service(vec![deployment(
            2,
            "PRIMARY",
            Some("COMPLETED"),
            running,
            desired,
        )]))
    };
    // The reply to Describe may still be from before: 2 of 2 is not what was asked for.
    assert_eq!(run(aim(), &[counts(2, 2)]).verdict, None);
    assert_eq!(run(aim(), &[counts(2, 2), counts(2, 3)]).verdict, None);
    assert_eq!(run(aim(), &[counts(2, 3), counts(3, 3)]).verdict, Some(STABLE));
    // Something scales it meanwhile.
    assert_eq!(run(aim(), &[counts(2, 3), counts(4, 4)]).verdict, Some(STABLE));
    // A FAILED deployment "doesn't launch any new tasks" (API reference: Deployment).
    let broken = with(
        service(vec![deployment(2, "PRIMARY", Some("FAILED"), 0, 3)]),
        "deploymentConfiguration",
        json!({}),
    );
    let verdict = run(aim(), &[look(broken)]).verdict;
    assert!(matches!(verdict, Some(Verdict::Failed { .. })), "{verdict:?}");
}

#[test]
fn attaching_takes_what_is_in_flight() {
    let aim = || Aim::new("web", Target::InFlight);
    let mut judge = Judge::new(aim());
    judge.step(&look(in_progress()), at(20));
    assert_eq!(judge.deployment(), Some(OURS));
    assert_eq!(judge.step(&look(healthy()), at(21)).verdict, Some(STABLE));
    // What is complete needs no settling.
    let bare = look(with(healthy(), "loadBalancers", json!([])));
    assert_eq!(run(aim(), &[bare]).verdict, Some(STABLE));
}

#[test]
fn attaching_to_a_rollback_is_no_success_unless_it_is_what_is_wanted() {
    let looks = [
        look(rolling_back("IN_PROGRESS", 1)),
        look(rolling_back("COMPLETED", 2)),
    ];
    let verdict = run(Aim::new("web", Target::InFlight), &looks).verdict;
    assert!(
        matches!(&verdict, Some(Verdict::RolledBack { to: Some(to), complete: true, .. }) if to == "web:1"),
        "{verdict:?}"
    );
    let verdict = run(Aim::new("web", Target::Restored), &looks).verdict;
    assert_eq!(verdict, Some(STABLE));
}

#[test]
fn attaching_asks_the_service_deployments_first() {
    let readable = Snapshot {
        deployments_readable: true,
        ..look(in_progress())
    };
    let mut judge = Judge::new(Aim::new("web", Target::InFlight));
    assert!(judge.step(&readable, at(20)).wants.listing);
    assert_eq!(judge.deployment(), None);
    // An answer that never comes isn't waited for.
    let (second, _) = wait(&mut judge, &readable, 21, 9);
    assert_eq!((second, judge.deployment()), (30, Some(OURS)));
}

#[test]
fn a_pause_waits_for_somebodys_word() {
    let hook = json!({"hookId": "h1", "targetType": "PAUSE", "status": "AWAITING_ACTION", "expiresAt": T0 + 600, "timeoutAction": "ROLLBACK"});
    let reply = json!({"status": "IN_PROGRESS", "lifecycleStage": "POST_TEST_TRAFFIC_SHIFT", "lifecycleHookDetails": [hook]});
    let mut blue_green = in_progress();
    blue_green["deploymentConfiguration"]["strategy"] = json!("BLUE_GREEN");
    let paused = joined_with(blue_green, reply, 20);
    let expected = Verdict::Paused {
        hook: "h1".to_owned(),
        stage: Some("POST_TEST_TRAFFIC_SHIFT".to_owned()),
        expires_at: Some(at(600)),
        then: Some("ROLLBACK".to_owned()),
    };
    assert_eq!(
        run(started(), std::slice::from_ref(&paused)).verdict,
        Some(expected)
    );
    let aim = Aim {
        wait_through_pause: true,
        ..started()
    };
    assert_eq!(run(aim, &[paused]).verdict, None);
}

#[test]
fn other_strategies_are_judged_by_their_service_deployment() {
    let blue_green = |mut value: Value| {
        value["deploymentConfiguration"]["strategy"] = json!("BLUE_GREEN");
        value
    };
    let full = blue_green(service(vec![
        deployment(2, "PRIMARY", None, 2, 2),
        deployment(1, "ACTIVE", None, 2, 2),
    ]));
    assert_eq!(
        run(started(), &[look(full.clone())]).verdict,
        None,
        "counts prove nothing"
    );
    let baking = json!({"status": "IN_PROGRESS", "lifecycleStage": "BAKE_TIME",
        "targetServiceRevision": {"arn": "arn:r/2", "requestedProductionTrafficWeight": 100.0}});
    let baking = joined_with(full, baking, 20);
    assert_eq!(run(started(), std::slice::from_ref(&baking)).verdict, None);
    let aim = Aim {
        until: Until::Deployed,
        ..started()
    };
    assert_eq!(
        run(aim, &[baking]).verdict,
        Some(Verdict::Deployed { exercised: true })
    );
    let done = joined(
        blue_green(service(vec![deployment(2, "PRIMARY", None, 2, 2)])),
        "SUCCESSFUL",
        20,
    );
    assert_eq!(run(started(), &[done]).verdict, Some(STABLE));
    let back = joined(
        blue_green(service(vec![deployment(1, "PRIMARY", None, 2, 2)])),
        "ROLLBACK_SUCCESSFUL",
        20,
    );
    let verdict = run(started(), &[back]).verdict;
    assert!(
        matches!(verdict, Some(Verdict::RolledBack { complete: true, .. })),
        "{verdict:?}"
    );
}

#[test]
fn time_runs_out_with_what_was_waited_for() {
    let aim = Aim {
        timeout: Some(SignedDuration::from_secs(60)),
        ..started()
    };
    let said =
        "(service web) was unable to place a task because no container instance met all of its requirements.";
    let stuck = with(
        in_progress(),
        "events",
        json!([{"id": "e", "createdAt": T0 + 30, "message": said}]),
    );
    let (second, step) = wait(&mut Judge::new(aim), &look(stuck), 20, 120);
    assert_eq!(second, 80);
    let expected = Verdict::TimedOut {
        after: SignedDuration::from_secs(60),
        waiting_for: "1 of 2 tasks running".to_owned(),
        last_event: Some(said.to_owned()),
    };
    assert_eq!(step.verdict, Some(expected));
}

#[test]
fn a_rollback_under_way_when_time_runs_out_is_a_failure() {
    let aim = Aim {
        timeout: Some(SignedDuration::from_secs(60)),
        ..started()
    };
    let mut judge = Judge::new(aim);
    judge.step(&look(in_progress()), at(20));
    let (_, step) = wait(&mut judge, &look(rolling_back("IN_PROGRESS", 1)), 21, 120);
    assert!(
        matches!(step.verdict, Some(Verdict::RolledBack { complete: false, .. })),
        "{step:?}"
    );
}

#[test]
fn a_service_that_goes_away_is_gone() {
    let mut judge = Judge::new(started());
    judge.step(&look(in_progress()), at(20));
    let gone = look(with(in_progress(), "status", "INACTIVE"));
    let (second, step) = wait(&mut judge, &gone, 21, 60);
    assert_eq!(second, 31);
    assert!(matches!(
        step.verdict,
        Some(Verdict::Failed {
            how: FailureKind::ServiceGone,
            ..
        })
    ));
    // One that was just made may not be visible yet.
    let missing = Snapshot::of(None);
    let mut judge = Judge::new(first());
    let (_, step) = wait(&mut judge, &missing, 20, 30);
    assert_eq!(step.verdict, None);
    assert_eq!(judge.step(&look(healthy()), at(51)).verdict, Some(STABLE));
}

#[test]
fn a_service_that_codedeploy_deploys_is_judged_by_its_counts() {
    let counts = |running: u64| {
        look(
            json!({"serviceName": "web", "status": "ACTIVE", "desiredCount": 2, "runningCount": running,
            "deploymentController": {"type": "CODE_DEPLOY"}, "deployments": []}),
        )
    };
    let aim = || Aim::new("web", Target::InFlight);
    assert_eq!(run(aim(), &[counts(1)]).verdict, None);
    assert_eq!(run(aim(), &[counts(2)]).verdict, Some(STABLE));
}

#[test]
fn only_events_since_the_start_are_told_the_oldest_first() {
    let event = |second: i64| json!({"id": format!("e{second}"), "createdAt": T0 + second, "message": format!("at {second}")});
    let mut judge = Judge::new(started());
    let said = |step: &Step| -> Vec<String> {
        step.events
            .iter()
            .filter_map(|it| match it {
                RolloutEvent::Said { message, .. } => Some(message.clone()),
                _ => None,
            })
            .collect()
    };
    let step = judge.step(
        &look(with(
            in_progress(),
            "events",
            json!([event(14), event(12), event(5)]),
        )),
        at(20),
    );
    assert_eq!(said(&step), ["at 12", "at 14"]);
    let step = judge.step(
        &look(with(
            in_progress(),
            "events",
            json!([event(16), event(14), event(12)]),
        )),
        at(21),
    );
    assert_eq!(said(&step), ["at 16"]);
}

#[test]
fn the_start_and_the_counts_are_told_when_they_change() {
    let mut judge = Judge::new(started());
    let step = judge.step(&look(in_progress()), at(20));
    assert_eq!(
        step.events,
        [
            RolloutEvent::Started {
                from: Some("web:1".into()),
                to: "web:2".into(),
                deployment: Some(OURS.into())
            },
            RolloutEvent::Progress {
                task_definition: "web:2".into(),
                running: 1,
                pending: 0,
                desired: 2,
                failed: 0,
                old: 2,
                stage: Some("IN_PROGRESS".into()),
            },
        ]
    );
    assert!(judge.step(&look(in_progress()), at(21)).events.is_empty());
}

#[test]
fn stopped_tasks_are_wanted_when_something_may_have_stopped() {
    let counts = |running: u64, pending: u64, failed: u64| {
        let it = deployment(2, "PRIMARY", Some("IN_PROGRESS"), running, 2);
        look(service(vec![with(
            with(it, "pendingCount", pending),
            "failedTasks",
            failed,
        )]))
    };
    let mut judge = Judge::new(started());
    let rows = [
        ((0, 0, 0), false),
        ((0, 2, 0), false),
        ((1, 1, 0), false),
        ((0, 1, 0), true),
        // Until they have been read.
        ((0, 1, 0), true),
    ];
    for (second, ((running, pending, failed), wanted)) in rows.into_iter().enumerate() {
        let step = judge.step(&counts(running, pending, failed), at(20 + second as i64));
        assert_eq!(step.wants.tasks, wanted, "{running} {pending} {failed}");
    }
    let read = Snapshot {
        tasks_at: Some(at(25)),
        ..counts(0, 1, 0)
    };
    assert!(!judge.step(&read, at(25)).wants.tasks);
    assert!(
        judge
            .step(
                &Snapshot {
                    tasks_at: Some(at(25)),
                    ..counts(0, 1, 1)
                },
                at(26)
            )
            .wants
            .tasks
    );
}
