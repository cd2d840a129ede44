//! `ecsctl render`: print deploy.yaml as it is sent to AWS.

use crate::cli::RenderArgs;
use crate::commands::{Context, project, select};
use crate::config::{self, UnknownPath};
use crate::diagnostic::{Failure, Suggestion};
use crate::exit::Exit;
use crate::ui;

/// Prints the resolved file as YAML or JSON. Calls AWS only for values that are not available elsewhere.
pub fn run(args: &RenderArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let only = select::services(&opened.service_names(), &context.global.selected(&[]))?;
    let explained = args.explain.as_ref().map(|path| (path, opened.project().clone()));
    let loaded = match opened.needs_session() {
        true => project::complete(opened, context)?,
        false => opened.into_loaded(),
    };
    let global = &context.global;
    if let Some((path, project)) = explained {
        let explainer = project.explainer(&loaded, &global.given, global.show_values);
        let values = explainer
            .explain(path)
            .map_err(|unknown| nothing_there(path, unknown))?;
        let print = |printer: &ui::Printer| printer.results(ui::explain::lines(&values));
        context.printer.present(&values, print);
        return Ok(Exit::Done);
    }
    let document = config::render(&loaded.manifest.only(&only), global.show_values);
    let printed = context.printer.present(&document, |printer| {
        printer.verbatim(&ui::to_yaml(&document)?);
        Ok(())
    });
    printed.transpose().map_err(not_yaml)?;
    Ok(Exit::Done)
}

/// The failure for a path at which there is no value.
fn nothing_there(path: &str, unknown: UnknownPath) -> Failure {
    let place = match unknown.known.as_str() {
        "" => "the resolved file".to_owned(),
        known => format!("`{known}`"),
    };
    let message = format!("no `{}` in {place}", unknown.step);
    Failure::new(Exit::Usage, "unknown-path", message)
        .resource(path)
        .maybe_hint(unknown.hint)
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
