//! GitHub Actions: annotations beside the log, a summary of the step, and outputs for the steps after it.
//! (GitHub Docs, "Workflow commands for GitHub Actions".)

mod command;
mod markdown;
mod output;
mod report;
mod runner;
mod view;

pub use command::tame;
pub use runner::{Github, Place};
pub(super) use view::Watcher;

#[cfg(test)]
mod tests;
