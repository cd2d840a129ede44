//! `ecsctl deploy`

use std::time::Duration;

use clap::builder::BoolishValueParser;
use clap::{Args, ValueEnum};

use super::{duration, help};

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
    pub wait: WaitOptions,
}

/// How long and for what a rollout is watched.
#[derive(Clone, Debug, Args)]
pub struct WaitOptions {
    /// What to wait for
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "STATE",
        env = "ECSCTL_UNTIL",
        hide_env_values = true
    )]
    pub until: Until,

    /// Stop waiting after this long; the rollout goes on, exit 6 [default: 15m and the strategy's own times]
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    #[arg(env = "ECSCTL_TIMEOUT", hide_env_values = true)]
    pub timeout: Option<Duration>,

    /// Watch tasks that no health check looks at for this long once they run
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration::parse)]
    #[arg(env = "ECSCTL_SETTLE", hide_env_values = true)]
    pub settle: Duration,

    /// Wait on when a lifecycle hook pauses the deployment, instead of exit 9
    #[arg(long, value_parser = BoolishValueParser::new())]
    #[arg(env = "ECSCTL_WAIT_THROUGH_PAUSE", hide_env_values = true)]
    pub wait_through_pause: bool,
}

/// What a rollout is watched for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Until {
    /// The traffic is on the new revision
    Deployed,
    /// And all desired tasks run, the old ones are gone, and it stays so
    #[default]
    Stable,
}
