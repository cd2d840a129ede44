//! The flags of every verb that waits for services.

use std::time::Duration;

use clap::builder::BoolishValueParser;
use clap::{Args, ValueEnum};

use super::duration;

/// How long, and for what, services are watched.
#[derive(Clone, Debug, Args)]
pub struct WaitFlags {
    /// What to wait for
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "STATE",
        env = "ECSCTL_UNTIL",
        hide_env_values = true
    )]
    pub until: WaitState,

    /// Stop waiting after this long (exit 6); the rollout continues [default: 15m plus the strategy's own times]
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    #[arg(env = "ECSCTL_TIMEOUT", hide_env_values = true)]
    pub timeout: Option<Duration>,

    /// How long to watch running tasks that have no health check
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration::parse)]
    #[arg(env = "ECSCTL_SETTLE", hide_env_values = true)]
    pub settle: Duration,

    /// Keep waiting when a lifecycle hook pauses the deployment, instead of exit 9
    #[arg(long, value_parser = BoolishValueParser::new())]
    #[arg(env = "ECSCTL_WAIT_THROUGH_PAUSE", hide_env_values = true)]
    pub wait_through_pause: bool,
}

/// The state to wait for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum WaitState {
    /// The new revision receives the traffic
    Deployed,
    /// Also, all desired tasks run, the old ones are gone, and this lasts
    #[default]
    Stable,
}
