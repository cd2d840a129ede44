//! Looking at what is there, once or on and on: events, tasks, logs, history.

mod error;
pub mod events;
pub mod logs;
mod patience;
pub mod tasks;

pub use error::NoService;
