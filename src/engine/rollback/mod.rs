//! The way back: what is in flight, what ran well before, and the calls that take a service there (design §5.11).

mod calls;
mod error;
mod history;
mod in_progress;
mod requested;
mod target;
mod validate;

pub use calls::{Answer, answer, stop};
pub use error::RollbackError;
pub use in_progress::{InProgressDeployment, in_flight, newest_open};
pub use target::{Request, RollbackMethod, RollbackPlan, current, survey, survey_flight, undoing};
