//! `ecsctl deploy`

use clap::builder::BoolishValueParser;
use clap::{Args, ValueEnum};

use super::{WaitFlags, help};

/// Build, push, register and deploy, and wait for the verdict
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl deploy", "everything in deploy.yaml"),
    ("ecsctl deploy web", "one service and its images"),
    ("ecsctl deploy --image web=nginx:1.29", "an existing image"),
    ("ecsctl deploy -o json | jq .services", "the result as JSON"),
]))]
pub struct DeployArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Create the cluster if it is missing
    #[arg(long)]
    pub create_cluster: bool,

    /// Start a deployment even if nothing changes
    #[arg(long)]
    pub force: bool,

    /// Start a deployment of services whose secrets changed after their tasks started
    #[arg(long, value_parser = BoolishValueParser::new())]
    #[arg(env = "ECSCTL_RESTART_ON_SECRET_CHANGE", hide_env_values = true)]
    pub restart_on_secret_change: bool,

    /// Delete scaling policies, scheduled actions and schedules of ecsctl's that deploy.yaml no longer has
    #[arg(long)]
    pub prune: bool,

    /// Roll back to the last successful revision if the deployment fails and ECS does not roll back (exit 5)
    #[arg(long, value_parser = BoolishValueParser::new())]
    #[arg(env = "ECSCTL_ROLLBACK_ON_FAILURE", hide_env_values = true)]
    pub rollback_on_failure: bool,

    /// What to do if another deployment of a service is in progress
    #[arg(long, value_enum, default_value_t, value_name = "ACTION")]
    #[arg(env = "ECSCTL_IF_IN_PROGRESS", hide_env_values = true)]
    pub if_in_progress: InProgressAction,

    /// When to stop waiting.
    #[command(flatten)]
    pub wait: WaitFlags,
}

/// What to do if another deployment of a service is in progress.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum InProgressAction {
    /// Replace it, as ECS does
    #[default]
    Replace,
    /// Wait for its end, then plan again and deploy; exit 6 after --timeout
    Wait,
    /// Change nothing (exit 7)
    Fail,
}
