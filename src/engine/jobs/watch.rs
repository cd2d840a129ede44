//! Watches a job's task to its end, with its log.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::log_stream::JobLog;
use super::request::TaskRequest;
use crate::aws::Aws;
use crate::diagnostic::Failure;
use crate::ecs::Task;
use crate::engine::polling::{PollOutcome, Poller};
use crate::exit::Exit;
use crate::model::{Ending, Event, FailureLog, JobEvent, JobResult, Sink, TaskFailure, short_definition};
use crate::verdict::{diagnose_job, failure_of_job};

/// How long a new task may be MISSING: "The Amazon ECS API follows an eventual consistency model" (API reference,
/// RunTask).
const CONSISTENT_AFTER: Duration = Duration::from_secs(60);
/// How long the last lines may take to arrive after the container has exited.
const LOG_DELIVERY: Duration = Duration::from_secs(10);

/// How long a log that can't be read is tried for after that: it explains, and decides nothing.
const LOG_LIMIT: Duration = Duration::from_secs(30);

/// How a job's task is watched.
#[derive(Clone, Copy)]
pub struct JobWatch<'a> {
    /// The session.
    pub aws: &'a Aws,
    /// Where events go.
    pub sink: &'a dyn Sink,
    /// Whether to show secrets in the log.
    pub show_values: bool,
    /// How long to wait; without it, until the task ends.
    pub timeout: Option<SignedDuration>,
    /// Canceled when the user asks to stop the task.
    pub stop: Option<&'a CancellationToken>,
}

impl TaskRequest {
    /// Returns an event of this job.
    pub(in crate::engine) fn event(&self, event: JobEvent) -> Event {
        Event::Job {
            job: self.name.clone(),
            event,
        }
    }

    fn result(&self, task: &Task, attached: bool) -> JobResult {
        JobResult {
            name: self.name.clone(),
            service: self.service.clone(),
            stage: self.stage,
            outcome: Ending::Done,
            task_definition: self.definition.id().map(|id| id.to_string()),
            task: Some(task.arn.clone()),
            container: Some(self.container.clone()),
            exit_code: None,
            attached,
            is_final: false,
            seconds: None,
            reason: None,
            failure: None,
        }
    }
}

impl JobWatch<'_> {
    /// Reports that a task was started, and returns what is known of it.
    pub fn started(&self, request: &TaskRequest, task: &Task, attached: bool) -> JobResult {
        let arn = request.definition.arn.as_deref().unwrap_or_default();
        self.sink.emit(request.event(JobEvent::Started {
            task: task.arn.clone(),
            task_definition: short_definition(arn).to_owned(),
            attached,
        }));
        request.result(task, attached)
    }

    /// Watches a task to its end, and reports it. `attached`: an earlier run started it.
    pub async fn watch(
        &self,
        request: &TaskRequest,
        task: Task,
        attached: bool,
    ) -> Result<JobResult, Failure> {
        let started = self.started(request, &task, attached);
        let ended = self.follow(request, &task).await?;
        let result = self.judge(request, started, ended);
        self.sink.emit(request.event(JobEvent::Ended {
            result: Box::new(result.clone()),
        }));
        Ok(result)
    }

    async fn follow(&self, request: &TaskRequest, started: &Task) -> Result<WatchedTask, Failure> {
        let clock = self.aws.clock();
        let began_at = clock.now();
        let mut poller = Poller::new(clock, self.sink);
        let mut log = JobLog::new(self.aws, self.sink, request, self.show_values);
        let arns = [started.arn.clone()];
        let (mut task, mut is_seen) = (started.clone(), false);
        let mut status = started.last_status.clone();
        // The lines of a task that stopped long ago are there.
        let mut ended_at = started.stopped_at.filter(|_| started.is_stopped());
        let mut stop_asked = false;
        loop {
            let mut poll = PollOutcome::default();
            match self.aws.describe_tasks(request.cluster(), &arns).await {
                Ok(found) => {
                    poll.succeeded();
                    match found.into_iter().next() {
                        Some(found) => (task, is_seen) = (found, true),
                        // It may not be known everywhere yet; a stopped one is forgotten after about an hour.
                        None if !is_seen && clock.elapsed(began_at) < CONSISTENT_AFTER => {}
                        None => return Err(missing(request, &task)),
                    }
                }
                Err(error) => poll.failed(error.into()),
            }
            if task.last_status != status {
                status.clone_from(&task.last_status);
                let status = status.clone();
                self.sink.emit(request.event(JobEvent::Status { status }));
            }
            let is_over = is_over(&task, &request.container);
            if is_over {
                ended_at = ended_at.or(Some(clock.now()));
            }
            let is_up_to_date = log.read(&task, clock.now(), &mut poll).await;
            poller.record(poll).map_err(|failure| unwatched(failure, &task))?;
            let waited = |limit| ended_at.is_some_and(|since| clock.elapsed(since) >= limit);
            let has_log = log.is_readable() && has_run(&task);
            let is_read = is_up_to_date && (!has_log || waited(LOG_DELIVERY));
            if is_over && (is_read || waited(LOG_LIMIT)) {
                return Ok(WatchedTask {
                    task,
                    log: log.tail(),
                    end: TaskEnd::Over { asked: stop_asked },
                });
            }
            if !is_over && self.is_late(began_at) {
                return Ok(WatchedTask {
                    task,
                    log: log.tail(),
                    end: TaskEnd::TimedOut,
                });
            }
            if !stop_asked && self.stop.is_some_and(CancellationToken::is_cancelled) {
                stop_asked = true;
                self.stop_task(request, &task).await?;
            }
            self.wait(&mut poller, stop_asked).await;
        }
    }

    /// Waits until the next poll, or until the user asks to stop the task.
    async fn wait(&self, poller: &mut Poller<'_>, stop_asked: bool) {
        match self.stop.filter(|_| !stop_asked) {
            Some(stop) => {
                stop.run_until_cancelled(poller.wait(2)).await;
            }
            None => poller.wait(2).await,
        }
    }

    fn is_late(&self, began_at: Timestamp) -> bool {
        let limit = self
            .timeout
            .map(|limit| Duration::try_from(limit).unwrap_or_default());
        limit.is_some_and(|limit| self.aws.clock().elapsed(began_at) >= limit)
    }

    async fn stop_task(&self, request: &TaskRequest, task: &Task) -> Result<(), Failure> {
        let stop = self
            .aws
            .stop_task(request.cluster(), &task.arn, "Stopped by ecsctl");
        stop.await.map_err(|error| unwatched(error.into(), task))?;
        self.sink.emit(request.event(JobEvent::Stopping));
        Ok(())
    }

    /// Decides how the job ended.
    fn judge(&self, request: &TaskRequest, started: JobResult, ended: WatchedTask) -> JobResult {
        let WatchedTask { task, log, end } = ended;
        let exit_code = task.container(&request.container).and_then(|it| it.exit_code);
        let now = self.aws.clock().now();
        let until = task.stopped_at.or(task.stopping_at).unwrap_or(now);
        let seconds = task.created_at.map(|at| until.duration_since(at).as_secs());
        let result = JobResult {
            exit_code,
            seconds: seconds.and_then(|seconds| u64::try_from(seconds).ok()),
            is_final: true,
            ..started
        };
        match end {
            TaskEnd::TimedOut => JobResult {
                outcome: Ending::TimedOut,
                is_final: false,
                reason: Some(format!("the task is {} and continues", task.last_status)),
                ..result
            },
            TaskEnd::Over { .. } if exit_code == Some(0) => result,
            TaskEnd::Over { asked } => {
                let mut failure = TaskFailure {
                    log,
                    ..failure_of_job(&task, &request.container)
                };
                diagnose_job(&mut failure, request.service.as_deref().unwrap_or(&request.name));
                JobResult {
                    outcome: if asked {
                        Ending::Interrupted
                    } else {
                        Ending::Failed
                    },
                    reason: failure.said().map(str::to_owned),
                    failure: Some(failure),
                    ..result
                }
            }
        }
    }
}

/// A task as it was seen last.
struct WatchedTask {
    task: Task,
    log: Option<FailureLog>,
    end: TaskEnd,
}

/// Why a task is no longer watched.
enum TaskEnd {
    /// It is over; whether the user asked for that.
    Over { asked: bool },
    /// It continues.
    TimedOut,
}

/// Whether the container has exited, or never will.
fn is_over(task: &Task, container: &str) -> bool {
    let container = task.container(container);
    task.is_stopped() || container.is_some_and(|it| it.exit_code.is_some())
}

/// Whether it may have written to its log.
fn has_run(task: &Task) -> bool {
    task.started_at.is_some() || task.containers.iter().any(|it| it.exit_code.is_some())
}

/// The task is unknown to ECS, although it was started.
fn missing(request: &TaskRequest, task: &Task) -> Failure {
    let message = format!("the task of job {} is gone: ECS no longer knows it", request.name);
    Failure::new(Exit::Preflight, "task-gone", message)
        .resource(request.name.as_str())
        .details([format!("it was {}", task.arn)])
}

/// Names the task that can't be watched.
fn unwatched(failure: Failure, task: &Task) -> Failure {
    failure.details([format!("the task continues: {}", task.arn)])
}
