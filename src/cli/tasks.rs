//! `ecsctl tasks`

use clap::Args;

use super::help;

/// Show tasks, or why they stopped
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl tasks", "those of all services in deploy.yaml"),
    ("ecsctl tasks web --stopped", "tasks that stopped in the last hour, and why"),
]))]
pub struct TasksArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Show stopped tasks and their reasons; ECS keeps them for about an hour
    #[arg(long)]
    pub stopped: bool,
}
