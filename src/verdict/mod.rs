//! Decides whether a rollout has succeeded. Pure: the judge gets snapshots and the time as input.
//!
//! - `snapshot`: the last known state of a service
//! - `watch_request`: what to wait for
//! - `judge`: turns a sequence of snapshots into events and one verdict
//! - `steady_state`: evaluates a service that needs no change
//! - `turn`: whether a service may be changed now, given the deployments of others
//! - `cause`: the usual causes of task failures
//! - `diagnosis`: finds the cause of a failure
//! - `exec_readiness`: whether ECS Exec can open a session in a task

mod breaker_threshold;
mod cause;
mod code_deploy_timeout;
mod container_exit;
mod default_timeout;
mod diagnosis;
mod exec_readiness;
mod judge;
mod known_values;
mod snapshot;
mod steady_state;
mod turn;
#[allow(clippy::module_inception, reason = "it is named after its type")]
mod verdict;
mod watch_request;

#[cfg(test)]
pub use cause::cures;
pub use container_exit::meaning_with as exit_meaning;
pub use default_timeout::{TIMEOUT, default_timeout};
pub use diagnosis::{about_refusal, about_words, diagnose, diagnose_job, given_up};
pub use exec_readiness::{ExecObstacle, ExecReadiness, exec_readiness};
pub use judge::{
    Judge, READY_WAIT, ReadRequests, RolloutCounts, failure_of_job, failures_of, is_failure,
    is_revision_unknown, other_than_asked, was_told_to_stop, words_only,
};
pub use snapshot::{CodeDeploySnapshot, Snapshot};
pub use steady_state::{SteadyState, steady_state};
pub use turn::{IfInProgress, Turn, TurnStep, TurnView};
pub use verdict::{FailureKind, Verdict};
pub use watch_request::{HookPause, RequestedAction, WaitUntil, WatchRequest, WatchTarget};
