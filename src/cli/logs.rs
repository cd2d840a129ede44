//! `ecsctl logs`

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use regex::Regex;

use super::{StartTime, help};

/// Show what the containers of services wrote to CloudWatch Logs
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl logs web", "the last 100 lines of each of its containers, in order of time"),
    ("ecsctl logs -f web worker", "the same, and what comes, of new tasks too"),
    ("ecsctl logs web --previous", "all that the tasks said that failed last"),
    ("ecsctl logs web --since 1h --grep 'ERROR|panic'", "what matches, of stopped tasks too"),
    ("ecsctl logs web --task 3f2a -o jsonl", "one task, by the beginning of its id, as data"),
]))]
pub struct LogsArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Go on with what comes, until Ctrl-C
    #[arg(short = 'f', long, conflicts_with_all = ["previous", "tasks"])]
    pub follow: bool,

    /// All that is newer, of stopped tasks too: 10m, 2h, 2026-11-20T14:00:00Z
    #[arg(long, value_name = "WHEN")]
    pub since: Option<StartTime>,

    /// So many of the last lines of each container [default: 100; with --since or --previous all]
    #[arg(short = 'n', long, value_name = "LINES", conflicts_with = "since")]
    pub tail: Option<u32>,

    /// Only this task, by the beginning of its id (repeatable)
    #[arg(long = "task", value_name = "ID", conflicts_with = "previous")]
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub tasks: Vec<String>,

    /// Only this container (repeatable)
    #[arg(long = "container", value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub containers: Vec<String>,

    /// The tasks that failed last; where none did, those that stopped last
    #[arg(long)]
    pub previous: bool,

    /// Only lines that match this regular expression
    #[arg(long, value_name = "REGEX")]
    pub grep: Option<Regex>,
}
