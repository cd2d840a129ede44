//! jsonl: every event as it happens, one a line, on stdout.

use std::sync::Arc;

use serde::Serialize;

use super::plan;
use super::printer::Printer;
use super::view::{Moment, View};
use crate::model::Event;

/// The stream of events.
pub(super) struct Stream {
    printer: Arc<Printer>,
}

#[derive(Serialize)]
struct Timed<'a> {
    /// RFC 3339, to the millisecond.
    at: String,
    #[serde(flatten)]
    event: &'a Event,
}

impl Stream {
    /// On the printer's stdout.
    pub fn new(printer: Arc<Printer>) -> Self {
        Self { printer }
    }
}

impl View for Stream {
    fn event(&mut self, event: &Event, at: Moment) {
        let at = format!("{:.3}", at.wall);
        if let Event::Planned { plan } = event {
            let plan = Box::new(plan::document(plan, self.printer.settings().show_values));
            return self.printer.event(&Timed {
                at,
                event: &Event::Planned { plan },
            });
        }
        self.printer.event(&Timed { at, event });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::look::Look;
    use crate::ui::printer::{Form, Settings};
    use crate::ui::testing::{Captured, a_deploy, moment};

    #[test]
    fn each_event_is_a_line_with_its_time() {
        let settings = Settings {
            form: Form::Jsonl,
            ..Settings::default()
        };
        let (printer, out, err) = Captured::printer(settings, Look::PLAIN);
        let mut stream = Stream::new(Arc::new(printer));
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
