//! A watched service: its judge and its latest reads.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use indexmap::IndexMap;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::oneshot;

use super::reads::TaskHealth;
use super::watch_result::{WatchProgress, WatchResult};
use crate::ecs::{ProtectedTask, ServiceDeployment, TargetGroup, Task};
use crate::engine::polling::ReadError;
use crate::model::{FailureTarget, TaskFailure};
use crate::verdict::{Judge, ReadRequests, Snapshot, WatchRequest};

/// Interval between reads of task health: initially, while tasks start and fail their first checks, and
/// later.
const INITIAL_HEALTH_INTERVAL: SignedDuration = SignedDuration::from_secs(2);
const HEALTH_INTERVAL: SignedDuration = SignedDuration::from_secs(10);
/// How long the initial interval applies.
const INITIAL_PHASE: SignedDuration = SignedDuration::from_secs(60);
/// Interval between attempts to find our service deployment.
const LIST_INTERVAL: SignedDuration = SignedDuration::from_secs(3);

/// A read for one service besides DescribeServices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OptionalRead {
    StoppedTasks,
    RunningTasks,
    /// The health of the running tasks.
    Health,
    /// The running tasks, and which of them are protected from scale-in.
    Protection,
    /// The service deployments.
    Deployments,
    /// Our service deployment, read again.
    OurDeployment,
    /// Our CodeDeploy deployment.
    CodeDeploy,
}

/// A watched service.
pub(super) struct WatchedService {
    pub judge: Judge,
    pub snapshot: Snapshot,
    pub read_requests: ReadRequests,
    /// Reads in progress.
    pub reading: BTreeSet<OptionalRead>,
    /// When service deployments were last listed.
    pub listed_at: Option<Timestamp>,
    /// When our service deployment was last read again.
    pub refreshed_at: Option<Timestamp>,
    /// When our CodeDeploy deployment was last read.
    pub code_deploy_at: Option<Timestamp>,
    /// When task health was last read.
    pub health_at: Option<Timestamp>,
    /// Unhealthy targets as last seen, by task ID.
    pub unhealthy_targets: HashMap<String, FailureTarget>,
    /// When the verdict was reached.
    pub decided_at: Option<Timestamp>,
    /// Whether the service hasn't been polled yet.
    pub is_new: bool,
    /// Why the service deployments can't be read.
    pub deployments_error: Option<Arc<ReadError>>,
    /// Stopped tasks by ARN.
    tasks: IndexMap<String, Task>,
    /// When the service deployments were last listed.
    deployments_listed_at: Option<Timestamp>,
    /// When task health was first read.
    health_from: Option<Timestamp>,
    health_unreadable: bool,
    targets_unreadable: bool,
    until_rollback: bool,
    /// None once the result was sent.
    reply: Option<oneshot::Sender<WatchResult>>,
}

impl WatchedService {
    pub fn new(request: WatchRequest, until_rollback: bool, reply: oneshot::Sender<WatchResult>) -> Self {
        Self {
            judge: Judge::new(request),
            snapshot: Snapshot::of(None),
            read_requests: ReadRequests::default(),
            reading: BTreeSet::new(),
            listed_at: None,
            refreshed_at: None,
            code_deploy_at: None,
            health_at: None,
            unhealthy_targets: HashMap::new(),
            decided_at: None,
            is_new: true,
            deployments_error: None,
            tasks: IndexMap::new(),
            deployments_listed_at: None,
            health_from: None,
            health_unreadable: false,
            targets_unreadable: false,
            until_rollback,
            reply: Some(reply),
        }
    }

    pub fn name(&self) -> &str {
        &self.judge.request().service
    }

    /// Whether the caller still waits for the result.
    pub fn is_open(&self) -> bool {
        self.reply.as_ref().is_some_and(|reply| !reply.is_closed())
    }

    /// Whether a rollback request ends this watch.
    pub fn is_cut_by_rollback(&self) -> bool {
        self.until_rollback && self.is_open()
    }

    /// Sends the result and stops reading for this service.
    pub fn answer(&mut self, result: WatchResult) {
        self.read_requests = ReadRequests::default();
        if let Some(reply) = self.reply.take() {
            // The receiver may have been dropped.
            let _ = reply.send(result);
        }
    }

    /// Our service deployment, once found.
    pub fn service_deployment(&self) -> Option<&ServiceDeployment> {
        self.snapshot.service_deployment(self.judge.deployment()?)
    }

    /// The progress of the watch, with these failures.
    pub fn progress(&self, failures: Vec<TaskFailure>) -> WatchProgress {
        let judge = &self.judge;
        let asked = judge.request().definition.clone();
        WatchProgress {
            request: WatchRequest {
                definition: asked.or_else(|| judge.deploys().map(str::to_owned)),
                ..judge.request().clone()
            },
            in_progress: judge.in_progress(),
            failures,
        }
    }

    /// The read error, if only the service deployment shows how the rollout ends and it can't be read.
    pub fn unwatchable_cause(&self) -> Option<Arc<ReadError>> {
        let cause = self.deployments_error.as_ref()?;
        self.judge
            .is_unwatchable(&self.snapshot)
            .then(|| Arc::clone(cause))
    }

    /// The ARNs of tasks with status STOPPED.
    pub fn stopped_tasks(&self) -> HashSet<String> {
        let stopped = self.tasks.values().filter(|task| task.is_stopped());
        stopped.map(|task| task.arn.clone()).collect()
    }

    /// A stopped task by ID.
    pub fn task(&self, id: &str) -> Option<&Task> {
        self.tasks.values().find(|task| task.id == id)
    }

    pub fn take_tasks(&mut self, tasks: Vec<Task>, at: Timestamp) {
        self.tasks
            .extend(tasks.into_iter().map(|task| (task.arn.clone(), task)));
        self.snapshot.tasks = self.tasks.values().cloned().collect();
        self.snapshot.tasks_at = Some(at);
    }

    pub fn take_running_tasks(&mut self, tasks: Vec<Task>, at: Timestamp) {
        self.snapshot.running = tasks;
        self.snapshot.running_at = Some(at);
    }

    pub fn take_protection(&mut self, tasks: Vec<Task>, protected: Vec<ProtectedTask>, at: Timestamp) {
        self.take_running_tasks(tasks, at);
        self.snapshot.protected = protected;
        self.snapshot.protection_at = Some(at);
    }

    pub fn take_health(&mut self, health: TaskHealth, at: Timestamp) {
        self.targets_unreadable |= health.targets_unreadable;
        for (task, target) in &health.targets {
            if target.is_unhealthy() {
                self.unhealthy_targets.insert(task.clone(), target.clone());
            } else if target.state.as_deref() == Some("healthy") {
                self.unhealthy_targets.remove(task);
            }
        }
        self.snapshot.targets = health.targets;
        self.take_running_tasks(health.tasks, at);
    }

    pub fn take_deployments(&mut self, found: Vec<ServiceDeployment>, at: Timestamp) {
        self.snapshot.listed_at = Some(at);
        self.snapshot.service_deployments = found;
    }

    pub fn has_unreadable_health(&mut self) {
        self.health_unreadable = true;
    }

    /// Records that a read that began at `began_at` has completed.
    pub fn has_read(&mut self, read: OptionalRead, began_at: Timestamp) {
        self.reading.remove(&read);
        match read {
            OptionalRead::OurDeployment => self.refreshed_at = Some(began_at),
            OptionalRead::Deployments => {
                (self.deployments_listed_at, self.listed_at) = (Some(began_at), Some(began_at));
            }
            OptionalRead::StoppedTasks | OptionalRead::RunningTasks | OptionalRead::Protection => {
                self.listed_at = Some(began_at);
            }
            OptionalRead::CodeDeploy => self.code_deploy_at = Some(began_at),
            OptionalRead::Health => {
                self.health_from.get_or_insert(began_at);
                self.health_at = Some(began_at);
            }
        }
    }

    /// Whether it is time to list service deployments.
    pub fn may_list_deployments(&self, now: Timestamp) -> bool {
        self.deployments_listed_at
            .is_none_or(|last| now.duration_since(last) >= LIST_INTERVAL)
    }

    /// Whether the judge requests task health and it is time to read it.
    pub fn may_read_health(&self, now: Timestamp) -> bool {
        let service = self.snapshot.service.as_ref();
        let has_targets = service.is_some_and(|it| !it.target_groups.is_empty());
        let is_checked = self.judge.request().health_checked || (has_targets && !self.targets_unreadable);
        let is_early = self
            .health_from
            .is_none_or(|from| now.duration_since(from) < INITIAL_PHASE);
        let interval = match is_early {
            true => INITIAL_HEALTH_INTERVAL,
            false => HEALTH_INTERVAL,
        };
        let is_due = self
            .health_at
            .is_none_or(|last| now.duration_since(last) >= interval);
        self.read_requests.health && is_checked && !self.health_unreadable && is_due
    }

    /// The target groups to include in a read of task health.
    pub fn health_groups(&self) -> Vec<TargetGroup> {
        let service = self
            .snapshot
            .service
            .as_ref()
            .filter(|_| !self.targets_unreadable);
        service.map(|it| it.target_groups.clone()).unwrap_or_default()
    }
}
