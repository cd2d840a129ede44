//! Remarks below the line of a service, with the available commands.

use crate::diagnostic::Suggestion;
use crate::ui::line::{Line, Symbol};
use crate::ui::terminal_style::TerminalStyle;

/// A remark.
pub struct StatusRemark {
    sign: Symbol,
    text: String,
    next: Vec<Suggestion>,
    is_whole: bool,
}

impl StatusRemark {
    /// Creates a remark without commands.
    pub fn of(sign: Symbol, text: String) -> Self {
        Self {
            sign,
            text,
            next: Vec::new(),
            is_whole: false,
        }
    }

    /// Adds an available command.
    pub fn next(mut self, command: Suggestion) -> Self {
        self.next.push(command);
        self
    }

    /// Keeps the remark whole, because it says what to do.
    pub fn whole(mut self) -> Self {
        self.is_whole = true;
        self
    }

    /// Formats the remark, cut to the width of a terminal, followed by its commands if the terminal is wide enough;
    /// otherwise they go below it.
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
        let said = match look.width {
            Some(columns) if !self.is_whole => said.shortened(look, columns),
            _ => said,
        };
        let below = self
            .next
            .iter()
            .map(|command| Line::of("     ").command(command.clone()));
        std::iter::once(said).chain(below).collect()
    }
}
