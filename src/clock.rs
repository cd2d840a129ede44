//! Now and sleep, for our own code and for the SDK. In debug builds `ECSCTL_TEST_CLOCK=virtual` makes policy
//! sleeps return at once and moves `now` forward by them instead; I/O timeouts stay real.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;

/// The program's clock. Clones share their time.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Milliseconds slept so far, when time is virtual.
    slept: Option<Arc<AtomicU64>>,
}

impl Clock {
    /// The real clock; the virtual one in debug builds when `ECSCTL_TEST_CLOCK=virtual`.
    pub fn from_env() -> Self {
        let is_virtual =
            cfg!(debug_assertions) && std::env::var_os("ECSCTL_TEST_CLOCK").is_some_and(|v| v == "virtual");
        Self {
            slept: is_virtual.then(Arc::default),
        }
    }

    /// A clock whose sleeps return at once and move `now` forward.
    #[cfg(test)]
    pub fn virtual_time() -> Self {
        Self {
            slept: Some(Arc::default()),
        }
    }

    /// The time, with what was slept virtually added.
    pub fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        match &self.slept {
            None => now,
            Some(slept) => now + Duration::from_millis(slept.load(Ordering::Relaxed)),
        }
    }

    /// Waits, or pretends to.
    pub async fn sleep(&self, duration: Duration) {
        match &self.slept {
            None => tokio::time::sleep(duration).await,
            Some(slept) => {
                let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
                slept.fetch_add(millis, Ordering::Relaxed);
                tokio::task::yield_now().await;
            }
        }
    }
}
