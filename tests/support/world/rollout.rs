//! Advances a deployment: one frame of its script per poll. The texts are ECS's own, as public captures
//! show them (notes: aws-stand-ins §4).

use super::World;
use super::base::{Base, now};
use super::deployments::ServiceDeployment;
use super::hooks::Pause;
use super::service::{Deployment, Service};
use crate::support::scenario::{Frame, Rollback, Rollout, Supersede};

const BREAKER_FAILED: &str = "ECS deployment circuit breaker: tasks failed to start.";
const BREAKER_ROLLING_BACK: &str = "ECS deployment circuit breaker: rolling back to deploymentId {id}.";
const ALARM_FAILED: &str = "ECS deployment failed: alarm detected.";
const ALARM_ROLLING_BACK: &str = "ECS deployment alarm: rolling back to deploymentId {id}.";
/// No capture shows what ECS says here, and next.
const STOPPED: &str = "Service deployment stopped by user.";
const HOOK_TIMED_OUT: &str = "Service deployment rolled back because a lifecycle hook timed out.";
const REPLACED: &str = "Replaced by a new service deployment";

impl World {
    /// Returns the next rollout that the scenario has for a service, or a healthy one if none is left.
    pub(super) fn next_rollout(&mut self, service: &str) -> Rollout {
        match self.rollouts.get_mut(service) {
            Some(list) if !list.is_empty() => list.remove(0),
            _ => Rollout::default(),
        }
    }

    /// Advances a service by one poll.
    pub(super) fn advance(&mut self, service: &mut Service) {
        if service.status == "DRAINING" {
            drain(service);
            self.sync_tasks(service);
            return;
        }
        let subject = service.script.subject.clone();
        match service.record_of(&subject).and_then(ServiceDeployment::pause) {
            Some(Pause::Waits) => return,
            Some(Pause::RollsBack) => service.script.frames = going_back(HOOK_TIMED_OUT).into(),
            Some(Pause::Continues) | None => {}
        }
        if service.script.left > 0 {
            service.script.left -= 1;
        } else if let Some(frame) = service.script.frames.pop_front() {
            service.script.left = frame.polls.unwrap_or(1).saturating_sub(1);
            self.show(service, &frame);
        }
    }

    fn show(&mut self, service: &mut Service, frame: &Frame) {
        if let Some(how) = &frame.stop {
            service.script.frames = stopping(how == "ROLLBACK").into();
            if let Some(next) = service.script.frames.pop_front() {
                self.show(service, &next);
            }
            return;
        }
        if let Some(rollback) = &frame.rollback {
            self.roll_back(service, rollback);
        }
        if let Some(reason) = &frame.fail {
            fail(service, reason);
            service.end_record("STOPPED", reason);
            if reason != STOPPED {
                let (by, why) = match &frame.alarm {
                    Some(alarm) => (alarm.as_str(), "alarm detected"),
                    None => ("BREAKER", "tasks failed to start"),
                };
                service.give_up(by, why, &mut self.base);
            }
        }
        // After a failure in the same frame: both happen between two polls.
        if let Some(other) = &frame.supersede {
            self.supersede(service, other);
        }
        if frame.settle {
            self.settle(service);
        }
        counts(service, frame);
        for stopped in &frame.stopped {
            self.stop_tasks(service, stopped);
        }
        for event in &frame.events {
            let text = event
                .replace("{service}", &service.name)
                .replace("{deployment}", &service.script.subject);
            service.say(text, &mut self.base);
        }
        put_over(&mut service.patch, &frame.service);
        let subject = service.script.subject.clone();
        if let Some(deployment) = service.deployment(&subject) {
            put_over(&mut deployment.patch, &frame.deployment);
        }
        if let Some(record) = service.record_of(&subject) {
            put_over(&mut record.patch, &frame.service_deployment);
        }
        self.targets.extend(frame.targets.clone());
        if let Some(deployment) = service.deployment(&subject) {
            put_over(&mut deployment.task_patch, &frame.task);
        }
        if let Some(record) = service.record_of(&subject) {
            record.take_stage(frame, &mut self.base);
        }
        self.sync_tasks(service);
        service.protect_old(frame.protected);
    }

    fn roll_back(&mut self, service: &mut Service, rollback: &Rollback) {
        let because = match &rollback.alarm {
            Some(_) => ALARM_FAILED,
            None => BREAKER_FAILED,
        };
        let because = rollback.because.as_deref().unwrap_or(because);
        fail(service, because);
        match &rollback.alarm {
            _ if rollback.asked => {}
            Some(alarm) => service.give_up(alarm, "alarm detected", &mut self.base),
            None => service.give_up("BREAKER", "tasks failed to start", &mut self.base),
        }
        let Some(before) = service.script.before.clone() else {
            // "The rollback method requires a previous deployment in COMPLETED state" (deployment failure detection).
            service.end_record("ROLLBACK_FAILED", because);
            return;
        };
        let Some(old) = service.deployment(&before).cloned() else {
            return;
        };
        let back = if rollback.reuse_id {
            service.deployments.retain(|deployment| deployment.id != before);
            old
        } else {
            let mut back = Deployment::new(service, &old.task_definition, &mut self.base);
            back.running = old.running;
            // From now on it owns the old deployment's tasks.
            service.deployments.retain(|deployment| deployment.id != before);
            for task in &mut service.tasks {
                if task.is_of(&before) && task.is_running() {
                    task.started_by = Some(back.id.clone());
                }
            }
            back
        };
        service.remember(&back, self.digests(&back.task_definition));
        let id = back.id.clone();
        let reason = match &rollback.alarm {
            Some(_) => ALARM_ROLLING_BACK,
            None => BREAKER_ROLLING_BACK,
        };
        let reason = rollback.reason.as_deref().unwrap_or(reason);
        let reason = reason.replace("{id}", &id);
        service.become_primary(Deployment {
            state: "IN_PROGRESS".to_owned(),
            reason: reason.clone(),
            ..back
        });
        let target = service
            .primary()
            .map(|primary| service.revision_arn(primary, &self.base));
        service.record_rollback(&id, because, target);
        let text = format!("(service {}) rolling back to deployment {id}.", service.name);
        service.say(text, &mut self.base);
    }

    fn supersede(&mut self, service: &mut Service, other: &Supersede) {
        let definition = self
            .definitions
            .find(&other.task_definition)
            .map(|revision| super::definitions::text(&revision.value, "taskDefinitionArn"))
            .unwrap_or_else(|| panic!("scenario: no task definition {}", other.task_definition));
        let mut new = Deployment::new(service, &definition, &mut self.base);
        new.pending = new.desired;
        service.replace_record(REPLACED);
        let subject = service.script.subject.clone();
        service.remember(&new, self.digests(&new.task_definition));
        service.become_primary(new);
        service.record_deployment(Some(&subject), 0, &mut self.base);
    }

    fn settle(&mut self, service: &mut Service) {
        let Some(id) = service.primary().map(|primary| primary.id.clone()) else {
            return;
        };
        service.deployments.retain(|deployment| deployment.id == id);
        if let Some(primary) = service.deployment(&id) {
            primary.complete();
        }
        service.settle_records(&id);
        let text = format!(
            "(service {}) (deployment {id}) deployment completed.",
            service.name
        );
        service.say(text, &mut self.base);
        let text = format!("(service {}) has reached a steady state.", service.name);
        service.say(text, &mut self.base);
    }
}

impl Service {
    /// Fails the deployment because the circuit breaker or an alarm triggered.
    fn give_up(&mut self, by: &str, why: &str, base: &mut Base) {
        let subject = self.script.subject.clone();
        if let Some(record) = self.record_of(&subject) {
            record.triggered = Some(by.to_owned());
        }
        let text = format!(
            "(service {}) (deployment {subject}) deployment failed: {why}.",
            self.name
        );
        self.say(text, base);
    }

    /// Makes a deployment the PRIMARY; existing ones continue beside it.
    fn become_primary(&mut self, new: Deployment) {
        for deployment in &mut self.deployments {
            deployment.status = "ACTIVE".to_owned();
        }
        let primary = Deployment {
            status: "PRIMARY".to_owned(),
            updated_at: now(),
            ..new
        };
        self.deployments.insert(0, primary);
    }
}

/// Fails the script's deployment permanently.
fn fail(service: &mut Service, reason: &str) {
    let subject = service.script.subject.clone();
    if let Some(ours) = service.deployment(&subject) {
        ours.state = "FAILED".to_owned();
        ours.reason = reason.to_owned();
        ours.updated_at = now();
        ours.pending = 0;
    }
}

fn drain(service: &mut Service) {
    match &mut service.drained_after {
        Some(0) => {
            service.status = "INACTIVE".to_owned();
            service.deployments.clear();
        }
        Some(left) => *left -= 1,
        None => {}
    }
    for deployment in &mut service.deployments {
        deployment.running = 0;
        deployment.pending = 0;
    }
}

/// Returns the frames of a deployment that a user stops.
pub(super) fn stopping(rolls_back: bool) -> Vec<Frame> {
    if rolls_back {
        return going_back(STOPPED);
    }
    vec![Frame {
        fail: Some(STOPPED.to_owned()),
        ..Frame::default()
    }]
}

/// Returns the frames of a deployment that is rolled back on a user's request, or because none came.
fn going_back(because: &str) -> Vec<Frame> {
    let rollback = Rollback {
        because: Some(because.to_owned()),
        reason: Some("ECS deployment rolling back to deploymentId {id}.".to_owned()),
        asked: true,
        ..Rollback::default()
    };
    let back = Frame {
        rollback: Some(rollback),
        ..Frame::default()
    };
    let settled = Frame {
        settle: true,
        ..Frame::default()
    };
    vec![back, settled]
}

/// Applies the task counts of a frame.
fn counts(service: &mut Service, frame: &Frame) {
    let stopped: u64 = frame.stopped.iter().map(|task| task.tasks.unwrap_or(1)).sum();
    let subject = service.script.subject.clone();
    if let Some(ours) = service.deployment(&subject) {
        let desired = ours.desired;
        let count = |count: &Option<_>, now| {
            count
                .as_ref()
                .map_or(now, |count: &crate::support::scenario::Count| count.of(desired))
        };
        ours.running = count(&frame.running, ours.running);
        ours.pending = count(&frame.pending, ours.pending);
        ours.failed = frame.failed.unwrap_or(ours.failed + stopped);
        if let Some(state) = &frame.state {
            ours.state.clone_from(state);
        }
        if let Some(reason) = &frame.because {
            ours.reason.clone_from(reason);
        }
    }
    if let Some(old) = &frame.old {
        let other = service
            .deployments
            .iter_mut()
            .find(|deployment| deployment.id != subject);
        if let Some(other) = other {
            other.running = old.of(other.desired);
        }
    }
}

/// Adds to a patch that is merged over a response; unlike `merge`, keeps nulls, since they remove members
/// there.
fn put_over(patch: &mut serde_json::Value, more: &serde_json::Value) {
    match (patch, more) {
        (_, serde_json::Value::Null) => {}
        (serde_json::Value::Object(patch), serde_json::Value::Object(more)) => {
            patch.extend(more.clone());
        }
        (patch, more) => *patch = more.clone(),
    }
}
