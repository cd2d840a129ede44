//! Now and sleep, for our own code and for the SDK. In debug builds `ECSCTL_TEST_CLOCK=virtual` makes policy
//! sleeps return at once and moves `now` forward by them instead; I/O timeouts stay real.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

/// The program's clock. Clones share their time.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Milliseconds slept so far, when time is virtual.
    slept: Option<Arc<AtomicU64>>,
    /// What I/O limits are multiplied by: less than 1 in unit tests, so that hung I/O is given up early.
    io_scale: f64,
}

impl Clock {
    /// The real clock; the virtual one in debug builds when `ECSCTL_TEST_CLOCK=virtual`.
    pub fn from_env() -> Self {
        let is_virtual =
            cfg!(debug_assertions) && std::env::var_os("ECSCTL_TEST_CLOCK").is_some_and(|v| v == "virtual");
        Self {
            slept: is_virtual.then(Arc::default),
            io_scale: 1.0,
        }
    }

    /// A clock whose sleeps return at once and move `now` forward, and which gives up hung I/O early.
    #[cfg(test)]
    pub fn virtual_time() -> Self {
        Self {
            slept: Some(Arc::default()),
            io_scale: 0.1,
        }
    }

    /// The time, with what was slept virtually added.
    pub fn now(&self) -> Timestamp {
        Timestamp::now() + self.slept()
    }

    /// `now`, as the AWS SDK takes it.
    pub fn system_time(&self) -> SystemTime {
        SystemTime::now() + self.slept()
    }

    /// The duration that was slept virtually.
    fn slept(&self) -> Duration {
        let slept = self.slept.as_ref();
        slept.map_or(Duration::ZERO, |slept| {
            Duration::from_millis(slept.load(Ordering::Relaxed))
        })
    }

    /// Time since then.
    pub fn elapsed(&self, since: Timestamp) -> Duration {
        Duration::try_from(self.now().duration_since(since)).unwrap_or_default()
    }

    /// Sleeps while work goes on, which does not prolong the sleep: what is not done by its end is dropped. Under virtual
    /// time the work is done first.
    pub async fn sleep_beside(&self, duration: Duration, work: impl Future<Output = ()>) {
        if self.slept.is_some() {
            work.await;
            return self.sleep(duration).await;
        }
        let mut sleep = std::pin::pin!(tokio::time::sleep(duration));
        tokio::select! {
            () = &mut sleep => {}
            () = work => sleep.await,
        }
    }

    /// Does work for so long at most. False: it was not done by then, and is dropped. Virtual time waits for it.
    pub async fn within(&self, duration: Duration, work: impl Future<Output = ()>) -> bool {
        if self.slept.is_some() {
            work.await;
            return true;
        }
        tokio::time::timeout(duration, work).await.is_ok()
    }

    /// Gives up I/O that takes longer: it takes real time under virtual time too.
    pub async fn io_timeout<T>(&self, limit: Duration, io: impl Future<Output = T>) -> Option<T> {
        tokio::time::timeout(limit.mul_f64(self.io_scale), io).await.ok()
    }

    /// Waits for I/O that goes on afterwards. False: it was not done by then. Virtual time stands still meanwhile, so a
    /// test on a busy machine waits longer.
    pub async fn wait_for_io(&self, limit: Duration, io: impl Future<Output = ()>) -> bool {
        let limit = if self.slept.is_some() { limit * 5 } else { limit };
        self.io_timeout(limit, io).await.is_some()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_that_never_ends_holds_up_nothing() {
        let clock = Clock {
            slept: None,
            io_scale: 1.0,
        };
        let begun = clock.now();
        clock
            .sleep_beside(Duration::from_millis(1), std::future::pending())
            .await;
        assert!(clock.now() > begun);
    }

    #[tokio::test]
    async fn work_that_ends_early_shortens_nothing_and_virtual_time_waits_for_it() {
        let clock = Clock::virtual_time();
        let begun = clock.now();
        let mut done = false;
        clock
            .sleep_beside(Duration::from_secs(5), async { done = true })
            .await;
        assert!(done && clock.now().duration_since(begun).as_secs() >= 5);
    }
}
