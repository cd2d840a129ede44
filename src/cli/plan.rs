//! `ecsctl plan`

use clap::Args;

use super::help;

/// Show what deploy would do, and do nothing on AWS
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl plan", "builds, so that the images are known"),
    ("ecsctl plan --no-build", "needs no Docker: images are known after build"),
    ("ecsctl plan --exit-code", "exit 8 when there are changes, 0 when there are none"),
]))]
pub struct PlanArgs {
    /// Exit 8 when there are changes
    #[arg(long)]
    pub exit_code: bool,

    /// Build nothing; the images are known after build
    #[arg(long)]
    pub no_build: bool,
}
