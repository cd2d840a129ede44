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

/// The state that is waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum WaitState {
    /// The traffic is on the new revision
    Deployed,
    /// And all desired tasks run, the old ones are gone, and it stays so
    #[default]
    Stable,
}
