//! The watcher of a cluster: it polls for every service that is watched, and answers each with its result.
//!
//! ```text
//!  one async function a service                     WatchLoop, one a cluster
//!  (deploy, rollback, restart, …)
//!        │ Watcher::watch(request)      request     ┌─ poll ── DescribeServices, ten services to a call
//!        ├─────────────────────────────────────────►│   │
//!        │                                          │   ▼
//!        │                             WatchedService: Judge::step(&Snapshot) ── events ──► Sink ──► ui
//!        │                                          │   │ read requests
//!        │                                          │   ▼
//!        │                                          ├─ OptionalReads: tasks, health, service deployments
//!        │                                          ├─ FailureDetails: logs and targets of failed tasks
//!        │◄─────────────────────────────────────────┤   │ verdict
//!        │ WatchResult: Ended, Cut, NotFound,       └───┘
//!        │              Unwatchable
//!        │ Watcher::describe(name)                  ServiceReads: DescribeServices before a write,
//!        └─────────────────────────────────────────► ten services to a call
//! ```
//!
//! Both loops spend one budget of reads (`PollRate`). They run beside the work by `join`, on one thread, until the last
//! `Watcher` is dropped. No verdict waits for an optional read, and none of them ends a watch.

mod data_source;
mod failure_details;
mod optional_reads;
mod reads;
mod result;
mod service_reads;
mod steady_state;
mod summary;
mod watch_loop;
mod watch_result;
mod watched_deletion;
mod watched_service;
mod watcher;

#[cfg(test)]
mod tests;

pub use failure_details::{LogDestination, log_destination};
pub use result::ServiceResult;
pub use steady_state::{StartState, SteadyStateCheck, superseded_before_change};
pub use watch_loop::Observer;
pub use watch_result::NoSuchService;
pub use watch_result::{Unwatchable, WatchProgress, WatchResult};
pub use watched_deletion::DeletionResult;
pub use watcher::{Watcher, with_watcher};
