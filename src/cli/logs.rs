//! `ecsctl logs`

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use regex::Regex;

use super::{StartTime, help};

/// Show container logs from CloudWatch Logs
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl logs web", "the last 100 lines of each container, sorted by time"),
    ("ecsctl logs -f web worker", "follow the logs, including new tasks"),
    ("ecsctl logs web --previous", "all logs of the tasks that failed last"),
    ("ecsctl logs web --since 1h --grep 'ERROR|panic'", "matching lines, including stopped tasks"),
    ("ecsctl logs web --task 3f2a -o jsonl", "one task, by the start of its id, as JSON"),
]))]
pub struct LogsArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Follow new ones until Ctrl-C
    #[arg(short = 'f', long, conflicts_with_all = ["previous", "tasks"])]
    pub follow: bool,

    /// Only newer lines, including stopped tasks: 10m, 2h, 2026-11-20T14:00:00Z
    #[arg(long, value_name = "WHEN")]
    pub since: Option<StartTime>,

    /// Number of last lines per container [default: 100; with --since or --previous all]
    #[arg(short = 'n', long, value_name = "LINES", conflicts_with = "since")]
    pub tail: Option<u32>,

    /// Only this task, by the start of its id (repeatable)
    #[arg(long = "task", value_name = "ID", conflicts_with = "previous")]
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub tasks: Vec<String>,

    /// Only this container (repeatable)
    #[arg(long = "container", value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub containers: Vec<String>,

    /// The tasks that failed last, or else those that stopped last
    #[arg(long)]
    pub previous: bool,

    /// Only lines matching this regular expression
    #[arg(long, value_name = "REGEX")]
    pub grep: Option<Regex>,
}
