//! Looking at what is there, once or on and on: events, tasks, logs, history.

mod error;
pub mod events;
pub mod history;
pub mod logs;
pub(in crate::engine) mod patience;
pub mod status;
pub mod tasks;

pub use error::no_service;
