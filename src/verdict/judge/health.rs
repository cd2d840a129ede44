//! Our running but unhealthy tasks, reported during the rollout and on a timeout. ECS doesn't complete a
//! deployment with them, but may not report them for long (`healthCheckGracePeriodSeconds`, `startPeriod`).

use std::collections::HashMap;

use super::view::DeploymentView;
use super::{Judge, TrackedDeployment};
use crate::ecs::Task;
use crate::model::{FailureTarget, RolloutEvent, plural};
use crate::verdict::Snapshot;

/// The unhealthy tasks reported so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Health {
    /// The highest reported count by failing check.
    reported: HashMap<String, u64>,
    now: TaskCensus,
}

/// Counts of our tasks as last read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct TaskCensus {
    running: u64,
    /// Tasks that are UNHEALTHY by the container health check.
    by_container: u64,
    /// Tasks that are unhealthy by the load balancer's health check.
    by_balancer: u64,
}

impl Health {
    /// Records the running tasks. Returns events if more of ours are unhealthy than reported before.
    pub fn note(&mut self, snapshot: &Snapshot, tracked: &TrackedDeployment) -> Vec<RolloutEvent> {
        let runs = |task: &&Task| task.last_status == "RUNNING" && tracked.started(task);
        let tasks: Vec<&Task> = snapshot.running.iter().filter(runs).collect();
        let running = tasks.len() as u64;
        let by_container = tasks
            .iter()
            .filter(|task| task.health_status.as_deref() == Some("UNHEALTHY"))
            .count() as u64;
        let mut kinds: Vec<(&FailureTarget, u64)> = Vec::new();
        let mut by_balancer = 0;
        for task in &tasks {
            let of_task = snapshot.targets.iter().filter(|(id, _)| *id == task.id);
            let sick = of_task.map(|(_, target)| target).find(|it| it.is_unhealthy());
            let Some(sick) = sick else { continue };
            by_balancer += 1;
            match kinds.iter_mut().find(|(known, _)| known.is_like(sick)) {
                Some((_, count)) => *count += 1,
                None => kinds.push((sick, 1)),
            }
        }
        self.now = TaskCensus {
            running,
            by_container,
            by_balancer,
        };
        let of_balancer = kinds.into_iter().map(|(target, count)| {
            let key = format!("{:?} {:?}", target.reason, target.description);
            (key, count, Some(target.clone()))
        });
        let of_container = (by_container > 0).then(|| (String::new(), by_container, None));
        of_container
            .into_iter()
            .chain(of_balancer)
            .filter_map(|(key, tasks, target)| {
                let reported = self.reported.entry(key).or_default();
                if *reported >= tasks {
                    return None;
                }
                *reported = tasks;
                Some(RolloutEvent::Unhealthy {
                    tasks,
                    running,
                    target,
                })
            })
            .collect()
    }

    /// Describes the unhealthy tasks for the timeout message.
    pub fn summary(&self) -> String {
        let TaskCensus {
            running,
            by_container,
            by_balancer,
        } = self.now;
        let of = |count: u64, by: &str| match count {
            0 => None,
            _ => Some(format!("{count} of {} {by}", plural(running, "running task"))),
        };
        let said = [
            of(by_container, "fail their container health check"),
            of(by_balancer, "fail the load balancer's health check"),
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        match said.is_empty() {
            true => String::new(),
            false => format!(" ({})", said.join(", ")),
        }
    }
}

impl Judge {
    /// Whether to read the health of our tasks: some run, they have a health check, and ECS hasn't completed
    /// the deployment.
    pub(super) fn wants_health(&self, view: &DeploymentView<'_>) -> bool {
        let runs = view.tracked.is_some_and(|it| it.running_count.unwrap_or(0) > 0);
        let is_checked = self.request.health_checked || !view.service.target_groups.is_empty();
        runs && is_checked && self.rollback.is_none() && !self.given_up
    }
}
