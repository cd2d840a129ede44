//! `ecsctl delete`

use std::time::Duration;

use clap::Args;

use super::{duration, help};

/// Delete services and stop their tasks; leaves images, task definitions and log groups
///
/// On a terminal it asks first; elsewhere it needs --yes.
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl delete web", "one service, after a confirmation"),
    ("ecsctl delete --all --yes", "all services in deploy.yaml, without a confirmation"),
]))]
pub struct DeleteArgs {
    /// Services, by their name in deploy.yaml
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Every service in deploy.yaml
    #[arg(long, conflicts_with = "services")]
    pub all: bool,

    /// Stop waiting after this long (exit 6); the tasks keep stopping
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = duration::parse)]
    #[arg(env = "ECSCTL_TIMEOUT", hide_env_values = true)]
    pub timeout: Duration,
}
