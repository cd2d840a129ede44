//! What `init` wrote, and what is left to decide.

use serde::Serialize;

use super::line::{Line, Symbol};
use super::printer::Printer;
use crate::diagnostic::Suggestion;

/// A draft of deploy.yaml that was written.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WrittenDraft {
    /// The file; None if the draft is only printed.
    pub file: Option<String>,
    /// The keys of its services.
    pub services: Vec<String>,
    /// The JSON Schema for editors, relative to the file's folder; None if the draft is only printed.
    pub schema: Option<&'static str>,
    /// What a person must decide; each is a comment in the file, too.
    pub undecided: Vec<String>,
    /// What of the source has no counterpart; each is a comment in the file, too.
    pub left_out: Vec<String>,
    /// An environment of a file that requires one.
    #[serde(skip)]
    pub environment: Option<String>,
    /// The content of the file.
    pub text: String,
}

/// Prints the file's name, or the file itself; then what is left to decide, and the next commands.
pub fn print(printer: &Printer, written: &WrittenDraft) {
    printer.present(written, |printer| match &written.file {
        Some(file) => printer.result(&Line::of(format!("wrote {file}"))),
        None => printer.verbatim(&written.text),
    });
    if printer.settings().quiet {
        return;
    }
    if !written.undecided.is_empty() {
        printer.note(&Line::of("  to decide, at each TODO in the file:"));
    }
    for text in &written.undecided {
        let line = Line::of("    ").sign(Symbol::Warning).text(" ").text(text);
        printer.note(&line.hanging(6));
    }
    if !written.left_out.is_empty() {
        printer.note(&Line::of("  left out, as the file says at its place:"));
    }
    for text in &written.left_out {
        printer.note(&Line::of("    ").text(text).hanging(6));
    }
    if let Some(schema) = written.schema {
        let line = Line::of(format!("  {schema}  the JSON Schema, for editors"));
        printer.note(&line);
    }
    if written.file.is_some() {
        let arguments = written.environment.as_ref().map(|name| format!("-e {name}"));
        let arguments = arguments.unwrap_or_default();
        for (verb, brings) in [
            ("render", "print the file with every default"),
            ("plan", "compare it with AWS"),
            ("deploy", "build, push and deploy"),
        ] {
            let command = Line::of("  ").command(Suggestion::command(verb, arguments.clone()));
            printer.note(&command.text("  ").text(brings));
        }
    }
}
