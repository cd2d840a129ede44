//! `ecsctl restart`

use clap::Args;

use super::{WaitFlags, help};

/// Replace all tasks with new ones of the same task definition, and watch
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl restart web", "one service"),
    ("ecsctl restart", "all services in deploy.yaml"),
]))]
pub struct RestartArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// When to stop waiting.
    #[command(flatten)]
    pub wait: WaitFlags,
}
