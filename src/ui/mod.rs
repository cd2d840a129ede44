//! Output for people and scripts. Only this module prints.

pub mod check;
pub mod command_hints;
mod completed;
pub mod error;
pub mod events;
mod excerpt;
pub mod explain;
mod failure;
pub mod github;
pub mod history;
pub mod init;
mod job;
mod json_encoding;
mod jsonl;
mod line;
pub mod list_document;
mod live;
mod live_region;
mod log_lines;
pub mod logs;
mod menu;
pub mod numbers;
mod open;
mod operation;
mod order;
mod panics;
pub mod plan;
mod printer;
mod prompt;
mod reporter;
mod results;
mod secret_mask;
pub mod status;
pub mod suggestions;
mod table;
pub mod tasks;
mod terminal_style;
#[cfg(test)]
mod testing;
mod text;
mod times;
pub mod tracing;
mod view;
mod waits;
mod wrap;
mod yaml;

pub use command_hints::{Argument, CommandFlags};
pub use job::print_result as print_job;
pub use line::Line;
pub use logs::LogView;
pub use menu::MenuChoice;
pub use open::open;
pub use operation::Operation;
pub use order::in_order;
pub use panics::{keep_panics, report_panic};
pub use printer::reader_gone;
pub use printer::{OutputFormat, Printer, PrinterSettings};
pub use prompt::{
    PromptAnswer, ask, ask_for_code, ask_text, can_ask, choose, left_behind, session_begins, skipped_profile,
};
pub use reporter::{Reporter, RunSummary};
pub use secret_mask::{hide, show_url_passwords};
pub use status::StatusView;
pub use terminal_style::Colours;
pub use yaml::to_yaml;
