//! `ecsctl plan`

use clap::Args;

use super::help;

/// Show what deploy would change, without changing anything
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl plan", "build first, so that the images are known"),
    ("ecsctl plan --no-build", "without Docker; images are known after build"),
    ("ecsctl plan --exit-code", "exit 8 if there are changes, 0 if there are none"),
]))]
pub struct PlanArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Plan the cluster, too, if it is missing
    #[arg(long)]
    pub create_cluster: bool,

    /// Exit 8 if there are changes
    #[arg(long)]
    pub exit_code: bool,

    /// Don't build; images are known after build
    #[arg(long)]
    pub no_build: bool,
}
