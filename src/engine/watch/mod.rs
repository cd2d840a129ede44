//! The watcher of a cluster: polls all watched services, and returns a result for each.
//!
//! ```text
//!  one async function per service                   WatchLoop, one per cluster
//!  (deploy, rollback, restart, …)
//!        │ Watcher::watch(request)      request     ┌─ poll ── DescribeServices, ten services per call
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
//!        └─────────────────────────────────────────► ten services per call
//! ```
//!
//! Both loops share one read budget (`PollRate`). They run concurrently with the work, on one thread, until the last
//! `Watcher` is dropped. No verdict waits for an optional read, and a failed optional read never ends a watch.

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
