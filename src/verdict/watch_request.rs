//! What is watched for.

use jiff::{SignedDuration, Timestamp};

use crate::ecs::Service;
use crate::model::short_definition;

/// What one judge waits for.
#[derive(Clone, Debug, PartialEq)]
pub struct WatchRequest {
    /// The ECS service's name.
    pub service: String,
    /// Whether the service is known to be there, so that only a stale read can lack it.
    pub known: bool,
    /// Which deployment.
    pub target: WatchTarget,
    /// The task definition that was asked for: an ARN or `web:42`.
    pub definition: Option<String>,
    /// The task definition that ran before; None for a new service.
    pub before: Option<String>,
    /// The image that was asked for: `repository@sha256:…`.
    pub image: Option<String>,
    /// Desired tasks, where the change named them.
    pub desired: Option<u64>,
    /// The count before, where nothing but the count was changed.
    pub scaled_from: Option<u64>,
    /// When to be content.
    pub until: WaitUntil,
    /// How long the tasks of a service that nobody else looks at must keep running.
    pub settle: SignedDuration,
    /// Whether a container health check looks at the tasks. (A load balancer is seen in the service itself.)
    pub health_checked: bool,
    /// How long to wait; 15 minutes and the strategy's own times unless given.
    pub timeout: Option<SignedDuration>,
    /// Wait on when a lifecycle hook pauses the deployment.
    pub wait_through_pause: bool,
    /// The pause that was answered just before the watch: seen again at first, it is a stale read.
    pub answered: Option<HookPause>,
    /// Whether ECS was asked to take the deployment back: what its tasks do until then is no end.
    pub undoing: bool,
}

/// Which deployment is ours (design §5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchTarget {
    /// The one that our call started: PRIMARY in the call's reply, and not before.
    Started {
        /// `ecs-svc/N`.
        id: String,
        /// When, by ECS's clock: from the reply.
        created_at: Option<Timestamp>,
        /// The PRIMARY before.
        previous: Option<String>,
    },
    /// Our call started none: the same PRIMARY as before. The counts are waited for.
    Same {
        /// `ecs-svc/N`.
        id: String,
    },
    /// Whatever is PRIMARY when the watch begins.
    InFlight,
    /// Whatever is PRIMARY when the watch begins, a rollback too: what it restores is what is wanted.
    Restored,
}

/// A hook that pauses a deployment, and at which stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookPause {
    /// The hook's id.
    pub hook: String,
    /// The lifecycle stage.
    pub stage: Option<String>,
}

/// When to be content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WaitUntil {
    /// The traffic is on the new revision.
    Deployed,
    /// And everything desired runs, the old tasks are gone, and nothing crashed while settling.
    #[default]
    Stable,
}

impl WatchTarget {
    /// From the reply of CreateService or UpdateService and the PRIMARY before. The local clock and the task
    /// definition have no part in it: `--force` deploys the same definition anew.
    pub fn of_reply(previous: Option<&str>, reply: &Service) -> Self {
        match reply.primary() {
            None => Self::InFlight,
            Some(primary) if previous == Some(primary.id.as_str()) => Self::Same {
                id: primary.id.clone(),
            },
            Some(primary) => Self::Started {
                id: primary.id.clone(),
                created_at: primary.created_at,
                previous: previous.map(str::to_owned),
            },
        }
    }
}

impl WatchRequest {
    /// How long tasks must keep running where nobody looks at them (`--settle`).
    pub const SETTLE: SignedDuration = SignedDuration::from_secs(10);

    /// Waits for a deployment of a service to be stable, everything else as it is by default.
    pub fn new(service: impl Into<String>, target: WatchTarget) -> Self {
        Self {
            service: service.into(),
            known: true,
            target,
            definition: None,
            before: None,
            image: None,
            desired: None,
            scaled_from: None,
            until: WaitUntil::Stable,
            settle: Self::SETTLE,
            health_checked: false,
            timeout: None,
            wait_through_pause: false,
            answered: None,
            undoing: false,
        }
    }

    /// `web:42` of what was asked for.
    pub fn short_definition(&self) -> Option<&str> {
        self.definition.as_deref().map(short_definition)
    }
}

/// How long a rollout may take unless told otherwise.
pub const TIMEOUT: SignedDuration = SignedDuration::from_mins(15);

/// How long a rollout of this service may take unless told otherwise: 15 minutes, and the times that the strategy waits by itself.
pub fn default_timeout(service: &Service) -> SignedDuration {
    let bake = i64::try_from(service.bake_time.total()).unwrap_or(0);
    TIMEOUT.saturating_add(SignedDuration::from_mins(bake))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn reply(id: &str) -> Service {
        Service::read(json!({"deployments": [
            {"id": id, "status": "PRIMARY", "createdAt": 1_700_000_000.0}, {"id": "ecs-svc/0", "status": "ACTIVE"}]}))
    }

    #[test]
    fn ours_is_the_primary_that_was_not_primary_before() {
        let target = WatchTarget::of_reply(Some("ecs-svc/1"), &reply("ecs-svc/2"));
        assert!(
            matches!(&target, WatchTarget::Started { id, previous, created_at: Some(_) }
                if id == "ecs-svc/2" && previous.as_deref() == Some("ecs-svc/1")),
            "{target:?}"
        );
    }

    #[test]
    fn a_new_services_primary_is_ours() {
        let target = WatchTarget::of_reply(None, &reply("ecs-svc/1"));
        assert!(matches!(target, WatchTarget::Started { previous: None, .. }));
    }

    #[test]
    fn the_same_primary_means_that_nothing_was_started() {
        let target = WatchTarget::of_reply(Some("ecs-svc/1"), &reply("ecs-svc/1"));
        assert_eq!(
            target,
            WatchTarget::Same {
                id: "ecs-svc/1".to_owned()
            }
        );
    }

    #[test]
    fn bake_and_step_times_are_added_to_fifteen_minutes() {
        let service = Service::read(
            json!({"deploymentConfiguration": {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 30}}),
        );
        assert_eq!(default_timeout(&service), SignedDuration::from_mins(45));
        assert_eq!(
            default_timeout(&reply("ecs-svc/1")),
            SignedDuration::from_mins(15)
        );
    }
}
