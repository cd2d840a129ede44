//! One run on the services of a cluster: the state that the services' flows share.

use futures_util::future::join_all;
use tokio::sync::Semaphore;

use super::report::RunReport;
use super::rollback_request::RollbackRequest;
use super::watch::{Observer, ServiceResult, StartState, SteadyStateCheck, Watcher, with_watcher};
use super::watch_request::WaitOptions;
use crate::aws::Aws;
use crate::ecs::Service;
use crate::model::{Event, Sink};

/// Rollback targets that are looked up at a time, so that rolling back many services doesn't cause a
/// burst of reads.
const ROLLBACK_TARGETS_AT_ONCE: usize = 10;

/// The command line's options for a run.
#[derive(Clone, Copy)]
pub struct RunOptions<'a> {
    /// When to stop waiting.
    pub wait: &'a WaitOptions,
    /// The rollback that a user may request while services are watched.
    pub rollback: &'a RollbackRequest,
    /// Whether to show, in the logs of failed tasks, secrets that task definitions contain in plain text.
    pub show_values: bool,
}

/// One run on the services of a cluster.
pub struct Run<'a> {
    /// The session.
    pub aws: &'a Aws,
    /// The cluster.
    pub cluster: &'a str,
    /// Where events go.
    pub sink: &'a dyn Sink,
    /// The command line's options.
    pub options: RunOptions<'a>,
    /// The watcher of all services of the run.
    pub watcher: Watcher,
    /// Limits how many rollback targets are looked up at a time.
    pub rollback_targets: Semaphore,
}

impl Run<'_> {
    /// Runs work on the services of a cluster concurrently with their watcher.
    pub async fn with<T>(
        aws: &Aws,
        cluster: &str,
        sink: &dyn Sink,
        options: RunOptions<'_>,
        work: impl AsyncFnOnce(&Run<'_>) -> T,
    ) -> T {
        let sink = &|event: Event| {
            options.rollback.observe(&event);
            sink.emit(event);
        };
        let observer = Observer {
            sink,
            show_values: options.show_values,
            rollback: options.rollback.token(),
        };
        with_watcher((aws, cluster), observer, aws.clock(), async |watcher| {
            work(&Run {
                aws,
                cluster,
                sink,
                options,
                watcher,
                rollback_targets: Semaphore::new(ROLLBACK_TARGETS_AT_ONCE),
            })
            .await
        })
        .await
    }

    /// Reads the current state of a service that can be changed. Returns None if there is none or the
    /// read failed.
    pub async fn describe(&self, service: &str) -> Option<Service> {
        let described = self.watcher.describe(service).await.unwrap_or_else(|error| {
            tracing::debug!(error = %error.failure, "the service could not be read again");
            None
        });
        described.filter(|service| !service.is_draining())
    }

    /// Returns the check for services that need no change.
    pub fn steady_state(&self) -> SteadyStateCheck<'_, Aws> {
        SteadyStateCheck {
            source: self.aws,
            cluster: self.cluster,
            clock: self.aws.clock(),
            sink: self.sink,
            show_values: self.options.show_values,
        }
    }

    /// Reports the result of a service.
    pub fn report(&self, result: ServiceResult) -> RunReport {
        self.sink.emit(result.event());
        RunReport::of(result)
    }

    /// Runs the services' flows concurrently, and joins their reports.
    pub async fn join(&self, flows: impl IntoIterator<Item = impl Future<Output = RunReport>>) -> RunReport {
        let flows = flows.into_iter().map(async |flow| self.publish(flow.await));
        RunReport::join(join_all(flows).await)
    }

    /// Makes a report known to the run's events: if the run is interrupted, nothing else reports a
    /// service without a result.
    pub fn publish(&self, report: RunReport) -> RunReport {
        let mut failures = report.failures();
        for service in &report.unfinished {
            self.sink.emit(Event::Unfinished {
                outcome: Box::new(service.outcome()),
                failures: std::mem::take(&mut failures),
                warning: service.warning(),
            });
        }
        report
    }

    /// Watches a changed service until its deployment ends, unless it already has its result.
    pub async fn watch(&self, start: StartState) -> RunReport {
        match start {
            StartState::Ended(result) => self.report(*result),
            StartState::Watch(request) => {
                let watched = self.watcher.watch(*request).await;
                RunReport::of_watch(watched, |result| self.report(result))
            }
        }
    }
}
