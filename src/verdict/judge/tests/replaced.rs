//! PRIMARY is another deployment than ours: a rollback or a newer deployment.

use super::*;

#[test]
fn a_primary_that_is_no_longer_ours_is_superseded() {
    let overtaken = service(vec![deployment(3, "PRIMARY", Some("COMPLETED"), 2, 2)]);
    let verdict = run(started(), &[polled(in_progress()), polled(overtaken)]).verdict;
    assert!(
        matches!(&verdict, Some(Verdict::Superseded { by: Some(by), .. }) if by == "ecs-svc/3"),
        "{verdict:?}"
    );
}

#[test]
fn completed_deployment_is_done_only_for_runs_that_take_turns() {
    let overtaken = service(vec![deployment(3, "PRIMARY", Some("IN_PROGRESS"), 0, 2)]);
    // An old task still runs, so that it is not stable yet.
    let completed = service(vec![
        deployment(2, "PRIMARY", Some("COMPLETED"), 2, 2),
        deployment(1, "DRAINING", Some("COMPLETED"), 1, 0),
    ]);
    let said = with(
        overtaken.clone(),
        "events",
        json!([{"id": "1", "createdAt": T0 + 20, "message": "(service web) (deployment ecs-svc/2) deployment completed."}]),
    );
    for (snapshots, is_complete) in [
        (vec![polled(completed), polled(overtaken.clone())], true),
        (vec![polled(in_progress()), polled(said)], true),
        (
            vec![
                joined(in_progress(), "IN_PROGRESS", 20),
                joined(overtaken.clone(), "SUCCESSFUL", 21),
            ],
            true,
        ),
        (vec![polled(in_progress()), polled(overtaken)], false),
    ] {
        for takes_turns in [true, false] {
            let request = WatchRequest {
                takes_turns,
                ..started()
            };
            let verdict = run(request, &snapshots).verdict.expect("a verdict");
            let is_done = matches!(verdict, Verdict::CompletedThenSuperseded { .. });
            assert_eq!(is_done, is_complete && takes_turns, "{verdict:?}");
            assert!(
                is_done || matches!(verdict, Verdict::Superseded { .. }),
                "{verdict:?}"
            );
        }
    }
}

#[test]
fn an_open_service_deployment_decides_if_it_is_a_rollback() {
    let overtaken = service(vec![deployment(3, "PRIMARY", Some("IN_PROGRESS"), 0, 2)]);
    let mut judge = Judge::new(started());
    judge.step(&joined(in_progress(), "IN_PROGRESS", 20), at(20));
    let step = judge.step(&joined(overtaken.clone(), "IN_PROGRESS", 20), at(21));
    assert!(step.verdict.is_none() && step.read_requests.service_deployment);
    let step = judge.step(&joined(overtaken, "ROLLBACK_IN_PROGRESS", 20), at(22));
    assert!(
        step.events
            .iter()
            .any(|it| matches!(it, RolloutEvent::RollingBack { .. })),
        "{step:?}"
    );
}

/// A service whose PRIMARY is a deployment of the previous revision, without a reason that shows whether it
/// is a rollback.
fn replaced() -> Value {
    let other = deployment(3, "PRIMARY", Some("IN_PROGRESS"), 0, 2);
    let other = with(other, "taskDefinition", "arn:aws:ecs:::task-definition/web:1");
    service(vec![other, deployment(2, "ACTIVE", Some("IN_PROGRESS"), 1, 2)])
}

/// Like `replaced`, with a list that has this service deployment, created `created` seconds after T0.
fn listed(number: i64, status: &str, created: i64, read: i64) -> Snapshot {
    let target = format!("arn:aws:ecs:us-east-1:123456789012:service-revision/c/web/{number}");
    let members =
        json!({"status": status, "createdAt": T0 + created, "targetServiceRevision": {"arn": target}});
    joined_with(replaced(), members, read)
}

fn is_rolling_back(step: &JudgeStep) -> bool {
    let mut events = step.events.iter();
    events.any(|it| matches!(it, RolloutEvent::RollingBack { .. }))
}

#[test]
fn the_service_deployment_is_searched_before_superseded() {
    let mut judge = Judge::new(started());
    let unlisted = Snapshot {
        deployments_readable: true,
        ..polled(replaced())
    };
    let step = judge.step(&unlisted, at(40));
    assert!(step.verdict.is_none() && step.read_requests.listing, "{step:?}");
    // A list read before our deployment began proves nothing.
    let step = judge.step(&listed(1, "SUCCESSFUL", 0, 41), at(41));
    assert!(step.verdict.is_none() && step.read_requests.listing, "{step:?}");
    let step = judge.step(&listed(2, "ROLLBACK_IN_PROGRESS", 10, 44), at(44));
    assert!(is_rolling_back(&step), "{step:?}");
}

#[test]
fn a_service_deployment_of_the_new_primary_supersedes_ours() {
    let verdict = run(started(), &[listed(3, "IN_PROGRESS", 20, 20)]).verdict;
    assert!(matches!(verdict, Some(Verdict::Superseded { .. })), "{verdict:?}");
}

/// Like `replaced`, with our open service deployment and a newer one for the PRIMARY deployment.
fn both_listed(status: &str) -> Snapshot {
    let mut snapshot = joined(replaced(), status, 20);
    let target = "arn:aws:ecs:us-east-1:123456789012:service-revision/c/web/3";
    let newer = json!({"serviceDeploymentArn": "arn:sd/3", "createdAt": T0 + 20, "status": "PENDING",
        "targetServiceRevision": {"arn": target}});
    let newer = ServiceDeployment::read(&newer).unwrap();
    snapshot.service_deployments.insert(0, newer);
    snapshot
}

#[test]
fn superseded_is_reported_within_five_seconds() {
    let mut judge = Judge::new(started());
    judge.step(&joined(in_progress(), "IN_PROGRESS", 20), at(20));
    // At most two seconds after ECS shows the new PRIMARY.
    let step = judge.step(&joined(replaced(), "IN_PROGRESS", 22), at(22));
    assert!(step.verdict.is_none() && step.read_requests.listing, "{step:?}");
    let step = judge.step(&both_listed("IN_PROGRESS"), at(22));
    assert_eq!(step.verdict, None, "ours may have failed before");
    let step = judge.step(&both_listed("IN_PROGRESS"), at(24));
    assert!(
        matches!(step.verdict, Some(Verdict::Superseded { .. })),
        "{step:?}"
    );
}

#[test]
fn a_failure_before_the_newer_deployment_is_not_missed() {
    let mut judge = Judge::new(started());
    judge.step(&joined(in_progress(), "IN_PROGRESS", 20), at(20));
    judge.step(&both_listed("IN_PROGRESS"), at(22));
    let step = judge.step(&both_listed("ROLLBACK_FAILED"), at(24));
    assert!(
        matches!(step.verdict, Some(Verdict::FailedThenSuperseded { .. })),
        "{step:?}"
    );
}

#[test]
fn without_proof_of_a_rollback_ours_is_superseded() {
    let mut judge = Judge::new(started());
    let (second, step) = wait(&mut judge, &listed(1, "SUCCESSFUL", 0, 20), 20, 60);
    assert!(
        matches!(step.verdict, Some(Verdict::Superseded { .. })),
        "{step:?}"
    );
    assert_eq!(second, 50);
}

#[test]
fn without_lists_a_late_reason_shows_a_rollback() {
    let mut judge = Judge::new(started());
    let (_, step) = wait(&mut judge, &polled(replaced()), 20, 5);
    assert_eq!(step.verdict, None);
    let step = judge.step(&polled(rolling_back("IN_PROGRESS", 1)), at(26));
    assert!(is_rolling_back(&step), "{step:?}");
    // No reason appears, so it was a newer deployment.
    let (second, step) = wait(&mut Judge::new(started()), &polled(replaced()), 20, 60);
    assert!(
        matches!(step.verdict, Some(Verdict::Superseded { .. })),
        "{step:?}"
    );
    assert_eq!(second, 30);
    // ECS rolls back only if configured to.
    let mut without = replaced();
    without["deploymentConfiguration"] = json!({});
    let verdict = run(started(), &[polled(without)]).verdict;
    assert!(matches!(verdict, Some(Verdict::Superseded { .. })), "{verdict:?}");
}

#[test]
fn a_stale_reply_from_before_ours_proves_nothing() {
    let before = polled(service(vec![deployment(1, "PRIMARY", Some("COMPLETED"), 2, 2)]));
    let (_, step) = wait(&mut Judge::new(started()), &before, 20, 120);
    assert_eq!(step.verdict, None, "ours was never seen");
    let mut judge = Judge::new(started());
    judge.step(&polled(in_progress()), at(20));
    let (_, step) = wait(&mut judge, &before, 21, 9);
    assert_eq!(step.verdict, None, "ours was seen, and the reply is older");
    assert_eq!(judge.step(&polled(healthy()), at(31)).verdict, Some(STABLE));
}

#[test]
fn a_newer_primary_supersedes_ours_even_if_never_seen() {
    let later = service(vec![deployment(3, "PRIMARY", Some("COMPLETED"), 2, 2)]);
    let verdict = run(started(), &[polled(later)]).verdict;
    assert!(
        matches!(verdict, Some(Verdict::Superseded { .. })),
        "createdAt proves it: {verdict:?}"
    );
}

/// Ours failed; PRIMARY is somebody's deployment of web:3, which ECS doesn't call a rollback.
fn failed_and_replaced() -> Value {
    let ours = with(
        deployment(2, "ACTIVE", Some("FAILED"), 0, 0),
        "rolloutStateReason",
        BREAKER,
    );
    service(vec![deployment(3, "PRIMARY", Some("IN_PROGRESS"), 0, 2), ours])
}

const BREAKER: &str = "ECS deployment circuit breaker: tasks failed to start.";

fn failed_then_superseded() -> Verdict {
    Verdict::FailedThenSuperseded {
        by: RollbackInitiator::Failure,
        definition: Some("web:3".to_owned()),
        at: Some(at(20)),
        reason: Some(BREAKER.to_owned()),
    }
}

#[test]
fn a_newer_deployment_after_a_failure_is_no_rollback() {
    let mut judge = Judge::new(started());
    judge.step(&polled(in_progress()), at(20));
    let (second, step) = wait(&mut judge, &polled(failed_and_replaced()), 21, 60);
    assert_eq!(step.verdict, Some(failed_then_superseded()));
    assert_eq!(second, 31, "a reason may appear late");
    // A service deployment of its own tells at once.
    let newer = |status: &str| {
        let mut snapshot = joined_with(
            failed_and_replaced(),
            json!({"status": "STOPPED", "statusReason": status, "rollback": {"reason": BREAKER}}),
            21,
        );
        let target = "arn:aws:ecs:us-east-1:123456789012:service-revision/c/web/3";
        let reply = json!({"serviceDeploymentArn": "arn:sd/3", "createdAt": T0 + 20, "status": "IN_PROGRESS",
            "targetServiceRevision": {"arn": target}});
        snapshot
            .service_deployments
            .insert(0, ServiceDeployment::read(&reply).unwrap());
        snapshot
    };
    for status in ["Replaced by a new service deployment", BREAKER] {
        let step = run(started(), &[polled(in_progress()), newer(status)]);
        assert_eq!(step.verdict, Some(failed_then_superseded()), "{status}");
        assert!(!is_rolling_back(&step), "{step:?}");
    }
}

#[test]
fn a_newer_deployment_during_the_rollback_is_reported() {
    let mut judge = Judge::new(started());
    let step = judge.step(&polled(rolling_back("IN_PROGRESS", 1)), at(40));
    assert!(is_rolling_back(&step), "{step:?}");
    let newer = with(
        deployment(4, "PRIMARY", Some("IN_PROGRESS"), 0, 2),
        "taskDefinition",
        "arn:aws:ecs:::task-definition/web:1",
    );
    let verdict = judge.step(&polled(service(vec![newer])), at(42)).verdict;
    assert!(
        matches!(&verdict, Some(Verdict::FailedThenSuperseded { definition: Some(definition), .. })
            if definition == "web:1"),
        "{verdict:?}"
    );
}

#[test]
fn the_revision_that_ran_before_ours_is_the_rollback() {
    let restoring = with(
        deployment(3, "PRIMARY", Some("IN_PROGRESS"), 0, 2),
        "taskDefinition",
        "arn:aws:ecs:::task-definition/web:1",
    );
    let restored = service(vec![restoring, deployment(2, "ACTIVE", Some("FAILED"), 0, 0)]);
    let request = WatchRequest {
        before: None,
        ..started()
    };
    for request in [started(), request] {
        let step = run(request, &[polled(in_progress()), polled(restored.clone())]);
        assert!(is_rolling_back(&step), "{step:?}");
    }
}

#[test]
fn the_service_deployment_names_the_rollback() {
    let replaced = failed_and_replaced();
    for (number, is_rollback) in [(3, true), (9, false)] {
        let revision = format!("arn:aws:ecs:us-east-1:123456789012:service-revision/c/web/{number}");
        let members = json!({"status": "ROLLBACK_IN_PROGRESS", "rollback": {"reason": BREAKER,
            "serviceRevisionArn": revision}});
        let mut judge = Judge::new(started());
        judge.step(&joined(in_progress(), "IN_PROGRESS", 20), at(20));
        let (_, step) = wait(&mut judge, &joined_with(replaced.clone(), members, 21), 21, 60);
        let expected = (!is_rollback).then(failed_then_superseded);
        assert_eq!(step.verdict, expected, "{number}");
    }
}
