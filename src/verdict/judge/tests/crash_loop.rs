//! Crash loops without a circuit breaker (`docs/design.md` §5.8).

use super::*;

/// A snapshot where three of our tasks have crashed and the tasks in `running` run.
fn crashed(failed: u64, running: &[&str], second: i64) -> Snapshot {
    let count = u64::try_from(running.len()).unwrap();
    let mut snapshot = polled(without_breaker(failed, count));
    snapshot.tasks = (0..3).map(|n| stopped(&format!("{n}"), 1, 15 + n)).collect();
    snapshot.tasks_at = Some(at(second));
    snapshot.running = running.iter().map(|id| task(id, "RUNNING", OURS)).collect();
    snapshot.running_at = Some(at(second));
    snapshot
}

fn task(id: &str, status: &str, started_by: &str) -> Task {
    Task::read(
        &json!({"taskArn": format!("arn:aws:ecs:::task/c/{id}"), "startedBy": started_by, "lastStatus": status}),
    )
    .unwrap()
}

fn also_crashed(mut snapshot: Snapshot, ids: &[&str]) -> Snapshot {
    snapshot.tasks.extend(ids.iter().map(|id| stopped(id, 1, 30)));
    snapshot
}

fn is_loop(verdict: Option<&Verdict>, count: u64) -> bool {
    let how = FailureKind::CrashLoop { failed: count };
    matches!(verdict, Some(Verdict::Failed { how: found, .. }) if *found == how)
}

#[test]
fn without_a_breaker_its_threshold_ends_a_crash_loop() {
    assert_eq!(run(started(), &[polled(without_breaker(2, 0))]).verdict, None);
    let verdict = run(started(), &[polled(without_breaker(3, 0))]).verdict;
    assert_eq!(
        verdict,
        Some(Verdict::Failed {
            how: FailureKind::CrashLoop { failed: 3 },
            reason: None
        })
    );
    // With a circuit breaker, ECS ends the rollout.
    let watched = service(vec![with(
        deployment(2, "PRIMARY", Some("IN_PROGRESS"), 0, 2),
        "failedTasks",
        9,
    )]);
    assert_eq!(run(started(), &[polled(watched)]).verdict, None);
}

#[test]
fn tasks_that_exit_after_running_are_counted() {
    // failedTasks counts tasks that don't reach RUNNING or fail health checks (API reference: Deployment).
    let step = run(started(), &[crashed(0, &[], 20)]);
    assert_eq!(
        step.verdict,
        Some(Verdict::Failed {
            how: FailureKind::CrashLoop { failed: 3 },
            reason: Some("Essential container in task exited".to_owned()),
        })
    );
    let reported = step.events.iter();
    let reported = reported.filter(|it| matches!(it, RolloutEvent::Stopped { .. }));
    assert_eq!(reported.count(), 1);
}

#[test]
fn the_breaker_does_not_count_after_completion() {
    let crashed = |state| Snapshot {
        service: polled(service(vec![deployment(2, "PRIMARY", Some(state), 0, 2)])).service,
        ..crashed(0, &[], 20)
    };
    assert_eq!(run(started(), &[crashed("IN_PROGRESS")]).verdict, None);
    let step = run(started(), &[crashed("COMPLETED")]);
    assert!(is_loop(step.verdict.as_ref(), 3), "{:?}", step.verdict);
}

#[test]
fn a_timeout_reports_crashes_the_breaker_did_not_count() {
    let waited = |breaker: Value, monitor: Value| {
        let mut snapshot = crashed(0, &["a"], 20);
        let mut value = service(vec![deployment(2, "PRIMARY", Some("IN_PROGRESS"), 1, 2)]);
        value["deploymentConfiguration"] = json!({"deploymentCircuitBreaker": breaker});
        snapshot.service = polled(value.clone()).service;
        snapshot.service_deployments = joined_with(
            value,
            json!({"status": "IN_PROGRESS", "deploymentCircuitBreaker": monitor}),
            20,
        )
        .service_deployments;
        let (_, step) = wait(&mut Judge::new(started()), &snapshot, 20, 16 * 60);
        match step.verdict {
            Some(Verdict::TimedOut { state, .. }) => state,
            other => panic!("{other:?}"),
        }
    };
    let monitoring = json!({"status": "MONITORING", "failureCount": 0, "threshold": 3});
    let on = json!({"enable": true, "rollback": true});
    assert_eq!(
        waited(on.clone(), monitoring.clone()),
        "1 of 2 tasks running so far (3 failed, the last at 2023-11-14T22:13:37Z; ECS counts 0 of the 3 that trip the circuit \
         breaker; a running task resets the count)"
    );
    assert_eq!(
        waited(on, Value::Null),
        "1 of 2 tasks running so far (3 failed, the last at 2023-11-14T22:13:37Z; ECS counts 0 towards the circuit breaker; a \
         running task resets the count)"
    );
    let kept = json!({"enable": true, "rollback": true, "resetOnHealthyTask": false});
    assert_eq!(
        waited(kept, monitoring),
        "1 of 2 tasks running so far (3 failed, the last at 2023-11-14T22:13:37Z; ECS counts 0 of the 3 that trip the circuit breaker)"
    );
}

#[test]
fn a_healthy_task_rules_out_a_crash_loop() {
    let mut healthy = crashed(0, &["a"], 20);
    healthy.running[0].health_status = Some("HEALTHY".to_owned());
    let polls = [healthy.clone(), polled(without_breaker(9, 0))];
    assert_eq!(run(started(), &polls).verdict, None);
    // A task of another deployment doesn't count.
    healthy.running[0].started_by = Some("ecs-svc/1".to_owned());
    let polls = [healthy, polled(without_breaker(9, 0))];
    assert!(is_loop(run(started(), &polls).verdict.as_ref(), 9));
}

#[test]
fn a_task_that_runs_briefly_is_not_healthy() {
    // "Once a service deployment has one or more successfully running tasks, the failed task count resets to
    // zero": the task was RUNNING, which proves nothing more.
    let polls = [
        polled(without_breaker(2, 1)),
        polled(without_breaker(0, 1)),
        crashed(0, &[], 22),
    ];
    assert!(is_loop(run(started(), &polls).verdict.as_ref(), 3));
}

#[test]
fn tasks_running_at_the_threshold_must_fail_too() {
    let mut judge = Judge::new(started());
    let mut unread = crashed(0, &["a", "b"], 20);
    unread.running_at = None;
    let step = judge.step(&unread, at(20));
    assert_eq!((step.verdict, step.read_requests.running), (None, true));
    assert_eq!(judge.step(&crashed(0, &["a", "b"], 21), at(21)).verdict, None);
    // One of them crashed and was replaced; the other remains.
    let one = also_crashed(crashed(0, &["b", "c"], 22), &["a"]);
    let step = judge.step(&one, at(22));
    assert_eq!((step.verdict, step.read_requests.running), (None, false));
    let (_, step) = wait(&mut judge, &one, 23, 300);
    assert_eq!(step.verdict, None, "it keeps running");
    let both = also_crashed(crashed(0, &["c", "d"], 400), &["a", "b"]);
    assert!(is_loop(judge.step(&both, at(400)).verdict.as_ref(), 5));
}

#[test]
fn tasks_stopped_by_a_user_prove_nothing() {
    let mut judge = Judge::new(started());
    judge.step(&crashed(0, &["a", "b"], 20), at(20));
    let mut stopped_by_user = also_crashed(crashed(0, &["c"], 21), &["a"]);
    let mut user_stopped = stopped("b", 143, 21);
    user_stopped.stop_code = Some("UserInitiated".to_owned());
    stopped_by_user.tasks.push(user_stopped);
    assert_eq!(judge.step(&stopped_by_user, at(21)).verdict, None);
    // The tasks running now decide, once they have been read.
    assert!(judge.step(&stopped_by_user, at(22)).read_requests.running);
    stopped_by_user.running_at = Some(at(23));
    assert_eq!(judge.step(&stopped_by_user, at(23)).verdict, None);
    let mut last = also_crashed(stopped_by_user, &["c"]);
    last.tasks_at = Some(at(24));
    assert!(is_loop(judge.step(&last, at(24)).verdict.as_ref(), 5));
}

#[test]
fn a_list_without_the_running_tasks_is_stale() {
    let mut judge = Judge::new(started());
    let mut old = crashed(0, &["a"], 20);
    old.running.clear();
    for second in 20..25 {
        old.running_at = Some(at(second));
        let step = judge.step(&old, at(second));
        assert_eq!((step.verdict, step.read_requests.running), (None, true));
    }
}

#[test]
fn without_health_checks_a_lasting_task_resets_the_count() {
    let bare = |mut snapshot: Snapshot| {
        snapshot.service.as_mut().unwrap().load_balanced = false;
        snapshot
    };
    let mut judge = Judge::new(started());
    let (_, step) = wait(&mut judge, &bare(crashed(0, &["a"], 20)), 20, 15);
    assert_eq!(step.verdict, None);
    let again = bare(also_crashed(crashed(0, &[], 40), &["a", "b"]));
    assert_eq!(
        judge.step(&again, at(40)).verdict,
        None,
        "only two since the reset"
    );
    let third = bare(also_crashed(crashed(0, &[], 41), &["a", "b", "c"]));
    assert!(is_loop(judge.step(&third, at(41)).verdict.as_ref(), 3));
}

#[test]
fn ecss_count_of_consecutive_failures_is_enough() {
    assert!(is_loop(
        run(started(), &[crashed(3, &["a"], 20)]).verdict.as_ref(),
        3
    ));
}

#[test]
fn a_requested_rollback_suspends_the_crash_loop_rule() {
    let rolling_back_service = |status: &str| joined(without_breaker(9, 0), status, 20);
    for status in ["STOP_REQUESTED", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS"] {
        let step = run(started(), &[rolling_back_service(status)]);
        assert_eq!(step.verdict, None, "{status}");
        assert!(
            step.read_requests.service_deployment,
            "{status}: its progress is not read"
        );
    }
    let step = run(started(), &[rolling_back_service("IN_PROGRESS")]);
    assert!(is_loop(step.verdict.as_ref(), 9), "{:?}", step.verdict);
    // The caller knows about the rollback before ECS reports it, and before its service deployment is found.
    let undoing = || WatchRequest {
        undoing: true,
        ..started()
    };
    let unlisted = Snapshot {
        deployments_readable: true,
        ..polled(without_breaker(9, 0))
    };
    assert_eq!(
        run(undoing(), &[unlisted, rolling_back_service("IN_PROGRESS")]).verdict,
        None
    );
    // The wait has a timeout.
    let mut judge = Judge::new(undoing());
    judge.step(&rolling_back_service("ROLLBACK_REQUESTED"), at(20));
    let late = judge
        .step(&rolling_back_service("ROLLBACK_REQUESTED"), at(20 + 3600))
        .verdict;
    assert!(
        matches!(&late, Some(Verdict::TimedOut { state, .. }) if state.contains("start the rollback")),
        "{late:?}"
    );
}

/// ECS counts `failed` tasks, and an event says that it could not place them.
fn refused(failed: u64) -> Snapshot {
    let said = "(service web) was unable to place a task. Reason: Capacity is unavailable at this time. \
                Please try again later or in a different availability zone.";
    let event = json!([{"id": "e", "createdAt": T0 + 15, "message": said}]);
    polled(with(without_breaker(failed, 0), "events", event))
}

#[test]
fn refused_capacity_is_no_crash_loop() {
    let (second, step) = wait(&mut Judge::new(started()), &refused(9), 20, 16 * 60);
    let Some(Verdict::TimedOut { state, .. }) = step.verdict else {
        panic!("{step:?}")
    };
    assert_eq!(second, 20 + 15 * 60);
    assert_eq!(state, "0 of 2 tasks running so far (2 could not be started)");
    // Tasks that did crash still count.
    let mut crashing = crashed(9, &[], 20);
    crashing.service = refused(9).service;
    assert!(is_loop(run(started(), &[crashing]).verdict.as_ref(), 3));
}

#[test]
fn a_role_that_ecs_cannot_assume_is_a_crash_loop() {
    let said = "(service web) failed to launch a task with (error ECS was unable to assume the role \
                'arn:aws:iam::123456789012:role/web' that was provided for this task.).";
    let event = json!([{"id": "e", "createdAt": T0 + 15, "message": said}]);
    let failing = |failed, second| Snapshot {
        tasks_at: Some(at(second)),
        ..polled(with(without_breaker(failed, 0), "events", event.clone()))
    };
    let polls = [failing(1, 20), failing(2, 21), failing(3, 22)];
    assert_eq!(run(started(), &polls[..2]).verdict, None);
    assert!(is_loop(run(started(), &polls).verdict.as_ref(), 3));
}

#[test]
fn a_refusal_hides_only_the_failures_until_then() {
    let later = |failed, second| Snapshot {
        tasks: vec![stopped("a", 1, second)],
        tasks_at: Some(at(second)),
        ..refused(failed)
    };
    let mut judge = Judge::new(started());
    assert_eq!(judge.step(&refused(2), at(20)).verdict, None);
    // Without a stopped task, more failures may be more refusals.
    assert_eq!(judge.step(&refused(5), at(21)).verdict, None);
    assert_eq!(judge.step(&later(4, 22), at(22)).verdict, None);
    assert!(is_loop(judge.step(&later(5, 23), at(23)).verdict.as_ref(), 3));
}

#[test]
fn failures_without_a_stopped_task_are_no_crash_loop() {
    let read = |failed: u64, second: i64| Snapshot {
        tasks_at: Some(at(second)),
        ..polled(without_breaker(failed, 0))
    };
    let polls = [read(1, 20), read(2, 21), read(9, 22)];
    assert_eq!(run(started(), &polls).verdict, None);
}

#[test]
fn tasks_without_capacity_are_no_crash_loop() {
    let mut without = crashed(0, &[], 20);
    for task in &mut without.tasks {
        task.stop_code = Some("TaskFailedToStart".to_owned());
        task.stopped_reason = Some("TaskFailedToStart: EMPTY CAPACITY PROVIDER".to_owned());
    }
    let polls = [without.clone(), without];
    assert_eq!(run(started(), &polls).verdict, None);
}

#[test]
fn crashes_that_the_breaker_never_counts_are_a_crash_loop() {
    let crashing = |failed: u64, second: i64| {
        let it = deployment(2, "PRIMARY", Some("IN_PROGRESS"), 0, 2);
        Snapshot {
            service: polled(service(vec![with(it, "failedTasks", failed)])).service,
            ..crashed(0, &[], second)
        }
    };
    let (second, step) = wait(&mut Judge::new(started()), &crashing(0, 20), 20, 600);
    assert!(is_loop(step.verdict.as_ref(), 3), "{:?}", step.verdict);
    assert_eq!(second, 50, "the breaker's count may lag");
    // Once it has counted one, it decides.
    let mut judge = Judge::new(started());
    judge.step(&crashing(1, 20), at(20));
    let (_, step) = wait(&mut judge, &crashing(0, 21), 21, 600);
    assert_eq!(step.verdict, None);
}
