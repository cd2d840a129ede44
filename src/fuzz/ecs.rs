//! Replies of ECS, as the judge of a rollout reads them.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::ecs::{Service, ServiceDeployment};
use crate::exit::Exit;
use crate::verdict::{Judge, Snapshot, WatchRequest, WatchTarget};

/// The deployment that is watched.
const OURS: &str = "ecs-svc/2";
/// How many polls are judged, a minute apart.
const POLLS: usize = 90;

/// The input is a list of polls, `{"service": …, "serviceDeployments": […]}`, of which the last repeats. A verdict of
/// success needs a last poll in which our deployment is PRIMARY, and no other.
pub fn ecs_reply(input: &[u8]) {
    let Ok(Value::Array(polls)) = serde_json::from_slice(input) else {
        return;
    };
    let Some(last) = polls.last() else { return };
    let target = WatchTarget::Started {
        id: OURS.to_owned(),
        created_at: None,
        previous: None,
    };
    let mut judge = Judge::new(WatchRequest::new("web", target));
    let mut now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(490_000);
    for poll in polls.iter().chain(std::iter::repeat_n(last, POLLS)).take(POLLS) {
        now += SignedDuration::from_mins(1);
        let step = judge.step(&snapshot(poll, now), now);
        if let Some(verdict) = step.verdict {
            assert!(
                verdict.exit() != Exit::Done || is_primary(poll),
                "{verdict:?}: {poll}"
            );
            return;
        }
    }
}

fn snapshot(poll: &Value, now: Timestamp) -> Snapshot {
    let service = poll.get("service").filter(|service| service.is_object());
    let deployments = poll["serviceDeployments"].as_array().into_iter().flatten();
    Snapshot {
        service_deployments: deployments.filter_map(ServiceDeployment::read).collect(),
        listed_at: Some(now),
        ..Snapshot::of(service.cloned().map(Service::read))
    }
}

fn is_primary(poll: &Value) -> bool {
    let deployments = poll["service"]["deployments"].as_array().into_iter().flatten();
    let primary: Vec<&Value> = deployments
        .filter(|it| it["status"] == "PRIMARY" && it["id"].is_string())
        .collect();
    matches!(primary[..], [primary] if primary["id"] == OURS)
}
