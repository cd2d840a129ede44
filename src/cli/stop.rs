//! `ecsctl stop`

use clap::Args;

use super::{WaitFlags, help};

/// Stop what is in flight: ECS goes back to what ran before it
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl stop web", "stop web's deployment, and watch until what ran before runs again"),
    ("ecsctl stop", "every deployment in flight of the services in deploy.yaml"),
]))]
pub struct StopArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// When to stop waiting.
    #[command(flatten)]
    pub wait: WaitFlags,
}
