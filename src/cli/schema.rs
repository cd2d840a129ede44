//! `ecsctl schema`

use clap::Args;

use super::help;

/// Print the JSON Schema of deploy.yaml, for editors
///
/// An editor with a YAML language server then completes keys, shows AWS's reference and marks mistakes, if deploy.yaml
/// begins with:
///
///   # yaml-language-server: $schema=.ecsctl/schema.json
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = help::examples(&[
    ("mkdir -p .ecsctl && ecsctl schema > .ecsctl/schema.json", "beside deploy.yaml"),
    ("ecsctl schema | jq '.\"$defs\" | keys'", "what it defines"),
]))]
pub struct SchemaArgs {}
