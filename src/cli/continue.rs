//! `ecsctl continue`

use clap::Args;

use super::{WaitFlags, help};

/// Let a paused deployment go on, and watch it
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl continue web", "approve: the deployment goes on to its next stage"),
    ("ecsctl continue web --rollback", "refuse: ECS goes back to what ran before it"),
]))]
pub struct ContinueArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Answer the pause with a rollback
    #[arg(long)]
    pub rollback: bool,

    /// When to stop waiting.
    #[command(flatten)]
    pub wait: WaitFlags,
}
