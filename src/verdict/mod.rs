//! Whether a rollout has succeeded. Pure: a judge is fed snapshots and the time.
//!
//! `snapshot` is what was last read of a service, `aim` says what is waited for, `judge` turns a history of snapshots into events
//! and one verdict, `standing` judges what is there when nothing was to be changed, `cause` knows what usually makes tasks fail,
//! and `diagnosis` asks it.

mod aim;
mod cause;
mod diagnosis;
mod ending;
mod exit_code;
mod judge;
mod snapshot;
mod standing;
mod threshold;

pub use aim::{Aim, Pause, TIMEOUT, Target, Until, default_timeout};
#[cfg(test)]
pub use cause::cures;
pub use diagnosis::{about_words, diagnose, given_up};
pub use ending::{FailureKind, Verdict};
pub use exit_code::meaning_with as exit_meaning;
pub use judge::{Figures, Judge, Wants, failures_of, is_failure, other_than_asked, words_only};
pub use snapshot::Snapshot;
pub use standing::{Standing, standing};
