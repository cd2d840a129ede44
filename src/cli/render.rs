//! `ecsctl render`

use clap::Args;

use super::help;

/// Print the resolved deploy.yaml as it is sent to AWS: environment, defaults and ${…} filled in
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl render", "as YAML"),
    ("ecsctl render -e staging", "with the environment staging"),
    ("ecsctl render -o json | jq .services.web.taskDefinition", "the RegisterTaskDefinition input"),
    ("ecsctl render --explain services.web", "where each value of the service comes from"),
]))]
pub struct RenderArgs {
    /// Print where the value at this path comes from, or each value inside it
    #[arg(long, value_name = "PATH")]
    pub explain: Option<String>,
}
