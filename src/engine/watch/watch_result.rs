//! How the watch of a service ended.

use super::not_found::NoSuchService;
use super::result::ServiceResult;
use super::unwatchable::Unwatchable;
use super::watch_progress::WatchProgress;

/// How the watch of a service ended.
#[derive(Debug)]
pub enum WatchResult {
    /// With a verdict.
    Ended(Box<ServiceResult>),
    /// A rollback was requested first.
    Cut(WatchProgress),
    /// There is nothing to watch.
    NotFound(NoSuchService),
    /// Its end can't be seen; the rollout goes on.
    Unwatchable(Unwatchable),
}
