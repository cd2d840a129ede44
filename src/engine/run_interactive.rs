//! Runs a task of its own for a session of ECS Exec, and stops it afterwards.

use super::exec::{ExecTarget, KEEPALIVE, PluginSession, open_session};
use super::jobs::{JobOverrides, JobWatch, start};
use super::load::ConnectedProject;
use super::polling::PassingWait;
use super::run_job::{RunJob, task_request};
use super::waiting;
use crate::aws::Aws;
use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::model::{Job, JobEvent, Sink};

/// A task that was started for a session.
pub struct InteractiveTask {
    aws: Aws,
    /// The task, and its container.
    pub target: ExecTarget,
}

impl InteractiveTask {
    /// Starts the task: what the job would run, but with a command that waits, and with ECS Exec on. Opens a session in
    /// which the command runs. If that fails, the task is stopped.
    pub async fn start(
        connected: ConnectedProject,
        job: &Job,
        mut options: RunJob<'_>,
        sink: &dyn Sink,
    ) -> Result<(Self, PluginSession), Failure> {
        let command = options.overrides.command.take().unwrap_or_default();
        options.overrides = JobOverrides {
            command: Some(KEEPALIVE.map(str::to_owned).into()),
            has_exec: true,
            ..options.overrides
        };
        let (aws, request) = task_request(connected, job, &options, sink).await?;
        let salt = format!("{} {}", aws.clock().now(), std::process::id());
        let started = start(&aws, &request, &salt, PassingWait::new(aws.clock(), sink)).await?;
        let watch = JobWatch {
            aws: &aws,
            sink,
            show_values: options.show_values,
            timeout: None,
            stop: None,
        };
        watch.started(&request, &started, false);
        let mut task = Self {
            target: ExecTarget::of_run(&request, started),
            aws,
        };
        match task.open(&command, &options, sink).await {
            Ok(session) => Ok((task, session)),
            Err(failure) if task.target.is_over() => Err(failure),
            Err(failure) => match task.stop().await {
                Ok(()) => {
                    sink.emit(request.event(JobEvent::Stopping));
                    Err(failure)
                }
                Err(second) => Err(failure.details(second.details.clone())),
            },
        }
    }

    async fn open(
        &mut self,
        command: &[String],
        options: &RunJob<'_>,
        sink: &dyn Sink,
    ) -> Result<PluginSession, Failure> {
        let ready = waiting(
            sink,
            "the state of the task",
            self.target.wait_until_ready(&self.aws, sink),
        );
        match options.stop.run_until_cancelled(ready).await {
            Some(ready) => ready?,
            None => {
                return Err(Failure::new(
                    Exit::Interrupted,
                    "interrupted",
                    "stopped at your request",
                ));
            }
        }
        open_session(&self.aws, &self.target, command).await
    }

    /// Stops the task.
    pub async fn stop(&self) -> Result<(), Failure> {
        let (cluster, arn) = (&self.target.cluster, &self.target.task.arn);
        let stopped = self.aws.stop_task(cluster, arn, "Stopped by ecsctl").await;
        stopped.map_err(|error| {
            let failure: Failure = error.into();
            failure.details([format!("the task continues for up to twelve hours: {arn}")])
        })
    }
}
