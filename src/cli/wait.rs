//! `ecsctl wait`

use clap::Args;

use super::{WaitFlags, help};

/// Watch what is in flight, and say what came of it
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl wait", "every service in deploy.yaml"),
    ("ecsctl wait web --timeout 30m", "one, for longer"),
]))]
pub struct WaitArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// When to stop waiting.
    #[command(flatten)]
    pub wait: WaitFlags,
}
