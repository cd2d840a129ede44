//! Benchmark of a judge step; `scripts/bench` compares the printed figure with its limit.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::Judge;
use crate::ecs::{Service, ServiceDeployment, ServiceEvent};
use crate::verdict::{Snapshot, WatchRequest, WatchTarget};

const SERVICES: u64 = 100;
const EVENTS: usize = 50;
const STEPS: u64 = 1000;

/// Texts of service events (ECS developer guide, "Amazon ECS service event messages"), one per poll.
const MESSAGES: [&str; 5] = [
    "(service web) has started 1 tasks: (task 3f2a91c0).",
    "(service web) registered 1 targets in (target-group arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/web/1)",
    "(service web) (port 8080) is unhealthy in (target-group arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/web/1) \
     due to (reason Request timed out).",
    "(service web) has stopped 1 running tasks: (task 3f2a91c0).",
    "(service web) was unable to place a task because no container instance met all of its requirements.",
];

fn begun() -> Timestamp {
    Timestamp::from_second(1_700_000_000).unwrap()
}

fn event(number: u64, at: Timestamp) -> ServiceEvent {
    let message = usize::try_from(number).map(|number| MESSAGES[number % MESSAGES.len()]);
    ServiceEvent {
        id: format!("{number:036x}"),
        at: Some(at),
        message: message.unwrap_or_default().to_owned(),
    }
}

fn deployment(number: u64, status: &str, state: &str, running: u64) -> Value {
    json!({"id": format!("ecs-svc/{number}"), "status": status, "rolloutState": state, "runningCount": running,
        "desiredCount": 4, "pendingCount": 1, "failedTasks": 0, "createdAt": 1_700_000_000, "updatedAt": 1_700_000_000,
        "taskDefinition": format!("arn:aws:ecs:us-east-1:123456789012:task-definition/web:{number}")})
}

/// A service in the middle of a rolling deployment, with its service deployment.
fn watched(name: &str) -> (Judge, Snapshot) {
    let target = WatchTarget::Started {
        id: "ecs-svc/2".to_owned(),
        created_at: Some(begun()),
        previous: Some("ecs-svc/1".to_owned()),
    };
    let request = WatchRequest {
        timeout: Some(SignedDuration::from_hours(24)),
        ..WatchRequest::new(name, target)
    };
    let mut service = Service::read(json!({
        "serviceName": name, "status": "ACTIVE", "desiredCount": 4, "runningCount": 4, "pendingCount": 1,
        "loadBalancers": [{"targetGroupArn": "arn:tg", "containerName": "web", "containerPort": 8080}],
        "deployments": [deployment(2, "PRIMARY", "IN_PROGRESS", 0), deployment(1, "ACTIVE", "COMPLETED", 4)],
    }));
    let before = (0_u64..).take(EVENTS).map(|number| event(number, begun()));
    service.events = before.collect();
    let joined = ServiceDeployment::read(&json!({
        "serviceDeploymentArn": "arn:sd/2", "status": "IN_PROGRESS", "createdAt": 1_700_000_000,
        "targetServiceRevision": {"arn": "arn:aws:ecs:::service-revision/c/web/2"},
    }));
    let snapshot = Snapshot {
        service_deployments: joined.into_iter().collect(),
        ..Snapshot::of(Some(service))
    };
    (Judge::new(request), snapshot)
}

/// Applies the changes up to the next poll: one more event, and one task more or fewer.
fn advance(snapshot: &mut Snapshot, step: u64, now: Timestamp) {
    let service = snapshot.service.as_mut().unwrap();
    service.events.pop();
    service.events.insert(0, event(1000 + step, now));
    service.deployments[0].running_count = Some(step % 4);
}

#[test]
#[ignore = "a figure of scripts/bench"]
fn a_step_over_a_hundred_services() {
    let mut all: Vec<(Judge, Snapshot)> = (0..SERVICES).map(|it| watched(&format!("s{it}"))).collect();
    let mut took: Vec<Duration> = Vec::new();
    let (mut reported, mut now) = (0, begun());
    for step in 0..STEPS {
        now += SignedDuration::from_secs(2);
        all.iter_mut()
            .for_each(|(_, snapshot)| advance(snapshot, step, now));
        let clock = Instant::now();
        for (judge, snapshot) in &mut all {
            reported += judge.step(snapshot, now).events.len();
        }
        took.push(clock.elapsed());
    }
    // The measured rollouts are still in progress and report events.
    assert!(all.iter().all(|(judge, _)| judge.verdict().is_none()));
    assert!(reported as u64 >= SERVICES * STEPS, "{reported} events");
    let first = took[0];
    took.sort_unstable();
    let median = took[took.len() / 2];
    #[expect(clippy::print_stdout, reason = "the figure, for the bench")]
    {
        println!("median {} ns, first {} ns", median.as_nanos(), first.as_nanos());
    }
}
