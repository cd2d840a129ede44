//! `ecsctl wait`

use clap::Args;

use super::{WaitFlags, help};

/// Watch the deployment in progress, and report its result
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl wait", "all services in deploy.yaml"),
    ("ecsctl wait web --timeout 30m", "one service, for longer"),
]))]
pub struct WaitArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// When to stop waiting.
    #[command(flatten)]
    pub wait: WaitFlags,
}
