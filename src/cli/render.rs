//! `ecsctl render`

use clap::Args;

use super::help;

/// Print the resolved deploy.yaml as it is sent to AWS: defaults and ${…} filled in
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl render", "as YAML"),
    ("ecsctl render -o json | jq .services.web.taskDefinition", "the RegisterTaskDefinition input"),
]))]
pub struct RenderArgs {}
