//! What is said below the line of a service, and what can be typed then.

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
    /// A remark that leads to no command.
    pub fn of(sign: Symbol, text: String) -> Self {
        Self {
            sign,
            text,
            next: Vec::new(),
        }
    }

    /// With a command that can be typed now.
    pub fn next(mut self, command: Suggestion) -> Self {
        self.next.push(command);
        self
    }

    /// Its commands stand behind it where the terminal is wide enough, else below it.
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
