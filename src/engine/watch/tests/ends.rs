//! How watched rollouts end.

use std::future::poll_fn;
use std::task::Poll;

use futures_util::future::join;
use jiff::SignedDuration;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::scripted::{
    Call, Scripted, T0, healthy_after, play, request, rolled_back, service, stopped_task, verdict,
};
use super::watch_until;
use crate::clock::Clock;
use crate::engine::watch::{Observer, WatchResult, with_watcher};
use crate::exit::Exit;
use crate::model::{Event, RolloutEvent};
use crate::verdict::{FailureKind, Verdict, WatchRequest, WatchTarget};

#[test]
fn a_healthy_rollout_ends_once_without_needless_reads() {
    let ecs = Scripted::new(&Clock::virtual_time(), healthy_after(5));
    let (watch, events) = play(&ecs, vec![request("web")]);
    assert_eq!(*verdict(&watch), Verdict::Stable { exercised: true });
    assert_eq!(
        watch.services[0].summary,
        "web runs web:2 (acme/web@sha256:1f0c2a91)"
    );
    assert_eq!(watch.services[0].outcome.running, Some(2));
    assert_eq!(ecs.count("DescribeServices"), 6);
    assert_eq!(ecs.lists_of_stopped(), 0, "nothing stopped");
    let ended = events
        .iter()
        .filter(|it| matches!(it, Event::Ended { .. }))
        .count();
    assert_eq!(ended, 1);
    assert!(
        matches!(&events[0], Event::Rollout { service, event: RolloutEvent::Started { .. } } if service == "web")
    );
    assert!(matches!(events.last(), Some(Event::Ended { .. })));
}

#[test]
fn success_is_noticed_within_two_seconds() {
    // Visible from second 100 of the clock on.
    let clock = Clock::virtual_time();
    let visible = clock.now() + SignedDuration::from_secs(100);
    let watched = clock.clone();
    let ecs = Scripted::new(&clock, move |name, _| {
        if watched.now() < visible {
            service(name, 2, "IN_PROGRESS", 1)
        } else {
            service(name, 2, "COMPLETED", 2)
        }
    });
    let (watch, _) = play(&ecs, vec![request("web")]);
    assert_eq!(verdict(&watch).exit(), Exit::Done);
    let lag = clock.now().duration_since(visible);
    assert!(lag <= SignedDuration::from_millis(2100), "{lag:?}");
}

#[test]
fn tasks_without_health_checks_settle_for_ten_seconds() {
    let clock = Clock::virtual_time();
    let begun = clock.now();
    let ecs = Scripted::new(&clock, |name, _| {
        let mut bare = service(name, 2, "COMPLETED", 2);
        bare["loadBalancers"] = json!([]);
        bare
    });
    let (watch, events) = play(&ecs, vec![request("web")]);
    assert_eq!(*verdict(&watch), Verdict::Stable { exercised: true });
    let took = clock.now().duration_since(begun);
    assert!(
        took >= SignedDuration::from_secs(10) && took < SignedDuration::from_secs(12),
        "{took:?}"
    );
    assert_eq!(
        ecs.count("ListTasks"),
        1,
        "the stopped tasks are listed once after settling"
    );
    assert_eq!(ecs.count("DescribeTasks"), 0, "there are none");
    assert!(events.iter().any(|it| matches!(
        it,
        Event::Rollout {
            event: RolloutEvent::Settling { seconds: 10 },
            ..
        }
    )));
}

#[test]
fn a_crash_while_settling_is_explained() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), |name, poll| {
        let mut bare = service(
            name,
            2,
            if poll == 4 { "IN_PROGRESS" } else { "COMPLETED" },
            if poll == 4 { 1 } else { 2 },
        );
        bare["loadBalancers"] = json!([]);
        bare
    });
    let mut task = stopped_task();
    task["stoppedAt"] = json!(T0 + 60);
    ecs.tasks = vec![task];
    let (watch, _) = play(&ecs, vec![request("web")]);
    let end = &watch.services[0];
    assert!(
        matches!(
            end.verdict,
            Verdict::Failed {
                how: FailureKind::CrashedAfter,
                ..
            }
        ),
        "{end:?}"
    );
    assert_eq!(end.outcome.failures[0].exit_code, Some(127));
    assert_eq!(
        end.outcome.failures[0].meaning.as_deref(),
        Some("the command was not found")
    );
}

#[test]
fn a_rollback_ends_with_five_and_the_first_failure() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), rolled_back);
    ecs.tasks = vec![stopped_task()];
    let (watch, events) = play(&ecs, vec![request("web")]);
    let end = &watch.services[0];
    assert_eq!(end.exit(), Exit::Rollout);
    assert_eq!(
        end.summary,
        "web: web:2 failed and was rolled back; web:1 runs (2 of 2 running)"
    );
    assert_eq!(end.outcome.image, None, "ours doesn't run");
    assert_eq!(end.outcome.failures[0].task_id.as_deref(), Some("3f2a91c0"));
    let error = end.error().unwrap();
    assert_eq!(error.code, "rolled-back");
    assert!(
        error
            .message
            .contains("AWS: ECS deployment circuit breaker: rolling back"),
        "{}",
        error.message
    );
    let position = |wanted: fn(&RolloutEvent) -> bool| {
        events
            .iter()
            .position(|it| matches!(it, Event::Rollout { event, .. } if wanted(event)))
    };
    assert!(position(|it| matches!(it, RolloutEvent::RollingBack { .. })).is_some());
    assert!(position(|it| matches!(it, RolloutEvent::Stopped { .. })).is_some());
    assert!(matches!(events.last(), Some(Event::Ended { .. })));
}

#[test]
fn a_cut_keeps_a_verdict_that_waits_for_its_explanation() {
    // Ended by the second poll, so its failures are read only for the verdict.
    let mut ecs = Scripted::new(&Clock::virtual_time(), |name, poll| {
        let mut seen = rolled_back(name, poll * 6);
        if poll > 0 {
            seen["deployments"][0]["rolloutStateReason"] = json!("rolling back to deploymentId ecs-svc/3.");
        }
        seen
    });
    ecs.tasks = vec![stopped_task()];
    ecs.hangs = &["GetLogEvents"];
    let cut = poll_fn(|_| match ecs.count("GetLogEvents") {
        0 => Poll::Pending,
        _ => Poll::Ready(()),
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let watch = watch_until(&ecs, request("web"), &ecs.clock, cut);
    let watch = runtime.unwrap().block_on(watch);
    assert_eq!(watch.left, []);
    assert!(
        matches!(verdict(&watch), Verdict::RolledBack { complete: true, .. }),
        "{watch:?}"
    );
    assert_eq!(watch.services.len(), 1);
}

#[test]
fn a_cut_watch_names_the_observed_deployment() {
    let ecs = Scripted::new(&Clock::virtual_time(), |name, _| {
        service(name, 2, "IN_PROGRESS", 1)
    });
    let cut = poll_fn(|_| match ecs.count("DescribeServices") >= 3 {
        true => Poll::Ready(()),
        false => Poll::Pending,
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let wait = WatchRequest::new("web", WatchTarget::InFlight);
    let watch = watch_until(&ecs, wait, &ecs.clock, cut);
    let watch = runtime.unwrap().block_on(watch);
    let [left] = watch.left.as_slice() else {
        panic!("{watch:?}")
    };
    assert_eq!(left.request.short_definition(), Some("web:2"));
    assert!(
        matches!(&left.in_progress, Some(WatchTarget::Started { id, .. }) if id == "ecs-svc/2"),
        "{left:?}"
    );
}

fn runtime() -> tokio::runtime::Runtime {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap()
}

#[test]
fn nothing_is_read_for_a_cut_watch() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), |name, poll| match name {
        "web" => service(name, 2, "IN_PROGRESS", 1),
        _ => healthy_after(30)(name, poll),
    });
    ecs.tasks = vec![
        json!({"taskArn": "arn:aws:ecs:us-east-1:123456789012:task/c/1", "lastStatus": "RUNNING",
        "startedBy": "ecs-svc/2"}),
    ];
    let health_reads = || {
        let log = ecs.log.borrow();
        let of_web = |call: &&Call| call.operation == "ListTasks" && call.names.iter().any(|it| it == "web");
        log.iter().filter(of_web).count()
    };
    let rollback = CancellationToken::new();
    let observer = Observer {
        sink: &|_| {},
        show_values: false,
        rollback: rollback.clone(),
    };
    let checked = WatchRequest {
        health_checked: true,
        ..request("web")
    };
    let (before, after) =
        runtime().block_on(with_watcher((&ecs, "c"), observer, &ecs.clock, async |watcher| {
            let cut = async {
                while health_reads() < 2 {
                    tokio::task::yield_now().await;
                }
                rollback.cancel();
            };
            let (result, ()) = join(watcher.watch_until_rollback(checked), cut).await;
            assert!(matches!(result, WatchResult::Cut(_)), "{result:?}");
            let before = health_reads();
            watcher.watch(request("api")).await;
            (before, health_reads())
        }));
    assert_eq!(after, before);
    assert!(ecs.polls.borrow()["api"] > 20, "api was watched meanwhile");
}
