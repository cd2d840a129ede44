//! When a rollout has succeeded, and when it hasn't yet.

use super::*;

#[test]
fn completed_with_all_tasks_and_no_old_ones_is_stable() {
    assert_eq!(
        run(started(), &[polled(in_progress()), polled(healthy())]).verdict,
        Some(STABLE)
    );
}

#[test]
fn completed_with_too_few_tasks_is_not_stable() {
    let short = service(vec![deployment(2, "PRIMARY", Some("COMPLETED"), 1, 2)]);
    assert_eq!(run(started(), &[polled(short)]).verdict, None);
}

#[test]
fn all_tasks_without_completed_is_not_stable() {
    let full = service(vec![deployment(2, "PRIMARY", Some("IN_PROGRESS"), 2, 2)]);
    assert_eq!(run(started(), &[polled(full)]).verdict, None);
}

#[test]
fn old_tasks_must_stop_for_stable_but_not_for_deployed() {
    let draining = service(vec![
        deployment(2, "PRIMARY", Some("COMPLETED"), 2, 2),
        deployment(1, "DRAINING", Some("COMPLETED"), 1, 0),
    ]);
    assert_eq!(run(started(), &[polled(draining.clone())]).verdict, None);
    let request = WatchRequest {
        until: WaitUntil::Deployed,
        ..started()
    };
    let verdict = run(request, &[polled(draining)]).verdict.unwrap();
    assert_eq!(verdict, Verdict::Deployed { exercised: true });
    assert!(!verdict.is_final());
    // The deployment is no longer listed, but the service still counts its tasks.
    assert_eq!(
        run(started(), &[polled(with(healthy(), "runningCount", 3))]).verdict,
        None
    );
}

#[test]
fn completed_with_more_tasks_than_desired_is_stable() {
    // Task scale-in protection keeps them, for up to 48 hours (developer guide).
    let more = |state| polled(service(vec![deployment(2, "PRIMARY", Some(state), 3, 2)]));
    assert_eq!(run(started(), &[more("COMPLETED")]).verdict, Some(STABLE));
    assert_eq!(run(started(), &[more("IN_PROGRESS")]).verdict, None);
    let request = || WatchRequest::new("web", WatchTarget::Restored);
    assert_eq!(run(request(), &[more("COMPLETED")]).verdict, Some(STABLE));
}

/// `running` tasks of ours run, of which 2 are desired and those in `protected` are protected.
fn more_than_desired(running: u64, protected: &[&str], second: i64) -> Snapshot {
    let ours = deployment(2, "PRIMARY", Some("COMPLETED"), running, 2);
    let mut snapshot = Snapshot {
        service: polled(service(vec![ours])).service,
        ..beside_old(0, protected, second)
    };
    for task in &mut snapshot.running {
        task.started_by = Some(OURS.to_owned());
    }
    snapshot
}

fn decreased() -> WatchRequest {
    WatchRequest {
        target: WatchTarget::Same { id: OURS.to_owned() },
        desired: Some(2),
        ..started()
    }
}

#[test]
fn a_decreased_count_waits_for_tasks_to_stop() {
    let more = |running| Snapshot {
        protection_readable: false,
        ..more_than_desired(running, &[], 0)
    };
    let mut judge = Judge::new(decreased());
    assert_eq!(judge.step(&more(4), at(20)).verdict, None);
    // The count still decreases.
    let (second, step) = wait(&mut judge, &more(3), 70, 100);
    assert_eq!((second, step.verdict), (130, Some(STABLE)));
}

#[test]
fn only_protected_tasks_stay_beyond_a_decreased_count() {
    let mut judge = Judge::new(decreased());
    let (_, step) = wait(&mut judge, &more_than_desired(4, &["a", "b"], 10), 20, 59);
    assert_eq!((step.verdict, step.read_requests.protection), (None, false));
    let step = judge.step(&more_than_desired(4, &["a", "b"], 10), at(80));
    assert_eq!((step.verdict, step.read_requests.protection), (None, true));
    // One of the two that are too many is not protected: it still stops.
    let (_, step) = wait(&mut judge, &more_than_desired(4, &["a"], 81), 81, 120);
    assert_eq!((step.verdict, step.read_requests.protection), (None, true));
    let step = judge.step(&more_than_desired(4, &["a", "b"], 202), at(202));
    assert!(
        matches!(&step.verdict, Some(Verdict::Protected { exercised: true, tasks }) if tasks.len() == 2),
        "{step:?}"
    );
}

#[test]
fn protected_tasks_that_hold_up_ecs_are_named() {
    let held = |second| {
        let mut snapshot = beside_old(2, &["a"], second);
        snapshot.service = polled(service(vec![
            deployment(2, "PRIMARY", Some("IN_PROGRESS"), 2, 2),
            deployment(1, "ACTIVE", Some("COMPLETED"), 2, 0),
        ]))
        .service;
        snapshot
    };
    let mut judge = Judge::new(started());
    assert!(!judge.step(&held(0), at(20)).read_requests.protection);
    assert!(judge.step(&held(0), at(80)).read_requests.protection);
    let (_, step) = wait(&mut judge, &held(81), 81, 15 * 60);
    let Some(Verdict::TimedOut { state, .. }) = step.verdict else {
        panic!("{step:?}")
    };
    assert_eq!(
        state,
        "waiting for 2 old tasks to stop (protected from scale-in: a)"
    );
}

/// `running` of two tasks of ours run beside two old ones, and ECS starts no more.
fn held_up(running: u64, protected: &[&str], second: i64) -> Snapshot {
    let mut snapshot = beside_old(2, protected, second);
    snapshot.service = polled(service(vec![
        deployment(2, "PRIMARY", Some("IN_PROGRESS"), running, 2),
        deployment(1, "ACTIVE", Some("COMPLETED"), 2, 0),
    ]))
    .service;
    snapshot
}

#[test]
fn protected_tasks_that_keep_ours_from_starting_are_named() {
    let mut judge = Judge::new(started());
    assert!(!judge.step(&held_up(0, &[], 0), at(20)).read_requests.protection);
    // One more has started: ECS isn't held up yet.
    assert!(!judge.step(&held_up(1, &[], 0), at(80)).read_requests.protection);
    assert!(judge.step(&held_up(1, &[], 0), at(140)).read_requests.protection);
    let (_, step) = wait(&mut judge, &held_up(1, &["a"], 141), 141, 15 * 60);
    let Some(Verdict::TimedOut { state, .. }) = step.verdict else {
        panic!("{step:?}")
    };
    assert_eq!(
        state,
        "1 of 2 tasks running so far, 2 old tasks to stop (protected from scale-in: a)"
    );
}

#[test]
fn old_tasks_that_only_protection_keeps_are_reported_once() {
    let reported = |judge: &mut Judge, protected: &[&str], second| {
        let step = judge.step(&held_up(2, protected, second), at(second));
        let events = step.events.into_iter();
        events
            .filter(|event| matches!(event, RolloutEvent::Protected { .. }))
            .collect::<Vec<_>>()
    };
    let mut judge = Judge::new(started());
    for second in [20, 80, 81] {
        assert_eq!(reported(&mut judge, &[], second), []);
    }
    assert_eq!(reported(&mut judge, &["a"], 82), [], "the other one still stops");
    let tasks = vec!["a".to_owned(), "b".to_owned()];
    let all = RolloutEvent::Protected { tasks, until: None };
    assert_eq!(reported(&mut judge, &["a", "b"], 83), [all]);
    assert_eq!(reported(&mut judge, &["a", "b"], 84), []);
}

/// Ours is complete, and `old` tasks of the former deployment run, of which those in `protected` are protected.
fn beside_old(old: u64, protected: &[&str], second: i64) -> Snapshot {
    let deployments = vec![
        deployment(2, "PRIMARY", Some("COMPLETED"), 2, 2),
        deployment(1, "ACTIVE", Some("COMPLETED"), old, 0),
    ];
    let task = |id: &str, by: &str| {
        let arn = format!("arn:aws:ecs:::task/c/{id}");
        Task::read(&json!({"taskArn": arn, "startedBy": by, "lastStatus": "RUNNING"})).unwrap()
    };
    let read = |id: &&str| {
        ProtectedTask::read(
            &json!({"taskArn": format!("arn:aws:ecs:::task/c/{id}"), "protectionEnabled": true}),
        )
    };
    Snapshot {
        running: vec![task("ours", OURS), task("a", "ecs-svc/1"), task("b", "ecs-svc/1")],
        protected: protected.iter().filter_map(read).collect(),
        protection_at: Some(at(second)),
        ..polled(service(deployments))
    }
}

#[test]
fn protected_old_tasks_are_not_awaited() {
    let names = |verdict: Option<Verdict>| match verdict {
        Some(Verdict::Protected {
            exercised: true,
            tasks,
        }) => tasks.into_iter().map(|it| it.id).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let mut judge = Judge::new(started());
    // Protection read before is no proof, and is read only once the old tasks have stayed for a while.
    let early = beside_old(1, &["a"], 10);
    let step = judge.step(&early, at(20));
    assert_eq!((step.verdict, step.read_requests.protection), (None, false));
    let step = judge.step(&early, at(30));
    assert_eq!((step.verdict, step.read_requests.protection), (None, true));
    // One of two is protected, and so is one of ours: the other still stops.
    let step = judge.step(&beside_old(2, &["a", "ours"], 31), at(31));
    assert_eq!((step.verdict, step.read_requests.protection), (None, false));
    assert!(
        judge
            .step(&beside_old(2, &["a"], 31), at(61))
            .read_requests
            .protection
    );
    assert_eq!(
        names(judge.step(&beside_old(1, &["a"], 61), at(62)).verdict),
        ["a"]
    );
    let verdict = run(started(), &[beside_old(2, &["a", "b"], 20)]).verdict;
    assert_eq!(names(verdict), ["a", "b"]);
}

#[test]
fn unreadable_protection_is_not_requested() {
    let denied = Snapshot {
        protection_readable: false,
        ..beside_old(1, &[], 0)
    };
    let mut judge = Judge::new(started());
    judge.step(&denied, at(20));
    assert!(!judge.step(&denied, at(40)).read_requests.protection);
    let (_, step) = wait(&mut judge, &denied, 41, 15 * 60);
    let Some(Verdict::TimedOut { state, .. }) = step.verdict else {
        panic!("{step:?}")
    };
    assert_eq!(state, "waiting for 1 old task to stop");
}

#[test]
fn old_tasks_that_only_the_deployments_show_count_too() {
    let old = |member: &str| {
        let old = with(deployment(1, "DRAINING", None, 0, 0), member, 1);
        let mut draining = service(vec![deployment(2, "PRIMARY", Some("COMPLETED"), 2, 2), old]);
        draining.as_object_mut().unwrap().remove("runningCount");
        polled(draining)
    };
    assert_eq!(run(started(), &[old("runningCount")]).verdict, None);
    assert_eq!(run(started(), &[old("pendingCount")]).verdict, None);
    assert_eq!(run(started(), &[old("failedTasks")]).verdict, Some(STABLE));
}

#[test]
fn our_deployment_must_be_primary() {
    let idle = service(vec![deployment(2, "ACTIVE", Some("COMPLETED"), 2, 2)]);
    assert_eq!(run(started(), &[polled(idle.clone())]).verdict, None);
    assert_eq!(run(started(), &[joined(idle, "SUCCESSFUL", 20)]).verdict, None);
}

#[test]
fn a_desired_count_of_zero_is_not_exercised() {
    let empty = service(vec![deployment(2, "PRIMARY", Some("COMPLETED"), 0, 0)]);
    assert_eq!(
        run(started(), &[polled(empty)]).verdict,
        Some(Verdict::Stable { exercised: false })
    );
}

#[test]
fn a_daemon_is_judged_by_its_own_desired_count() {
    let daemon = with(healthy(), "schedulingStrategy", "DAEMON");
    assert_eq!(
        run(started(), &[polled(with(daemon, "desiredCount", 7))]).verdict,
        Some(STABLE)
    );
}

#[test]
fn a_service_without_health_checks_settles() {
    let bare = polled(with(healthy(), "loadBalancers", json!([])));
    let mut judge = Judge::new(started());
    let first = judge.step(&bare, at(20));
    assert!(first.events.contains(&RolloutEvent::Settling { seconds: 10 }));
    let (_, step) = wait(&mut judge, &bare, 21, 8);
    assert_eq!(step.verdict, None);
    // The ten seconds have passed: the stopped tasks decide.
    assert!(judge.step(&bare, at(30)).read_requests.tasks);
    let read = Snapshot {
        tasks_at: Some(at(30)),
        ..bare
    };
    assert_eq!(judge.step(&read, at(30)).verdict, Some(STABLE));
}

#[test]
fn health_checks_make_settling_unnecessary() {
    let bare = polled(with(healthy(), "loadBalancers", json!([])));
    let request = WatchRequest {
        health_checked: true,
        ..started()
    };
    assert_eq!(run(request, &[bare]).verdict, Some(STABLE));
    assert_eq!(run(started(), &[polled(healthy())]).verdict, Some(STABLE));
}

#[test]
fn a_crash_while_settling_fails() {
    // "passes, but then stops" may not trip the circuit breaker (re:Post).
    let bare = with(healthy(), "loadBalancers", json!([]));
    let mut judge = Judge::new(started());
    assert_eq!(judge.step(&polled(bare.clone()), at(20)).verdict, None);
    let mut crashed = polled(bare);
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
fn a_crash_shown_by_the_counts_fails() {
    let bare = |running| {
        with(
            service(vec![deployment(2, "PRIMARY", Some("COMPLETED"), running, 2)]),
            "loadBalancers",
            json!([]),
        )
    };
    let mut judge = Judge::new(started());
    judge.step(&polled(bare(2)), at(20));
    let step = judge.step(&polled(bare(1)), at(22));
    assert!(step.verdict.is_none() && step.read_requests.tasks);
    let read = Snapshot {
        tasks: vec![stopped("a", 1, 21)],
        tasks_at: Some(at(22)),
        ..polled(bare(1))
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
fn a_crash_before_completion_does_not_count() {
    let bare = polled(with(healthy(), "loadBalancers", json!([])));
    let mut judge = Judge::new(started());
    judge.step(&bare, at(20));
    // Stopped at second 5 by ECS's clock, before COMPLETED at second 10, but read only now.
    let read = Snapshot {
        tasks: vec![stopped("a", 1, 5)],
        tasks_at: Some(at(30)),
        ..bare
    };
    assert_eq!(judge.step(&read, at(30)).verdict, Some(STABLE));
}

#[test]
fn settling_works_without_permission_to_read_tasks() {
    let mut bare = polled(with(healthy(), "loadBalancers", json!([])));
    bare.tasks_readable = false;
    let (second, step) = wait(&mut Judge::new(started()), &bare, 20, 60);
    assert_eq!((second, step.verdict), (30, Some(STABLE)));
}

#[test]
fn successful_needs_all_tasks_running() {
    // earlySuccessCriteria allows success below 100 % (API reference: DeploymentConfiguration).
    assert_eq!(
        run(started(), &[joined(in_progress(), "SUCCESSFUL", 20)]).verdict,
        None
    );
}

#[test]
fn completed_waits_briefly_for_the_service_deployment() {
    let lagging = joined(healthy(), "IN_PROGRESS", 20);
    let mut judge = Judge::new(started());
    let step = judge.step(&lagging, at(20));
    assert!(step.verdict.is_none() && step.read_requests.service_deployment);
    assert_eq!(
        judge.step(&joined(healthy(), "SUCCESSFUL", 20), at(21)).verdict,
        Some(STABLE)
    );
    // A service deployment that keeps lagging is ignored.
    let (second, step) = wait(&mut Judge::new(started()), &lagging, 20, 60);
    assert_eq!((second, step.verdict), (30, Some(STABLE)));
}

#[test]
fn unknown_states_keep_being_watched() {
    let odd = service(vec![deployment(2, "PRIMARY", Some("TOMORROW"), 2, 2)]);
    let (_, step) = wait(&mut Judge::new(started()), &polled(odd), 20, 120);
    assert_eq!(step.verdict, None);
}

#[test]
fn behind_a_classic_load_balancer_counts_decide() {
    // rolloutState is "only returned for … rolling update … not behind a Classic Load Balancer" (API
    // reference).
    let old = deployment(1, "ACTIVE", None, 1, 0);
    let both = service(vec![deployment(2, "PRIMARY", None, 2, 2), old]);
    let alone = service(vec![deployment(2, "PRIMARY", None, 2, 2)]);
    assert_eq!(run(started(), &[polled(both)]).verdict, None);
    assert_eq!(run(started(), &[polled(alone.clone())]).verdict, Some(STABLE));
    assert_eq!(
        run(started(), &[joined(alone.clone(), "IN_PROGRESS", 20)]).verdict,
        None
    );
    // Only the service deployment can show success, so it is read again.
    let step = run(started(), &[joined(alone.clone(), "IN_PROGRESS", 20)]);
    assert!(step.read_requests.service_deployment);
    assert_eq!(
        run(started(), &[joined(alone, "SUCCESSFUL", 20)]).verdict,
        Some(STABLE)
    );
}

#[test]
fn a_pause_ends_the_watch_unless_waited_through() {
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
    let request = WatchRequest {
        wait_through_pause: true,
        ..started()
    };
    assert_eq!(run(request, &[paused]).verdict, None);
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
        run(started(), &[polled(full.clone())]).verdict,
        None,
        "counts prove nothing"
    );
    let baking = json!({"status": "IN_PROGRESS", "lifecycleStage": "BAKE_TIME",
        "targetServiceRevision": {"arn": "arn:r/2", "requestedProductionTrafficWeight": 100.0}});
    let baking = joined_with(full, baking, 20);
    assert_eq!(run(started(), std::slice::from_ref(&baking)).verdict, None);
    let request = WatchRequest {
        until: WaitUntil::Deployed,
        ..started()
    };
    assert_eq!(
        run(request, &[baking]).verdict,
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

/// All tasks run, the old ones are gone, and alarms have this status. The targets have the state `health`.
fn monitored_by_alarms(alarms: &str, status: &str, health: &str) -> Snapshot {
    let service = service(vec![deployment(2, "PRIMARY", Some("IN_PROGRESS"), 2, 2)]);
    let alarms = json!({"status": alarms, "alarmNames": ["errors", "latency"], "triggeredAlarmNames": []});
    let task = |id: &str| {
        let arn = format!("arn:aws:ecs:::task/c/{id}");
        Task::read(&json!({"taskArn": arn, "startedBy": OURS, "lastStatus": "RUNNING"})).unwrap()
    };
    let target = |id: &str| {
        let state = Some(health.to_owned());
        let target = FailureTarget {
            state,
            ..FailureTarget::default()
        };
        (id.to_owned(), target)
    };
    Snapshot {
        running: vec![task("a"), task("b")],
        targets: vec![target("a"), target("b")],
        ..joined_with(service, json!({"status": status, "alarms": alarms}), 20)
    }
}

#[test]
fn monitored_alarms_alone_are_no_bake() {
    let unread = Snapshot {
        targets: Vec::new(),
        ..monitored_by_alarms("MONITORING", "IN_PROGRESS", "healthy")
    };
    for poll in [
        monitored_by_alarms("MONITORING", "IN_PROGRESS", "unhealthy"),
        monitored_by_alarms("MONITORING", "IN_PROGRESS", "initial"),
        monitored_by_alarms("MONITORING", "STOP_REQUESTED", "healthy"),
        monitored_by_alarms("MONITORING", "ROLLBACK_REQUESTED", "healthy"),
        unread,
    ] {
        let (second, step) = wait(&mut Judge::new(started()), &poll, 20, 16 * 60);
        let Some(Verdict::TimedOut { state, .. }) = step.verdict else {
            panic!("{step:?}")
        };
        assert_eq!(second, 20 + 15 * 60);
        assert!(!state.contains("bake"), "{state}");
    }
}

#[test]
fn a_bake_stops_the_clock_for_a_day_at_most() {
    let poll = monitored_by_alarms("MONITORING", "IN_PROGRESS", "healthy");
    let mut judge = Judge::new(started());
    let day = 24 * 60 * 60;
    let ends = |judge: &mut Judge, second| judge.step(&poll, at(second)).verdict.is_some();
    assert!(!ends(&mut judge, 20));
    assert!(!ends(&mut judge, 20 + day + 14 * 60));
    assert!(ends(&mut judge, 20 + day + 16 * 60));
}

#[test]
fn the_default_timeout_stands_still_during_the_bake() {
    let baking = |alarms: &str| monitored_by_alarms(alarms, "IN_PROGRESS", "healthy");
    let mut judge = Judge::new(started());
    let step = judge.step(&baking("MONITORING"), at(20));
    assert!(step.events.contains(&RolloutEvent::Baking { alarms: 2 }));
    assert!(step.read_requests.service_deployment);
    let (_, step) = wait(&mut judge, &baking("MONITORING"), 21, 30 * 60);
    assert_eq!(step.verdict, None);
    assert!(step.events.is_empty(), "it is said once");
    let over = 20 + 30 * 60 + 1;
    let (second, step) = wait(&mut judge, &baking("MONITORING_COMPLETE"), over + 1, 20 * 60);
    assert!(matches!(step.verdict, Some(Verdict::TimedOut { .. })), "{step:?}");
    assert_eq!(second, over + 15 * 60);
    // An explicit timeout counts.
    let mut judge = Judge::new(WatchRequest {
        timeout: Some(SignedDuration::from_mins(20)),
        ..started()
    });
    let (second, step) = wait(&mut judge, &baking("MONITORING"), 20, 30 * 60);
    let Some(Verdict::TimedOut { state, .. }) = step.verdict else {
        panic!("{step:?}")
    };
    assert_eq!(second, 20 + 20 * 60);
    assert_eq!(state, "waiting for the bake time to end: 2 alarms are watched");
}

#[test]
fn old_or_missing_tasks_are_no_bake() {
    let monitored = |running: u64, old: u64| {
        let deployments = vec![
            deployment(2, "PRIMARY", Some("IN_PROGRESS"), running, 2),
            deployment(1, "ACTIVE", Some("COMPLETED"), old, 2),
        ];
        let alarms = json!({"status": "MONITORING", "alarmNames": ["errors"]});
        joined_with(
            service(deployments),
            json!({"status": "IN_PROGRESS", "alarms": alarms}),
            20,
        )
    };
    for poll in [monitored(2, 1), monitored(1, 0)] {
        let (second, step) = wait(&mut Judge::new(started()), &poll, 20, 16 * 60);
        assert!(matches!(step.verdict, Some(Verdict::TimedOut { .. })), "{step:?}");
        assert_eq!(second, 20 + 15 * 60);
    }
}

#[test]
fn a_reply_that_contradicts_itself_is_no_success() {
    let ours = || deployment(2, "PRIMARY", Some("COMPLETED"), 2, 2);
    let older = with(ours(), "taskDefinition", "arn:aws:ecs:::task-definition/web:1");
    let mut fewer_running = healthy();
    fewer_running["runningCount"] = json!(1);
    for reply in [
        service(vec![ours(), older.clone()]),
        service(vec![ours(), with(older, "id", "ecs-svc/9")]),
        fewer_running,
    ] {
        let mut judge = Judge::new(started());
        let (_, step) = wait(&mut judge, &polled(reply.clone()), 20, 120);
        assert!(
            step.verdict.as_ref().is_none_or(|it| it.exit() != Exit::Done),
            "{step:?}: {reply}"
        );
    }
    let twice = with(service(vec![ours(), ours()]), "runningCount", 2);
    let request = WatchRequest {
        timeout: Some(SignedDuration::from_secs(60)),
        ..started()
    };
    let (_, step) = wait(&mut Judge::new(request), &polled(twice), 20, 120);
    assert!(
        matches!(&step.verdict, Some(Verdict::TimedOut { state, .. }) if state.contains("with the same ID")),
        "{step:?}"
    );
}

#[test]
fn a_deployment_keeps_its_task_definition() {
    let request = WatchRequest {
        definition: Some("web:3".to_owned()),
        ..started()
    };
    let attached = WatchRequest {
        target: WatchTarget::InFlight,
        ..request.clone()
    };
    for request in [request, attached] {
        let mut judge = Judge::new(request);
        judge.step(&polled(in_progress()), at(20));
        let mut changed = healthy();
        changed["deployments"][0]["taskDefinition"] = json!("arn:aws:ecs:::task-definition/web:3");
        let (_, step) = wait(&mut judge, &polled(changed), 21, 120);
        assert_eq!(step.verdict, None);
    }
}
