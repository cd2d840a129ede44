//! Events, reads and timeouts of a watch.

use super::*;

#[test]
fn events_going_back_mark_a_stale_reply() {
    let event =
        |second: i64| json!([{"id": format!("e{second}"), "createdAt": T0 + second, "message": "said"}]);
    let mut judge = Judge::new(started());
    judge.step(&polled(with(in_progress(), "events", event(50))), at(60));
    assert_eq!(
        judge
            .step(&polled(with(healthy(), "events", event(40))), at(61))
            .verdict,
        None
    );
    assert_eq!(
        judge
            .step(&polled(with(healthy(), "events", event(55))), at(62))
            .verdict,
        Some(STABLE)
    );
}

#[test]
fn the_same_primary_waits_for_the_counts() {
    let request = || WatchRequest {
        desired: Some(3),
        ..WatchRequest::new("web", WatchTarget::Same { id: OURS.to_owned() })
    };
    let counts = |running, desired| {
        polled(service(vec![deployment(
            2,
            "PRIMARY",
            Some("COMPLETED"),
            running,
            desired,
        )]))
    };
    // The response may be from before the change: 2 of 2 is not the requested count.
    assert_eq!(run(request(), &[counts(2, 2)]).verdict, None);
    assert_eq!(run(request(), &[counts(2, 2), counts(2, 3)]).verdict, None);
    assert_eq!(
        run(request(), &[counts(2, 3), counts(3, 3)]).verdict,
        Some(STABLE)
    );
    // The service is scaled meanwhile.
    assert_eq!(
        run(request(), &[counts(2, 3), counts(4, 4)]).verdict,
        Some(STABLE)
    );
    // A FAILED deployment "doesn't launch any new tasks" (API reference: Deployment).
    let broken = with(
        service(vec![deployment(2, "PRIMARY", Some("FAILED"), 0, 3)]),
        "deploymentConfiguration",
        json!({}),
    );
    let verdict = run(request(), &[polled(broken)]).verdict;
    assert!(matches!(verdict, Some(Verdict::Failed { .. })), "{verdict:?}");
}

#[test]
fn a_timeout_names_what_it_was_waiting_for() {
    let request = WatchRequest {
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
    let (second, step) = wait(&mut Judge::new(request), &polled(stuck), 20, 120);
    assert_eq!(second, 80);
    let expected = Verdict::TimedOut {
        after: SignedDuration::from_secs(60),
        state: "1 of 2 tasks running so far".to_owned(),
        last_event: Some(said.to_owned()),
        last_event_at: Some(at(30)),
    };
    assert_eq!(step.verdict, Some(expected));
}

#[test]
fn a_rollback_in_progress_at_the_timeout_is_a_failure() {
    let request = WatchRequest {
        timeout: Some(SignedDuration::from_secs(60)),
        ..started()
    };
    let mut judge = Judge::new(request);
    judge.step(&polled(in_progress()), at(20));
    let (_, step) = wait(&mut judge, &polled(rolling_back("IN_PROGRESS", 1)), 21, 120);
    assert!(
        matches!(step.verdict, Some(Verdict::RolledBack { complete: false, .. })),
        "{step:?}"
    );
}

#[test]
fn a_deleted_service_is_gone() {
    let mut judge = Judge::new(started());
    judge.step(&polled(in_progress()), at(20));
    let gone = polled(with(in_progress(), "status", "INACTIVE"));
    let (second, step) = wait(&mut judge, &gone, 21, 60);
    assert_eq!(second, 31);
    assert!(matches!(
        step.verdict,
        Some(Verdict::Failed {
            how: FailureKind::ServiceGone,
            ..
        })
    ));
    // A service that was just created may not be visible yet.
    let missing = Snapshot::of(None);
    let mut judge = Judge::new(first());
    let (_, step) = wait(&mut judge, &missing, 20, 30);
    assert_eq!(step.verdict, None);
    assert_eq!(judge.step(&polled(healthy()), at(51)).verdict, Some(STABLE));
}

#[test]
fn an_unknown_service_is_absent_after_a_few_polls() {
    let asked = WatchRequest {
        known: false,
        ..WatchRequest::new("web", WatchTarget::InFlight)
    };
    let with_status = |status: &str| polled(with(in_progress(), "status", status));
    for (nothing, draining) in [
        (Snapshot::of(None), false),
        (with_status("INACTIVE"), false),
        (with_status("DRAINING"), true),
    ] {
        let mut judge = Judge::new(asked.clone());
        let (second, step) = wait(&mut judge, &nothing, 20, 60);
        assert_eq!((second, step.verdict), (25, Some(Verdict::Absent { draining })));
        // One stale response is not enough, and a service that was seen once is gone, not absent.
        let mut judge = Judge::new(asked.clone());
        assert_eq!(judge.step(&nothing, at(20)).verdict, None);
        assert_eq!(judge.step(&polled(in_progress()), at(21)).verdict, None);
        let (second, step) = wait(&mut judge, &nothing, 22, 60);
        assert_eq!(second, 32);
        assert!(matches!(
            step.verdict,
            Some(Verdict::Failed {
                how: FailureKind::ServiceGone,
                ..
            })
        ));
    }
}

#[test]
fn a_codedeploy_service_is_judged_by_its_counts() {
    let counts = |running: u64| {
        polled(
            json!({"serviceName": "web", "status": "ACTIVE", "desiredCount": 2, "runningCount": running,
            "deploymentController": {"type": "CODE_DEPLOY"}, "deployments": []}),
        )
    };
    let request = || WatchRequest::new("web", WatchTarget::InFlight);
    assert_eq!(run(request(), &[counts(1)]).verdict, None);
    assert_eq!(run(request(), &[counts(2)]).verdict, Some(STABLE));
}

#[test]
fn only_events_since_the_start_are_reported_oldest_first() {
    let event = |second: i64| json!({"id": format!("e{second}"), "createdAt": T0 + second, "message": format!("at {second}")});
    let mut judge = Judge::new(started());
    let said = |step: &JudgeStep| -> Vec<String> {
        step.events
            .iter()
            .filter_map(|it| match it {
                RolloutEvent::Said { message, .. } => Some(message.clone()),
                _ => None,
            })
            .collect()
    };
    let step = judge.step(
        &polled(with(
            in_progress(),
            "events",
            json!([event(14), event(12), event(5)]),
        )),
        at(20),
    );
    assert_eq!(said(&step), ["at 12", "at 14"]);
    let step = judge.step(
        &polled(with(
            in_progress(),
            "events",
            json!([event(16), event(14), event(12)]),
        )),
        at(21),
    );
    assert_eq!(said(&step), ["at 16"]);
}

#[test]
fn only_a_start_after_another_one_has_a_target() {
    let of_another = || WatchRequest::new("web", WatchTarget::InFlight);
    let has_target = |service| {
        let step = Judge::new(of_another()).step(&polled(service), at(20));
        step.events.into_iter().find_map(|event| match event {
            RolloutEvent::Started { has_target, .. } => Some(has_target),
            _ => None,
        })
    };
    assert_eq!(has_target(in_progress()), Some(true));
    let first = service(vec![deployment(2, "PRIMARY", Some("IN_PROGRESS"), 1, 2)]);
    assert_eq!(has_target(first), Some(false));
    assert_eq!(has_target(rolling_back("IN_PROGRESS", 1)), Some(false));
}

#[test]
fn the_start_and_changed_counts_are_reported() {
    let mut judge = Judge::new(started());
    let step = judge.step(&polled(in_progress()), at(20));
    assert_eq!(
        step.events,
        [
            RolloutEvent::Started {
                from: Some("web:1".into()),
                has_target: true,
                to: "web:2".into(),
                deployment: Some(OURS.into()),
                attached: false,
                rollback: false,
            },
            RolloutEvent::Progress {
                task_definition: "web:2".into(),
                running: 1,
                pending: 0,
                desired: 2,
                failed: 0,
                old: 2,
                stage: Some("IN_PROGRESS".into()),
                traffic: None,
                bake_minutes: None,
                hook: None,
            },
        ]
    );
    assert!(judge.step(&polled(in_progress()), at(21)).events.is_empty());
}

#[test]
fn stopped_tasks_are_read_when_the_counts_hint_at_them() {
    let counts = |running: u64, pending: u64, failed: u64| {
        let it = deployment(2, "PRIMARY", Some("IN_PROGRESS"), running, 2);
        polled(service(vec![with(
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
        // Still requested until read.
        ((0, 1, 0), true),
    ];
    for (second, ((running, pending, failed), wanted)) in rows.into_iter().enumerate() {
        let step = judge.step(&counts(running, pending, failed), at(20 + second as i64));
        assert_eq!(step.read_requests.tasks, wanted, "{running} {pending} {failed}");
    }
    let read = Snapshot {
        tasks_at: Some(at(25)),
        ..counts(0, 1, 0)
    };
    assert!(!judge.step(&read, at(25)).read_requests.tasks);
    assert!(
        judge
            .step(
                &Snapshot {
                    tasks_at: Some(at(25)),
                    ..counts(0, 1, 1)
                },
                at(26)
            )
            .read_requests
            .tasks
    );
}

#[test]
fn a_service_never_seen_times_out_too() {
    let mut judge = Judge::new(started());
    assert_eq!(judge.overdue(at(20)).verdict, None);
    assert_eq!(judge.overdue(at(20 + 15 * 60 - 1)).verdict, None);
    let verdict = judge.overdue(at(20 + 15 * 60)).verdict;
    assert!(matches!(verdict, Some(Verdict::TimedOut { .. })), "{verdict:?}");
}

fn waited_for(request: WatchRequest, poll: &Snapshot) -> String {
    let (_, step) = wait(&mut Judge::new(request), poll, 20, 16 * 60);
    match step.verdict {
        Some(Verdict::TimedOut { state, .. }) => state,
        other => panic!("{other:?}"),
    }
}

/// Our deployment with two tasks that are starting.
fn starting() -> Snapshot {
    let it = deployment(2, "PRIMARY", Some("IN_PROGRESS"), 0, 2);
    polled(service(vec![with(it, "pendingCount", 2)]))
}

#[test]
fn a_timeout_names_the_states_of_starting_tasks() {
    assert_eq!(
        waited_for(started(), &starting()),
        "0 of 2 tasks running so far, 2 starting"
    );
    let task = |id: &str, status: &str, by: &str, second: i64| {
        Task::read(
            &json!({"taskArn": format!("arn:aws:ecs:::task/c/{id}"), "startedBy": by,
            "lastStatus": status, "createdAt": T0 + second}),
        )
        .unwrap()
    };
    let read = Snapshot {
        running: vec![
            task("a", "PENDING", OURS, 15),
            task("b", "PENDING", OURS, 12),
            task("c", "PROVISIONING", "ecs-svc/1", 1),
            task("d", "RUNNING", OURS, 11),
        ],
        running_at: Some(at(40)),
        ..starting()
    };
    assert_eq!(
        waited_for(started(), &read),
        "0 of 2 tasks running so far, 2 PENDING since 2023-11-14T22:13:32Z"
    );
}

#[test]
fn the_states_of_long_starting_tasks_are_read() {
    let mut judge = Judge::new(started());
    assert!(!judge.step(&starting(), at(20)).read_requests.running);
    assert!(!judge.step(&starting(), at(39)).read_requests.running);
    assert!(judge.step(&starting(), at(40)).read_requests.running);
    let read = Snapshot {
        running_at: Some(at(40)),
        ..starting()
    };
    assert!(!judge.step(&read, at(69)).read_requests.running);
    assert!(judge.step(&read, at(70)).read_requests.running);
}

#[test]
fn a_timeout_names_an_early_success() {
    let short = || service(vec![deployment(2, "PRIMARY", Some("COMPLETED"), 1, 2)]);
    assert_eq!(
        waited_for(started(), &joined(short(), "SUCCESSFUL", 20)),
        "waiting for 1 more task: ECS calls it successful, but 1 of 2 run"
    );
    assert_eq!(
        waited_for(started(), &polled(short())),
        "waiting for 1 more task: ECS calls it complete, but 1 of 2 run"
    );
}

#[test]
fn a_timeout_names_old_tasks_that_stay() {
    let with_old = |old: u64| {
        polled(service(vec![
            deployment(2, "PRIMARY", Some("IN_PROGRESS"), 2, 2),
            deployment(1, "ACTIVE", Some("COMPLETED"), old, 0),
        ]))
    };
    assert_eq!(
        waited_for(started(), &with_old(1)),
        "waiting for 1 old task to stop"
    );
    assert_eq!(
        waited_for(started(), &with_old(2)),
        "waiting for 2 old tasks to stop"
    );
}
