//! Reads before the first write: they persist while AWS throttles or fails, as writes and the watch do.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};

use super::write_retry::jittered;
use crate::aws::{AwsError, AwsErrorKind, within};
use crate::clock::Clock;
use crate::model::Sink;

/// How long a read may take at least, however little time is left.
const LEAST: Duration = Duration::from_secs(5);
/// How long reads persist where there is no `--timeout`.
const LIMIT: Duration = Duration::from_secs(120);
/// The waits between attempts, each of which the SDK has repeated already: twice as long each time, up to the
/// longest.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(8);
/// Failed attempts of a read before the user is warned.
const FAILED_READS: u32 = 3;

/// How the reads of a command persist. Time counts from its creation, for all of them.
pub struct ReadRetry<'a> {
    clock: &'a Clock,
    sink: Option<&'a dyn Sink>,
    limit: Duration,
    began_at: Timestamp,
    is_reported: AtomicBool,
}

impl<'a> ReadRetry<'a> {
    /// Creates a policy for reads without progress output, for two minutes at most.
    pub fn silent(clock: &'a Clock) -> Self {
        Self {
            clock,
            sink: None,
            limit: LIMIT,
            began_at: clock.now(),
            is_reported: AtomicBool::new(false),
        }
    }

    /// Creates a policy that warns once that reads fail, for as long as `--timeout` says; two minutes without it.
    pub fn new(clock: &'a Clock, sink: &'a dyn Sink, timeout: Option<SignedDuration>) -> Self {
        let timeout = timeout.map(|timeout| Duration::try_from(timeout).unwrap_or_default());
        Self {
            sink: Some(sink),
            limit: timeout.unwrap_or(LIMIT),
            ..Self::silent(clock)
        }
    }

    /// Reads until AWS responds, the read fails for good, or time is up.
    pub async fn read<'b, T>(
        &self,
        read: impl Fn() -> BoxFuture<'b, Result<T, AwsError>>,
    ) -> Result<T, AwsError> {
        self.retry(read, is_temporary).await
    }

    /// The same for a read that the command can do without: no response is waited for a second time.
    pub async fn optional<'b, T>(
        &self,
        read: impl Fn() -> BoxFuture<'b, Result<T, AwsError>>,
    ) -> Result<T, AwsError> {
        let is_worth_waiting = |error: &AwsError| is_temporary(error) && !error.is_out_of_reach();
        self.retry(read, is_worth_waiting).await
    }

    async fn retry<'b, T>(
        &self,
        read: impl Fn() -> BoxFuture<'b, Result<T, AwsError>>,
        is_temporary: fn(&AwsError) -> bool,
    ) -> Result<T, AwsError> {
        let (mut wait, mut failed) = (FIRST_WAIT, 0);
        loop {
            let asked_at = self.clock.now();
            let left = self.limit.saturating_sub(self.clock.elapsed(self.began_at));
            let error = match within(left.max(LEAST), read()).await {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            let left = self.limit.saturating_sub(self.clock.elapsed(self.began_at));
            // What hung for a minute would hang again.
            let is_too_late = left.is_zero() || self.clock.elapsed(asked_at) > left;
            if !is_temporary(&error) || is_too_late {
                return Err(error);
            }
            failed += 1;
            if failed == FAILED_READS
                && !self.is_reported.swap(true, Ordering::Relaxed)
                && let Some(sink) = self.sink
            {
                sink.warn(None, format!("{error}: still trying"), None);
            }
            self.clock.sleep(jittered(self.clock, wait).min(left)).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }
}

/// Whether a later read may succeed. An endpoint that nothing can connect to, or that isn't AWS's, is a setting to
/// correct.
fn is_temporary(error: &AwsError) -> bool {
    matches!(
        error.kind(),
        AwsErrorKind::Throttled | AwsErrorKind::ServiceFault | AwsErrorKind::NoAnswer
    )
}
