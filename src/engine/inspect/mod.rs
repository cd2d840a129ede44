//! Looking at what is there, once or on and on: events, tasks, logs, history.

pub mod address;
mod error;
pub mod events;
pub mod history;
pub mod logs;
pub mod status;
pub mod tasks;

pub use error::no_service;
