//! Follows the status of services: in place on a terminal, otherwise one line per change, or one document per
//! change in jsonl.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::{brief, lines, schedules};
use crate::model::Status;
use crate::ui::line::{Emphasis, Line, Symbol};
use crate::ui::printer::{OutputFormat, Printer};
use crate::ui::times;

/// Displays successive statuses.
pub struct StatusView {
    printer: Arc<Printer>,
    /// The number of lines drawn on the terminal.
    drawn: usize,
    last: Option<Status>,
    /// What was last printed for each service and schedule, and the notes already printed.
    told: HashMap<String, String>,
}

impl StatusView {
    /// Creates the view, with nothing shown yet.
    pub fn new(printer: &Arc<Printer>) -> Self {
        Self {
            printer: Arc::clone(printer),
            drawn: 0,
            last: None,
            told: HashMap::new(),
        }
    }

    /// Displays the current status. Returns false once stdout has no reader.
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

    /// Draws over the previous output. Lines are truncated so that each takes one row, and only as many as fit
    /// are shown.
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
            // Move up to the first line (ECMA-48, 8.3.22).
            drawn => format!("\u{1b}[{drawn}A"),
        };
        for line in &shown {
            // Erase the rest of a longer line (8.3.41).
            text.push_str(&format!(
                "{}\u{1b}[K\n",
                self.printer.complete(line).cut(look, columns)
            ));
        }
        // Erase the remaining lines (8.3.39).
        text.push_str("\u{1b}[J");
        self.printer.verbatim(&text);
        self.drawn = shown.len();
    }

    /// Prints a line for each service and each schedule that changed.
    fn tell(&mut self, status: &Status, now: Timestamp) {
        for note in &status.notes {
            if self.told.insert(note.clone(), String::new()).is_none() {
                self.printer
                    .note(&Line::new().sign(Symbol::Warning).text(" ").text(note));
            }
        }
        for service in &status.services {
            self.print_change(&service.name, brief(service), now);
        }
        for schedule in &status.schedules {
            let name = format!("schedule {}", schedule.name);
            self.print_change(&name, schedules::brief(schedule), now);
        }
    }

    fn print_change(&mut self, name: &str, text: String, now: Timestamp) {
        if self.told.get(name) != Some(&text) {
            let line = Line::of(format!("{} {text}", times::utc(now)));
            self.printer.result(&line);
            self.told.insert(name.to_owned(), text);
        }
    }
}
