//! `ecsctl run`

use std::time::Duration;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::{Assignment, duration, help};

/// Run a job, or a command on a service's task definition, and pass its exit code on
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl run migrate", "a job of deploy.yaml"),
    ("ecsctl run web -- env", "a command, as a task of its own with the service's settings"),
    ("ecsctl run --interactive web -- bash", "a shell in a task of its own, which ends with it"),
    ("ecsctl run --detach migrate", "print the task's ARN, and don't wait"),
    ("ecsctl run --env LOG=debug --memory 4096 report", "with other settings"),
]))]
pub struct RunArgs {
    /// A job or a service, by its name in deploy.yaml
    #[arg(value_name = "JOB|SERVICE")]
    pub name: String,

    /// The command, instead of the job's own
    #[arg(last = true, value_name = "COMMAND")]
    pub command: Vec<String>,

    /// Open a shell, or run the command, in a task of its own through ECS Exec, and stop the task afterwards
    #[arg(short, long, conflicts_with_all = ["detach", "attach", "timeout"])]
    pub interactive: bool,

    /// Start the task, print its ARN, and don't wait
    #[arg(short, long, conflicts_with = "timeout")]
    pub detach: bool,

    /// Watch the same task if an earlier run started it and it still runs
    #[arg(long)]
    pub attach: bool,

    /// Stop waiting after this long (exit 125); the task continues [default: wait for its end]
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    #[arg(env = "ECSCTL_TIMEOUT", hide_env_values = true)]
    pub timeout: Option<Duration>,

    /// The container that runs the command [default: the job's, the main one]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub container: Option<String>,

    /// CPU units of the task
    #[arg(long, value_name = "UNITS", value_parser = NonEmptyStringValueParser::new())]
    pub cpu: Option<String>,

    /// Memory of the task, in MiB
    #[arg(long, value_name = "MIB", value_parser = NonEmptyStringValueParser::new())]
    pub memory: Option<String>,

    /// Set an environment variable of the container (repeatable)
    #[arg(long = "env", value_name = "NAME=VALUE")]
    pub variables: Vec<Assignment>,

    /// The task role
    #[arg(long, value_name = "ARN", value_parser = NonEmptyStringValueParser::new())]
    pub task_role: Option<String>,

    /// Run on this capacity provider, FARGATE_SPOT for example
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub capacity_provider: Option<String>,
}
