//! `ecsctl stop`

use clap::Args;

use super::{WaitFlags, help};

/// Stop the deployment in progress: ECS rolls it back
///
/// Without a terminal it needs --yes.
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl stop web", "stop web's deployment, and watch the rollback"),
    ("ecsctl stop", "all deployments in progress"),
    ("ecsctl stop web --yes", "in CI, where there is no terminal"),
]))]
pub struct StopArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// When to stop waiting.
    #[command(flatten)]
    pub wait: WaitFlags,
}
