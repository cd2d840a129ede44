//! `ecsctl deploy`

use clap::Args;
use clap::builder::BoolishValueParser;

use super::{WaitFlags, help};

/// Build, push, register and roll out, and stay until it is known what came of it
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl deploy", "everything in deploy.yaml"),
    ("ecsctl deploy --only web", "one service and its images"),
    ("ecsctl deploy --image web=nginx:1.29", "an image that is there already"),
    ("ecsctl deploy -o json | jq .services", "the outcome as data"),
]))]
pub struct DeployArgs {
    /// Make the cluster when it is missing
    #[arg(long)]
    pub create_cluster: bool,

    /// Start a deployment even where nothing changes
    #[arg(long)]
    pub force: bool,

    /// Go back to the last revision that was deployed well when the rollout fails and ECS does not roll back (exit 5)
    #[arg(long, value_parser = BoolishValueParser::new())]
    #[arg(env = "ECSCTL_ROLLBACK_ON_FAILURE", hide_env_values = true)]
    pub rollback_on_failure: bool,

    /// When to stop waiting.
    #[command(flatten)]
    pub wait: WaitFlags,
}
