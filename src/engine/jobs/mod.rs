//! Jobs: tasks that run once. `request` says what RunTask gets, `start` starts the task exactly once, `watch` follows
//! it and its log to its end.

mod live_target;
mod log_stream;
mod request;
mod start;
mod watch;

pub use live_target::LiveTarget;
pub use request::{JobOverrides, TaskRequest, TaskSettings};
pub use start::{find_running, start};
pub use watch::JobWatch;
