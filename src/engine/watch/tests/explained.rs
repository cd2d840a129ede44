//! Failures that are explained while the rollout continues.

use serde_json::{Value, json};

use super::Results;
use super::scripted::{Scripted, T0, play, request, rolled_back, service, stopped_task, verdict, warnings};
use crate::clock::Clock;
use crate::engine::polling::Severity;
use crate::exit::Exit;
use crate::model::{Event, FailureTarget, RolloutEvent, TaskFailure};

const LINES: [&str; 2] = [
    "starting shop with hunter22",
    "error: connect ECONNREFUSED 10.0.3.7:5432",
];

fn crashing() -> Scripted {
    let mut ecs = Scripted::new(&Clock::virtual_time(), rolled_back);
    let mut task = stopped_task();
    task["containers"][0]["exitCode"] = json!(1);
    ecs.tasks = vec![task];
    ecs.lines = Box::new(|_| Some(LINES.map(str::to_owned).to_vec()));
    ecs
}

fn explained(events: &[Event]) -> Vec<&TaskFailure> {
    events
        .iter()
        .filter_map(|event| match event {
            Event::Rollout {
                event: RolloutEvent::Explained { failure },
                ..
            } => Some(failure.as_ref()),
            _ => None,
        })
        .collect()
}

fn failures(watch: &Results) -> &[TaskFailure] {
    assert_eq!(verdict(watch).exit(), Exit::Rollout);
    &watch.services[0].outcome.failures
}

fn unhealthy(id: &str, port: u16, reason: &str, description: &str) -> FailureTarget {
    FailureTarget {
        group: "arn".to_owned(),
        id: id.to_owned(),
        port: Some(port),
        state: Some("unhealthy".to_owned()),
        reason: Some(reason.to_owned()),
        description: Some(description.to_owned()),
    }
}

#[test]
fn a_stopped_task_is_explained_at_once_and_in_the_result() {
    let mut ecs = crashing();
    ecs.targets = vec![unhealthy(
        "10.0.1.17",
        8080,
        "Target.FailedHealthChecks",
        "Health checks failed",
    )];
    let (watch, events) = play(&ecs, vec![request("web")]);
    let at_once = explained(&events);
    assert_eq!(at_once.len(), 1);
    assert_eq!(failures(&watch), [at_once[0].clone()]);
    let log = at_once[0].log.as_ref().unwrap();
    assert_eq!(log.group.as_deref(), Some("/ecs/web"));
    assert_eq!(log.stream.as_deref(), Some("web/web/3f2a91c0"));
    assert_eq!(log.lines, ["starting shop with ********", LINES[1]]);
    let target = at_once[0].target.as_ref().unwrap();
    assert_eq!(target.reason.as_deref(), Some("Target.FailedHealthChecks"));
    assert_eq!(at_once[0].stop_code.as_deref(), Some("EssentialContainerExited"));
    assert_eq!(at_once[0].ran_for_seconds, Some(1));
    assert!(at_once[0].cause.is_some());
    assert_eq!(ecs.count("DescribeTaskDefinition"), 1);
    assert_eq!(ecs.count("GetLogEvents"), 1);
    let position = |wanted: fn(&RolloutEvent) -> bool| {
        let mut events = events.iter();
        events.position(|it| matches!(it, Event::Rollout { event, .. } if wanted(event)))
    };
    let stopped = position(|it| matches!(it, RolloutEvent::Stopped { .. })).unwrap();
    assert_eq!(
        position(|it| matches!(it, RolloutEvent::Explained { .. })),
        Some(stopped + 1)
    );
}

#[test]
fn similar_failures_are_explained_once() {
    let mut ecs = crashing();
    let alike = |id: &str| {
        let mut task = ecs.tasks[0].clone();
        task["taskArn"] = json!(format!("arn:aws:ecs:us-east-1:123456789012:task/c/{id}"));
        task
    };
    ecs.tasks = ["a1", "a2", "a3"].map(alike).to_vec();
    let (watch, events) = play(&ecs, vec![request("web")]);
    assert_eq!(failures(&watch).len(), 1);
    assert_eq!(failures(&watch)[0].count, 3);
    assert_eq!(explained(&events).len(), 1);
    assert_eq!(ecs.count("GetLogEvents"), 1);
}

#[test]
fn a_log_that_arrives_late_is_read_again() {
    let mut ecs = crashing();
    ecs.lines = Box::new(|asked| match asked {
        0 => None,
        1 => Some(Vec::new()),
        _ => Some(vec!["exec /shop: exec format error".to_owned()]),
    });
    let (watch, events) = play(&ecs, vec![request("web")]);
    let told = explained(&events);
    assert_eq!(told.len(), 2, "at once without the log, and again with it");
    let log = told[0].log.as_ref().unwrap();
    assert_eq!(log.note.as_deref(), Some("no log events yet"));
    assert_ne!(told[0].cause.as_ref().unwrap().id, "exec-format-error");
    let failure = &failures(&watch)[0];
    assert_eq!(failure.cause.as_ref().unwrap().id, "exec-format-error");
    assert_eq!(failure.log.as_ref().unwrap().note, None);
}

#[test]
fn reading_stops_for_a_log_that_never_arrives() {
    let mut ecs = crashing();
    ecs.lines = Box::new(|_| None);
    let (watch, _) = play(&ecs, vec![request("web")]);
    let log = failures(&watch)[0].log.as_ref().unwrap();
    assert_eq!(log.note.as_deref(), Some("no log events yet"));
    assert!(
        (2..=6).contains(&ecs.count("GetLogEvents")),
        "{}",
        ecs.count("GetLogEvents")
    );
}

#[test]
fn another_log_driver_is_named_and_not_read() {
    let mut ecs = crashing();
    ecs.definition["containerDefinitions"][0]["logConfiguration"] =
        json!({"logDriver": "splunk", "options": {"splunk-url": "https://s:8088", "splunk-token": "hidden"}});
    let (watch, _) = play(&ecs, vec![request("web")]);
    let log = failures(&watch)[0].log.as_ref().unwrap();
    assert_eq!(
        log.note.as_deref(),
        Some("sent to Splunk (https://s:8088) by log driver splunk")
    );
    assert_eq!(ecs.count("GetLogEvents"), 0);
}

#[test]
fn a_container_that_never_ran_has_no_log() {
    let mut ecs = crashing();
    let task = &mut ecs.tasks[0];
    task["stopCode"] = json!("TaskFailedToStart");
    task["stoppedReason"] = json!(
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): \
        failed to resolve ref docker.io/acme/web:9: docker.io/acme/web:9: not found"
    );
    task["containers"] = json!([{"name": "web"}]);
    task.as_object_mut().unwrap().remove("startedAt");
    let (watch, _) = play(&ecs, vec![request("web")]);
    let failure = &failures(&watch)[0];
    assert!(failure.log.is_none() && failure.cause.is_some(), "{failure:?}");
    assert_eq!(ecs.count("GetLogEvents") + ecs.count("DescribeTargetHealth"), 0);
}

#[test]
fn a_missing_permission_is_reported_once_and_changes_nothing() {
    let (plain, _) = play(&crashing(), vec![request("web")]);
    for (operation, consequence) in [
        ("GetLogEvents", "the last log lines of failed tasks are not shown"),
        (
            "DescribeTargetHealth",
            "the target health of failed tasks is not shown",
        ),
        (
            "DescribeTaskDefinition",
            "the log location of failed tasks is unknown",
        ),
    ] {
        let mut ecs = crashing();
        ecs.fault = Box::new(move |it, _| (it == operation).then_some(Severity::Denied));
        let (watch, events) = play(&ecs, vec![request("web"), request("api")]);
        assert_eq!(
            warnings(&events),
            [format!("could not {operation}: {consequence}")]
        );
        assert_eq!(
            watch.services[0].verdict, plain.services[0].verdict,
            "{operation}"
        );
        assert_eq!(watch.services[0].outcome.failures[0].exit_code, Some(1));
    }
}

#[test]
fn a_throttled_log_is_read_again_later() {
    let mut ecs = crashing();
    ecs.fault = Box::new(|it, nth| (it == "GetLogEvents" && nth == 0).then_some(Severity::Throttled));
    let (watch, events) = play(&ecs, vec![request("web")]);
    assert_eq!(warnings(&events), [""; 0]);
    assert_eq!(failures(&watch)[0].log.as_ref().unwrap().lines.len(), 2);
    let log = ecs.log.borrow();
    let asked: Vec<_> = log
        .iter()
        .filter(|it| it.operation == "GetLogEvents")
        .map(|it| it.at)
        .collect();
    assert_eq!(asked.len(), 2);
    assert!(asked[1].duration_since(asked[0]).as_secs() >= 2, "{asked:?}");
}

#[test]
fn a_hanging_log_read_does_not_delay_the_verdict() {
    let mut ecs = crashing();
    ecs.hangs = &["GetLogEvents"];
    let (watch, _) = play(&ecs, vec![request("web")]);
    let log = failures(&watch)[0].log.as_ref().unwrap();
    assert_eq!(log.note.as_deref(), Some("timed out reading the log"));
}

#[test]
fn a_hanging_action_log_does_not_delay_the_verdict() {
    let mut ecs = Scripted::new(&Clock::virtual_time(), |name, poll| {
        let mut service = rolled_back(name, poll);
        service["clusterArn"] = json!("arn:aws:ecs:us-east-1:123456789012:cluster/c");
        service
    });
    ecs.hangs = &["DescribeDeliverySources"];
    let (watch, _) = play(&ecs, vec![request("web"), request("api")]);
    assert_eq!(watch.services.len(), 2);
    assert_eq!(verdict(&watch).exit(), Exit::Rollout);
    assert_eq!(
        ecs.count("DescribeDeliverySources"),
        1,
        "both services wait for one read"
    );
}

/// A service that stays in progress forever, with these fields.
fn stuck(members: Value) -> Scripted {
    Scripted::new(&Clock::virtual_time(), move |name, _| {
        let mut stuck = service(name, 2, "IN_PROGRESS", 1);
        stuck
            .as_object_mut()
            .unwrap()
            .extend(members.as_object().unwrap().clone());
        stuck
    })
}

#[test]
fn unplaced_tasks_are_explained_by_the_service_event() {
    let message = "(service web) was unable to place a task because no container instance met all of its requirements. \
        The closest matching (container-instance 1a2b) has insufficient memory available.";
    let ecs = stuck(json!({"events": [{"id": "e1", "createdAt": T0 + 5, "message": message}]}));
    let (watch, events) = play(&ecs, vec![request("web")]);
    let end = &watch.services[0];
    assert_eq!(end.exit(), Exit::TimedOut);
    let [failure] = &end.outcome.failures[..] else {
        panic!("{:?}", end.outcome.failures)
    };
    assert_eq!(
        (failure.task_id.as_deref(), failure.event.as_deref()),
        (None, Some(message))
    );
    assert_eq!(failure.cause.as_ref().unwrap().id, "not-enough-memory");
    assert_eq!(explained(&events), [failure]);
    // Every two seconds for a minute, then every ten.
    let reads = ecs.count("DescribeTargetHealth");
    assert!((60..=120).contains(&reads), "{reads} in a quarter of an hour");
    let lists = ecs.lists_of_stopped();
    assert!((20..=31).contains(&lists), "{lists}");
}

#[test]
fn unhealthy_running_tasks_are_explained_by_their_targets() {
    let mut ecs = stuck(json!({}));
    let sick = |id: &str| unhealthy(id, 80, "Target.Timeout", "Request timed out");
    ecs.targets = vec![sick("10.0.0.1"), sick("10.0.0.2")];
    let (watch, _) = play(&ecs, vec![request("web")]);
    let end = &watch.services[0];
    assert_eq!(end.exit(), Exit::TimedOut);
    let [failure] = &end.outcome.failures[..] else {
        panic!("{:?}", end.outcome.failures)
    };
    assert_eq!(failure.count, 2);
    assert_eq!(failure.cause.as_ref().unwrap().id, "target-times-out");
}

#[test]
fn a_failed_elb_health_check_is_explained_by_the_event() {
    let arn = "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/web/1111111111111111";
    let unhealthy = format!(
        "(service web) (port 8080) is unhealthy in (target-group {arn}) due to (reason Health checks failed with these codes: [404])."
    );
    let mut ecs = crashing();
    ecs.service = Box::new(move |name, poll| {
        let mut service = rolled_back(name, poll);
        service["events"] = json!([{"id": "e1", "createdAt": T0 + 5, "message": unhealthy}]);
        service
    });
    let task = &mut ecs.tasks[0];
    task["stopCode"] = json!("ServiceSchedulerInitiated");
    task["stoppedReason"] = json!(format!("Task failed ELB health checks in (target-group {arn})"));
    task["containers"][0]["exitCode"] = json!(143);
    let (watch, _) = play(&ecs, vec![request("web")]);
    let [failure] = failures(&watch) else {
        panic!("{:?}", failures(&watch))
    };
    assert!(failure.event.as_deref().unwrap().contains("[404]"));
    assert_eq!(failure.cause.as_ref().unwrap().id, "target-answers-otherwise");
}
