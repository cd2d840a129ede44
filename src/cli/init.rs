//! `ecsctl init`

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::help;

/// Write a deploy.yaml, from what you have
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl init --task-definition task-definition.json", "from a file, or a describe-task-definition response"),
    ("ecsctl init --task-definition td.json --cluster shop -f -", "print it instead of writing deploy.yaml"),
]))]
pub struct InitArgs {
    /// From a task definition in a JSON or YAML file; `-` reads standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub task_definition: PathBuf,
}
