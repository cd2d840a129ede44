//! Calls that must not be sent twice without a look in between (design §5.13).

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

/// Sends until it is done, for good or for bad. An error that leaves open whether the request was carried out is
/// followed by a look: what arrived is taken as the answer, and only what didn't is sent again. `is_busy` names
/// refusals that pass by themselves.
pub(in crate::engine) async fn careful<'a, T>(
    clock: &Clock,
    send: impl Fn() -> BoxFuture<'a, Result<T, AwsError>>,
    look: impl Fn() -> BoxFuture<'a, Result<Option<T>, AwsError>>,
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
        clock.sleep(jittered(clock, wait.unwrap_or(WAITS[0]))).await;
        if error.is_ambiguous() {
            match look().await {
                Ok(Some(done)) => return Ok(done),
                Ok(None) => {}
                // Nobody knows whether it arrived, so it is not sent again; the next run looks first.
                Err(_) => return Err(error),
            }
        }
        if wait.is_none() {
            return Err(error);
        }
    }
}

/// Up to a half longer, so that several runs don't meet again and again.
fn jittered(clock: &Clock, wait: Duration) -> Duration {
    let share = clock.now().subsec_nanosecond().unsigned_abs() % 1000;
    wait + wait * share / 2000
}
