//! Rolls services back: finds the deployment in progress or the last successful revision, and
//! restores it (`docs/design.md` §5.11).

mod candidate;
mod code_deploy;
mod continue_paused;
mod error;
mod execute;
mod failed_before;
mod find;
mod history;
mod in_progress;
mod on_failure;
mod requested;
mod roll_back;
mod target;
mod target_request;
mod validate;
mod watch_with_rollback;

pub use continue_paused::continue_services;
pub use execute::ContinueAction;
pub use in_progress::newest_open;
pub use roll_back::stop_services;
pub use roll_back::{find_plans, roll_back_services};
pub use target::RollbackPlan;
pub use target::as_plan;
pub use watch_with_rollback::{join_until_rollback, wait_for_services, watch_unless, watch_with_rollback};
