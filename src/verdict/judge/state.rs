//! What a judge keeps between looks.

use jiff::Timestamp;

use crate::ecs::{RollbackInitiator, Service, Task};
use crate::model::RolloutEvent;
use crate::model::short_definition;
use crate::verdict::Verdict;

/// What runs, as last seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RolloutCounts {
    /// The PRIMARY deployment's task definition: `web:42`.
    pub definition: Option<String>,
    /// Our deployment: `ecs-svc/N`.
    pub deployment: Option<String>,
    /// Running tasks of the PRIMARY deployment.
    pub running: Option<u64>,
    /// Its desired tasks.
    pub desired: Option<u64>,
    /// The task definition that our deployment brings, once it was seen: `web:43`.
    pub brings: Option<String>,
}

/// Our deployment, as far as it doesn't change.
#[derive(Clone, Debug)]
pub(super) struct TrackedDeployment {
    pub id: String,
    pub created_at: Option<Timestamp>,
    /// The PRIMARY before it.
    pub previous: Option<String>,
    /// Whether our call, or somebody's before us, started it and it isn't complete yet.
    pub is_new: bool,
}

/// A rollback that was seen. From here on success is out of the question.
#[derive(Clone, Debug, Default)]
pub(super) struct ObservedRollback {
    pub reason: Option<String>,
    pub by: RollbackInitiator,
    /// The deployment that restores.
    pub to_id: Option<String>,
    /// Its task definition.
    pub to: Option<String>,
    /// The watch began in the middle of the rollback: the deployment watched is the restoring one.
    pub joined_midway: bool,
}

/// Since when something is the case, for the rules that must wait before they believe it.
#[derive(Clone, Debug, Default)]
pub(super) struct Timers {
    pub begun: Option<Timestamp>,
    pub missing: Option<Timestamp>,
    pub doubtful: Option<Timestamp>,
    pub lost: Option<Timestamp>,
    pub stopped: Option<Timestamp>,
    pub failed: Option<Timestamp>,
    /// Since when what ended it is over but for our service deployment's word.
    pub untold: Option<Timestamp>,
    pub complete: Option<Timestamp>,
    /// Since when it has been complete and full, without a break.
    pub settling: Option<Timestamp>,
    /// The same, but for breaks.
    pub settled_first: Option<Timestamp>,
    pub adverse: Option<Timestamp>,
    pub running: Option<Timestamp>,
    /// Since when enough tasks have failed for a crash loop, were it not for those that run.
    pub looping: Option<Timestamp>,
}

impl TrackedDeployment {
    /// Whether our deployment started a task: "startedBy … contains the deployment ID" (API reference: Task). Nothing
    /// else tells: somebody may run a task of the same definition, at the same time, by RunTask.
    pub fn started(&self, task: &Task) -> bool {
        task.started_by.as_deref() == Some(self.id.as_str())
    }
}

impl RolloutCounts {
    /// What a service runs: its PRIMARY deployment, or, where it lists none, itself.
    pub fn of(service: &Service) -> Self {
        let Some(primary) = service.primary() else {
            return Self {
                definition: service
                    .task_definition
                    .as_deref()
                    .map(|it| short_definition(it).to_owned()),
                deployment: None,
                running: service.running_count,
                desired: service.desired_count,
                brings: None,
            };
        };
        Self {
            definition: primary.short_definition(),
            deployment: Some(primary.id.clone()),
            running: primary.running_count,
            desired: primary.desired_count,
            brings: None,
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
