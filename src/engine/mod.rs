//! The operations of ecsctl, in order: load, observe, build and push images, deploy, roll back,
//! watch, inspect.

mod account_guard;
pub mod apply;
pub mod code_deploy;
pub mod deploy;
pub mod exec;
mod existing_service;
mod hooks;
pub mod images;
pub mod init;
pub mod inspect;
pub mod jobs;
pub mod load;
pub mod observe;
mod past_outcome;
mod polling;
pub mod preflight;
mod refused_request;
mod report;
pub mod rollback;
mod rollback_request;
mod run;
pub mod run_interactive;
pub mod run_job;
mod secret_changes;
pub mod service_actions;
mod task_prefix;
mod waiting;
pub mod watch;
mod watch_request;

#[cfg(test)]
mod testing;

pub use existing_service::{ExistingService, ExistingServices};
pub use report::{RunReport, UnfinishedReason, UnfinishedService};
pub use rollback_request::RollbackRequest;
pub use run::{Run, RunOptions};
pub use waiting::waiting;
pub use watch_request::WaitOptions;
