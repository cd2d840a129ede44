//! Words: the only room that prints.

mod clean;
pub mod error;
mod json;
mod line;
pub mod log;
mod look;
pub mod numbers;
mod panics;
mod printer;
#[cfg(test)]
mod testing;

pub use line::{Line, Sign, Tone};
pub use look::{Colours, Look};
pub use panics::{keep_panics, report_panic};
pub use printer::{Form, Printer, Settings};
