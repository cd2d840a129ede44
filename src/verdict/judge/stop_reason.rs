//! Why a task stopped, and whether that is a failure of its revision.

use crate::ecs::{Container, Task};
use crate::model::TaskFailure;
use crate::verdict::container_exit::meaning_with;

/// Whether a stopped task's details are final.
pub(super) fn is_over(task: &Task) -> bool {
    let exited = task
        .containers
        .iter()
        .any(|container| container.exit_code.is_some());
    task.last_status == "STOPPED" || (task.stop_code.is_some() && exited)
}

/// Whether a stopped task counts as a failure, by TaskStopCode (API reference: Task). Tasks stopped by the
/// scheduler or a user, or with their host, say nothing about the revision.
pub fn is_failure(task: &Task) -> bool {
    let reason = task.stopped_reason.as_deref().unwrap_or_default();
    match task.stop_code.as_deref() {
        Some("TaskFailedToStart" | "EssentialContainerExited") => true,
        // "Task failed ELB health checks in (target-group …)", "Task failed container health checks"
        // (ECS developer guide, stopped tasks error messages).
        Some("ServiceSchedulerInitiated") => reason.contains("health check"),
        Some("UserInitiated" | "SpotInterruption" | "TerminationNotice") => false,
        _ => {
            let crashed = task
                .containers
                .iter()
                .any(|it| matches!(it.exit_code, Some(code) if !matches!(code, 0 | 137 | 143)));
            let never_ran = task.started_at.is_none() && !reason.is_empty();
            crashed || never_ran
        }
    }
}

/// Whether ECS told a task to stop, so that exit code 0 means that it obeyed: not the end of a program by itself (API
/// reference: Task, `stopCode`).
pub fn was_told_to_stop(stop_code: Option<&str>) -> bool {
    matches!(
        stop_code,
        Some("ServiceSchedulerInitiated" | "UserInitiated" | "SpotInterruption" | "TerminationNotice")
    )
}

/// The stop code of a task that was stopped from outside: by a user, or with its capacity.
pub(super) fn interruption(task: &Task) -> Option<&str> {
    let code = task.stop_code.as_deref();
    code.filter(|code| matches!(*code, "UserInitiated" | "SpotInterruption" | "TerminationNotice"))
}

/// Whether a stopped task was launched: ECS found a place and capacity for it. Otherwise its end says nothing about
/// the revision ("TaskFailedToStart: EMPTY CAPACITY PROVIDER" and its like, Amazon ECS API failure reasons,
/// DescribeTasks; "Capacity is unavailable at this time", stopped tasks error messages).
pub(super) fn was_launched(task: &Task) -> bool {
    let reason = task.stopped_reason.as_deref().unwrap_or_default();
    let is_refused = ["TaskFailedToStart: ", "RESOURCE:"]
        .iter()
        .any(|start| reason.starts_with(start))
        || reason.contains("Capacity is unavailable");
    task.stop_code.as_deref() != Some("TaskFailedToStart") || !is_refused
}

/// The container that caused its task to stop. ECS then stopped the others, with exit code 143, or 137 if
/// they didn't stop in time.
fn culprit(task: &Task) -> Option<&Container> {
    let exits_with = |wanted: fn(i64) -> bool| {
        task.containers
            .iter()
            .find(move |it| it.exit_code.is_some_and(wanted))
    };
    let out_of_memory = || {
        task.containers.iter().find(|it| {
            it.reason
                .as_deref()
                .is_some_and(|reason| reason.contains("OutOfMemory"))
        })
    };
    let unhealthy = || {
        let said = task.stopped_reason.as_deref().unwrap_or_default();
        let failed = |it: &&Container| it.health_status.as_deref() == Some("UNHEALTHY");
        let of_containers = said.contains("container health check");
        task.containers.iter().filter(|_| of_containers).find(failed)
    };
    unhealthy()
        .or_else(|| exits_with(|code| !matches!(code, 0 | 137 | 143)))
        .or_else(out_of_memory)
        .or_else(|| exits_with(|code| code != 0))
        .or_else(|| task.containers.iter().find(|it| it.reason.is_some()))
        .or_else(|| exits_with(|_| true))
}

pub(super) fn describe(task: &Task) -> TaskFailure {
    let culprit = culprit(task);
    let exit_code = culprit.and_then(|it| it.exit_code);
    let detail = culprit.and_then(|it| it.reason.clone());
    let ran_for = task
        .started_at
        .zip(task.ended_at())
        .and_then(|(started, stopped)| u64::try_from(stopped.duration_since(started).as_secs()).ok());
    TaskFailure {
        task_id: Some(task.id.clone()),
        container: culprit.map(|it| it.name.clone()),
        stop_code: task.stop_code.clone(),
        exit_code,
        meaning: exit_code
            .and_then(|code| meaning_with(code, detail.as_deref()))
            .map(Into::into),
        container_reason: detail.filter(|detail| Some(detail) != task.stopped_reason.as_ref()),
        stopped_reason: task.stopped_reason.clone(),
        count: 1,
        first_at: task.ended_at().map(|at| at.to_string()),
        ran_for_seconds: ran_for,
        ..TaskFailure::default()
    }
}

/// Describes why a job's task stopped: by the container whose exit code is the job's, unless that succeeded.
pub fn describe_job(task: &Task, main: &str) -> TaskFailure {
    let is_main = |it: &&Container| it.name == main && !matches!(it.exit_code, None | Some(0));
    let described = describe(task);
    let Some(container) = task.containers.iter().find(is_main) else {
        return described;
    };
    let (code, reason) = (container.exit_code, container.reason.clone());
    TaskFailure {
        container: Some(container.name.clone()),
        exit_code: code,
        meaning: code
            .and_then(|code| meaning_with(code, reason.as_deref()))
            .map(Into::into),
        container_reason: reason.filter(|reason| Some(reason) != task.stopped_reason.as_ref()),
        ..described
    }
}

/// The kind of a failure: equal for failures that differ only in numbers and IDs (task IDs, request IDs,
/// attempts).
pub(super) fn kind_of(failure: &TaskFailure) -> String {
    format!(
        "{:?} {:?} {} {}",
        failure.container,
        failure.exit_code,
        plain(failure.stopped_reason.as_deref().unwrap_or_default()),
        plain(failure.container_reason.as_deref().unwrap_or_default())
    )
}

/// Removes words that contain a digit: IDs, times, attempts.
pub fn plain(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.chars().any(|c| c.is_ascii_digit()))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use serde_json::json;

    pub fn task(
        id: &str,
        code: Option<&str>,
        reason: &str,
        exits: &[(&str, Option<i64>, Option<&str>)],
    ) -> Task {
        let containers: Vec<_> = exits
            .iter()
            .map(|(name, exit, reason)| json!({"name": name, "exitCode": exit, "reason": reason}))
            .collect();
        Task::read(&json!({"taskArn": format!("arn:aws:ecs:::task/c/{id}"), "startedBy": "ecs-svc/2", "lastStatus": "STOPPED",
            "stopCode": code, "stoppedReason": reason, "containers": containers, "startedAt": 1}))
        .unwrap()
    }

    #[test]
    fn stop_codes_decide_whether_a_task_failed() {
        let rows = [
            (Some("TaskFailedToStart"), "CannotPullContainerError: …", true),
            (
                Some("EssentialContainerExited"),
                "Essential container in task exited",
                true,
            ),
            (
                Some("ServiceSchedulerInitiated"),
                "Task failed ELB health checks in (target-group arn)",
                true,
            ),
            (
                Some("ServiceSchedulerInitiated"),
                "Task failed container health checks",
                true,
            ),
            (
                Some("ServiceSchedulerInitiated"),
                "Scaling activity initiated by (deployment ecs-svc/3)",
                false,
            ),
            (Some("UserInitiated"), "Task stopped by user", false),
            (Some("SpotInterruption"), "Your Spot Task was interrupted.", false),
            (Some("TerminationNotice"), "host terminated", false),
            (Some("Tomorrow"), "something", false),
            (None, "something", false),
        ];
        for (code, reason, expected) in rows {
            assert_eq!(
                is_failure(&task("a", code, reason, &[])),
                expected,
                "{code:?} {reason}"
            );
        }
        assert!(is_failure(&task(
            "a",
            Some("Tomorrow"),
            "",
            &[("web", Some(1), None)]
        )));
        assert!(!is_failure(&task("a", None, "", &[("web", Some(143), None)])));
    }

    #[test]
    fn tasks_without_capacity_were_not_launched() {
        let rows = [
            (
                "TaskFailedToStart",
                "TaskFailedToStart: EMPTY CAPACITY PROVIDER",
                false,
            ),
            ("TaskFailedToStart", "RESOURCE:MEMORY", false),
            (
                "TaskFailedToStart",
                "Capacity is unavailable at this time. Please try again later or in a different availability zone",
                false,
            ),
            ("TaskFailedToStart", "CannotPullContainerError: …", true),
            (
                "EssentialContainerExited",
                "Essential container in task exited",
                true,
            ),
        ];
        for (code, reason, expected) in rows {
            assert_eq!(
                was_launched(&task("a", Some(code), reason, &[])),
                expected,
                "{reason}"
            );
        }
    }

    #[test]
    fn the_container_at_fault_is_found() {
        let exited = |exits: &[(&str, Option<i64>, Option<&str>)]| {
            describe(&task(
                "a",
                Some("EssentialContainerExited"),
                "Essential container in task exited",
                exits,
            ))
            .container
        };
        assert_eq!(
            exited(&[("log", Some(143), None), ("web", Some(1), None)]).as_deref(),
            Some("web")
        );
        assert_eq!(
            exited(&[("log", Some(0), None), ("web", Some(137), None)]).as_deref(),
            Some("web")
        );
        let oom = Some("OutOfMemoryError: Container killed due to memory usage");
        assert_eq!(
            exited(&[("log", Some(143), None), ("web", Some(137), oom)]).as_deref(),
            Some("web")
        );
        assert_eq!(exited(&[("web", Some(0), None)]).as_deref(), Some("web"));
        assert_eq!(
            exited(&[("log", None, None), ("web", None, Some("CannotPull"))]).as_deref(),
            Some("web")
        );
        assert_eq!(exited(&[]), None);
    }

    #[test]
    fn the_unhealthy_container_is_at_fault() {
        let stopped = |reason: &str| {
            let task = Task::read(
                &json!({"taskArn": "arn:aws:ecs:::task/c/a", "lastStatus": "STOPPED",
                "stopCode": "ServiceSchedulerInitiated", "stoppedReason": reason, "containers": [
                    {"name": "web", "exitCode": 137, "healthStatus": "HEALTHY"},
                    {"name": "ecs-service-connect-Y84Lt", "exitCode": 143, "healthStatus": "UNHEALTHY"}]}),
            );
            describe(&task.unwrap()).container
        };
        let proxy = stopped("Task failed container health checks");
        assert_eq!(proxy.as_deref(), Some("ecs-service-connect-Y84Lt"));
        let web = stopped("Task failed ELB health checks in (target-group arn)");
        assert_eq!(web.as_deref(), Some("web"));
    }

    #[test]
    fn the_failure_has_the_exit_codes_meaning() {
        let failure = describe(&task(
            "a",
            Some("EssentialContainerExited"),
            "Essential container in task exited",
            &[(
                "web",
                Some(137),
                Some("OutOfMemoryError: Container killed due to memory usage"),
            )],
        ));
        assert_eq!(
            failure.meaning.as_deref(),
            Some("killed (SIGKILL): out of memory")
        );
        assert!(failure.container_reason.unwrap().starts_with("OutOfMemoryError"));
    }
}
