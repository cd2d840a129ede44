//! Prints errors, for people and for scripts. No other module prints errors.

use super::completed;
use super::excerpt;
use super::line::{Emphasis, Line};
use super::printer::Printer;
use super::secret_mask::hide;
use crate::diagnostic::{Failure, Problems, Sources, Suggestion};
use crate::exit::Exit;
use crate::model::{Ending, ErrorReport, Outcome, ServiceOutcome};
use crate::schema::secrets_in_file;

/// Minimum width of labels such as `hint:` and `AWS:`, in columns.
const LABEL: usize = 7;

/// Prints why the run failed: text to stderr and, if JSON was requested, the envelope to stdout, with the
/// service outcomes so far. Returns the exit code.
pub fn print_failure(printer: &Printer, failure: &Failure, services: Vec<ServiceOutcome>) -> Exit {
    if let Some((_, sources)) = failure
        .problems
        .as_ref()
        .filter(|_| !printer.settings().show_values)
    {
        hide(sources.texts().flat_map(secrets_in_file));
    }
    print_text(printer, failure);
    if let (Some(github), Some((problems, sources))) = (printer.github(), &failure.problems)
        && !problems.is_empty()
    {
        github.problems(printer, problems, sources);
    }
    print_envelope(printer, &envelope(failure.exit, failure.into(), services));
    failure.exit
}

/// Returns the outcome of a run that failed without an outcome of a service.
pub fn outcome(printer: &Printer, failure: &Failure) -> Outcome {
    completed::outcome(&envelope(failure.exit, failure.into(), Vec::new()), printer)
}

fn envelope(exit: Exit, error: ErrorReport, services: Vec<ServiceOutcome>) -> Outcome {
    Outcome {
        schema: 1,
        outcome: Ending::of(exit),
        exit_code: exit,
        error: Some(error),
        services,
        jobs: Vec::new(),
        schedules: Vec::new(),
    }
}

/// Prints the outcome if JSON was requested: as a document, or as the last event of the stream. Always
/// reports it to the GitHub runner, if there is one.
pub fn print_envelope(printer: &Printer, outcome: &Outcome) {
    let outcome = &completed::outcome(outcome, printer);
    if let Some(github) = printer.github() {
        github.report(printer, outcome);
    }
    printer.present(outcome, |_| ());
}

/// Prints clap's message for an invalid command line (to stderr, and as the envelope if JSON was requested),
/// or the requested help (to stdout). `text` is printed verbatim.
pub fn print_usage(printer: &Printer, text: &str, error: Option<UsageError>) -> Exit {
    let Some(error) = error else {
        printer.verbatim(text);
        return Exit::Done;
    };
    printer.note_verbatim(text);
    let report = ErrorReport {
        code: "usage".to_owned(),
        message: error.message,
        resource: None,
        hint: error.hint.map(Suggestion::from),
        complete: None,
    };
    print_envelope(printer, &envelope(error.exit, report, Vec::new()));
    error.exit
}

/// A command line error as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageError {
    /// The message, on one line.
    pub message: String,
    /// What the user may have meant.
    pub hint: Option<String>,
    /// The exit code, which depends on the verb.
    pub exit: Exit,
}

/// Prints an error that consists of a message only.
pub fn print_message(printer: &Printer, message: &str) {
    printer.note(&Line::error(message));
}

/// Prints a warning.
pub fn print_warning(printer: &Printer, message: &str, hint: Option<&Suggestion>) {
    printer.note(
        &Line::new()
            .tone(Emphasis::Warn, "warning:")
            .text(" ")
            .text(message),
    );
    for line in hint
        .into_iter()
        .flat_map(|hint| labelled("hint:", LABEL, &printer.whole_suggestion(hint), Emphasis::Good))
    {
        printer.note(&line);
    }
}

/// Prints why services have no result: the calls that failed, and what no failure says.
pub fn print_unfinished(printer: &Printer, failures: &[Failure], warnings: impl IntoIterator<Item = String>) {
    for failure in failures {
        print_text(printer, failure);
    }
    for message in warnings {
        print_warning(printer, &message, None);
    }
}

/// Prints the warnings of a file that has no errors.
pub fn print_warnings(printer: &Printer, problems: &Problems, sources: &Sources) {
    if !problems.is_empty() {
        let problems = problems.with_hints(|hint| printer.whole_suggestion(hint).into());
        printer.note_verbatim(&excerpt::rendered(&problems, sources, printer.err_look()));
    }
}

/// Prints an error for people.
pub fn print_text(printer: &Printer, failure: &Failure) {
    if let Some((problems, sources)) = &failure.problems
        && !problems.is_empty()
    {
        print_warnings(printer, problems, sources);
        return;
    }
    for line in explained(failure, printer) {
        printer.note(&line);
    }
}

/// Returns the error as lines: the message, the response of the other side, details, the next step.
fn explained(failure: &Failure, printer: &Printer) -> Vec<Line> {
    let said = failure.said.as_ref();
    let label = said.map_or(0, |(who, _)| who.len() + 2).max(LABEL);
    let mut lines = vec![Line::error(&failure.message)];
    if let Some((who, words)) = said.filter(|(_, words)| !words.trim().is_empty()) {
        lines.extend(labelled(&format!("{who}:"), label, words, Emphasis::Plain));
    }
    for detail in &failure.details {
        lines.extend(detail.lines().map(|line| Line::of("  ").text(line)));
    }
    if let Some(hint) = &failure.hint {
        lines.extend(labelled(
            "hint:",
            label,
            &printer.whole_suggestion(hint),
            Emphasis::Good,
        ));
    }
    lines
}

/// Formats `  hint:  first line`, with further lines aligned below the first.
fn labelled(label: &str, width: usize, text: &str, tone: Emphasis) -> Vec<Line> {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).enumerate();
    lines
        .map(|(number, line)| {
            let label = if number == 0 { label } else { "" };
            Line::of("  ")
                .tone(tone, format!("{label:<width$}"))
                .text(line)
                .hanging(2 + width)
        })
        .collect()
}

#[cfg(test)]
mod tests;
