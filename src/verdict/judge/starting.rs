//! Our tasks that are still starting: their states, for the timeout message.

use jiff::Timestamp;

use super::Judge;
use super::view::DeploymentView;
use crate::ecs::{Deployment, Task};

impl Judge {
    /// `, 2 PENDING since 2026-11-20T14:02:41Z`: the states of our starting tasks as last read, each with the oldest
    /// task's creation ("the time when the task entered the PENDING state", API reference: Task, `createdAt`).
    pub(super) fn starting(&self, tracked: &Deployment, view: &DeploymentView<'_>) -> String {
        if tracked.pending_count == 0 {
            return String::new();
        }
        let is_ours = |task: &&Task| self.tracked.as_ref().is_some_and(|it| it.started(task));
        // A task that is stopping isn't starting (task lifecycle: PROVISIONING, PENDING, ACTIVATING, RUNNING, …).
        let is_starting = |task: &&Task| {
            matches!(
                task.last_status.as_str(),
                "PROVISIONING" | "PENDING" | "ACTIVATING"
            )
        };
        let mut states: Vec<(&str, u64, Option<Timestamp>)> = Vec::new();
        for task in view.snapshot.running.iter().filter(is_ours).filter(is_starting) {
            match states.iter_mut().find(|(state, ..)| *state == task.last_status) {
                Some((_, count, since)) => {
                    *count += 1;
                    *since = [*since, task.created_at].into_iter().flatten().min();
                }
                None => states.push((&task.last_status, 1, task.created_at)),
            }
        }
        let said = states.iter().map(|(state, count, since)| {
            let since = since.map(|at| format!(" since {at:.0}")).unwrap_or_default();
            format!(", {count} {state}{since}")
        });
        match states.is_empty() {
            true => format!(", {} starting", tracked.pending_count),
            false => said.collect(),
        }
    }
}
