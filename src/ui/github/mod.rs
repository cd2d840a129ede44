//! GitHub Actions: annotations, the step summary, and outputs for later steps.
//! (GitHub Docs, "Workflow commands for GitHub Actions".)

mod command;
mod markdown;
mod output;
mod report;
mod runner;

pub use command::neutralize;
pub(super) use report::GithubReporter;
pub use runner::{Github, RunLocation};

#[cfg(test)]
mod tests;
