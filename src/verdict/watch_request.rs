//! What to wait for.

use jiff::{SignedDuration, Timestamp};

use crate::ecs::Service;
use crate::model::{CodeDeployNames, short_definition};

/// The parameters of one watch.
#[derive(Clone, Debug, PartialEq)]
pub struct WatchRequest {
    /// The ECS service's name.
    pub service: String,
    /// Whether the service is known to exist, so that only a stale read can lack it.
    pub known: bool,
    /// Which deployment to watch.
    pub target: WatchTarget,
    /// The requested task definition: an ARN or `web:42`.
    pub definition: Option<String>,
    /// The previous task definition; None for a new service.
    pub before: Option<String>,
    /// The requested image: `repository@sha256:…`.
    pub image: Option<String>,
    /// The desired count, if the change set it.
    pub desired: Option<u64>,
    /// What was requested of the service.
    pub action: RequestedAction,
    /// The state to wait for.
    pub until: WaitUntil,
    /// How long tasks without health checks must keep running.
    pub settle: SignedDuration,
    /// Whether the task has a container health check. (The service itself shows its load balancers.)
    pub health_checked: bool,
    /// How long to wait. The default is 15 minutes plus the strategy's bake and step times.
    pub timeout: Option<SignedDuration>,
    /// Whether to keep waiting when a lifecycle hook pauses the deployment.
    pub wait_through_pause: bool,
    /// A pause answered just before the watch. Seeing it again at first is a stale read.
    pub answered: Option<HookPause>,
    /// Whether a rollback of the deployment was requested. Until it starts, task failures don't end the watch.
    pub undoing: bool,
    /// Whether the deployment was in progress already, so that this run did not start it. Only for CodeDeploy, whose
    /// deployments are not among the service's own.
    pub attached: bool,
    /// The service's CodeDeploy deployment group, if the file names it.
    pub code_deploy: Option<CodeDeployNames>,
    /// Whether the run takes turns with others (`--if-in-progress wait`): a deployment that completed is done, even if a
    /// newer one has replaced it since.
    pub takes_turns: bool,
}

/// What was requested of a service. Only the words of its result and the next commands depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RequestedAction {
    /// To deploy a revision, or to watch a deployment.
    #[default]
    Deploy,
    /// To replace all tasks.
    Restart,
    /// To change the desired count only.
    Scale {
        /// The previous desired count.
        from: u64,
    },
    /// To continue a paused deployment.
    Continue,
    /// To return to an older revision.
    Restore,
}

/// Which deployment to watch (`docs/design.md` §5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchTarget {
    /// The deployment started by our call: PRIMARY in the response, but not before.
    Started {
        /// The deployment ID: `ecs-svc/N`.
        id: String,
        /// When the deployment was created, from the response (ECS's clock).
        created_at: Option<Timestamp>,
        /// The previous PRIMARY deployment.
        previous: Option<String>,
    },
    /// Our call started no deployment: PRIMARY is the same as before. Waits for the counts.
    Same {
        /// The deployment ID: `ecs-svc/N`.
        id: String,
    },
    /// Our call's response names no PRIMARY deployment: the first one seen is ours.
    Unidentified {
        /// The previous PRIMARY deployment, which isn't ours: the call started another.
        replaced: Option<String>,
    },
    /// A deployment by CodeDeploy.
    CodeDeploy {
        /// Its ID: `d-…`.
        id: String,
    },
    /// The PRIMARY deployment when the watch begins, or CodeDeploy's deployment in progress.
    InFlight,
    /// The PRIMARY deployment when the watch begins, including a rollback, whose revision is the requested one.
    Restored,
}

/// A hook that pauses a deployment, and the stage it pauses at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookPause {
    /// The hook's ID.
    pub hook: String,
    /// The lifecycle stage.
    pub stage: Option<String>,
}

/// The state to wait for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WaitUntil {
    /// The new revision receives the traffic.
    Deployed,
    /// In addition, all desired tasks run, old tasks have stopped, and none crashed while settling.
    #[default]
    Stable,
}

impl WatchTarget {
    /// Compares the response of CreateService or UpdateService with the previous PRIMARY deployment. Neither the
    /// local clock nor the task definition matters: `--force` deploys the same definition again. `starts_one` says
    /// whether the call starts a deployment for certain: then the previous one isn't ours, whatever the response says.
    pub fn of_reply(previous: Option<&str>, reply: &Service, starts_one: bool) -> Self {
        let is_clear = |id: &str| reply.contradiction().is_none() && !(starts_one && previous == Some(id));
        match reply.primary().filter(|primary| is_clear(&primary.id)) {
            None => Self::Unidentified {
                replaced: previous.filter(|_| starts_one).map(str::to_owned),
            },
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
    /// How long tasks without health checks must keep running (`--settle`).
    pub const SETTLE: SignedDuration = SignedDuration::from_secs(10);

    /// Creates a request to wait until a service is stable, with defaults for the rest.
    pub fn new(service: impl Into<String>, target: WatchTarget) -> Self {
        Self {
            service: service.into(),
            known: true,
            target,
            definition: None,
            before: None,
            image: None,
            desired: None,
            action: RequestedAction::Deploy,
            until: WaitUntil::Stable,
            settle: Self::SETTLE,
            health_checked: false,
            timeout: None,
            wait_through_pause: false,
            answered: None,
            undoing: false,
            attached: false,
            code_deploy: None,
            takes_turns: false,
        }
    }

    /// The requested revision as `web:42`.
    pub fn short_definition(&self) -> Option<&str> {
        self.definition.as_deref().map(short_definition)
    }
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
    fn a_new_primary_is_ours() {
        let target = WatchTarget::of_reply(Some("ecs-svc/1"), &reply("ecs-svc/2"), true);
        assert!(
            matches!(&target, WatchTarget::Started { id, previous, created_at: Some(_) }
                if id == "ecs-svc/2" && previous.as_deref() == Some("ecs-svc/1")),
            "{target:?}"
        );
    }

    #[test]
    fn a_new_services_primary_is_ours() {
        let target = WatchTarget::of_reply(None, &reply("ecs-svc/1"), true);
        assert!(matches!(target, WatchTarget::Started { previous: None, .. }));
    }

    #[test]
    fn the_same_primary_means_no_deployment_was_started() {
        let target = WatchTarget::of_reply(Some("ecs-svc/1"), &reply("ecs-svc/1"), false);
        assert_eq!(
            target,
            WatchTarget::Same {
                id: "ecs-svc/1".to_owned()
            }
        );
    }

    #[test]
    fn a_change_is_not_the_deployment_it_replaces() {
        let replaced = Some("ecs-svc/1".to_owned());
        let same = WatchTarget::of_reply(Some("ecs-svc/1"), &reply("ecs-svc/1"), true);
        let twice = WatchTarget::of_reply(Some("ecs-svc/1"), &reply("ecs-svc/0"), true);
        for target in [same, twice] {
            assert_eq!(
                target,
                WatchTarget::Unidentified {
                    replaced: replaced.clone()
                }
            );
        }
    }

    #[test]
    fn a_reply_without_primary_excludes_what_the_call_replaced() {
        let nothing = Service::read(json!({"serviceName": "web"}));
        for (starts_one, replaced) in [(true, Some("ecs-svc/1".to_owned())), (false, None)] {
            let target = WatchTarget::of_reply(Some("ecs-svc/1"), &nothing, starts_one);
            assert_eq!(target, WatchTarget::Unidentified { replaced });
        }
    }
}
