//! `ecsctl status`

use clap::Args;

use super::help;

/// Show the status of services
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl status", "all services in deploy.yaml"),
    ("ecsctl status web -o json", "one, as data"),
    ("ecsctl status --watch", "keep updating"),
]))]
pub struct StatusArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Keep updating until Ctrl-C: in place on a terminal, a line per change elsewhere
    #[arg(short, long)]
    pub watch: bool,
}
