//! Adapts the program's clock to the SDK.

use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;

use crate::clock::Clock;

/// Adapts the program's clock to the SDK's sleeps: waits between retries.
#[derive(Debug)]
pub(super) struct ClockSleep(pub Clock);

impl AsyncSleep for ClockSleep {
    fn sleep(&self, duration: Duration) -> Sleep {
        let clock = self.0.clone();
        Sleep::new(async move { clock.sleep(duration).await })
    }
}

/// Adapts the program's clock to the SDK's time source: the time used to sign requests.
#[derive(Debug)]
pub(super) struct ClockTime(pub Clock);

impl TimeSource for ClockTime {
    fn now(&self) -> SystemTime {
        self.0.system_time()
    }
}
