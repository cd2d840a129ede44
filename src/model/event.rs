//! Progress events, as one stream with one consumer: `ui`.

use crate::diagnostic::{Failure, Suggestion};
use serde::Serialize;

use super::{Digest, FailureTarget, HookPoint, JobEvent, Plan, ScheduleResult, ServiceOutcome, TaskFailure};

/// A progress event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Event {
    /// An event of an image build.
    Build {
        /// The image's key.
        image: String,
        /// The event.
        #[serde(flatten)]
        event: BuildEvent,
    },
    /// An event of an image push.
    Push {
        /// The image's key.
        image: String,
        /// The event.
        #[serde(flatten)]
        event: PushEvent,
    },
    /// A wait for AWS before anything else can be shown, when it begins and when it is over. Not part of the jsonl stream.
    Waiting {
        /// What is waited for: `the state of the services`.
        what: &'static str,
        /// Whether it is over.
        done: bool,
    },
    /// An event of a hook: a command of deploy.yaml that runs on this machine.
    Hook {
        /// When it runs.
        point: HookPoint,
        /// The event.
        #[serde(flatten)]
        event: HookEvent,
    },
    /// The plan is complete.
    Planned {
        /// The plan.
        plan: Box<Plan>,
    },
    /// A supporting resource was created: a cluster, a repository or a log group.
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
    /// A task definition that this run registered, but did not deploy, was deregistered.
    #[serde(rename_all = "camelCase")]
    Deregistered {
        /// The service's key.
        service: String,
        /// `web:42`.
        task_definition: String,
    },
    /// A service's autoscaling was changed.
    #[serde(rename_all = "camelCase")]
    Autoscaling {
        /// The ECS service's name.
        service: String,
        /// `set` for the scalable target, `put`, `delete`.
        action: &'static str,
        /// `2 to 10 tasks`, `policy ecsctl/cpu`.
        what: String,
    },
    /// The schedule of a job was changed.
    Schedule {
        /// What was done.
        #[serde(flatten)]
        schedule: ScheduleResult,
    },
    /// A service waits for its turn: another deployment comes first. Emitted again when that changes.
    #[serde(rename_all = "camelCase")]
    Queued {
        /// The ECS service's name.
        service: String,
        /// The revision of ours that was superseded before it completed, `web:43`; None if nothing was deployed yet.
        superseded: Option<String>,
        /// The deployment in progress: `ecs-svc/N`. None if there is none at the moment.
        deployment: Option<String>,
        /// What it deploys: `web:42`.
        task_definition: Option<String>,
        /// When it was created, in RFC 3339.
        since: Option<String>,
    },
    /// A create or update request for a service was sent; its result is unknown until the response arrives.
    Changing {
        /// The ECS service's name.
        service: String,
    },
    /// The request was rejected, or changed nothing that has to be waited for (only tags).
    NotChanged {
        /// The ECS service's name.
        service: String,
    },
    /// A service was created or updated on AWS; the deployment continues even if ecsctl exits.
    Changed {
        /// The ECS service's name.
        service: String,
    },
    /// A service was deleted; its tasks stop even if ecsctl exits.
    Deleted {
        /// The ECS service's name.
        service: String,
    },
    /// ECS was asked to act on a service deployment that is in progress.
    Asked {
        /// `stop`, `continue`, `rollback`.
        verb: &'static str,
        /// The ECS service's name.
        service: String,
        /// The request and its effect.
        what: String,
    },
    /// An event of a service's rollout.
    Rollout {
        /// The ECS service's name.
        service: String,
        /// The event.
        #[serde(flatten)]
        event: RolloutEvent,
    },
    /// A service has finished.
    Ended {
        /// The outcome.
        outcome: Box<ServiceOutcome>,
        /// A one-line summary for people: `web runs web:42 (…)`.
        summary: String,
    },
    /// An event of a job.
    Job {
        /// The job's name; for a command, the service's.
        job: String,
        /// The event.
        #[serde(flatten)]
        event: JobEvent,
    },
    /// A service has finished without a result. Shown at the end of the run, and not part of the jsonl stream.
    Unfinished {
        /// The outcome.
        outcome: Box<ServiceOutcome>,
        /// The calls that failed.
        #[serde(skip)]
        failures: Vec<Failure>,
        /// Why it has no result, if no failure says so.
        #[serde(skip)]
        warning: Option<String>,
    },
    /// A problem that doesn't stop the run.
    Warning {
        /// The affected resource, if any.
        resource: Option<String>,
        /// The message, on one line.
        message: String,
        /// The suggested fix.
        hint: Option<Suggestion>,
        /// False if the commands of the hint lack the value of a flag; absent if they can be run as they are.
        #[serde(skip_serializing_if = "Option::is_none")]
        complete: Option<bool>,
    },
}

/// An event of an image build.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "step")]
pub enum BuildEvent {
    /// The build begins: the build context is being sent.
    Started,
    /// More of the build context was sent.
    Context {
        /// Bytes sent.
        sent: u64,
    },
    /// A step started, finished, or was cached.
    Step {
        /// `[build 2/5] RUN make`.
        name: String,
        /// Whether it came from the cache.
        cached: bool,
        /// Whether it has finished.
        done: bool,
    },
    /// A line of a step's output.
    Log {
        /// The line, without its newline.
        line: String,
    },
    /// The build starts again after a transient error: another client of the daemon removed a cached layer, or a race
    /// condition in BuildKit.
    Retried {
        /// The builder's error message.
        reason: String,
    },
    /// The image is built.
    Finished {
        /// Number of steps.
        steps: u32,
        /// Number of cached steps.
        cached: u32,
        /// Duration in milliseconds.
        millis: u64,
        /// The image's id.
        id: Digest,
    },
}

/// An event of a hook.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "step")]
pub enum HookEvent {
    /// The command was started.
    Started {
        /// The command.
        command: String,
    },
    /// A line of its output.
    Log {
        /// The line, without its newline.
        line: String,
    },
    /// The command ended.
    Finished {
        /// Whether it exited with 0.
        succeeded: bool,
        /// Duration in milliseconds.
        millis: u64,
    },
}

/// An event of an image push.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "step")]
pub enum PushEvent {
    /// Layers are being compared and uploaded.
    Progress {
        /// Total number of layers.
        layers: u32,
        /// Layers that the registry already has.
        done: u32,
        /// Bytes sent.
        sent: u64,
        /// Bytes to send, as far as known.
        total: u64,
    },
    /// The image is in the registry.
    #[serde(rename_all = "camelCase")]
    Finished {
        /// The manifest's digest.
        digest: Digest,
        /// Total number of layers; 0 if the registry didn't have to be queried.
        layers: u32,
        /// Layers that were sent.
        sent_layers: u32,
        /// Bytes sent.
        sent: u64,
        /// Duration in milliseconds.
        millis: u64,
    },
}

/// An event of a rollout.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "step")]
pub enum RolloutEvent {
    /// The deployment started, or a deployment in progress is watched.
    #[serde(rename_all = "camelCase")]
    Started {
        /// The previous revision, `web:41`; None for a new service.
        from: Option<String>,
        /// Whether it can be rolled back: a previous deployment is known, and it is no rollback itself.
        #[serde(skip)]
        has_target: bool,
        /// The new revision, `web:42`.
        to: String,
        /// `ecs-svc/N`.
        deployment: Option<String>,
        /// Whether it was in progress already, so that this run did not start it.
        attached: bool,
        /// Whether it is a rollback, to the revision `to`.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        rollback: bool,
    },
    /// The task counts changed.
    #[serde(rename_all = "camelCase")]
    Progress {
        /// `web:42`.
        task_definition: String,
        /// Running tasks of our deployment.
        running: u64,
        /// Pending tasks of our deployment.
        pending: u64,
        /// Desired tasks of our deployment.
        desired: u64,
        /// Failed tasks of our deployment.
        failed: u64,
        /// Tasks of older deployments that are still running.
        old: u64,
        /// The lifecycle stage or rollout state, as AWS names it.
        stage: Option<String>,
        /// Percent of production traffic that our deployment receives, for strategies that shift traffic.
        traffic: Option<u64>,
        /// Bake time of the stage in minutes: how long ECS monitors the shifted traffic before it goes on.
        #[serde(skip_serializing_if = "Option::is_none")]
        bake_minutes: Option<u64>,
        /// The lifecycle hook that blocks the stage, and its status: `smoke IN_PROGRESS`.
        hook: Option<String>,
    },
    /// A service event that ECS wrote since the rollout started.
    Said {
        /// RFC 3339.
        at: String,
        /// AWS's message.
        message: String,
    },
    /// A task of our deployment stopped.
    Stopped {
        /// What ECS reports about it.
        failure: Box<TaskFailure>,
    },
    /// A task of our deployment was stopped from outside: by a user, or with its Spot capacity or host. Emitted once for
    /// each stop code; it says nothing about the revision.
    #[serde(rename_all = "camelCase")]
    Interrupted {
        /// The task's id.
        task_id: String,
        /// `UserInitiated`, `SpotInterruption` or `TerminationNotice`.
        stop_code: String,
        /// The stopped reason, as AWS words it.
        reason: Option<String>,
    },
    /// Details of a failure: its log, target health or usual cause. Emitted again when a late log arrives.
    Explained {
        /// Everything known about the failure.
        failure: Box<TaskFailure>,
    },
    /// Running tasks of our deployment are unhealthy. Emitted again when their number grows.
    Unhealthy {
        /// Number of unhealthy tasks.
        tasks: u64,
        /// Number of running tasks.
        running: u64,
        /// The first unhealthy target as reported by the load balancer; None if the container health check failed.
        target: Option<FailureTarget>,
    },
    /// ECS is rolling back to an older revision.
    #[serde(rename_all = "camelCase")]
    RollingBack {
        /// The revision it rolls back to, if known.
        to: Option<String>,
        /// AWS's message.
        reason: String,
    },
    /// The service was deleted, and its tasks are stopping.
    Draining {
        /// Tasks that are still running or pending.
        running: u64,
    },
    /// All tasks are up and the old ones are gone; ECS monitors CloudWatch alarms a while longer.
    Baking {
        /// The number of alarms.
        alarms: u64,
    },
    /// The deployment waits for old tasks, all of which task scale-in protection keeps.
    Protected {
        /// The tasks' ids.
        tasks: Vec<String>,
        /// When the last protection ends, in RFC 3339.
        until: Option<String>,
    },
    /// All tasks are up; ecsctl monitors them a while longer.
    Settling {
        /// Duration in seconds.
        seconds: u64,
    },
}

/// A receiver of events, passed to every long-running operation. Emitting never blocks and never fails.
pub trait Sink: Send + Sync {
    /// Emits an event.
    fn emit(&self, event: Event);
}

impl dyn Sink + '_ {
    /// Emits a warning about a problem that doesn't stop the run.
    pub fn warn(&self, resource: Option<&str>, message: impl Into<String>, hint: Option<Suggestion>) {
        self.emit(Event::Warning {
            resource: resource.map(str::to_owned),
            message: message.into(),
            hint,
            complete: None,
        });
    }

    /// Emits a warning about a failure that doesn't stop the run, and its consequence.
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
