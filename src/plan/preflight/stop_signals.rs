//! Programs that don't stop when ECS asks them to.

use super::CheckContext;
use super::reads::PreflightReads;
use crate::ecs::Task;
use crate::model::{Finding, plural};
use crate::plan::{EffectiveService, TaskStop};

/// The exit code of a container that was killed: 128 and the number of SIGKILL.
const KILLED: i64 = 137;
/// The stop code of tasks that the service scheduler stopped (Amazon ECS Developer Guide, "Stopped tasks error codes").
const BY_SCHEDULER: &str = "ServiceSchedulerInitiated";

/// Whether a task that its service stopped had a container that was killed: it doesn't stop within `stopTimeout` of SIGTERM
/// (Amazon ECS API reference: StopTask). A container without memory is killed, too, and says so.
fn was_killed(task: &Task) -> bool {
    let is_killed = |code: Option<i64>, reason: Option<&str>| {
        code == Some(KILLED) && !reason.is_some_and(|reason| reason.contains("OutOfMemory"))
    };
    let mut containers = task.containers.iter();
    task.stop_code.as_deref() == Some(BY_SCHEDULER)
        && containers.any(|container| is_killed(container.exit_code, container.reason.as_deref()))
}

/// Returns how a service's tasks stopped.
pub(super) fn of(service: &EffectiveService, reads: &PreflightReads) -> TaskStop {
    let tasks = reads.stopped_tasks.get(&service.key);
    match tasks.is_some_and(|tasks| tasks.iter().any(was_killed)) {
        true => TaskStop::Killed,
        false => TaskStop::InTime,
    }
}

/// Advice if tasks were killed.
pub(super) fn are_handled(service: &EffectiveService, context: CheckContext<'_>) -> Option<Vec<Finding>> {
    let tasks = context.reads.stopped_tasks.get(&service.key)?;
    let killed = tasks.iter().filter(|task| was_killed(task)).count();
    if killed == 0 {
        return Some(Vec::new());
    }
    let message = format!(
        "{} didn't stop on SIGTERM and was killed after the stop timeout",
        plural(killed as u64, "stopped task")
    );
    let hint = "handle SIGTERM in the program, and have it get the signal: an ENTRYPOINT in exec form, or \
                linuxParameters.initProcessEnabled: true";
    Some(vec![
        Finding::advice("no-sigterm", message)
            .on(&service.name)
            .hint(hint),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ecs::Container;

    #[test]
    fn killed_tasks_of_the_scheduler_count() {
        for (stop_code, exit_code, reason, expected) in [
            (BY_SCHEDULER, 137, None, true),
            (BY_SCHEDULER, 143, None, false),
            (
                BY_SCHEDULER,
                137,
                Some("OutOfMemoryError: Container killed"),
                false,
            ),
            ("EssentialContainerExited", 137, None, false),
        ] {
            let container = Container {
                exit_code: Some(exit_code),
                reason: reason.map(str::to_owned),
                ..Container::default()
            };
            let task = Task {
                stop_code: Some(stop_code.to_owned()),
                containers: vec![container],
                ..Task::default()
            };
            assert_eq!(was_killed(&task), expected, "{stop_code} {exit_code}");
        }
    }
}
