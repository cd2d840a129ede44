//! The way back: what is in flight, what ran well before, and the calls that take a service there (design §5.11).

mod error;
mod flight;
mod levers;
mod named;
mod past;
mod sound;
mod survey;

pub use error::BackError;
pub use flight::{Flight, in_flight, newest_open};
pub use levers::{Answer, answer, stop};
pub use survey::{Leg, Request, Way, current, survey, survey_flight, undoing};
