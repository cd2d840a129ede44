//! `ecsctl exec`

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::help;

/// Open a shell, or run a command, in a running container (ECS Exec)
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl exec web", "/bin/sh in the newest task of web"),
    ("ecsctl exec web -- sh -c 'ps; df -h'", "a command, whose words arrive as they are typed"),
    ("ecsctl exec web --task 3f2a91c0 --container proxy", "in a certain task and container"),
]))]
pub struct ExecArgs {
    /// The service, by its name in deploy.yaml [default: the only one]
    #[arg(value_name = "SERVICE")]
    pub service: Option<String>,

    /// The command [default: /bin/sh]
    #[arg(last = true, value_name = "COMMAND")]
    pub command: Vec<String>,

    /// The task, by the beginning of its id [default: the newest that is ready]
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub task: Option<String>,

    /// The container [default: the main one]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub container: Option<String>,
}
