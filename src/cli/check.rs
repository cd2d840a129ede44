//! `ecsctl check`

use clap::Args;

use super::help;

/// Check roles, secrets, network, target groups and quotas before a deploy
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl check", "everything that a deploy would stumble over, all at once"),
    ("ecsctl check web", "one service"),
    ("ecsctl check -o json", "for scripts; exits 3 if there are errors, 0 if there is only advice"),
]))]
pub struct CheckArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,
}
