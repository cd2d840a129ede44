//! The state that a judge keeps between steps.

use jiff::Timestamp;

use crate::ecs::{RollbackInitiator, Service, Task};
use crate::model::RolloutEvent;
use crate::model::short_definition;
use crate::verdict::Verdict;

/// The revision and task counts, as last seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RolloutCounts {
    /// The PRIMARY deployment's task definition: `web:42`.
    pub definition: Option<String>,
    /// Our deployment's ID: `ecs-svc/N`.
    pub deployment: Option<String>,
    /// Running tasks of the PRIMARY deployment.
    pub running: Option<u64>,
    /// Tasks of the PRIMARY deployment that are still starting.
    pub pending: u64,
    /// Desired count of the PRIMARY deployment.
    pub desired: Option<u64>,
    /// The task definition of our deployment, once seen: `web:43`.
    pub deploys: Option<String>,
}

/// The constant properties of the tracked ("our") deployment.
#[derive(Clone, Debug)]
pub(super) struct TrackedDeployment {
    pub id: String,
    pub created_at: Option<Timestamp>,
    /// The previous PRIMARY deployment.
    pub previous: Option<String>,
    /// Whether our call started it, or it was in progress when first seen.
    pub is_new: bool,
}

/// An observed rollback. Success is no longer possible.
#[derive(Clone, Debug, Default)]
pub(super) struct ObservedRollback {
    pub reason: Option<String>,
    pub by: RollbackInitiator,
    /// The restoring deployment's ID.
    pub to_id: Option<String>,
    /// When the restoring deployment was created.
    pub to_created_at: Option<Timestamp>,
    /// The restoring deployment's task definition.
    pub to: Option<String>,
    /// Whether the watch began during the rollback, so that the tracked deployment is the restoring one.
    pub joined_midway: bool,
}

/// When conditions began, for rules that require them to last.
#[derive(Clone, Debug, Default)]
pub(super) struct Timers {
    pub begun: Option<Timestamp>,
    pub missing: Option<Timestamp>,
    pub doubtful: Option<Timestamp>,
    pub replaced: Option<Timestamp>,
    pub stopped: Option<Timestamp>,
    pub failed: Option<Timestamp>,
    /// Since when the deployment has ended without a cause from our service deployment.
    pub cause_unknown: Option<Timestamp>,
    pub complete: Option<Timestamp>,
    /// Since when it has been complete with all tasks running, without interruption.
    pub settling: Option<Timestamp>,
    /// When it was first complete with all tasks running, ignoring interruptions.
    pub settled_first: Option<Timestamp>,
    pub adverse: Option<Timestamp>,
    /// Since when tasks of ours have been starting, without interruption.
    pub starting: Option<Timestamp>,
    /// Since when ECS has counted failed tasks of ours.
    pub failing: Option<Timestamp>,
    /// Since when enough tasks have failed that the circuit breaker does not count.
    pub uncounted: Option<Timestamp>,
    /// Since when only old tasks are left to stop.
    pub only_old_left: Option<Timestamp>,
    /// Since when this many tasks of ours have been running, and ECS starts no more.
    pub standstill: Option<(u64, Timestamp)>,
    /// Since when this many more of our tasks than desired have been running.
    pub surplus: Option<(u64, Timestamp)>,
    pub running: Option<Timestamp>,
    /// Since when the crash loop threshold has been reached while other tasks run.
    pub looping: Option<Timestamp>,
}

impl TrackedDeployment {
    /// Whether our deployment started a task: "startedBy … contains the deployment ID" (API reference: Task).
    /// Nothing else is reliable, since RunTask may start tasks of the same definition at the same time.
    pub fn started(&self, task: &Task) -> bool {
        task.started_by.as_deref() == Some(self.id.as_str())
    }
}

impl RolloutCounts {
    /// The counts of a service's PRIMARY deployment or, without one, of the service itself.
    pub fn of(service: &Service) -> Self {
        let Some(primary) = service.primary() else {
            return Self {
                definition: service
                    .task_definition
                    .as_deref()
                    .map(|it| short_definition(it).to_owned()),
                deployment: None,
                running: service.running_count,
                pending: service.pending_count.unwrap_or(0),
                desired: service.desired_count,
                deploys: None,
            };
        };
        Self {
            definition: primary.short_definition(),
            deployment: Some(primary.id.clone()),
            running: primary.running_count,
            pending: primary.pending_count,
            desired: primary.desired_count,
            deploys: None,
        }
    }
}

impl ObservedRollback {
    pub fn event(&self) -> RolloutEvent {
        RolloutEvent::RollingBack {
            to: self.to.clone(),
            reason: self.reason.clone().unwrap_or_default(),
        }
    }

    pub fn verdict(&self, complete: bool) -> Verdict {
        Verdict::RolledBack {
            to: self.to.clone(),
            complete,
            by: self.by,
            reason: self.reason.clone(),
        }
    }
}
