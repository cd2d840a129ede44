//! Remarks below the line of a service, with the available commands.

use crate::diagnostic::Suggestion;
use crate::ui::line::{Line, Symbol};
use crate::ui::terminal_style::TerminalStyle;

/// A remark.
pub struct StatusRemark {
    sign: Symbol,
    text: String,
    next: Vec<Suggestion>,
}

impl StatusRemark {
    /// Creates a remark without commands.
    pub fn of(sign: Symbol, text: String) -> Self {
        Self {
            sign,
            text,
            next: Vec::new(),
        }
    }

    /// Adds an available command.
    pub fn next(mut self, command: Suggestion) -> Self {
        self.next.push(command);
        self
    }

    /// Formats the remark, followed by its commands if the terminal is wide enough; otherwise they go below it.
    pub fn lines(self, look: TerminalStyle) -> Vec<Line> {
        let said = Line::of("   ").sign(self.sign).text(" ").text(self.text);
        let behind = self.next.iter().fold(said.clone(), |line, command| {
            line.text("   ").command(command.clone())
        });
        if look
            .width
            .is_none_or(|columns| behind.trimmed_width(look) <= columns)
        {
            return vec![behind];
        }
        let below = self
            .next
            .iter()
            .map(|command| Line::of("     ").command(command.clone()));
        std::iter::once(said).chain(below).collect()
    }
}
