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

/// The contents of a row, which narrow terminals show in part: first the bar goes, then the subject. The numbers stay.
#[derive(Clone, Debug, Default)]
pub struct RowText {
    /// The revision, `web:42  `.
    pub subject: Line,
    /// The bar, with its gap.
    pub bar: Line,
    /// `1 of 3 running`.
    pub numbers: Line,
    /// Everything else.
    pub rest: Line,
    /// When a countdown that follows the rest ends.
    pub ends: Option<Duration>,
}

impl RowText {
    /// Creates a text that begins with numbers: `1 of 3 running, 2 starting`.
    pub fn counted(text: &str) -> Self {
        let end = text.find([',', ';']).unwrap_or(text.len());
        let (numbers, rest) = text.split_at(end);
        Self {
            numbers: Line::of(numbers),
            rest: Line::of(rest),
            ..Self::default()
        }
    }

    /// Returns the numbers and everything after them.
    fn counts(&self, now: Duration) -> Line {
        let line = self.numbers.clone().line(self.rest.clone());
        match self.ends {
            Some(ends) => line.text(format!(
                "watched for {}s more, all running",
                ends.saturating_sub(now).as_secs()
            )),
            None => line,
        }
    }
}

impl From<Line> for RowText {
    fn from(rest: Line) -> Self {
        Self {
            rest,
            ..Self::default()
        }
    }
}

/// The current state of one operation in progress.
#[derive(Clone, Debug)]
pub struct ProgressRow {
    kind: &'static str,
    name: String,
    text: RowText,
    /// The start time.
    pub since: Duration,
    trouble: bool,
}

impl ProgressRow {
    /// Creates a row that starts now.
    pub fn new(kind: &'static str, name: &str, text: impl Into<RowText>) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            text: text.into(),
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
    pub fn set(&mut self, kind: &'static str, name: &str, text: impl Into<RowText>, now: Duration) {
        self.name = self
            .name
            .max(Line::of(name).width(TerminalStyle::PLAIN))
            .min(WIDEST_NAME);
        match self.find(kind, name) {
            Some(row) => row.text = text.into(),
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

    /// Whether the operation has a row.
    pub fn has(&self, kind: &str, name: &str) -> bool {
        self.rows.iter().any(|row| row.kind == kind && row.name == name)
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
            .map(|row| layout.line(row, &elapsed(now.saturating_sub(row.since)), now))
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
    pub fn line(&self, row: &ProgressRow, time: &str, now: Duration) -> String {
        let look = self.look;
        if self.columns < NARROW {
            return self.narrow_line(row, time, now);
        }
        let head = Line::of(format!(" {:<7} ", row.kind)).tone(Emphasis::Strong, &row.name);
        let head = head.pad_to(9 + self.name, look).text(" ");
        let room = self.columns.saturating_sub(head.width(look) + time.len() + 2);
        let subject = &row.text.subject;
        let text = self.fitting(
            &[
                subject.clone().line(row.text.bar.clone()),
                subject.clone(),
                Line::new(),
            ],
            row,
            now,
            room,
        );
        let blanks = self
            .columns
            .saturating_sub(head.width(look) + text.width(look).min(room) + time.len());
        let (head, text) = (head.render_untrimmed(look), text.cut(look, room));
        let time = Line::new().tone(Emphasis::Faint, time).render(look);
        format!("{head}{text}{}{time}", " ".repeat(blanks))
    }

    /// Formats `deploy web web:42  1 of 3 running 41s`, without alignment.
    fn narrow_line(&self, row: &ProgressRow, time: &str, now: Duration) -> String {
        let look = self.look;
        let name = Line::new().tone(Emphasis::Strong, &row.name).text(" ");
        let head = Line::of(row.kind).text(" ").line(name.clone());
        let with_subject = head.clone().line(row.text.subject.clone());
        let room = self.columns.saturating_sub(time.len() + 1);
        let text = self.fitting(&[with_subject, head, name, Line::new()], row, now, room);
        let time = Line::of(" ").tone(Emphasis::Faint, time);
        match text.width(look) <= room {
            true => text.line(time).cut(look, self.columns),
            false => format!("{}{}", text.cut(look, room), time.render(look)),
        }
    }

    /// Puts the longest of these beginnings before the text with which it fits as a whole. If it fits with none, puts
    /// the longest but the first with which the numbers fit.
    fn fitting(&self, beginnings: &[Line], row: &ProgressRow, now: Duration, room: usize) -> Line {
        let counts = row.text.counts(now);
        let width = |beginning: &Line, text: &Line| beginning.width(self.look) + text.width(self.look);
        let numbers = &row.text.numbers;
        let whole = beginnings.iter().find(|it| width(it, &counts) <= room);
        let chosen = whole.or_else(|| beginnings.iter().skip(1).find(|it| width(it, numbers) < room));
        let beginning = chosen.or(beginnings.last()).cloned().unwrap_or_default();
        beginning.line(counts)
    }
}
