//! Logs, as they come: lines for people, an object a line in jsonl.

use std::sync::Arc;

use jiff::Timestamp;

use super::logs::Prefixes;
use super::printer::{Form, Printer};
use crate::model::LogLine;

/// Shows log lines.
pub struct LogView {
    printer: Arc<Printer>,
    prefixes: Prefixes,
}

impl LogView {
    /// Nothing is shown yet. `services` says whether lines of several services are mixed.
    pub fn new(printer: &Arc<Printer>, services: bool) -> Self {
        Self {
            printer: Arc::clone(printer),
            prefixes: Prefixes::new(services, printer.settings().verbose),
        }
    }

    /// Shows lines. False when nobody reads any more.
    pub fn show(&mut self, lines: &[LogLine], now: Timestamp) -> bool {
        if self.printer.settings().form == Form::Text {
            let look = self.printer.out_look();
            let lines = lines.iter().flat_map(|line| self.prefixes.lines(line, look, now));
            self.printer.results(lines);
        } else {
            self.printer.events(lines);
        }
        !self.printer.is_broken()
    }
}
