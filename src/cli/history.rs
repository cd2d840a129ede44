//! `ecsctl history`

use clap::Args;

use super::help;

/// Show what was deployed when, by whom, and what came of it
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl history", "the last ten deployments of every service in deploy.yaml"),
    ("ecsctl history web --limit 100", "more of one; ECS keeps them for 90 days"),
    ("ecsctl history web -o json", "as data"),
]))]
pub struct HistoryArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// So many deployments of each
    #[arg(long, value_name = "COUNT", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub limit: u32,
}
