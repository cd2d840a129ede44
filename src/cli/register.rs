//! `ecsctl register`

use clap::Args;

use super::help;

/// Build, push and register task definitions, without deploying them
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl register", "prints FAMILY:REVISION of each service, new or existing"),
]))]
pub struct RegisterArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,
}
