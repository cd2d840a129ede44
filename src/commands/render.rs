//! `ecsctl render`: print deploy.yaml as it is sent to AWS.

use crate::commands::{Context, project};
use crate::config;
use crate::diagnostic::{Failure, Suggestion};
use crate::exit::Exit;
use crate::ui;

/// Prints the resolved file as YAML or JSON. Calls AWS only for values that are not available elsewhere.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let loaded = match opened.needs_session() {
        true => project::complete(opened, context)?,
        false => opened.into_loaded(),
    };
    let document = config::render(&loaded.manifest, context.global.show_values);
    let printed = context.printer.present(&document, |printer| {
        printer.verbatim(&serde_yaml::to_string(&ui::cleaned(&document))?);
        Ok(())
    });
    printed.transpose().map_err(not_yaml)?;
    Ok(Exit::Done)
}

/// The failure for a value that YAML can't represent; no such value is known.
fn not_yaml(error: serde_yaml::Error) -> Failure {
    Failure::new(
        Exit::Unexpected,
        "not-yaml",
        "the resolved file can't be written as YAML",
    )
    .said("YAML", error.to_string())
    .hint(Suggestion::command("render", "-o json"))
}
