//! `ecsctl events`

use clap::Args;

use super::{StartTime, help};

/// Show service events, newest last
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl events", "the last 100 of all services in deploy.yaml, as many as ECS keeps"),
    ("ecsctl events -f web", "follow the events of one service"),
    ("ecsctl events --since 10m -o jsonl", "as JSON, one object per line"),
]))]
pub struct EventsArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Follow new ones until Ctrl-C
    #[arg(short = 'f', long)]
    pub follow: bool,

    /// Only newer ones: 10m, 2h, 2026-11-20T14:00:00Z
    #[arg(long, value_name = "WHEN")]
    pub since: Option<StartTime>,
}
