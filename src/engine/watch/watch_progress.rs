//! How far a service had come when its watch was cut.

use crate::model::TaskFailure;
use crate::verdict::{Judge, WatchRequest, WatchTarget};

/// How far a service had come when its watch was cut.
#[derive(Clone, Debug, PartialEq)]
pub struct WatchProgress {
    /// What it was watched for, with the revision that was seen where none was named.
    pub request: WatchRequest,
    /// The deployment in progress, where one was seen.
    pub in_progress: Option<WatchTarget>,
    /// Its tasks that had failed.
    pub failures: Vec<TaskFailure>,
}

impl WatchProgress {
    /// Of a service that was not polled yet.
    pub fn unseen(request: WatchRequest) -> Self {
        Self {
            in_progress: Judge::new(request.clone()).under_way(),
            request,
            failures: Vec::new(),
        }
    }
}
