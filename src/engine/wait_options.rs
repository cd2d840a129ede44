//! When to stop waiting for a service.

use jiff::SignedDuration;

use crate::verdict::{Until, WatchRequest, WatchTarget};

/// How long, and for what, a service is watched.
#[derive(Clone, Debug)]
pub struct WaitOptions {
    /// The state to wait for.
    pub until: Until,
    /// How long; 15 minutes and the strategy's own times unless given.
    pub timeout: Option<SignedDuration>,
    /// How long the tasks of a service without health checks must keep running.
    pub settle: SignedDuration,
    /// Wait on when a lifecycle hook pauses the deployment.
    pub wait_through_pause: bool,
}

impl Default for WaitOptions {
    fn default() -> Self {
        Self {
            until: Until::Stable,
            timeout: None,
            settle: WatchRequest::SETTLE,
            wait_through_pause: false,
        }
    }
}

impl WaitOptions {
    /// The request to watch a service so.
    pub fn request(&self, service: &str, target: WatchTarget) -> WatchRequest {
        WatchRequest {
            until: self.until,
            settle: self.settle,
            timeout: self.timeout,
            wait_through_pause: self.wait_through_pause,
            ..WatchRequest::new(service, target)
        }
    }
}
