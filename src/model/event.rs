//! What happens while the program works, as one stream with one consumer: `ui`.

use crate::diagnostic::{Failure, Suggestion};
use serde::Serialize;

use super::{Digest, FailureTarget, Plan, ServiceOutcome, TaskFailure};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Event {
    /// An image's build.
    Build {
        /// The image's key.
        image: String,
        /// What happened.
        #[serde(flatten)]
        event: BuildEvent,
    },
    /// An image's push.
    Push {
        /// The image's key.
        image: String,
        /// What happened.
        #[serde(flatten)]
        event: PushEvent,
    },
    /// The plan is made.
    Planned {
        /// The plan.
        plan: Box<Plan>,
    },
    /// A resource was made on the way: a cluster, a repository, a log group.
    Created {
        /// `cluster`, `repository`, `log group`.
        kind: &'static str,
        /// Its name.
        name: String,
    },
    /// A task definition was registered.
    #[serde(rename_all = "camelCase")]
    Registered {
        /// The service's key.
        service: String,
        /// `web:42`.
        task_definition: String,
    },
    /// A service is being made or changed: the request is sent, and until its reply comes nobody knows what came of it.
    Changing {
        /// The ECS service's name.
        service: String,
    },
    /// What was sent was turned down, or changed nothing that is waited for (tags alone).
    NotChanged {
        /// The ECS service's name.
        service: String,
    },
    /// A service was made or changed on AWS: what follows from it goes on, with us or without.
    Changed {
        /// The ECS service's name.
        service: String,
    },
    /// A service was deleted: its tasks stop, with us or without.
    Deleted {
        /// The ECS service's name.
        service: String,
    },
    /// ECS was asked to do something about a service's deployment that is in flight.
    Asked {
        /// `stop`, `continue`, `rollback`.
        verb: &'static str,
        /// The ECS service's name.
        service: String,
        /// What, and what follows from it.
        what: String,
    },
    /// A service's rollout.
    Rollout {
        /// The ECS service's name.
        service: String,
        /// What happened.
        #[serde(flatten)]
        event: RolloutEvent,
    },
    /// A service has come to its end.
    Ended {
        /// How.
        outcome: Box<ServiceOutcome>,
        /// One line for people: `web runs web:42 (…)`.
        summary: String,
    },
    /// Something worth knowing that stops nothing.
    Warning {
        /// The resource, where there is one.
        resource: Option<String>,
        /// One line.
        message: String,
        /// What to do about it.
        hint: Option<Suggestion>,
    },
}

/// What happens in a build.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "step")]
pub enum BuildEvent {
    /// The context is on its way.
    Started,
    /// A step began, ended, or came from the cache.
    Step {
        /// `[build 2/5] RUN make`.
        name: String,
        /// Whether it came from the cache.
        cached: bool,
        /// Whether it has ended.
        done: bool,
    },
    /// A line that a step printed.
    Log {
        /// The line, without its newline.
        line: String,
    },
    /// The image is there.
    Finished {
        /// All steps.
        steps: u32,
        /// Those from the cache.
        cached: u32,
        /// Milliseconds.
        millis: u64,
        /// The image's id.
        id: Digest,
    },
}

/// What happens in a push.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "step")]
pub enum PushEvent {
    /// Layers are compared and sent.
    Progress {
        /// Layers in all.
        layers: u32,
        /// Layers that are there.
        done: u32,
        /// Bytes sent.
        sent: u64,
        /// Bytes to send, as far as known.
        total: u64,
    },
    /// The registry has it.
    #[serde(rename_all = "camelCase")]
    Finished {
        /// The manifest's digest.
        digest: Digest,
        /// Layers in all; 0 when nothing had to be asked.
        layers: u32,
        /// Layers that were sent.
        sent_layers: u32,
        /// Bytes sent.
        sent: u64,
        /// Milliseconds.
        millis: u64,
    },
}

/// What happens in a rollout.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "step")]
pub enum RolloutEvent {
    /// The deployment began.
    #[serde(rename_all = "camelCase")]
    Started {
        /// `web:41`; None for a new service.
        from: Option<String>,
        /// `web:42`.
        to: String,
        /// `ecs-svc/N`.
        deployment: Option<String>,
    },
    /// The counts moved.
    #[serde(rename_all = "camelCase")]
    Progress {
        /// `web:42`.
        task_definition: String,
        /// Running tasks of ours.
        running: u64,
        /// Starting tasks of ours.
        pending: u64,
        /// Desired tasks of ours.
        desired: u64,
        /// Tasks of ours that failed.
        failed: u64,
        /// Tasks of older deployments that still run.
        old: u64,
        /// A lifecycle stage or a rollout state, in AWS's words.
        stage: Option<String>,
        /// Percent of the production traffic that ours gets, where a strategy shifts it.
        traffic: Option<u64>,
        /// Minutes that the stage bakes: what shifted is watched for so long before ECS goes on.
        #[serde(skip_serializing_if = "Option::is_none")]
        bake_minutes: Option<u64>,
        /// The lifecycle hook that holds the stage up, and its status: `smoke IN_PROGRESS`.
        hook: Option<String>,
    },
    /// A service event that ECS wrote since the start.
    Said {
        /// RFC 3339.
        at: String,
        /// AWS's words.
        message: String,
    },
    /// A task of ours stopped.
    Stopped {
        /// What ECS says of it.
        failure: Box<TaskFailure>,
    },
    /// More is known of a failure: its log, its target's health, its usual cause. Told again when a late log arrives.
    Explained {
        /// All that is known of it.
        failure: Box<TaskFailure>,
    },
    /// Tasks of ours run and are not healthy. Told again when they are more.
    Unhealthy {
        /// So many.
        tasks: u64,
        /// Of so many that run.
        running: u64,
        /// What the load balancer says of the first; None where the container's own health check says it.
        target: Option<FailureTarget>,
    },
    /// ECS is going back to an older revision.
    #[serde(rename_all = "camelCase")]
    RollingBack {
        /// Where to, where known.
        to: Option<String>,
        /// AWS's words.
        reason: String,
    },
    /// The service was deleted, and its tasks are stopping.
    Draining {
        /// Tasks that still run or start.
        running: u64,
    },
    /// All is up: watched for a while longer.
    Settling {
        /// Seconds.
        seconds: u64,
    },
}

/// Where events go: handed down to whatever takes long. Emitting never blocks and never fails.
pub trait Sink: Send + Sync {
    /// Passes one event on.
    fn emit(&self, event: Event);
}

impl dyn Sink + '_ {
    /// Warns of something that stops nothing.
    pub fn warn(&self, resource: Option<&str>, message: impl Into<String>, hint: Option<Suggestion>) {
        self.emit(Event::Warning {
            resource: resource.map(str::to_owned),
            message: message.into(),
            hint,
        });
    }

    /// Warns of a failure that stops nothing, and its consequence.
    pub fn warn_of(&self, failure: impl Into<Failure>, consequence: &str) {
        let failure = failure.into();
        let message = format!("{failure}: {consequence}");
        self.warn(failure.resource.as_deref(), message, failure.hint.clone());
    }
}

impl<F: Fn(Event) + Send + Sync> Sink for F {
    fn emit(&self, event: Event) {
        self(event);
    }
}
