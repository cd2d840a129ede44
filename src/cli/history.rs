//! `ecsctl history`

use clap::Args;

use super::help;

/// Show past deployments: when, by whom, and how they ended
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl history", "the last ten deployments of all services in deploy.yaml"),
    ("ecsctl history web --limit 100", "more deployments of one; ECS keeps 90 days"),
    ("ecsctl history web -o json", "as data"),
]))]
pub struct HistoryArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Number of deployments per service
    #[arg(long, value_name = "COUNT", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub limit: u32,
}
