//! The rows of the live view: their contents, their alignment, and which are shown if not all fit.

use std::time::Duration;

use super::super::line::{Emphasis, Line};
use super::super::numbers::elapsed;
use super::super::terminal_style::TerminalStyle;

/// The last column used on a wide terminal, to keep rows easy to scan.
const WIDEST: usize = 92;
/// Below this width columns are not aligned, to leave all space for text.
const NARROW: usize = 50;
/// Names up to this width move the text column right.
const WIDEST_NAME: usize = 24;
/// The minimum width of the name column.
const NAME: usize = 9;

/// The current state of one operation in progress.
#[derive(Clone, Debug)]
pub struct ProgressRow {
    kind: &'static str,
    name: String,
    text: Line,
    /// The start time.
    pub since: Duration,
    trouble: bool,
}

impl ProgressRow {
    /// Creates a row that starts now.
    pub fn new(kind: &'static str, name: &str, text: Line) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            text,
            since: Duration::ZERO,
            trouble: false,
        }
    }
}

/// All operations in progress, in the order in which they started.
#[derive(Debug, Default)]
pub struct ProgressRows {
    rows: Vec<ProgressRow>,
    /// The widest name so far; columns never move back left.
    name: usize,
}

impl ProgressRows {
    /// Sets the current state of an operation.
    pub fn set(&mut self, kind: &'static str, name: &str, text: Line, now: Duration) {
        self.name = self
            .name
            .max(Line::of(name).width(TerminalStyle::PLAIN))
            .min(WIDEST_NAME);
        match self.find(kind, name) {
            Some(row) => row.text = text,
            None => self.rows.push(ProgressRow {
                since: now,
                ..ProgressRow::new(kind, name, text)
            }),
        }
    }

    /// Moves the row before those without problems.
    pub fn mark_trouble(&mut self, kind: &'static str, name: &str) {
        if let Some(row) = self.find(kind, name) {
            row.trouble = true;
        }
    }

    /// Removes the row of a finished operation.
    pub fn remove(&mut self, kind: &'static str, name: &str) -> Option<ProgressRow> {
        let at = self
            .rows
            .iter()
            .position(|row| row.kind == kind && row.name == name)?;
        Some(self.rows.remove(at))
    }

    fn find(&mut self, kind: &'static str, name: &str) -> Option<&mut ProgressRow> {
        self.rows
            .iter_mut()
            .find(|row| row.kind == kind && row.name == name)
    }

    /// Returns the current layout of rows.
    pub fn layout(&self, look: TerminalStyle, columns: usize) -> RowLayout {
        RowLayout {
            look,
            columns: columns.min(WIDEST),
            name: self.name.max(NAME),
        }
    }

    /// Renders as many rows as fit with a line to spare: rows with problems first, then the others in order.
    pub fn block(&self, look: TerminalStyle, height: usize, columns: usize, now: Duration) -> String {
        let layout = self.layout(look, columns);
        let (trouble, fine): (Vec<_>, Vec<_>) = self.rows.iter().partition(|row| row.trouble);
        let rows: Vec<&ProgressRow> = trouble.into_iter().chain(fine).collect();
        let room = height.saturating_sub(1).max(1);
        let shown = if rows.len() > room { room - 1 } else { rows.len() };
        let mut lines: Vec<String> = rows[..shown]
            .iter()
            .map(|row| layout.line(row, &elapsed(now.saturating_sub(row.since))))
            .collect();
        if shown < rows.len() {
            let more = Line::of(" ").tone(Emphasis::Faint, format!("and {} more", rows.len() - shown));
            lines.push(more.cut(look, columns));
        }
        lines.join("\n")
    }
}

/// The layout of rows on this terminal.
pub struct RowLayout {
    look: TerminalStyle,
    columns: usize,
    name: usize,
}

impl RowLayout {
    /// Formats ` deploy  web       web:42 …            41s`, truncated to the terminal.
    pub fn line(&self, row: &ProgressRow, time: &str) -> String {
        let look = self.look;
        if self.columns < NARROW {
            let line = Line::of(row.kind)
                .text(" ")
                .tone(Emphasis::Strong, &row.name)
                .text(" ")
                .line(row.text.clone());
            return line.cut(look, self.columns);
        }
        let head = Line::of(format!(" {:<7} ", row.kind)).tone(Emphasis::Strong, &row.name);
        let head = head.pad_to(9 + self.name, look).text(" ");
        let room = self.columns.saturating_sub(head.width(look) + time.len() + 2);
        let text = row.text.cut(look, room);
        let blanks = self
            .columns
            .saturating_sub(head.width(look) + row.text.width(look).min(room) + time.len());
        let head = head.render_untrimmed(look);
        let time = Line::new().tone(Emphasis::Faint, time).render(look);
        format!("{head}{text}{}{time}", " ".repeat(blanks))
    }
}
