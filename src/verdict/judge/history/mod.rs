//! A small model of ECS rolling deployments, for `properties.rs`. It follows `docs/ecs-behavior.md` §5:
//! circuit breaker with and without rollback, reused or new IDs, superseded and stopped deployments, and
//! stale responses.

mod reader;
mod setup;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::ecs::{
    Container, Deployment, RolloutState, Service, ServiceDeployment, ServiceDeploymentStatus, ServiceEvent,
    Task,
};
use crate::verdict::Snapshot;
use crate::verdict::breaker_threshold::breaker_threshold;

pub use setup::{HistoryEvent, HistorySetup, ReadFault};

/// The simulated ECS service.
pub struct EcsModel {
    pub setting: HistorySetup,
    pub now: Timestamp,
    pub service: Service,
    service_deployments: Vec<ServiceDeployment>,
    tasks: Vec<Task>,
    /// The running tasks of the PRIMARY deployment, oldest first.
    alive: Vec<Task>,
    started: u64,
    flaky: u64,
    next: u64,
    /// Whether tasks of the PRIMARY deployment crash.
    broken: bool,
    pub rolled_back: bool,
    pub superseded: bool,
    pub stopped: bool,
    /// Whether ECS reported that our deployment completed.
    pub completed: bool,
    past: Vec<Snapshot>,
}

/// The ID of our deployment in every history.
pub const OURS: &str = "ecs-svc/2";
const BEFORE: &str = "ecs-svc/1";

fn words(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn service(setting: HistorySetup) -> Service {
    let breaker = json!({"enable": setting.breaker, "rollback": setting.rollback});
    let mut service = Service::read(json!({
        "serviceName": "web", "status": "ACTIVE", "desiredCount": setting.desired,
        "deploymentConfiguration": {"deploymentCircuitBreaker": breaker},
    }));
    service.load_balanced = setting.load_balanced;
    service
}

impl EcsModel {
    /// Creates a service that ran `web:1`, or nothing, and was just updated to `web:2`.
    pub fn new(setting: HistorySetup) -> Self {
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let mut world = Self {
            setting,
            now,
            service: service(setting),
            service_deployments: Vec::new(),
            tasks: Vec::new(),
            alive: Vec::new(),
            started: 0,
            flaky: setting.flaky,
            next: 1,
            broken: false,
            rolled_back: false,
            superseded: false,
            stopped: false,
            completed: false,
            past: Vec::new(),
        };
        if setting.before {
            world.deploy("web:1", false);
            let first = &mut world.service.deployments[0];
            first.running_count = first.desired_count;
            first.rollout_state = setting.has_rollout_state.then_some(RolloutState::Completed);
            first.rollout_state_reason = words("ECS deployment ecs-svc/1 completed.");
            world.service_deployments[0].status = ServiceDeploymentStatus::Successful;
            world.service_deployments[0].finished_at = Some(now);
            world.record();
        }
        world.next = 2;
        world.now += SignedDuration::from_secs(60);
        world.deploy("web:2", setting.broken);
        world.record();
        world
    }

    /// When our deployment was created, according to the response.
    pub fn created_at(&self) -> Timestamp {
        Timestamp::from_second(1_700_000_060).unwrap()
    }

    pub fn previous(&self) -> Option<String> {
        self.setting.before.then(|| BEFORE.to_owned())
    }

    fn deploy(&mut self, definition: &str, broken: bool) {
        let id = format!("ecs-svc/{}", self.next);
        for old in &mut self.service.deployments {
            old.status = "ACTIVE".to_owned();
            old.updated_at = Some(self.now);
        }
        self.service.deployments.insert(0, self.primary(&id, definition));
        self.service_deployments.push(ServiceDeployment {
            arn: format!("arn:sd/{}", self.next),
            status: ServiceDeploymentStatus::InProgress,
            status_reason: None,
            target_revision: Some(format!("arn:aws:ecs:::service-revision/c/web/{}", self.next)),
            created_at: Some(self.now),
            finished_at: None,
            stopped_at: None,
            lifecycle_stage: None,
            rollback_reason: None,
            rollback_revision: None,
            circuit_breaker: None,
            alarms: None,
            hooks: Vec::new(),
            production_traffic: None,
            test_traffic: None,
            bake_time: None,
            strategy: None,
            source_revisions: Vec::new(),
        });
        self.broken = broken;
        self.alive.clear();
        self.next += 1;
    }

    fn primary(&self, id: &str, definition: &str) -> Deployment {
        Deployment {
            id: id.to_owned(),
            status: "PRIMARY".to_owned(),
            task_definition: Some(format!("arn:aws:ecs:::task-definition/{definition}")),
            desired_count: self.service.desired_count,
            running_count: Some(0),
            pending_count: 0,
            failed_tasks: 0,
            rollout_state: self.setting.has_rollout_state.then_some(RolloutState::InProgress),
            rollout_state_reason: Some(format!("ECS deployment {id} in progress.")),
            created_at: Some(self.now),
            updated_at: Some(self.now),
        }
    }

    /// Advances time by one tick with an event.
    pub fn tick(&mut self, act: HistoryEvent) {
        self.now += SignedDuration::from_secs(2);
        match act {
            HistoryEvent::Work if !self.is_halted() => self.work(),
            HistoryEvent::Supersede if !self.superseded => {
                self.end_open(
                    ServiceDeploymentStatus::Stopped,
                    "Replaced by a new service deployment.",
                );
                self.superseded = true;
                self.stopped = false;
                self.deploy("web:3", false);
            }
            HistoryEvent::Stop if self.setting.has_service_deployments && self.is_open() => {
                self.end_open(ServiceDeploymentStatus::Stopped, "Stopped by user.");
                self.stopped = true;
            }
            HistoryEvent::Scale(desired) if !self.is_halted() => {
                self.service.desired_count = Some(desired);
                if let Some(primary) = self.service.deployments.first_mut() {
                    primary.desired_count = Some(desired);
                    primary.running_count = primary.running_count.map(|running| running.min(desired));
                    primary.pending_count = primary
                        .pending_count
                        .min(desired - primary.running_count.unwrap_or(0));
                    primary.updated_at = Some(self.now);
                }
            }
            _ => {}
        }
        self.record();
    }

    /// Whether our deployment was stopped or failed, so that ECS starts no more tasks.
    fn is_halted(&self) -> bool {
        self.stopped || self.service.deployments[0].rollout_state == Some(RolloutState::Failed)
    }

    fn is_open(&self) -> bool {
        self.service_deployments
            .last()
            .is_some_and(|it| it.status == ServiceDeploymentStatus::InProgress)
    }

    fn end_open(&mut self, status: ServiceDeploymentStatus, reason: &str) {
        let now = self.now;
        for open in self
            .service_deployments
            .iter_mut()
            .filter(|it| !it.status.is_terminal())
        {
            open.status = if open.status.is_rollback() {
                ServiceDeploymentStatus::RollbackSuccessful
            } else {
                status.clone()
            };
            open.status_reason = words(reason);
            open.finished_at = Some(now);
        }
    }

    fn work(&mut self) {
        let now = self.now;
        let broken = self.broken && !self.setting.in_turns;
        if self.crash_one() {
            return;
        }
        let primary = &mut self.service.deployments[0];
        primary.updated_at = Some(now);
        let (desired, running) = (
            primary.desired_count.unwrap_or(0),
            primary.running_count.unwrap_or(0),
        );
        if primary.pending_count > 0 && broken {
            primary.pending_count -= 1;
            primary.failed_tasks += 1;
            let task = self.start();
            self.crash(task);
        } else if primary.pending_count > 0 {
            primary.pending_count -= 1;
            primary.running_count = Some(running + 1);
            let task = self.start();
            self.alive.push(task);
        } else if running < desired {
            primary.pending_count = desired - running;
        } else if self.service.deployments.len() > 1 {
            self.drain();
        } else if !self.is_completed() {
            self.complete();
        }
        let given_up = self.service.deployments[0].failed_tasks >= breaker_threshold(desired);
        if self.setting.breaker && given_up && broken {
            self.give_up();
        }
    }

    fn is_completed(&self) -> bool {
        self.service.deployments[0]
            .rollout_state_reason
            .as_deref()
            .is_some_and(|it| it.contains("completed"))
    }

    fn start(&mut self) -> Task {
        self.started += 1;
        Task {
            id: format!("{:032x}", self.started),
            started_by: Some(self.service.deployments[0].id.clone()),
            last_status: "RUNNING".to_owned(),
            started_at: Some(self.now),
            ..Task::default()
        }
    }

    /// Crashes a running task: the oldest if they crash in turns, once all but one run; the youngest if one
    /// keeps running.
    fn crash_one(&mut self) -> bool {
        let primary = &mut self.service.deployments[0];
        let (desired, running) = (
            primary.desired_count.unwrap_or(0),
            primary.running_count.unwrap_or(0),
        );
        let in_turns = self.broken && self.setting.in_turns && running >= desired.saturating_sub(1).max(1);
        let flaky = !self.broken && self.flaky > 0 && self.alive.len() >= 2;
        if !(in_turns || flaky) {
            return false;
        }
        primary.running_count = Some(running.saturating_sub(1));
        primary.updated_at = Some(self.now);
        if flaky {
            self.flaky -= 1;
            self.alive.rotate_right(1);
        }
        if !self.alive.is_empty() {
            let task = self.alive.remove(0);
            self.crash(task);
        }
        true
    }

    fn crash(&mut self, task: Task) {
        self.say(format!("(service web) has started 1 tasks: (task {}).", task.id));
        self.tasks.push(Task {
            last_status: "STOPPED".to_owned(),
            stop_code: words("EssentialContainerExited"),
            stopped_reason: words("Essential container in task exited"),
            stopped_at: Some(self.now),
            containers: vec![Container {
                name: "web".to_owned(),
                exit_code: Some(1),
                ..Container::default()
            }],
            ..task
        });
    }

    fn say(&mut self, message: String) {
        let id = format!("event-{}", self.service.events.len());
        self.service.events.insert(
            0,
            ServiceEvent {
                id,
                at: Some(self.now),
                message,
            },
        );
    }

    fn drain(&mut self) {
        let last = self.service.deployments.len() - 1;
        let old = &mut self.service.deployments[last];
        old.status = "DRAINING".to_owned();
        old.updated_at = Some(self.now);
        match old.running_count {
            Some(running) if running > 0 => old.running_count = Some(running - 1),
            _ => {
                self.service.deployments.pop();
            }
        }
    }

    fn complete(&mut self) {
        let has_state = self.setting.has_rollout_state;
        let primary = &mut self.service.deployments[0];
        primary.rollout_state = has_state.then_some(RolloutState::Completed);
        primary.rollout_state_reason = Some(format!("ECS deployment {} completed.", primary.id));
        let id = primary.id.clone();
        self.say(format!("(service web) (deployment {id}) deployment completed."));
        self.say("(service web) has reached a steady state.".to_owned());
        self.completed |= self.service.deployments[0].id == OURS;
        self.end_open(ServiceDeploymentStatus::Successful, "");
    }

    /// Trips the circuit breaker.
    fn give_up(&mut self) {
        let has_state = self.setting.has_rollout_state;
        let failed = &mut self.service.deployments[0];
        failed.rollout_state = has_state.then_some(RolloutState::Failed);
        failed.rollout_state_reason = words("ECS deployment circuit breaker: tasks failed to start.");
        failed.pending_count = 0;
        let id = failed.id.clone();
        self.say(format!(
            "(service web) (deployment {id}) deployment failed: tasks failed to start."
        ));
        if !(self.setting.rollback && self.setting.before) {
            self.end_open(ServiceDeploymentStatus::Stopped, "Circuit breaker triggered.");
            self.stopped = true;
            return;
        }
        self.rolled_back = true;
        self.broken = false;
        self.alive.clear();
        for open in self
            .service_deployments
            .iter_mut()
            .filter(|it| !it.status.is_terminal())
        {
            open.status = ServiceDeploymentStatus::RollbackInProgress;
        }
        self.service.deployments[0].status = "ACTIVE".to_owned();
        let kept = self.service.deployments.iter().position(|it| it.id == BEFORE);
        let restoring = match kept.filter(|_| self.setting.reuse_id) {
            Some(at) => {
                let mut old = self.service.deployments.remove(at);
                old.status = "PRIMARY".to_owned();
                old.rollout_state = has_state.then_some(RolloutState::InProgress);
                old.desired_count = self.service.desired_count;
                old.updated_at = Some(self.now);
                old
            }
            None => {
                let id = format!("ecs-svc/{}", self.next);
                self.next += 1;
                self.primary(&id, "web:1")
            }
        };
        let words = format!(
            "ECS deployment circuit breaker: rolling back to deploymentId {}.",
            restoring.id
        );
        self.service.deployments.insert(
            0,
            Deployment {
                rollout_state_reason: Some(words),
                ..restoring
            },
        );
    }
}
