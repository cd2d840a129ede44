//! Words: the only room that prints.

mod clean;
pub mod error;
pub mod events;
mod failure;
pub mod github;
pub mod history;
mod json;
mod line;
mod lines;
mod live;
pub mod log;
pub mod logs;
mod look;
mod menu;
pub mod next;
pub mod numbers;
mod open;
mod panics;
pub mod plan;
mod printer;
mod prompt;
mod reader;
mod reporter;
mod results;
pub mod status;
mod stream;
mod table;
pub mod tasks;
#[cfg(test)]
mod testing;
pub mod typed;
mod when;
mod words;

pub use line::Line;
pub use look::Colours;
pub use menu::Choice;
pub use open::open;
pub use panics::{keep_panics, report_panic};
pub use printer::{Deed, Form, Printer, Settings};
pub use prompt::{Answer, ask, can_ask, left_behind};
pub use reader::reader_gone;
pub use reporter::Reporter;
pub use status::StatusView;
pub use typed::{Argument, Invocation};
