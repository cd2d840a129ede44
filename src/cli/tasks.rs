//! `ecsctl tasks`

use clap::Args;

use super::help;

/// Show the tasks of services, or why they stopped
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl tasks", "those of every service in deploy.yaml"),
    ("ecsctl tasks web --stopped", "those that stopped in the last hour, and why"),
]))]
pub struct TasksArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Those that stopped; ECS keeps them for about an hour
    #[arg(long)]
    pub stopped: bool,
}
