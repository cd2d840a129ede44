//! Reads what the cluster's action log says about a failed deployment, if CloudWatch Logs has it. Most clusters have no
//! action log, and few callers may look for one: whatever fails is only logged.

use std::time::Duration;

use tokio::sync::OnceCell;

use crate::clock::Clock;
use crate::ecs::ActionLogScope;
use crate::engine::polling::ReadError;
use crate::engine::watch::data_source::DataSource;
use crate::model::ActionLogEntry;

/// Timeout for finding the log, and for reading it: a result is not held back longer.
const LIMIT: Duration = Duration::from_secs(3);

/// Reads action logs.
pub(super) struct ActionLogReader<'a, S> {
    source: &'a S,
    clock: &'a Clock,
    /// The log groups of the cluster: all services of a watch are in one cluster.
    groups: OnceCell<Vec<String>>,
}

impl<'a, S: DataSource> ActionLogReader<'a, S> {
    pub fn new(source: &'a S, clock: &'a Clock) -> Self {
        Self {
            source,
            clock,
            groups: OnceCell::new(),
        }
    }

    /// Reads the entries about a deployment; empty if there is no log that can be read.
    pub async fn read(&self, scope: &ActionLogScope) -> Vec<ActionLogEntry> {
        let groups = self.groups.get_or_init(async || {
            self.or_nothing(self.source.action_log_groups(&scope.cluster_arn))
                .await
        });
        let mut entries = Vec::new();
        for group in groups.await {
            let since = scope.since.as_millisecond();
            let events = self
                .source
                .filter_log_events(group, since, ActionLogScope::PATTERN);
            let events = self.or_nothing(events).await;
            entries.extend(events.iter().filter_map(|event| scope.read(&event.message)));
        }
        entries
    }

    async fn or_nothing<T>(&self, read: impl Future<Output = Result<Vec<T>, ReadError>>) -> Vec<T> {
        match self.clock.io_timeout(LIMIT, read).await {
            Some(Ok(read)) => return read,
            Some(Err(error)) => {
                tracing::debug!(severity = ?error.severity, error = %error.failure, "can't read the action log");
            }
            None => tracing::debug!("reading the action log timed out"),
        }
        Vec::new()
    }
}
