//! The way back: what is in flight, what ran well before, and the calls that take a service there (design §5.11).

mod calls;
mod error;
mod history;
mod in_progress;
mod requested;
mod target;
mod validate;

pub use calls::{Answer, answer, stop};
pub use error::BackError;
pub use in_progress::{Flight, in_flight, newest_open};
pub use target::{Leg, Request, Way, current, survey, survey_flight, undoing};
