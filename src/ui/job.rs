//! Jobs: their progress, their output and their results.

use std::sync::Arc;

use super::failure;
use super::line::{Emphasis, Line};
use super::printer::{OutputFormat, Printer};
use super::text;
use super::view::{EventTime, EventView};
use crate::diagnostic::Suggestion;
use crate::model::{Ending, Event, JobEvent, JobResult, task_id};

/// Formats a change of a job's task; None for its output.
pub(super) fn progress(event: &JobEvent, verbose: bool) -> Option<String> {
    Some(match event {
        JobEvent::Started {
            task,
            task_definition,
            attached,
        } => {
            let task = text::task(task_id(task), verbose);
            let how = if *attached { "attached to" } else { "started" };
            format!("{how} task {task} of {}", text::definition_name(task_definition))
        }
        JobEvent::Status { status } => status.clone(),
        JobEvent::Log { .. } => return None,
        JobEvent::Stopping => "stopping the task".to_owned(),
        JobEvent::Ended { result } => result.summary(),
    })
}

/// Returns the lines that a job wrote in one message.
pub(super) fn output(message: &str) -> impl Iterator<Item = &str> {
    let message = message.trim_end_matches(['\n', '\r']);
    message.split('\n').map(|line| line.trim_end_matches('\r'))
}

/// Prints what a job writes to stdout, for `run`.
pub(super) struct JobOutput {
    printer: Arc<Printer>,
}

impl JobOutput {
    /// Creates a view that writes to the printer's stdout; to its stderr where stdout is one JSON document.
    pub fn new(printer: Arc<Printer>) -> Self {
        Self { printer }
    }
}

impl EventView for JobOutput {
    fn event(&mut self, event: &Event, _at: EventTime) {
        let Event::Job {
            event: JobEvent::Log { message, .. },
            ..
        } = event
        else {
            return;
        };
        let lines = output(message).map(|line| Line::of(line).verbatim());
        match self.printer.settings().form {
            OutputFormat::Text => self.printer.results(lines),
            OutputFormat::Json => lines.for_each(|line| self.printer.note(&line)),
            OutputFormat::Jsonl => {}
        }
    }
}

/// Prints how a job ended. Its output was shown before.
pub fn print_result(printer: &Printer, result: &JobResult, hint: Option<&Suggestion>) {
    if result.is_good() && printer.settings().quiet {
        return;
    }
    let line =
        Line::new()
            .sign(text::sign(result.outcome))
            .text(format!(" {}: {}", result.name, result.summary()));
    printer.note(&line);
    if let Some(failure) = result
        .failure
        .as_ref()
        .filter(|_| result.outcome == Ending::Failed)
    {
        for line in failure::of_job(failure, printer) {
            printer.note(&line);
        }
    }
    if let Some(hint) = hint {
        let line = Line::of("  ")
            .tone(Emphasis::Faint, "next:    ")
            .text(printer.whole_suggestion(hint));
        printer.note(&line);
    }
}
