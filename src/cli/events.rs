//! `ecsctl events`

use clap::Args;

use super::{StartTime, help};

/// Show what ECS wrote about services, the newest last
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl events", "the last 100 of every service in deploy.yaml, as many as ECS keeps"),
    ("ecsctl events -f web", "those of one, and what comes"),
    ("ecsctl events --since 10m -o jsonl", "as data, one a line"),
]))]
pub struct EventsArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Go on with what comes, until Ctrl-C
    #[arg(short = 'f', long)]
    pub follow: bool,

    /// Only what is newer: 10m, 2h, 2026-11-20T14:00:00Z
    #[arg(long, value_name = "WHEN")]
    pub since: Option<StartTime>,
}
