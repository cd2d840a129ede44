//! What runs, on and on: in place on a terminal, a line for each change elsewhere, a document for each in jsonl.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::{brief, lines};
use crate::model::Status;
use crate::ui::line::{Emphasis, Line, Symbol};
use crate::ui::printer::{OutputFormat, Printer};
use crate::ui::times;

/// Shows one status after the other.
pub struct StatusView {
    printer: Arc<Printer>,
    /// Lines that stand on the terminal.
    drawn: usize,
    last: Option<Status>,
    /// What was last told of each service, and the notes that were told.
    told: HashMap<String, String>,
}

impl StatusView {
    /// Nothing is shown yet.
    pub fn new(printer: &Arc<Printer>) -> Self {
        Self {
            printer: Arc::clone(printer),
            drawn: 0,
            last: None,
            told: HashMap::new(),
        }
    }

    /// Shows what is there now. False when nobody reads any more.
    pub fn show(&mut self, status: &Status, now: Timestamp) -> bool {
        let settings = self.printer.settings();
        match settings.form {
            OutputFormat::Text if self.printer.out_look().terminal && !settings.no_progress => {
                self.draw(status, now)
            }
            OutputFormat::Text => self.tell(status, now),
            _ => {
                if self.last.as_ref() != Some(status) {
                    self.printer.event(status);
                    self.last = Some(status.clone());
                }
            }
        }
        !self.printer.is_broken()
    }

    /// Over what stood there before. Lines are cut, so that each takes one row, and as many as fit are shown.
    fn draw(&mut self, status: &Status, now: Timestamp) {
        let (rows, columns) = console::Term::stdout().size();
        let (rows, columns) = (usize::from(rows).max(3), usize::from(columns).max(1));
        let look = crate::ui::terminal_style::TerminalStyle {
            width: Some(columns),
            ..self.printer.out_look()
        };
        let mut shown = lines(status, look, now);
        let room = rows - 1;
        if shown.len() > room {
            let more = shown.len() - (room - 1);
            shown.truncate(room - 1);
            shown.push(Line::of(" ").tone(Emphasis::Faint, format!("and {more} more lines")));
        }
        let mut text = match self.drawn {
            0 => String::new(),
            // Up to the first line (ECMA-48, 8.3.22).
            drawn => format!("\u{1b}[{drawn}A"),
        };
        for line in &shown {
            // And what is left of a longer line goes (8.3.41).
            text.push_str(&format!(
                "{}\u{1b}[K\n",
                self.printer.complete(line).cut(look, columns)
            ));
        }
        // So does what is left of more lines (8.3.39).
        text.push_str("\u{1b}[J");
        self.printer.verbatim(&text);
        self.drawn = shown.len();
    }

    /// A line for each service that changed.
    fn tell(&mut self, status: &Status, now: Timestamp) {
        for note in &status.notes {
            if self.told.insert(note.clone(), String::new()).is_none() {
                self.printer
                    .note(&Line::new().sign(Symbol::Warning).text(" ").text(note));
            }
        }
        for service in &status.services {
            let text = brief(service);
            if self.told.get(&service.name) != Some(&text) {
                self.printer
                    .result(&Line::of(format!("{} {text}", times::utc(now))));
                self.told.insert(service.name.clone(), text);
            }
        }
    }
}
