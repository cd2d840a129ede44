//! How runs, services and jobs end.

use serde::Serialize;

use crate::exit::Exit;

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

impl Ending {
    /// Returns how a run or a service ended that failed with this exit code.
    pub fn of(exit: Exit) -> Self {
        match exit {
            Exit::TimedOut => Self::TimedOut,
            Exit::Superseded => Self::Superseded,
            Exit::Paused => Self::Paused,
            Exit::HungUp | Exit::Interrupted | Exit::Terminated => Self::Interrupted,
            Exit::Done | Exit::Changes | Exit::Program(0) => Self::Done,
            Exit::Unexpected
            | Exit::Usage
            | Exit::Preflight
            | Exit::Image
            | Exit::Rollout
            | Exit::Job
            | Exit::Run
            | Exit::Program(_) => Self::Failed,
        }
    }
}
