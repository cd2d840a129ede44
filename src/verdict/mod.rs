//! Whether a rollout has succeeded. Pure: a judge is fed snapshots and the time.
//!
//! `snapshot` reads ECS's replies, `aim` says what is waited for, `judge` turns a history of snapshots into events
//! and one verdict, `standing` judges what is there when nothing was to be changed, `cause` knows what usually makes tasks fail.

mod aim;
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "the diagnosis of a failed task asks it, once there is one"
    )
)]
mod cause;
mod ending;
mod exit_code;
mod judge;
mod snapshot;
mod standing;
mod threshold;

pub use aim::{Aim, Target, Until, default_timeout};
pub use ending::{FailureKind, Verdict};
pub use exit_code::meaning_with as exit_meaning;
pub use judge::{Figures, Judge, Wants, words_only};
pub use snapshot::{
    Container, Deployment, RolloutState, Service, ServiceDeployment, ServiceDeploymentStatus, ServiceEvent,
    Snapshot, Strategy, Task, short_definition, time,
};
pub use standing::{Standing, standing};
