//! `ecsctl init`

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueHint};

use super::help;

/// Write a deploy.yaml: for a new service, or from what you have
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl init", "a new service; asks on a terminal, unless --yes is given"),
    ("ecsctl init --service web --cluster shop", "from a service that exists; a plan of it changes nothing"),
    ("ecsctl init --task-definition task-definition.json", "from a file, or a describe-task-definition response"),
    ("ecsctl init --compose compose.yaml", "from a Compose file: a service for each of its services"),
    ("ecsctl init --copilot .", "from a workspace of AWS Copilot"),
    ("ecsctl init --ecspresso ecspresso.yml", "from ecspresso's configuration and the definitions that it names"),
    ("ecsctl init --github .github/workflows/deploy.yml", "from a workflow that deploys with AWS's actions"),
    ("ecsctl init -f -", "print it instead of writing deploy.yaml"),
]))]
#[command(group = clap::ArgGroup::new("source"))]
pub struct InitArgs {
    /// From a service that exists in the cluster
    #[arg(long, value_name = "NAME", group = "source", value_parser = NonEmptyStringValueParser::new())]
    pub service: Option<String>,

    /// From a task definition in a JSON or YAML file; `-` reads standard input
    #[arg(long, value_name = "FILE", group = "source", value_hint = ValueHint::FilePath)]
    pub task_definition: Option<PathBuf>,

    /// From a Compose file, with `.env` beside it; `-` reads standard input
    #[arg(long, value_name = "FILE", group = "source", value_hint = ValueHint::FilePath)]
    pub compose: Option<PathBuf>,

    /// From a workspace of AWS Copilot: the folder with `copilot/` in it
    #[arg(long, value_name = "DIR", group = "source", value_hint = ValueHint::DirPath)]
    pub copilot: Option<PathBuf>,

    /// From the configuration of ecspresso, with its definitions and their templates
    #[arg(long, value_name = "FILE", group = "source", value_hint = ValueHint::FilePath)]
    pub ecspresso: Option<PathBuf>,

    /// From a workflow of GitHub Actions that deploys with AWS's actions
    #[arg(long, value_name = "FILE", group = "source", value_hint = ValueHint::FilePath)]
    pub github: Option<PathBuf>,
}
