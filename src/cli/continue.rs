//! `ecsctl continue`

use clap::Args;

use super::{WaitFlags, help};

/// Continue a paused deployment and watch it
///
/// Without a terminal, --rollback needs --yes.
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl continue web", "approve: the deployment continues with its next stage"),
    ("ecsctl continue web --rollback", "reject: ECS rolls the deployment back"),
]))]
pub struct ContinueArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Reject the deployment: roll it back
    #[arg(long)]
    pub rollback: bool,

    /// When to stop waiting.
    #[command(flatten)]
    pub wait: WaitFlags,
}
