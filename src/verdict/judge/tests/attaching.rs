//! Watches that begin during a deployment or after it.

use super::*;

#[test]
fn attaching_watches_the_deployment_in_progress() {
    let request = || WatchRequest::new("web", WatchTarget::InFlight);
    let mut judge = Judge::new(request());
    judge.step(&polled(in_progress()), at(20));
    assert_eq!(judge.deployment(), Some(OURS));
    assert_eq!(judge.step(&polled(healthy()), at(21)).verdict, Some(STABLE));
    // A complete deployment needs no settling.
    let bare = polled(with(healthy(), "loadBalancers", json!([])));
    assert_eq!(run(request(), &[bare]).verdict, Some(STABLE));
}

#[test]
fn attaching_to_a_rollback_succeeds_only_if_requested() {
    let polls = [
        polled(rolling_back("IN_PROGRESS", 1)),
        polled(rolling_back("COMPLETED", 2)),
    ];
    let verdict = run(WatchRequest::new("web", WatchTarget::InFlight), &polls).verdict;
    assert!(
        matches!(&verdict, Some(Verdict::RolledBack { to: Some(to), complete: true, .. }) if to == "web:1"),
        "{verdict:?}"
    );
    let verdict = run(WatchRequest::new("web", WatchTarget::Restored), &polls).verdict;
    assert_eq!(verdict, Some(STABLE));
}

#[test]
fn attaching_after_a_rollback_is_not_a_success() {
    // Only the list of service deployments still shows it; web:1 was restored as ecs-svc/3.
    let restored = || {
        let mut ended = service(vec![deployment(3, "PRIMARY", Some("COMPLETED"), 2, 2)]);
        ended["deployments"][0]["taskDefinition"] = json!("arn:aws:ecs:::task-definition/web:1");
        ended
    };
    let listed = |status: &str, ended: i64| {
        let members = json!({"status": status, "statusReason": "tripped", "finishedAt": T0 + ended});
        let mut snapshot = joined_with(restored(), members, 60);
        let earlier = json!({"serviceDeploymentArn": "arn:sd/1", "createdAt": T0, "status": "SUCCESSFUL"});
        snapshot
            .service_deployments
            .push(ServiceDeployment::read(&earlier).unwrap());
        snapshot
    };
    let unlisted = Snapshot {
        deployments_readable: true,
        ..polled(restored())
    };
    let attach = |target: WatchTarget, poll: Snapshot| {
        let mut judge = Judge::new(WatchRequest::new("web", target));
        judge.step(&unlisted, at(60));
        judge.step(&poll, at(60)).verdict
    };
    let mut judge = Judge::new(WatchRequest::new("web", WatchTarget::InFlight));
    let first = judge.step(&unlisted, at(60));
    assert!(
        first.verdict.is_none() && first.read_requests.listing,
        "{first:?}"
    );
    let rolled_back = Verdict::RolledBack {
        to: Some("web:1".to_owned()),
        complete: true,
        by: RollbackInitiator::Failure,
        reason: Some("tripped".to_owned()),
    };
    let failed = Verdict::failed(FailureKind::RollbackFailed, Some("tripped".to_owned()));
    let rows = [
        ("ROLLBACK_SUCCESSFUL", 50, rolled_back),
        ("ROLLBACK_FAILED", 50, failed),
        ("SUCCESSFUL", 50, STABLE),
        // It had ended before ecs-svc/3 was created, so ecs-svc/3 is a newer deployment.
        ("ROLLBACK_SUCCESSFUL", 15, STABLE),
    ];
    for (status, ended, expected) in rows {
        let verdict = attach(WatchTarget::InFlight, listed(status, ended));
        assert_eq!(verdict, Some(expected), "{status} {ended}");
    }
    // A deploy without changes requests the restored revision.
    let verdict = attach(WatchTarget::Restored, listed("ROLLBACK_SUCCESSFUL", 50));
    assert_eq!(verdict, Some(STABLE));
}

#[test]
fn the_primarys_reason_shows_a_completed_rollback() {
    let mut ended = rolling_back("COMPLETED", 2);
    ended["deployments"].as_array_mut().unwrap().pop();
    let verdict = run(
        WatchRequest::new("web", WatchTarget::InFlight),
        &[polled(ended.clone())],
    )
    .verdict;
    assert!(
        matches!(&verdict, Some(Verdict::RolledBack { to: Some(to), complete: true, reason: Some(reason), .. })
            if to == "web:1" && reason.contains("rolling back to")),
        "{verdict:?}"
    );
    let verdict = run(WatchRequest::new("web", WatchTarget::Restored), &[polled(ended)]).verdict;
    assert_eq!(verdict, Some(STABLE));
}

#[test]
fn attaching_lists_service_deployments_first() {
    let readable = Snapshot {
        deployments_readable: true,
        ..polled(in_progress())
    };
    let mut judge = Judge::new(WatchRequest::new("web", WatchTarget::InFlight));
    assert!(judge.step(&readable, at(20)).read_requests.listing);
    assert_eq!(judge.deployment(), None);
    // The judge doesn't wait forever for the list.
    let (second, _) = wait(&mut judge, &readable, 21, 9);
    assert_eq!((second, judge.deployment()), (30, Some(OURS)));
}

#[test]
fn another_revision_is_not_a_success() {
    // It was in progress when observed, and was rolled back before the first poll.
    let restored = WatchRequest {
        target: WatchTarget::Restored,
        ..started()
    };
    let polls = [
        polled(rolling_back("IN_PROGRESS", 1)),
        polled(rolling_back("COMPLETED", 2)),
    ];
    let verdict = run(restored, &polls).verdict;
    assert!(
        matches!(&verdict, Some(Verdict::RolledBack { to: Some(to), complete: true, .. }) if to == "web:1"),
        "{verdict:?}"
    );
    // Another deployment began just before our call, which started none. The response shows the other one.
    let mut theirs = healthy();
    theirs["deployments"][0]["taskDefinition"] =
        json!("arn:aws:ecs:us-east-1:123456789012:task-definition/web:3");
    let verdict = run(started(), &[polled(theirs)]).verdict;
    assert!(
        matches!(&verdict, Some(Verdict::Superseded { definition: Some(it), .. }) if it == "web:3"),
        "{verdict:?}"
    );
}
