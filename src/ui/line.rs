//! A line of text as a list of pieces: external text is sanitized when added, and the stream's style is
//! applied when the line is rendered.

use crate::diagnostic::Suggestion;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::command_hints::CommandFlags;
use super::secret_mask::shown;
use super::terminal_style::TerminalStyle;
use super::wrap;

/// The meaning of a piece. Its color only repeats what a word or a symbol says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// Plain text.
    Plain,
    /// A name, or the most important part.
    Strong,
    /// Less important text.
    Faint,
    /// Success, or an addition.
    Good,
    /// Failure, or a removal.
    Bad,
    /// A warning, or a change.
    Warn,
    /// One of several sources with interleaved lines, by number. Each has its own color until the colors run out.
    Source(usize),
}

/// Colors that distinguish sources; none of them has another meaning here.
const SOURCES: [AnsiColor; 6] = [
    AnsiColor::Cyan,
    AnsiColor::Magenta,
    AnsiColor::Blue,
    AnsiColor::BrightCyan,
    AnsiColor::BrightMagenta,
    AnsiColor::BrightBlue,
];

impl Emphasis {
    fn style(self) -> Style {
        match self {
            Emphasis::Plain => Style::new(),
            Emphasis::Strong => Style::new().bold(),
            Emphasis::Faint => Style::new().dimmed(),
            Emphasis::Good => AnsiColor::Green.on_default(),
            Emphasis::Bad => AnsiColor::Red.on_default().bold(),
            Emphasis::Warn => AnsiColor::Yellow.on_default(),
            Emphasis::Source(number) => {
                let colour = SOURCES.iter().cycle().nth(number % SOURCES.len());
                colour.map_or_else(Style::new, |colour| colour.on_default())
            }
        }
    }
}

/// A symbol with an ASCII form for locales without UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// `+`
    Create,
    /// `~`
    Change,
    /// `-`
    Remove,
    /// `=`
    Same,
    /// `✓`
    Done,
    /// `✗`
    Failed,
    /// `!`
    Warning,
    /// `→`
    Arrow,
    /// `…`
    Ellipsis,
    /// `█`
    Full,
    /// `░`
    Empty,
}

impl Symbol {
    /// Returns the symbol in Unicode or ASCII.
    pub fn text(self, unicode: bool) -> &'static str {
        match (self, unicode) {
            (Symbol::Create, _) => "+",
            (Symbol::Change, _) => "~",
            (Symbol::Remove, _) => "-",
            (Symbol::Same, _) => "=",
            (Symbol::Warning, _) => "!",
            (Symbol::Done, true) => "✓",
            (Symbol::Done, false) => "ok",
            (Symbol::Failed, true) => "✗",
            (Symbol::Failed, false) => "x",
            (Symbol::Arrow, true) => "→",
            (Symbol::Arrow, false) => "->",
            (Symbol::Ellipsis, true) => "…",
            (Symbol::Ellipsis, false) => "...",
            (Symbol::Full, true) => "█",
            (Symbol::Full, false) => "#",
            (Symbol::Empty, true) => "░",
            (Symbol::Empty, false) => ".",
        }
    }

    fn tone(self) -> Emphasis {
        match self {
            Symbol::Create | Symbol::Done => Emphasis::Good,
            Symbol::Change | Symbol::Warning => Emphasis::Warn,
            Symbol::Failed | Symbol::Remove => Emphasis::Bad,
            Symbol::Same | Symbol::Empty => Emphasis::Faint,
            Symbol::Arrow | Symbol::Ellipsis | Symbol::Full => Emphasis::Plain,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum StyledPiece {
    Text(Emphasis, String),
    Sign(Symbol, usize),
    /// Our own text, which contains a command.
    Command(Suggestion),
}

impl StyledPiece {
    fn text(&self, look: TerminalStyle) -> (Emphasis, String) {
        match self {
            StyledPiece::Text(tone, text) => (*tone, text.clone()),
            StyledPiece::Command(suggestion) => {
                (Emphasis::Plain, shown(&suggestion.to_string()).into_owned())
            }
            StyledPiece::Sign(sign, times) => (sign.tone(), sign.text(look.unicode).repeat(*times)),
        }
    }
}

/// One line, without its newline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pieces: Vec<StyledPiece>,
    /// The column of the text after a label: later lines of a long text begin there.
    hang: Option<usize>,
    /// Whether it is a program's output, which stays as it is.
    is_verbatim: bool,
}

impl Line {
    /// Creates an empty line.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a line of plain text.
    pub fn of(text: impl AsRef<str>) -> Self {
        Self::new().text(text)
    }

    /// Creates `error: MESSAGE`.
    pub fn error(message: &str) -> Self {
        Self::new()
            .tone(Emphasis::Bad, "error:")
            .text(" ")
            .tone(Emphasis::Strong, message)
    }

    /// Adds plain text.
    #[must_use]
    pub fn text(self, text: impl AsRef<str>) -> Self {
        self.tone(Emphasis::Plain, text)
    }

    /// Adds text with an emphasis.
    #[must_use]
    pub fn tone(mut self, tone: Emphasis, text: impl AsRef<str>) -> Self {
        self.pieces
            .push(StyledPiece::Text(tone, shown(text.as_ref()).into_owned()));
        self
    }

    /// Adds our own text that contains a command; the flags of this invocation are inserted when it is printed.
    #[must_use]
    pub fn command(mut self, suggestion: impl Into<Suggestion>) -> Self {
        self.pieces.push(StyledPiece::Command(suggestion.into()));
        self
    }

    /// Sets the column at which later lines begin if the line is too long for the terminal.
    #[must_use]
    pub fn hanging(mut self, column: usize) -> Self {
        self.hang = Some(column);
        self
    }

    /// Marks the line as a program's output, which is not broken.
    #[must_use]
    pub fn verbatim(mut self) -> Self {
        self.is_verbatim = true;
        self
    }

    /// Returns the line with these flags inserted into its commands.
    #[must_use]
    pub fn with_flags(mut self, invocation: &CommandFlags) -> Self {
        for piece in &mut self.pieces {
            if let StyledPiece::Command(suggestion) = piece {
                let text = invocation.complete_whole(suggestion);
                *piece = StyledPiece::Text(Emphasis::Plain, shown(&text).into_owned());
            }
        }
        self
    }

    /// Adds a symbol.
    #[must_use]
    pub fn sign(self, sign: Symbol) -> Self {
        self.signs(sign, 1)
    }

    /// Adds a symbol several times.
    #[must_use]
    pub fn signs(mut self, sign: Symbol, times: usize) -> Self {
        self.pieces.push(StyledPiece::Sign(sign, times));
        self
    }

    /// Appends another line.
    #[must_use]
    pub fn line(mut self, other: Line) -> Self {
        self.pieces.extend(other.pieces);
        self.is_verbatim |= other.is_verbatim;
        self
    }

    /// Pads with spaces up to a column, with at least one space unless the line is empty.
    #[must_use]
    pub fn pad_to(self, column: usize, look: TerminalStyle) -> Self {
        let width = self.width(look);
        let blanks = column.saturating_sub(width).max(usize::from(width > 0));
        self.text(" ".repeat(blanks))
    }

    /// Returns the width in columns.
    pub fn width(&self, look: TerminalStyle) -> usize {
        self.pieces.iter().map(|piece| piece.text(look).1.width()).sum()
    }

    /// Returns the rendered width in columns, without trailing spaces.
    pub fn trimmed_width(&self, look: TerminalStyle) -> usize {
        let text: String = self.pieces.iter().map(|piece| piece.text(look).1).collect();
        text.trim_end().width()
    }

    /// Whether the line has no visible content.
    pub fn is_empty(&self, look: TerminalStyle) -> bool {
        self.width(look) == 0
    }

    /// Renders the line, truncated to `columns` with an ellipsis if it is longer.
    pub fn cut(&self, look: TerminalStyle, columns: usize) -> String {
        self.shortened(look, columns).render(look)
    }

    /// Truncates the line to `columns` with an ellipsis if it is longer.
    #[must_use]
    pub fn shortened(&self, look: TerminalStyle, columns: usize) -> Line {
        if self.width(look) <= columns {
            return self.clone();
        }
        let ellipsis = Symbol::Ellipsis.text(look.unicode);
        let mut left = columns.saturating_sub(ellipsis.width());
        let mut short = Line::new();
        for piece in &self.pieces {
            let (tone, text) = piece.text(look);
            let kept = prefix(&text, left);
            left -= kept.width();
            let is_cut = kept.len() < text.len();
            short = short.tone(tone, kept);
            if is_cut {
                break;
            }
        }
        short.text(prefix(ellipsis, columns))
    }

    /// Renders the line, without trailing spaces.
    pub fn render(&self, look: TerminalStyle) -> String {
        let mut written = self.render_untrimmed(look);
        written.truncate(written.trim_end().len());
        written
    }

    /// Renders the line, broken between words if it is longer than the terminal's `columns`.
    pub fn wrapped(&self, look: TerminalStyle, columns: Option<usize>) -> String {
        match columns {
            Some(columns) if !self.is_verbatim && self.trimmed_width(look) > columns => {
                let text: String = self.pieces.iter().map(|piece| piece.text(look).1).collect();
                let indented = text.len() - text.trim_start_matches(' ').len();
                wrap::wrapped(
                    self.styled(look).trim_end(),
                    columns,
                    self.hang.unwrap_or(indented + 2),
                )
            }
            _ => self.render(look),
        }
    }

    /// Renders the line with its trailing spaces, for when more text follows.
    pub fn render_untrimmed(&self, look: TerminalStyle) -> String {
        wrap::unglued(&self.styled(look))
    }

    fn styled(&self, look: TerminalStyle) -> String {
        let mut written = String::new();
        for piece in &self.pieces {
            let (tone, text) = piece.text(look);
            let style = tone.style();
            // Writing to a String can't fail.
            let _ = if look.colour && tone != Emphasis::Plain && !text.trim().is_empty() {
                write!(written, "{style}{text}{style:#}")
            } else {
                write!(written, "{text}")
            };
        }
        written
    }
}

/// Returns the longest prefix that fits into this many columns.
fn prefix(text: &str, columns: usize) -> &str {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        if text[..next].width() > columns {
            break;
        }
        end = next;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const UTF8: TerminalStyle = TerminalStyle {
        colour: false,
        unicode: true,
        terminal: true,
        width: None,
    };

    #[test]
    fn symbols_follow_the_locale() {
        let line = Line::new()
            .sign(Symbol::Done)
            .text(" web")
            .sign(Symbol::Arrow)
            .signs(Symbol::Full, 2);
        assert_eq!(line.render(UTF8), "✓ web→██");
        assert_eq!(line.render(TerminalStyle::PLAIN), "ok web->##");
    }

    #[test]
    fn colors_are_never_taken_from_input() {
        let look = TerminalStyle { colour: true, ..UTF8 };
        let line = Line::new()
            .tone(Emphasis::Good, "\u{1b}[31mok")
            .text("\u{1b}[0m fine");
        assert_eq!(line.render(look), "\u{1b}[32mok\u{1b}[0m fine");
    }

    #[test]
    fn a_long_line_is_cut_by_columns_not_by_characters() {
        let line = Line::of("世界世界");
        assert_eq!(line.cut(UTF8, 8), "世界世界");
        assert_eq!(line.cut(UTF8, 7), "世界世…");
        assert_eq!(line.cut(UTF8, 6), "世界…");
        assert_eq!(line.cut(UTF8, 0), "");
        assert_eq!(line.cut(TerminalStyle::PLAIN, 2), "..");
    }

    proptest! {
        #[test]
        fn a_cut_line_fits(text in any::<String>(), more in any::<String>(), columns in 0usize..40, unicode: bool) {
            let look = TerminalStyle { unicode, ..UTF8 };
            let line = Line::of(&text).sign(Symbol::Arrow).text(&more);
            prop_assert!(line.cut(look, columns).width() <= columns);
        }
    }
}
