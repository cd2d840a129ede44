//! Rollouts that don't succeed.

use super::*;

#[test]
fn failed_without_a_rollback_is_a_failure() {
    let mut given_up = service(vec![with(
        deployment(2, "PRIMARY", Some("FAILED"), 0, 2),
        "rolloutStateReason",
        "ECS deployment circuit breaker: tasks failed to start.",
    )]);
    given_up["deploymentConfiguration"] =
        json!({"deploymentCircuitBreaker": {"enable": true, "rollback": false}});
    let expected = Verdict::failed(
        FailureKind::GivenUp,
        Some("ECS deployment circuit breaker: tasks failed to start.".to_owned()),
    );
    assert_eq!(run(started(), &[polled(given_up)]).verdict, Some(expected));
}

#[test]
fn a_first_deployment_fails_without_waiting_for_a_rollback() {
    let given_up = service(vec![deployment(2, "PRIMARY", Some("FAILED"), 0, 2)]);
    let verdict = run(first(), &[polled(given_up)]).verdict;
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
fn failed_waits_for_the_rollback_to_begin() {
    let given_up = polled(service(vec![
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

#[test]
fn a_completed_rollback_is_never_a_success() {
    let mut judge = Judge::new(started());
    judge.step(&polled(in_progress()), at(20));
    let step = judge.step(&polled(rolling_back("IN_PROGRESS", 1)), at(21));
    assert_eq!(step.verdict, None);
    assert!(step.events.iter().any(
        |it| matches!(it, RolloutEvent::RollingBack { to: Some(to), reason }
        if to == "web:1" && reason.contains("rolling back to"))
    ));
    assert!(step.read_requests.tasks, "the tasks show the cause");
    // In the end there is one COMPLETED deployment of the previous revision.
    let mut done = rolling_back("COMPLETED", 2);
    done["deployments"].as_array_mut().unwrap().pop();
    done["deployments"][0]["rolloutStateReason"] = json!("ECS deployment ecs-svc/3 completed.");
    let verdict = judge.step(&polled(done), at(22)).verdict.unwrap();
    assert!(
        matches!(&verdict, Verdict::RolledBack { to: Some(to), complete: true, reason: Some(reason), .. }
            if to == "web:1" && reason.contains("rolling back to")),
        "{verdict:?}"
    );
}

#[test]
fn a_rollback_may_reuse_the_previous_id() {
    let restored = with(
        deployment(1, "PRIMARY", Some("COMPLETED"), 2, 2),
        "updatedAt",
        T0 + 90,
    );
    let mut judge = Judge::new(started());
    judge.step(&polled(in_progress()), at(20));
    let verdict = judge.step(&polled(service(vec![restored])), at(21)).verdict;
    assert!(
        matches!(verdict, Some(Verdict::RolledBack { complete: true, .. })),
        "{verdict:?}"
    );
}

#[test]
fn a_rollback_seen_only_after_it_completed_is_a_rollback() {
    // The reason has changed to "completed" by then, but the event still names our deployment.
    let restored = deployment(3, "PRIMARY", Some("COMPLETED"), 2, 2);
    let restored = with(restored, "taskDefinition", "arn:aws:ecs:::task-definition/web:1");
    let mut ended = service(vec![restored]);
    let said = "(service web) (deployment ecs-svc/2) deployment failed: tasks failed to start.";
    ended["events"] = json!([{"id": "e", "createdAt": T0 + 60, "message": said}]);
    let verdict = run(started(), &[polled(in_progress()), polled(ended)]).verdict;
    assert!(
        matches!(&verdict, Some(Verdict::RolledBack { reason: Some(reason), .. }) if reason == said),
        "{verdict:?}"
    );
}

#[test]
fn each_service_deployment_status_has_its_exit_code() {
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
fn a_failed_rollback_is_reported_as_such() {
    let verdict = run(
        started(),
        &[joined_with(
            in_progress(),
            json!({"status": "ROLLBACK_FAILED", "statusReason": "no capacity"}),
            20,
        )],
    );
    let expected = Verdict::failed(FailureKind::RollbackFailed, Some("no capacity".to_owned()));
    assert_eq!(verdict.verdict, Some(expected));
}

#[test]
fn stopped_by_a_user_fails() {
    let halted = service(vec![
        deployment(2, "PRIMARY", Some("IN_PROGRESS"), 1, 2),
        deployment(1, "ACTIVE", Some("COMPLETED"), 2, 2),
    ]);
    let stopped = json!({"status": "STOPPED", "statusReason": "Stopped by user", "finishedAt": T0 + 30, "stoppedAt": T0 + 30});
    let mut judge = Judge::new(started());
    // An earlier list can't have the newer deployment, so the judge requests another one.
    let step = judge.step(&joined_with(halted.clone(), stopped.clone(), 10), at(31));
    assert!(step.verdict.is_none() && step.read_requests.listing);
    let verdict = judge.step(&joined_with(halted, stopped, 32), at(32)).verdict;
    assert_eq!(
        verdict,
        Some(Verdict::Stopped {
            reason: Some("Stopped by user".to_owned())
        })
    );
}

#[test]
fn failed_without_breaker_or_alarm_was_stopped_by_a_user() {
    let failed = service(vec![deployment(2, "PRIMARY", Some("FAILED"), 1, 2)]);
    let monitored = |breaker: &str, alarms: &str| {
        let reply = json!({"status": "STOPPED", "statusReason": "why", "deploymentCircuitBreaker": {"status": breaker},
            "alarms": {"status": alarms}});
        let polls = [
            joined_with(failed.clone(), reply.clone(), 20),
            joined_with(failed.clone(), reply, 21),
        ];
        run(started(), &polls).verdict
    };
    let reason = Some("why".to_owned());
    let given_up = Some(Verdict::failed(FailureKind::GivenUp, reason.clone()));
    assert_eq!(monitored("TRIGGERED", "DISABLED"), given_up);
    assert_eq!(monitored("MONITORING_COMPLETE", "TRIGGERED"), given_up);
    assert_eq!(
        monitored("MONITORING_COMPLETE", "DISABLED"),
        Some(Verdict::Stopped { reason })
    );
}

#[test]
fn stopped_by_the_breaker_is_a_failure() {
    let reply = json!({"status": "STOPPED", "deploymentCircuitBreaker": {"status": "TRIGGERED"}, "statusReason": "failed"});
    let polls = [
        joined_with(in_progress(), reply.clone(), 20),
        joined_with(in_progress(), reply, 21),
    ];
    let expected = Verdict::failed(FailureKind::GivenUp, Some("failed".to_owned()));
    assert_eq!(run(started(), &polls).verdict, Some(expected));
}

#[test]
fn stopped_by_a_newer_deployment_is_superseded() {
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
    // Our deployment had ended before the newer one was created.
    let polls = [
        joined_with(overtaken.clone(), ended(15), 20),
        joined_with(overtaken, ended(15), 21),
    ];
    let verdict = run(started(), &polls).verdict;
    let expected = Verdict::FailedThenSuperseded {
        by: RollbackInitiator::Somebody,
        definition: Some("web:3".to_owned()),
        at: Some(at(20)),
        reason: None,
    };
    assert_eq!(verdict, Some(expected));
}

#[test]
fn the_rollbacks_reason_is_why_and_not_its_state() {
    let ours = with(
        deployment(2, "ACTIVE", Some("FAILED"), 0, 0),
        "rolloutStateReason",
        "ECS deployment failed: alarm detected.",
    );
    let mut back = rolling_back("IN_PROGRESS", 1);
    back["deployments"][0]["rolloutStateReason"] = json!("ECS deployment ecs-svc/3 in progress.");
    back["deployments"][1] = ours;
    let ended = joined_with(
        back,
        json!({"status": "ROLLBACK_SUCCESSFUL", "statusReason": "Rollback in progress.",
            "rollback": {"reason": "Rollback in progress."}}),
        20,
    );
    let verdict = run(started(), &[ended]).verdict;
    assert_eq!(
        verdict.as_ref().and_then(Verdict::reason),
        Some("ECS deployment failed: alarm detected."),
        "{verdict:?}"
    );
}

#[test]
fn a_rollback_without_a_candidate_is_quoted() {
    let words = "No rollback candidate was found to run the rollback.";
    let members = json!({"status": "ROLLBACK_FAILED", "statusReason": words,
        "rollback": {"reason": "ECS deployment circuit breaker: tasks failed to start."}});
    let verdict = run(started(), &[joined_with(in_progress(), members, 20)]).verdict;
    let expected = Verdict::failed(FailureKind::RollbackFailed, Some(words.to_owned()));
    assert_eq!(verdict, Some(expected));
}

#[test]
fn an_event_with_a_stopped_tasks_words_is_not_repeated() {
    let words = "Error response from daemon: create ComfyUIVolume: failed: error getting volume";
    let event = format!("(service web) failed to launch a task with (error {words}).");
    let other = "(service web) was unable to place a task. Reason: No Container Instances were found.";
    let mut stuck = in_progress();
    stuck["events"] = json!([{"id": "e1", "createdAt": T0 + 30, "message": event},
        {"id": "e2", "createdAt": T0 + 31, "message": other}]);
    let mut snapshot = polled(stuck);
    let task = json!({"taskArn": "arn:aws:ecs:::task/c/a", "startedBy": OURS, "lastStatus": "STOPPED",
        "stopCode": "TaskFailedToStart", "stoppedReason": words, "stoppedAt": T0 + 29});
    snapshot.tasks = Task::read(&task).into_iter().collect();
    snapshot.tasks_at = Some(at(32));
    let mut judge = Judge::new(started());
    judge.step(&snapshot, at(33));
    let troubles = judge.troubles();
    let said: Vec<&str> = troubles.iter().filter_map(|it| it.event.as_deref()).collect();
    assert_eq!(said, [other]);
}
