//! The tasks of services: running ones, and stopped ones, which ECS keeps for about an hour.

use std::collections::HashMap;

use futures_util::future::try_join;
use futures_util::stream::{self, StreamExt};

use super::no_service;
use crate::aws::{Aws, AwsError};
use crate::ecs::{Container, Task};
use crate::engine::polling::{ReadError, Severity};
use crate::model::short_definition;
use crate::model::{ContainerStatus, Sink, TaskStatus};
use crate::verdict::{exit_meaning, is_failure, was_told_to_stop, words_only};

/// Services that are read concurrently: ECS allows bursts of a hundred reads, and twenty per second
/// (Amazon ECS endpoints and quotas, "cluster resource read actions").
const SIDE_BY_SIDE: usize = 8;

/// The tasks of one service.
#[derive(Clone, Debug, Default)]
pub struct ServiceTasks {
    /// The ECS service name.
    pub service: String,
    /// Tasks that have not stopped, including those that are stopping, oldest first.
    pub live: Vec<TaskStatus>,
    /// Stopped tasks, most recently stopped first.
    pub stopped: Vec<TaskStatus>,
}

/// Reads all tasks of these services, in the order of the services. Omits services that don't exist,
/// with a warning. Fails if none exists; that error is transient for followers, as a service may be
/// created again.
pub async fn tasks(
    aws: &Aws,
    cluster: &str,
    services: &[(String, String)],
    sink: &dyn Sink,
) -> Result<Vec<ServiceTasks>, ReadError> {
    let listed: Vec<Result<Option<Vec<String>>, AwsError>> = stream::iter(services)
        .map(|(_, name)| list(aws, cluster, name))
        .buffered(SIDE_BY_SIDE)
        .collect()
        .await;
    let (mut arns, mut owners, mut missing) = (Vec::new(), HashMap::new(), Vec::new());
    for ((key, name), listed) in services.iter().zip(listed) {
        match listed? {
            Some(of_service) => {
                owners.extend(of_service.iter().map(|arn| (arn.clone(), name.clone())));
                arns.extend(of_service);
            }
            None => missing.push((key.clone(), name.clone())),
        }
    }
    if !missing.is_empty() {
        let failure = no_service(cluster, &missing);
        if missing.len() == services.len() {
            return Err(ReadError::new(Severity::Transient, failure));
        }
        sink.warn_of(failure, "showing the others");
    }
    arns.dedup();
    let described = aws.describe_tasks(cluster, &arns).await?;
    let read: Vec<TaskStatus> = described
        .iter()
        .filter_map(|task| Some(shown(task, owners.get(&task.arn)?)))
        .collect();
    let there = services.iter().filter(|service| !missing.contains(service));
    Ok(there.map(|(_, name)| of_service(name, &read)).collect())
}

/// Returns the task ARNs of one service, or None if it doesn't exist.
async fn list(aws: &Aws, cluster: &str, service: &str) -> Result<Option<Vec<String>>, AwsError> {
    // Tasks that are stopping have desired status STOPPED, but have not stopped.
    let listed = try_join(
        aws.list_tasks(cluster, service, "RUNNING"),
        aws.list_tasks(cluster, service, "STOPPED"),
    );
    let (mut arns, stopped) = match listed.await {
        Ok(listed) => listed,
        Err(error) if error.is_not_found() && !error.is_cluster_missing() => return Ok(None),
        Err(error) => return Err(error),
    };
    for arn in stopped {
        if !arns.contains(&arn) {
            arns.push(arn);
        }
    }
    Ok(Some(arns))
}

fn of_service(service: &str, tasks: &[TaskStatus]) -> ServiceTasks {
    let ours = tasks.iter().filter(|task| task.service == service).cloned();
    let (mut stopped, mut live): (Vec<_>, Vec<_>) = ours.partition(|task| task.last_status == "STOPPED");
    live.sort_by_key(|task| task.created_at);
    stopped.sort_by_key(|task| std::cmp::Reverse(task.stopped_at));
    ServiceTasks {
        service: service.to_owned(),
        live,
        stopped,
    }
}

/// Groups tasks that stopped alike: the same revision, and the same reason except for numbers and
/// ids. Keeps the order of the first task of each group.
pub fn alike(tasks: &[TaskStatus]) -> Vec<Vec<TaskStatus>> {
    let mut kinds: Vec<(String, Vec<TaskStatus>)> = Vec::new();
    for task in tasks {
        let kind = kind(task);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, alike)) => alike.push(task.clone()),
            None => kinds.push((kind, vec![task.clone()])),
        }
    }
    kinds.into_iter().map(|(_, alike)| alike).collect()
}

fn kind(task: &TaskStatus) -> String {
    let plain = |text: &Option<String>| words_only(text.as_deref().unwrap_or_default());
    let containers: Vec<_> = task
        .containers
        .iter()
        .map(|it| (&it.name, it.exit_code, plain(&it.reason)))
        .collect();
    format!(
        "{} {:?} {:?} {} {containers:?}",
        task.service,
        task.task_definition,
        task.stop_code,
        plain(&task.stopped_reason)
    )
}

/// Converts a task to the form that is displayed.
pub(in crate::engine) fn shown(task: &Task, service: &str) -> TaskStatus {
    TaskStatus {
        service: service.to_owned(),
        id: task.id.clone(),
        task_definition: task
            .task_definition
            .as_deref()
            .map(|it| short_definition(it).to_owned()),
        deployment: task.started_by.clone(),
        last_status: task.last_status.clone(),
        desired_status: task.desired_status.clone(),
        health: known_health(task.health_status.as_deref()),
        launch_type: task.launch_type.clone(),
        availability_zone: task.availability_zone.clone(),
        created_at: task.created_at,
        started_at: task.started_at,
        stopped_at: task.stopped_at,
        stop_code: task.stop_code.clone(),
        stopped_reason: task.stopped_reason.clone(),
        failed: task.is_stopped() && is_failure(task),
        containers: task.containers.iter().map(|it| container(it, task)).collect(),
    }
}

fn container(container: &Container, task: &Task) -> ContainerStatus {
    let (exit_code, reason) = (container.exit_code, container.reason.clone());
    let meaning = match exit_code {
        Some(0) if was_told_to_stop(task.stop_code.as_deref()) => {
            Some("exited when it was told to stop".to_owned())
        }
        Some(code) => exit_meaning(code, reason.as_deref()).map(Into::into),
        None => None,
    };
    ContainerStatus {
        name: container.name.clone(),
        runtime_id: container.runtime_id.clone(),
        image: container.image.clone(),
        image_digest: container.image_digest.clone(),
        last_status: container.last_status.clone(),
        health: known_health(container.health_status.as_deref()),
        exit_code,
        meaning,
        reason,
    }
}

/// Omits UNKNOWN, which carries no information (API reference: Task, `healthStatus`: no health check,
/// or no result yet).
fn known_health(status: Option<&str>) -> Option<String> {
    status.filter(|status| *status != "UNKNOWN").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn task(id: &str, status: &str, more: Value) -> TaskStatus {
        let mut reply = json!({
            "taskArn": format!("arn:aws:ecs:us-east-1:123456789012:task/c/{id}"),
            "taskDefinitionArn": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:42",
            "lastStatus": status, "desiredStatus": "RUNNING", "healthStatus": "UNKNOWN", "createdAt": 1_795_183_000.0,
        });
        for (key, value) in more.as_object().unwrap() {
            reply[key] = value.clone();
        }
        shown(&Task::read(&reply).unwrap(), "web")
    }

    #[test]
    fn a_task_is_read() {
        let task = task(
            "3f2a",
            "STOPPED",
            json!({"stopCode": "EssentialContainerExited", "stoppedAt": 1_795_183_361.5, "availabilityZone": "us-east-1a",
                "containers": [{"name": "web", "exitCode": 137, "reason": "OutOfMemoryError: …", "healthStatus": "UNHEALTHY"}, {}]}),
        );
        assert_eq!(task.task_definition.as_deref(), Some("web:42"));
        assert_eq!(task.health, None);
        let [web] = task.containers.as_slice() else {
            panic!("{task:?}")
        };
        assert_eq!(web.meaning.as_deref(), Some("killed (SIGKILL): out of memory"));
        assert_eq!(web.health.as_deref(), Some("UNHEALTHY"));
        assert_eq!(
            serde_json::to_value(&task).unwrap()["stoppedAt"],
            "2026-11-20T14:02:41.5Z"
        );
    }

    #[test]
    fn exit_code_0_after_a_stop_is_no_end_by_itself() {
        let meaning = |code: &str| {
            let containers = json!([{"name": "web", "exitCode": 0}]);
            let task = task(
                "3f2a",
                "STOPPED",
                json!({"stopCode": code, "containers": containers}),
            );
            task.containers[0].meaning.clone().unwrap()
        };
        for code in ["ServiceSchedulerInitiated", "UserInitiated", "SpotInterruption"] {
            assert_eq!(meaning(code), "exited when it was told to stop", "{code}");
        }
        assert_eq!(meaning("EssentialContainerExited"), "exited without an error");
    }

    #[test]
    fn stopping_tasks_are_not_stopped_tasks() {
        let tasks = [
            task(
                "c",
                "DEACTIVATING",
                json!({"desiredStatus": "STOPPED", "createdAt": 3}),
            ),
            task("b", "RUNNING", json!({"createdAt": 2})),
            task("x", "STOPPED", json!({"stoppedAt": 8})),
            task("y", "STOPPED", json!({"stoppedAt": 9})),
        ];
        let of_web = of_service("web", &tasks);
        let ids = |tasks: &[TaskStatus]| tasks.iter().map(|task| task.id.clone()).collect::<String>();
        assert_eq!(
            (ids(&of_web.live), ids(&of_web.stopped)),
            ("bc".to_owned(), "yx".to_owned())
        );
    }

    #[test]
    fn reasons_that_differ_only_in_ids_are_equal() {
        let stopped = |id: &str, reason: &str, exit: i64| {
            task(
                id,
                "STOPPED",
                json!({"stoppedReason": reason, "containers": [{"name": "web", "exitCode": exit}]}),
            )
        };
        let tasks = [
            stopped(
                "a",
                "Task failed ELB health checks in (target-group tg/1f0c)",
                143,
            ),
            stopped(
                "b",
                "Task failed ELB health checks in (target-group tg/22ab)",
                143,
            ),
            stopped("c", "Task failed ELB health checks in (target-group tg/22ab)", 1),
            stopped("d", "Essential container in task exited", 1),
            stopped("e", "Essential container in task exited", 1),
        ];
        let counts: Vec<usize> = alike(&tasks).iter().map(Vec::len).collect();
        assert_eq!(counts, [2, 1, 2]);
    }
}
