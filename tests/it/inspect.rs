//! The look commands: what is there, once and on and on.

mod events;
mod history;
mod logs;
mod tasks;
