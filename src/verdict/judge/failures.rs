//! Our stopped tasks and which of them count as failures.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::TrackedDeployment;
use super::stop_reason::{describe, interruption, is_failure, is_over, kind_of, was_launched};
use super::view::DeploymentView;
use crate::ecs::Task;
use crate::model::{RolloutEvent, TaskFailure};
use crate::verdict::Snapshot;

/// Our failed tasks.
#[derive(Clone, Debug, Default)]
pub(super) struct TaskFailures {
    /// Stopped tasks by task ID.
    seen: HashMap<String, StoppedTask>,
    /// The stop codes of tasks that were stopped from outside, as far as reported.
    interruptions: HashSet<String>,
    kinds: Vec<TaskFailure>,
    /// The keys of `kinds`, in the same order.
    keys: Vec<String>,
    /// Failures from before the watch that haven't been reported yet.
    old: Vec<Task>,
    /// Whether one of our tasks is stopping and has no exit code yet.
    unfinished: bool,
    /// When the last recorded tasks were read.
    read_at: Option<Timestamp>,
    /// The counts at the last poll.
    latest: Option<FailureSignature>,
    /// The counts up to which all stopped tasks have been read.
    reference: Option<FailureSignature>,
}

#[derive(Clone, Debug)]
struct StoppedTask {
    failed: bool,
    launched: bool,
    non_zero: bool,
    stopped_at: Option<Timestamp>,
    /// When a read first showed this task.
    noticed_at: Option<Timestamp>,
}

/// Counts that change when one of our tasks stops.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FailureSignature {
    running: Option<u64>,
    pending: u64,
    failed: u64,
    newest_event: Option<String>,
}

impl TaskFailures {
    /// Each kind of failure once with its count, in order of appearance.
    pub fn kinds(&self) -> &[TaskFailure] {
        &self.kinds
    }

    /// The number of failed tasks. Those that could not be launched don't count.
    pub fn count(&self) -> u64 {
        let failed = self.seen.values().filter(|stop| stop.failed && stop.launched);
        failed.count() as u64
    }

    /// The number of tasks that could not be launched.
    pub fn unlaunched(&self) -> u64 {
        let refused = self.seen.values().filter(|stop| stop.failed && !stop.launched);
        refused.count() as u64
    }

    /// Whether none of our tasks has stopped, according to a read at or after `since`.
    pub fn none_stopped(&self, since: Timestamp) -> bool {
        self.seen.is_empty() && !self.unfinished && self.read_at.is_some_and(|at| at >= since)
    }

    /// Whether no stopped task of ours is known.
    pub fn none_seen(&self) -> bool {
        self.seen.is_empty()
    }

    /// When the last failed task stopped, by ECS's clock.
    pub fn last_at(&self) -> Option<Timestamp> {
        let failed = self.seen.values().filter(|stop| stop.failed);
        failed.filter_map(|stop| stop.stopped_at).max()
    }

    /// Whether the task with this ID has stopped.
    pub fn has_stopped(&self, task: &str) -> bool {
        self.seen.contains_key(task)
    }

    /// Whether the task with this ID has failed.
    pub fn has_failed(&self, task: &str) -> bool {
        self.seen.get(task).is_some_and(|stop| stop.failed)
    }

    /// When the last recorded tasks were read.
    pub fn read_at(&self) -> Option<Timestamp> {
        self.read_at
    }

    /// Records the service's stopped tasks. Returns an event for the first failure of each kind. With `old`,
    /// tasks in the first read stopped before the watch and don't count.
    pub fn note(
        &mut self,
        snapshot: &Snapshot,
        deployment: &TrackedDeployment,
        old: bool,
    ) -> Vec<RolloutEvent> {
        let at = snapshot.tasks_at;
        if at.is_none() || at == self.read_at {
            return Vec::new();
        }
        let old = old && self.read_at.is_none();
        self.read_at = at;
        self.reference = self.latest.clone();
        let mut tracked: Vec<&Task> = snapshot
            .tasks
            .iter()
            .filter(|task| deployment.started(task))
            .collect();
        tracked.sort_by_key(|task| task.ended_at());
        self.unfinished = tracked.iter().any(|task| !is_over(task));
        tracked.retain(|task| is_over(task));
        tracked
            .into_iter()
            .filter_map(|task| self.record_failure(task, at, old))
            .collect()
    }

    fn record_failure(&mut self, task: &Task, at: Option<Timestamp>, old: bool) -> Option<RolloutEvent> {
        if self.seen.contains_key(&task.id) {
            return None;
        }
        let failed = !old && is_failure(task);
        let stop = StoppedTask {
            failed,
            launched: was_launched(task),
            non_zero: failed
                && task
                    .containers
                    .iter()
                    .any(|it| it.exit_code.is_some_and(|code| code != 0)),
            stopped_at: task.ended_at(),
            noticed_at: at,
        };
        self.seen.insert(task.id.clone(), stop);
        if old && is_failure(task) {
            self.old.push(task.clone());
        }
        if !failed {
            return self.keep_interruption(task).filter(|_| !old);
        }
        self.keep_kind(task)
    }

    /// Returns an event if the task is the first one that was stopped from outside in this way.
    fn keep_interruption(&mut self, task: &Task) -> Option<RolloutEvent> {
        let stop_code = interruption(task)?;
        self.interruptions
            .insert(stop_code.to_owned())
            .then(|| RolloutEvent::Interrupted {
                task_id: task.id.clone(),
                stop_code: stop_code.to_owned(),
                reason: task.stopped_reason.clone(),
            })
    }

    /// Reports the failures from before the watch, if nothing else explains the missing tasks. They never count
    /// towards a crash loop.
    pub fn report_old(&mut self) -> Vec<RolloutEvent> {
        let old = std::mem::take(&mut self.old);
        if !self.kinds.is_empty() {
            return Vec::new();
        }
        old.iter().filter_map(|task| self.keep_kind(task)).collect()
    }

    /// Counts a failure under its kind. Returns an event if it is the first of that kind.
    fn keep_kind(&mut self, task: &Task) -> Option<RolloutEvent> {
        let failure = describe(task);
        let key = kind_of(&failure);
        if let Some(kind) = self
            .keys
            .iter()
            .position(|it| *it == key)
            .and_then(|at| self.kinds.get_mut(at))
        {
            kind.count += 1;
            return None;
        }
        self.keys.push(key);
        self.kinds.push(failure.clone());
        Some(RolloutEvent::Stopped {
            failure: Box::new(failure),
        })
    }

    /// Whether one of our tasks exited non-zero after the deployment completed: by ECS's timestamps (`complete`)
    /// or, without these, if first seen after `settling`.
    pub fn crashed_after(&self, complete: Option<Timestamp>, settling: Timestamp) -> bool {
        self.seen.values().filter(|stop| stop.non_zero).any(|stop| {
            let noticed_since = stop.noticed_at.is_some_and(|at| at >= settling);
            match (stop.stopped_at, complete) {
                (Some(stopped), Some(complete)) => noticed_since && stopped > complete,
                _ => noticed_since,
            }
        })
    }

    /// Whether to read the stopped tasks, because the counts changed in a way that starting tasks don't explain.
    pub fn read_requests(&mut self, view: &DeploymentView<'_>) -> bool {
        let Some(tracked) = view.tracked else {
            return self.unfinished;
        };
        let now = FailureSignature {
            running: tracked.running_count,
            pending: tracked.pending_count,
            failed: tracked.failed_tasks,
            newest_event: view.service.events.first().map(|event| event.id.clone()),
        };
        let moved = match &self.reference {
            None => now.failed > 0,
            Some(reference) => reference.hints_at_stop(&now),
        };
        self.latest = Some(now.clone());
        if !moved {
            self.reference = Some(now);
        }
        moved || self.unfinished
    }
}

impl FailureSignature {
    fn hints_at_stop(&self, later: &Self) -> bool {
        if self == later {
            return false;
        }
        let total = |it: &Self| it.running.unwrap_or(0).saturating_add(it.pending);
        let same_counts =
            (self.running, self.pending, self.failed) == (later.running, later.pending, later.failed);
        // Starting tasks never decrease running + pending or running.
        later.failed > self.failed
            || later.running < self.running
            || total(later) < total(self)
            || same_counts
    }
}

/// The failures among the stopped tasks of a finished deployment (`ecs-svc/N`): each kind once with its
/// count, oldest first.
pub fn of_deployment(deployment: &str, tasks: &[Task]) -> Vec<TaskFailure> {
    let of_it =
        |task: &&Task| task.started_by.as_deref() == Some(deployment) && is_over(task) && is_failure(task);
    let mut tracked: Vec<&Task> = tasks.iter().filter(of_it).collect();
    tracked.sort_by_key(|task| task.ended_at());
    let mut failures = TaskFailures::default();
    for task in tracked {
        failures.keep_kind(task);
    }
    failures.kinds
}

#[cfg(test)]
mod tests {
    use super::super::stop_reason::tests::task;
    use super::*;

    fn tracked() -> TrackedDeployment {
        TrackedDeployment {
            id: "ecs-svc/2".to_owned(),
            created_at: Timestamp::from_second(100).ok(),
            previous: None,
            is_new: true,
        }
    }

    fn read(tasks: &[Task], second: i64) -> Snapshot {
        Snapshot {
            tasks: tasks.to_vec(),
            tasks_at: Timestamp::from_second(second).ok(),
            ..Snapshot::default()
        }
    }

    fn noted(tasks: &[Task]) -> (TaskFailures, Vec<RolloutEvent>) {
        let mut failures = TaskFailures::default();
        let events = failures.note(&read(tasks, 1), &tracked(), false);
        (failures, events)
    }

    #[test]
    fn only_tasks_started_by_our_deployment_are_ours() {
        let rows = [
            (Some("ecs-svc/2"), 1),
            (Some("ecs-svc/1"), 0),
            (Some("ecs-svc/22"), 0),
            // RunTask: the caller's own text, or none.
            (Some("web"), 0),
            (None, 0),
        ];
        for (started_by, expected) in rows {
            let task = Task {
                started_by: started_by.map(str::to_owned),
                ..task("a", Some("TaskFailedToStart"), "x", &[])
            };
            assert_eq!(noted(&[task]).0.count(), expected, "{started_by:?}");
        }
    }

    #[test]
    fn similar_failures_are_counted() {
        let reason = |n| {
            format!("CannotPullContainerError: image manifest has been retried {n} time(s): request id 0a{n}")
        };
        let (failures, events) = noted(&[
            task("a", Some("TaskFailedToStart"), &reason(1), &[]),
            task("b", Some("TaskFailedToStart"), &reason(5), &[]),
            task(
                "c",
                Some("EssentialContainerExited"),
                "Essential container in task exited",
                &[("web", Some(1), None)],
            ),
        ]);
        assert_eq!(events.len(), 2);
        assert_eq!(
            failures.kinds().iter().map(|it| it.count).collect::<Vec<_>>(),
            [2, 1]
        );
        assert_eq!(failures.count(), 3);
    }

    #[test]
    fn tasks_that_could_not_be_launched_do_not_count() {
        let refused = "TaskFailedToStart: EMPTY CAPACITY PROVIDER";
        let (failures, events) = noted(&[
            task("a", Some("TaskFailedToStart"), refused, &[]),
            task("b", Some("TaskFailedToStart"), "CannotPullContainerError", &[]),
        ]);
        assert_eq!((failures.count(), failures.unlaunched()), (1, 1));
        assert_eq!(events.len(), 2, "both are reported");
    }

    #[test]
    fn each_of_our_tasks_counts_once() {
        let mut failures = TaskFailures::default();
        let mut other = task("a", Some("TaskFailedToStart"), "x", &[]);
        other.started_by = Some("ecs-svc/1".to_owned());
        let mine = task("b", Some("TaskFailedToStart"), "x", &[]);
        assert_eq!(
            failures
                .note(&read(&[other.clone(), mine.clone()], 1), &tracked(), false)
                .len(),
            1
        );
        assert_eq!(
            failures.note(&read(&[other, mine], 2), &tracked(), false).len(),
            0
        );
        assert_eq!(failures.count(), 1);
    }

    #[test]
    fn tasks_stopped_from_outside_are_named_once() {
        let user = |id| {
            task(
                id,
                Some("UserInitiated"),
                "Task stopped by user",
                &[("web", Some(143), None)],
            )
        };
        let spot = task(
            "c",
            Some("SpotInterruption"),
            "Your Spot Task was interrupted.",
            &[],
        );
        let scaled = task(
            "d",
            Some("ServiceSchedulerInitiated"),
            "Scaling activity initiated by …",
            &[],
        );
        let (failures, events) = noted(&[user("a"), user("b"), spot, scaled]);
        let named: Vec<_> = events
            .iter()
            .map(|event| match event {
                RolloutEvent::Interrupted {
                    task_id, stop_code, ..
                } => (task_id.as_str(), stop_code.as_str()),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(named, [("a", "UserInitiated"), ("c", "SpotInterruption")]);
        assert_eq!((failures.count(), failures.kinds().len()), (0, 0));
    }

    #[test]
    fn tasks_stopped_before_the_watch_are_ignored() {
        let mut failures = TaskFailures::default();
        let before = task("a", Some("TaskFailedToStart"), "x", &[]);
        let after = task("b", Some("TaskFailedToStart"), "x", &[]);
        assert_eq!(
            failures
                .note(&read(std::slice::from_ref(&before), 1), &tracked(), true)
                .len(),
            0
        );
        assert_eq!(
            failures.note(&read(&[before, after], 2), &tracked(), true).len(),
            1
        );
        assert_eq!(failures.count(), 1);
    }

    #[test]
    fn a_stopping_task_is_not_reported_yet() {
        let mut stopping = task(
            "a",
            Some("EssentialContainerExited"),
            "Essential container in task exited",
            &[("web", None, None)],
        );
        stopping.last_status = "DEPROVISIONING".to_owned();
        let (failures, events) = noted(&[stopping]);
        assert!(events.is_empty() && failures.unfinished);
    }
}
