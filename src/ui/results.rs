//! What came of each service, when all is over: the result on stdout, failures with their reasons on stderr.

use std::sync::Arc;

use super::line::{Line, Tone};
use super::numbers::plural;
use super::printer::{Form, Printer};
use super::reporter::{Moment, View};
use super::words;
use crate::model::{Ending, Event, ServiceOutcome, TaskFailure};

/// The column at which what a label says begins.
const LABEL: usize = 9;

/// Gathers endings and prints them at the close.
pub(super) struct Results {
    printer: Arc<Printer>,
    ended: Vec<(ServiceOutcome, String)>,
}

impl Results {
    /// On the printer's streams.
    pub fn new(printer: Arc<Printer>) -> Self {
        Self {
            printer,
            ended: Vec::new(),
        }
    }

    fn print(&self, outcome: &ServiceOutcome, summary: &str) {
        let line = Line::new()
            .sign(words::sign(outcome.outcome))
            .text(" ")
            .text(summary);
        if !matches!(outcome.outcome, Ending::Done | Ending::Unchanged) {
            self.printer.note(&line);
            for line in reasons(outcome, self.printer.settings().verbose) {
                self.printer.note(&line);
            }
            return;
        }
        if self.printer.out_look().terminal {
            return self.printer.result(&line);
        }
        // A script reads what runs; a person who looks on reads the sentence.
        if self.printer.err_look().terminal && self.printer.settings().form == Form::Text {
            self.printer.note(&line);
        }
        if let Some(definition) = &outcome.task_definition {
            self.printer.result(&Line::of(words::definition_name(definition)));
        }
    }
}

impl View for Results {
    fn event(&mut self, event: &Event, _at: Moment) {
        if let Event::Ended { outcome, summary } = event {
            self.ended.push((outcome.as_ref().clone(), summary.clone()));
        }
    }

    fn close(&mut self) {
        for (outcome, summary) in &self.ended {
            self.print(outcome, summary);
        }
    }
}

/// Why a service did not end well, and what to type next.
pub(super) fn reasons(outcome: &ServiceOutcome, verbose: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    for failure in &outcome.failures {
        lines.push(Line::new());
        lines.extend(failure_lines(failure, verbose));
    }
    if let Some(reason) = &outcome.reason {
        lines.push(labelled("AWS", reason));
    }
    if let Some(next) = words::next_step(outcome) {
        lines.push(labelled("next", &next));
    }
    lines
}

fn failure_lines(failure: &TaskFailure, verbose: bool) -> Vec<Line> {
    let task = words::task(&failure.task, verbose);
    let head = match failure.count {
        0 | 1 => format!("  task {task} stopped"),
        count => format!(
            "  {} stopped for the same reason, first {task}",
            plural(count, "task")
        ),
    };
    let mut lines = vec![Line::of(head), labelled("AWS", &failure.reason)];
    let said = failure.exit_code.map(|code| match &failure.meaning {
        Some(meaning) => format!("exit code {code}, {meaning}"),
        None => format!("exit code {code}"),
    });
    let container = failure.container.as_deref().unwrap_or("container");
    for text in [said.as_ref(), failure.detail.as_ref()].into_iter().flatten() {
        lines.push(labelled(container, text));
    }
    lines
}

fn labelled(label: &str, text: &str) -> Line {
    let label = format!("{label}:");
    Line::of("  ")
        .tone(Tone::Faint, format!("{label:<width$}", width = LABEL - 1))
        .text(" ")
        .text(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::look::Look;
    use crate::ui::printer::Settings;
    use crate::ui::testing::{Captured, a_deploy, a_rollback, moment, unchanged};

    fn printed(events: &[Event], look: Look) -> (String, String) {
        let (printer, out, err) = Captured::printer(Settings::default(), look);
        let mut results = Results::new(Arc::new(printer));
        events.iter().for_each(|event| results.event(event, moment(0)));
        results.close();
        (out.text(), err.text())
    }

    #[test]
    fn a_terminal_gets_the_sentence_and_a_pipe_what_runs() {
        let look = Look {
            terminal: true,
            unicode: true,
            ..Look::PLAIN
        };
        let (out, err) = printed(&a_deploy(), look);
        assert_eq!(out, "✓ web runs web:42 (acme/web@sha256:1f0c2a91, git 9f3c1e7)\n");
        assert_eq!(err, "");
        assert_eq!(
            printed(&a_deploy(), Look::PLAIN),
            ("web:42\n".to_owned(), String::new())
        );
        let (out, _) = printed(&[unchanged()], look);
        assert_eq!(
            out,
            "✓ web: nothing to do, web:42 runs (acme/web@sha256:1f0c2a91, 3 of 3 healthy)\n"
        );
    }

    #[test]
    fn a_failure_says_why_on_stderr() {
        let (out, err) = printed(
            &a_rollback(),
            Look {
                unicode: true,
                ..Look::PLAIN
            },
        );
        assert_eq!(out, "");
        insta::assert_snapshot!(err);
    }
}
