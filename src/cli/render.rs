//! `ecsctl render`

use clap::Args;

use super::help;

/// Print deploy.yaml resolved: every default, every ${…}, as it goes to AWS
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl render", "as YAML"),
    ("ecsctl render -o json | jq .services.web.taskDefinition", "the input of RegisterTaskDefinition"),
]))]
pub struct RenderArgs {}
