//! Writes that must not be resent without a read in between (`docs/design.md` §5.13).

use std::time::Duration;

use futures_util::future::BoxFuture;

use crate::aws::AwsError;
use crate::clock::Clock;

/// The waits between attempts.
const WAITS: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(8),
];

/// The waits before each read that checks the effect of a request without a response. A read may
/// predate the request, so only an effect missing from several consecutive reads counts as not
/// carried out.
const READS: [Duration; 3] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
];

/// Sends a request that can be repeated with the same result until it succeeds or fails permanently. `is_busy` identifies
/// rejections that pass by themselves.
pub async fn repeat_write<'a, T: 'a>(
    clock: &Clock,
    send: impl Fn() -> BoxFuture<'a, Result<T, AwsError>>,
    is_busy: fn(&AwsError) -> bool,
) -> Result<T, AwsError> {
    retry_write(clock, send, || Box::pin(async { Ok(None) }), is_busy).await
}

/// Sends a request until it succeeds or fails permanently. After an error that leaves it open whether
/// the request was carried out, `read` looks for its effect: if found, that counts as the response;
/// only otherwise is the request sent again. `is_busy` identifies rejections because somebody else is writing
/// the same; `read` may find what they wrote.
pub async fn retry_write<'a, T>(
    clock: &Clock,
    send: impl Fn() -> BoxFuture<'a, Result<T, AwsError>>,
    read: impl Fn() -> BoxFuture<'a, Result<Option<T>, AwsError>>,
    is_busy: fn(&AwsError) -> bool,
) -> Result<T, AwsError> {
    let mut waits = WAITS.into_iter();
    loop {
        let error = match send().await {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        if !(error.is_ambiguous() || error.is_worth_retrying() || is_busy(&error)) {
            return Err(error);
        }
        let wait = waits.next();
        if error.is_ambiguous() {
            match find_effect(clock, &read).await {
                Ok(Some(done)) => return Ok(done),
                Ok(None) => {}
                // It is unknown whether the request arrived, so it is not resent; the next run reads first.
                Err(_) => return Err(error),
            }
        } else {
            clock.sleep(jittered(clock, wait.unwrap_or(WAITS[0]))).await;
            if is_busy(&error)
                && let Ok(Some(done)) = read().await
            {
                return Ok(done);
            }
        }
        if wait.is_none() {
            return Err(error);
        }
    }
}

/// Looks for the effect of a request without a response. Returns None if even the last read, seconds
/// after the request, doesn't show it.
pub async fn find_effect<'a, T>(
    clock: &Clock,
    read: &impl Fn() -> BoxFuture<'a, Result<Option<T>, AwsError>>,
) -> Result<Option<T>, AwsError> {
    let mut last = Ok(None);
    for wait in READS {
        clock.sleep(jittered(clock, wait)).await;
        last = read().await;
        match &last {
            Ok(Some(_)) => return last,
            Err(error) if !(error.is_ambiguous() || error.is_worth_retrying()) => return last,
            _ => {}
        }
    }
    last
}

/// Adds up to 50 % to a wait, so that several runs don't retry in step.
pub(super) fn jittered(clock: &Clock, wait: Duration) -> Duration {
    let share = clock.now().subsec_nanosecond().unsigned_abs() % 1000;
    wait + wait * share / 2000
}
