//! Waits until ECS Exec is ready in a container.

use std::time::Duration;

use super::obstacle::{impossible, not_ready};
use super::target::{ExecOrigin, ExecTarget};
use crate::aws::Aws;
use crate::diagnostic::Failure;
use crate::engine::polling::Poller;
use crate::model::Sink;
use crate::verdict::ExecReadiness;

/// How long a task that is starting is waited for. The agent runs within seconds after its container.
const LIMIT: Duration = Duration::from_secs(60);

impl ExecTarget {
    /// Waits until ECS Exec is ready in the container, for a minute at most once the task should run.
    pub async fn wait_until_ready(&mut self, aws: &Aws, sink: &dyn Sink) -> Result<(), Failure> {
        let (clock, mut began_at) = (aws.clock(), aws.clock().now());
        let mut poller = Poller::new(clock, sink);
        let arns = [self.task.arn.clone()];
        let is_run = matches!(self.origin, ExecOrigin::Run { .. });
        let mut is_reported = is_run;
        loop {
            match self.readiness() {
                ExecReadiness::Ready => return Ok(()),
                ExecReadiness::Impossible(obstacle) => return Err(impossible(self, &obstacle)),
                ExecReadiness::Starting if clock.elapsed(began_at) >= LIMIT => return Err(not_ready(self)),
                ExecReadiness::Starting => {}
            }
            if !std::mem::replace(&mut is_reported, true) {
                sink.warn(None, format!("waiting for ECS Exec in {}", self.place()), None);
            }
            poller.wait(1).await;
            let found = poller.record_read(aws.describe_tasks(&self.cluster, &arns).await)?;
            if let Some(task) = found.and_then(|tasks| tasks.into_iter().next()) {
                self.task = task;
                // The time that a new task takes to start doesn't count.
                if is_run && self.task.last_status != "RUNNING" {
                    began_at = clock.now();
                }
            }
        }
    }
}
