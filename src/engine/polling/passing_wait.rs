//! Waits for refusals that pass by themselves (`passing_error`).

use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::SignedDuration;

use super::passing_error::PassingError;
use crate::aws::AwsError;
use crate::clock::Clock;
use crate::model::Sink;

/// Time between attempts.
const INTERVAL: Duration = Duration::from_secs(10);
/// How long a request is tried: as long as Terraform tries CreateService (terraform-provider-aws,
/// `propagationTimeout`).
const LIMIT: Duration = Duration::from_secs(120);

/// How a run waits for refusals that pass by themselves.
#[derive(Clone, Copy)]
pub struct PassingWait<'a> {
    clock: &'a Clock,
    sink: &'a dyn Sink,
    limit: Duration,
    is_new_cluster: bool,
}

impl<'a> PassingWait<'a> {
    /// Creates a wait for an existing cluster, of two minutes at most.
    pub fn new(clock: &'a Clock, sink: &'a dyn Sink) -> Self {
        Self {
            clock,
            sink,
            limit: LIMIT,
            is_new_cluster: false,
        }
    }

    /// Limits the wait by `--timeout`, too.
    #[must_use]
    pub fn within(mut self, timeout: Option<SignedDuration>) -> Self {
        let timeout = timeout.map(|timeout| Duration::try_from(timeout).unwrap_or_default());
        self.limit = LIMIT.min(timeout.unwrap_or(LIMIT));
        self
    }

    /// Says whether this run created the cluster.
    #[must_use]
    pub fn new_cluster(mut self, is_new_cluster: bool) -> Self {
        self.is_new_cluster = is_new_cluster;
        self
    }

    /// Whether an error is waited for.
    pub fn awaits(&self, error: &AwsError) -> bool {
        PassingError::of(error, self.is_new_cluster).is_some()
    }

    /// Sends a request until it isn't refused with an error that passes by itself, or time is up. `resource` is
    /// the service or the cluster.
    pub async fn retry<'b, T>(
        &self,
        resource: &str,
        send: impl Fn() -> BoxFuture<'b, Result<T, AwsError>>,
    ) -> Result<T, AwsError> {
        let began_at = self.clock.now();
        let mut reported = None;
        loop {
            let error = match send().await {
                Ok(done) => return Ok(done),
                Err(error) => error,
            };
            let left = self.limit.saturating_sub(self.clock.elapsed(began_at));
            let passing = PassingError::of(&error, self.is_new_cluster).filter(|_| !left.is_zero());
            let Some(PassingError { reason, .. }) = passing else {
                return Err(error);
            };
            // One refusal may follow another: each is reported once.
            if reported.replace(*reason) != Some(*reason) {
                let message = format!("{resource}: {reason}; trying again every {}s", INTERVAL.as_secs());
                self.sink.warn(Some(resource), message, None);
            }
            self.clock.sleep(INTERVAL.min(left)).await;
        }
    }
}
