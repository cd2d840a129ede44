//! `ecsctl restart`

use clap::Args;

use super::{WaitFlags, help};

/// Replace every task by a new one of the same definition, and say what came of it
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl restart web", "one service"),
    ("ecsctl restart", "every service in deploy.yaml"),
]))]
pub struct RestartArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// When to stop waiting.
    #[command(flatten)]
    pub wait: WaitFlags,
}
