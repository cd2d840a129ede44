//! Services that join a watch in progress, and services that don't exist.

use futures_util::future::{join, join_all};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::Results;
use super::scripted::{Scripted, healthy_after, play, request, service};
use crate::clock::Clock;
use crate::engine::polling::Severity;
use crate::engine::watch::{NoSuchService, Observer, with_watcher};
use crate::model::Value;
use crate::verdict::{WatchRequest, WatchTarget};

/// Watches services that join one after the other, `polls` polls apart.
fn join_after(ecs: &Scripted, polls: usize, names: &[&str]) -> Results {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let observer = Observer {
        sink: &|_| {},
        show_values: false,
        rollback: CancellationToken::new(),
    };
    let results = with_watcher((ecs, "c"), observer, &ecs.clock, async |watcher| {
        let watches = names.iter().enumerate().map(async |(nth, name)| {
            while ecs.count("DescribeServices") < nth * polls {
                tokio::task::yield_now().await;
            }
            watcher.watch(request(name)).await
        });
        join_all(watches).await
    });
    Results::of(runtime.block_on(results))
}

#[test]
fn later_services_share_the_calls_of_earlier_ones() {
    let ecs = Scripted::new(&Clock::virtual_time(), healthy_after(9));
    let watch = join_after(&ecs, 3, &["web", "api", "worker"]);
    assert_eq!(watch.services.len(), 3);
    let log = ecs.log.borrow();
    let polls: Vec<usize> = log
        .iter()
        .filter(|call| call.operation == "DescribeServices")
        .map(|call| call.names.len())
        .collect();
    let expected = [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 2, 2, 2, 1, 1, 1];
    assert_eq!(polls, expected);
}

#[test]
fn sequential_watches_stay_within_the_budget() {
    // Each ends at its first poll; polls keep their interval.
    let clock = Clock::virtual_time();
    let begun = clock.now();
    let ecs = Scripted::new(&clock, healthy_after(0));
    let names: Vec<String> = (0..40).map(|number| format!("svc{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let watch = join_after(&ecs, 1, &names);
    assert_eq!(watch.services.len(), 40);
    let seconds = clock.now().duration_since(begun).as_secs_f64();
    let rate = ecs.log.borrow().len() as f64 / seconds;
    assert!(rate <= 6.0, "{rate} reads a second over {seconds} s");
}

#[test]
fn services_that_join_a_broken_watch_are_named_too() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), healthy_after(9));
    ecs.fault =
        Box::new(|operation, nth| (operation == "DescribeServices" && nth > 0).then_some(Severity::Denied));
    let watch = join_after(&ecs, 2, &["web", "late"]);
    let broken_off = watch.broken_off().unwrap();
    assert_eq!(
        broken_off.to_string(),
        "can no longer watch web, late: could not DescribeServices"
    );
    assert!(
        broken_off
            .hint
            .as_ref()
            .unwrap()
            .to_string()
            .ends_with("ecsctl wait web late")
    );
}

fn unknown(name: &str) -> WatchRequest {
    WatchRequest {
        known: false,
        ..WatchRequest::new(name, WatchTarget::InFlight)
    }
}

#[test]
fn missing_services_are_reported_and_the_others_watched() {
    let ecs = Scripted::new(&Clock::virtual_time(), |name, poll| match name {
        "mistyped" => Value::Null,
        "deleted" => {
            let mut draining = service(name, 2, "IN_PROGRESS", 1);
            draining["status"] = json!("DRAINING");
            draining
        }
        // The first response is stale.
        "web" if poll == 0 => Value::Null,
        _ => healthy_after(20)(name, poll),
    });
    let aims = ["mistyped", "deleted", "web"].map(unknown);
    let (watch, _) = play(&ecs, aims.into());
    assert_eq!(
        watch.absent,
        [
            NoSuchService::Missing("mistyped".to_owned()),
            NoSuchService::Draining("deleted".to_owned())
        ]
    );
    assert_eq!(watch.services.len(), 1);
    assert_eq!(watch.services[0].exit().code(), 0);
    let polls = ecs.polls.borrow()["mistyped"];
    assert!((5..=7).contains(&polls), "{polls}");
}

#[test]
fn simultaneous_reads_share_calls() {
    let ecs = Scripted::new(&Clock::virtual_time(), healthy_after(0));
    let observer = Observer {
        sink: &|_| {},
        show_values: false,
        rollback: CancellationToken::new(),
    };
    let reads = with_watcher((&ecs, "c"), observer, &ecs.clock, async |watcher| {
        let at_once: Vec<String> = (0..203).map(|nth| format!("svc{nth}")).collect();
        let found = join_all(at_once.iter().map(|name| watcher.describe(name))).await;
        let names = found.into_iter().map(|it| it.unwrap().unwrap().name);
        assert_eq!(names.collect::<Vec<_>>(), at_once);
        // The budget is spent by now, so that the first waits for the second.
        let later = async {
            tokio::task::yield_now().await;
            watcher.describe("late").await
        };
        let _ = join(watcher.describe("soon"), later).await;
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(reads);
    let log = ecs.log.borrow();
    let calls: Vec<usize> = log.iter().map(|call| call.names.len()).collect();
    assert_eq!(calls[..20], [10; 20]);
    assert_eq!(calls[20..], [3, 2]);
}
