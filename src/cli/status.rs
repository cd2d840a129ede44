//! `ecsctl status`

use clap::Args;

use super::help;

/// Show what runs
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl status", "every service in deploy.yaml"),
    ("ecsctl status web -o json", "one, as data"),
    ("ecsctl status --watch", "on and on"),
]))]
pub struct StatusArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Go on showing it, until Ctrl-C: in place on a terminal, a line for each change elsewhere
    #[arg(short, long)]
    pub watch: bool,
}
