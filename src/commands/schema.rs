//! `ecsctl schema`: print the JSON Schema of deploy.yaml.

use crate::commands::Context;
use crate::config::json_schema;
use crate::exit::Exit;

/// Prints the schema.
pub fn run(context: &Context) -> Exit {
    context.printer.document(&json_schema());
    Exit::Done
}
