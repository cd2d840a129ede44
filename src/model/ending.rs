//! How runs, services and jobs end.

use serde::Serialize;

/// How a run, a service or a job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Ending {
    /// Changed, and in steady state.
    Done,
    /// Nothing to change.
    Unchanged,
    /// Failed.
    Failed,
    /// Failed and rolled back to an older revision.
    RolledBack,
    /// Still in progress at the timeout.
    TimedOut,
    /// Replaced by another deployment.
    Superseded,
    /// Waiting for an approval.
    Paused,
    /// Interrupted.
    Interrupted,
}
