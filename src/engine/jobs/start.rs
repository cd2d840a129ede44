//! Starts a job's task exactly once, and finds one that was started before.

use std::time::Duration;

use futures_util::future::join;

use super::request::TaskRequest;
use crate::aws::{Aws, AwsError};
use crate::diagnostic::Failure;
use crate::ecs::{StartFailure, StartedTasks, Task};
use crate::engine::polling::PassingWait;
use crate::engine::refused_request::with_cause;
use crate::exit::Exit;

/// The waits between attempts after an error that leaves it open whether the task was started. Each attempt has the
/// same `clientToken`, so that AWS starts one task.
const WAITS: [Duration; 3] = [
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
];

/// Starts the task. `salt` tells attempts apart that shall start a task each.
pub async fn start(
    aws: &Aws,
    request: &TaskRequest,
    salt: &str,
    passing: PassingWait<'_>,
) -> Result<Task, Failure> {
    let service = request.service.as_deref().unwrap_or(&request.name);
    let input = request.input(salt);
    let mut waits = WAITS.into_iter();
    let started = loop {
        let send = || Box::pin(aws.run_task(&request.name, &input));
        match passing.retry(service, || send()).await {
            Ok(started) => break started,
            Err(error) => match waits.next().filter(|_| error.is_ambiguous()) {
                Some(wait) => aws.clock().sleep(wait).await,
                None => return Err(with_cause(error, service)),
            },
        }
    };
    let StartedTasks { tasks, failures } = started;
    match tasks.into_iter().next() {
        Some(task) => Ok(task),
        None => Err(with_cause(not_started(request, failures.first()), service)),
    }
}

/// Returns the newest task that was started for the same and has not stopped, or, if `stopped` ones count, one that has
/// stopped; ECS keeps these for about an hour.
pub async fn find_running(aws: &Aws, request: &TaskRequest, stopped: bool) -> Result<Option<Task>, AwsError> {
    let (cluster, started_by) = (request.cluster(), request.started_by());
    let family = request.definition.family.as_deref().filter(|_| stopped);
    let of_family = async {
        match family {
            Some(family) => aws.list_stopped_tasks_of(cluster, family).await,
            None => Ok(Vec::new()),
        }
    };
    let (running, ended) = join(aws.list_tasks_started_by(cluster, started_by), of_family).await;
    let mut arns = running?;
    arns.extend(ended?);
    if arns.is_empty() {
        return Ok(None);
    }
    let described = aws.describe_tasks(cluster, &arns).await?.into_iter();
    let ours = described.filter(|task| task.started_by.as_deref() == Some(started_by));
    let ours = ours.filter(|task| stopped || !task.is_stopped());
    Ok(ours.max_by_key(|task| (!task.is_stopped(), task.created_at)))
}

/// RunTask replies without an error if no task could be placed (API reference: RunTask, `failures`).
fn not_started(request: &TaskRequest, why: Option<&StartFailure>) -> Failure {
    let message = format!("job {} was not started: ECS could not run the task", request.name);
    let failure = Failure::new(Exit::Preflight, "job-not-started", message).resource(request.name.as_str());
    match why {
        Some(why) => failure.said("AWS", why.said()),
        None => failure,
    }
}
