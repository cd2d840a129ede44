//! Final results of each service: results on stdout, failures with their reasons on stderr.

use std::sync::Arc;

use super::failure;
use super::line::Line;
use super::order::in_order;
use super::printer::{OutputFormat, Printer};
use super::text;
use super::view::{EventTime, EventView};
use crate::model::{Ending, Event, ServiceOutcome};

/// Collects outcomes and prints them at the close.
pub(super) struct ResultPrinter {
    printer: Arc<Printer>,
    /// The services in the order of their results.
    order: Vec<String>,
    ended: Vec<(ServiceOutcome, String)>,
}

impl ResultPrinter {
    /// Creates a result printer on the printer's streams, for results in the order of these services.
    pub fn new(printer: Arc<Printer>, order: Vec<String>) -> Self {
        Self {
            printer,
            order,
            ended: Vec::new(),
        }
    }

    fn print(&self, outcome: &ServiceOutcome, summary: &str) {
        let line = Line::new()
            .sign(text::sign(outcome.outcome))
            .text(" ")
            .text(summary);
        if !matches!(outcome.outcome, Ending::Done | Ending::Unchanged) {
            self.printer.note(&line);
            let look = self.printer.err_look();
            for line in failure::report(outcome, look, &self.printer) {
                self.printer.note(&line);
            }
            return;
        }
        if self.printer.out_look().terminal {
            return self.printer.result(&line);
        }
        // Scripts read what is running; a person at a terminal reads the summary.
        if self.printer.err_look().terminal && self.printer.settings().form == OutputFormat::Text {
            self.printer.note(&line);
        }
        if let Some(definition) = &outcome.task_definition {
            self.printer.result(&Line::of(text::definition_name(definition)));
        }
    }
}

impl EventView for ResultPrinter {
    fn event(&mut self, event: &Event, _at: EventTime) {
        if let Event::Ended { outcome, summary } = event {
            // A job after the deploy may change it.
            self.ended.retain(|(known, _)| known.name != outcome.name);
            self.ended.push((outcome.as_ref().clone(), summary.clone()));
        }
    }

    fn close(&mut self) {
        in_order(&mut self.ended, &self.order, |(outcome, _)| &outcome.name);
        for (outcome, summary) in &self.ended {
            self.print(outcome, summary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::printer::PrinterSettings;
    use crate::ui::terminal_style::TerminalStyle;
    use crate::ui::testing::{Captured, a_deploy, a_rollback, moment, unchanged};

    fn printed(events: &[Event], look: TerminalStyle) -> (String, String) {
        let (printer, out, err) = Captured::printer(PrinterSettings::default(), look);
        let mut results = ResultPrinter::new(Arc::new(printer), Vec::new());
        events.iter().for_each(|event| results.event(event, moment(0)));
        results.close();
        (out.text(), err.text())
    }

    #[test]
    fn terminals_get_a_sentence_and_pipes_the_revision() {
        let look = TerminalStyle {
            terminal: true,
            unicode: true,
            ..TerminalStyle::PLAIN
        };
        let (out, err) = printed(&a_deploy(), look);
        assert_eq!(out, "✓ web runs web:42 (acme/web@sha256:1f0c2a91, git 9f3c1e7)\n");
        assert_eq!(err, "");
        assert_eq!(
            printed(&a_deploy(), TerminalStyle::PLAIN),
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
            TerminalStyle {
                unicode: true,
                ..TerminalStyle::PLAIN
            },
        );
        assert_eq!(out, "");
        insta::assert_snapshot!(err);
    }
}
