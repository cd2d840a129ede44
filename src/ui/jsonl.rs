//! The jsonl view: writes each event to stdout as it happens, one per line.

use std::sync::Arc;

use serde::Serialize;

use super::completed;
use super::plan;
use super::printer::Printer;
use super::view::{EventTime, EventView};
use crate::model::Event;

/// The stream of events.
pub(super) struct JsonlView {
    printer: Arc<Printer>,
}

#[derive(Serialize)]
struct TimedEvent<'a> {
    /// RFC 3339, to the millisecond.
    at: String,
    #[serde(flatten)]
    event: &'a Event,
}

impl JsonlView {
    /// Creates a view that writes to the printer's stdout.
    pub fn new(printer: Arc<Printer>) -> Self {
        Self { printer }
    }
}

impl EventView for JsonlView {
    fn event(&mut self, event: &Event, at: EventTime) {
        // A wait is only there to be seen: nothing has happened. The envelope has the services without a result.
        if let Event::Waiting { .. } | Event::Unfinished { .. } = event {
            return;
        }
        let at = format!("{:.3}", at.wall);
        if let Event::Planned { plan } = event {
            let plan = Box::new(plan::document(plan, self.printer.settings().show_values));
            return self.printer.event(&TimedEvent {
                at,
                event: &Event::Planned { plan },
            });
        }
        let event = &completed::event(event, &self.printer);
        self.printer.event(&TimedEvent { at, event });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::printer::{OutputFormat, PrinterSettings};
    use crate::ui::terminal_style::TerminalStyle;
    use crate::ui::testing::{Captured, a_deploy, moment};

    #[test]
    fn each_event_is_a_line_with_its_time() {
        let settings = PrinterSettings {
            form: OutputFormat::Jsonl,
            ..PrinterSettings::default()
        };
        let (printer, out, err) = Captured::printer(settings, TerminalStyle::PLAIN);
        let mut stream = JsonlView::new(Arc::new(printer));
        for (second, event) in a_deploy().iter().enumerate() {
            stream.event(event, moment(second as u64));
        }
        insta::assert_snapshot!(out.text());
        assert_eq!(err.text(), "");
        for line in out.text().lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(value["type"].is_string() && value["at"].is_string(), "{line}");
        }
    }
}
