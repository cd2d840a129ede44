//! When a rollout did not get through.

use super::*;

#[test]
fn given_up_without_a_rollback_fails() {
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
        matches!(&verdict, Verdict::RolledBack { to: Some(to), complete: true, reason: Some(reason), .. }
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
    let expected = Verdict::failed(FailureKind::RollbackFailed, Some("no capacity".to_owned()));
    assert_eq!(verdict.verdict, Some(expected));
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
fn failed_is_a_persons_doing_where_nothing_that_watches_says_otherwise() {
    let failed = service(vec![deployment(2, "PRIMARY", Some("FAILED"), 1, 2)]);
    let monitored = |breaker: &str, alarms: &str| {
        let reply = json!({"status": "STOPPED", "statusReason": "why", "deploymentCircuitBreaker": {"status": breaker},
            "alarms": {"status": alarms}});
        let looks = [
            joined_with(failed.clone(), reply.clone(), 20),
            joined_with(failed.clone(), reply, 21),
        ];
        run(started(), &looks).verdict
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
fn stopped_by_the_breaker_is_given_up() {
    let reply = json!({"status": "STOPPED", "deploymentCircuitBreaker": {"status": "TRIGGERED"}, "statusReason": "failed"});
    let looks = [
        joined_with(in_progress(), reply.clone(), 20),
        joined_with(in_progress(), reply, 21),
    ];
    let expected = Verdict::failed(FailureKind::GivenUp, Some("failed".to_owned()));
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
