//! Writes that must not be sent twice without a read in between (design §5.13).

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

/// The waits before each read for what an unanswered request did: what is read may be older than the request, and
/// only what several reads in a row don't show did not arrive.
const READS: [Duration; 3] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
];

/// Sends a request until it succeeded or failed for good. After an error that leaves open whether it was carried out,
/// `read` looks for its effect: what arrived counts as the reply, and only what didn't is sent again. `is_busy` names
/// rejections that pass by themselves.
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
                // Whether it arrived is unknown, so it is not sent again; the next run reads first.
                Err(_) => return Err(error),
            }
        } else {
            clock.sleep(jittered(clock, wait.unwrap_or(WAITS[0]))).await;
        }
        if wait.is_none() {
            return Err(error);
        }
    }
}

/// Looks for what an unanswered request did. None: the last read, seconds after the request, does not show it.
async fn find_effect<'a, T>(
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

/// Up to a half longer, so that several runs don't retry in step.
fn jittered(clock: &Clock, wait: Duration) -> Duration {
    let share = clock.now().subsec_nanosecond().unsigned_abs() % 1000;
    wait + wait * share / 2000
}
