//! A line of text in pieces: what others said is cleaned on its way in, and the stream's look decides on its way out.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::clean::clean;
use super::look::Look;
use super::typed::Invocation;

/// What a piece means; its colour only repeats what a word or a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    Plain,
    /// A name, or what matters most.
    Strong,
    /// What matters less.
    Faint,
    /// It went well, or comes to be.
    Good,
    /// It failed, or goes away.
    Bad,
    /// Look here, or it changes.
    Warn,
    /// One of several whose lines are mixed, by its number: each has a colour, until the colours run out.
    Source(usize),
}

/// What tells sources apart: colours that mean nothing else here.
const SOURCES: [AnsiColor; 6] = [
    AnsiColor::Cyan,
    AnsiColor::Magenta,
    AnsiColor::Blue,
    AnsiColor::BrightCyan,
    AnsiColor::BrightMagenta,
    AnsiColor::BrightBlue,
];

impl Tone {
    fn style(self) -> Style {
        match self {
            Tone::Plain => Style::new(),
            Tone::Strong => Style::new().bold(),
            Tone::Faint => Style::new().dimmed(),
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Bad => AnsiColor::Red.on_default().bold(),
            Tone::Warn => AnsiColor::Yellow.on_default(),
            Tone::Source(number) => {
                let colour = SOURCES.iter().cycle().nth(number % SOURCES.len());
                colour.map_or_else(Style::new, |colour| colour.on_default())
            }
        }
    }
}

/// A sign of ours that has an ASCII form for locales without UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `+`
    Create,
    /// `~`
    Change,
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

impl Sign {
    fn text(self, unicode: bool) -> &'static str {
        match (self, unicode) {
            (Sign::Create, _) => "+",
            (Sign::Change, _) => "~",
            (Sign::Same, _) => "=",
            (Sign::Warning, _) => "!",
            (Sign::Done, true) => "✓",
            (Sign::Done, false) => "ok",
            (Sign::Failed, true) => "✗",
            (Sign::Failed, false) => "x",
            (Sign::Arrow, true) => "→",
            (Sign::Arrow, false) => "->",
            (Sign::Ellipsis, true) => "…",
            (Sign::Ellipsis, false) => "...",
            (Sign::Full, true) => "█",
            (Sign::Full, false) => "#",
            (Sign::Empty, true) => "░",
            (Sign::Empty, false) => ".",
        }
    }

    fn tone(self) -> Tone {
        match self {
            Sign::Create | Sign::Done => Tone::Good,
            Sign::Change | Sign::Warning => Tone::Warn,
            Sign::Failed => Tone::Bad,
            Sign::Same | Sign::Empty => Tone::Faint,
            Sign::Arrow | Sign::Ellipsis | Sign::Full => Tone::Plain,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(Tone, String),
    Sign(Sign, usize),
    /// Our own words, which name a command.
    Command(String),
}

impl Piece {
    fn text(&self, look: Look) -> (Tone, String) {
        match self {
            Piece::Text(tone, text) => (*tone, text.clone()),
            Piece::Command(text) => (Tone::Plain, text.clone()),
            Piece::Sign(sign, times) => (sign.tone(), sign.text(look.unicode).repeat(*times)),
        }
    }
}

/// One line, without its newline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pieces: Vec<Piece>,
}

impl Line {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Plain text.
    pub fn of(text: impl AsRef<str>) -> Self {
        Self::new().text(text)
    }

    /// `error: MESSAGE`.
    pub fn error(message: &str) -> Self {
        Self::new()
            .tone(Tone::Bad, "error:")
            .text(" ")
            .tone(Tone::Strong, message)
    }

    /// Adds plain text.
    #[must_use]
    pub fn text(self, text: impl AsRef<str>) -> Self {
        self.tone(Tone::Plain, text)
    }

    /// Adds text in a tone.
    #[must_use]
    pub fn tone(mut self, tone: Tone, text: impl AsRef<str>) -> Self {
        self.pieces
            .push(Piece::Text(tone, clean(text.as_ref()).into_owned()));
        self
    }

    /// Adds words of ours that name a command: where they are printed, the command gets the flags that were given.
    #[must_use]
    pub fn command(mut self, text: impl AsRef<str>) -> Self {
        self.pieces
            .push(Piece::Command(clean(text.as_ref()).into_owned()));
        self
    }

    /// The line with these flags in its commands.
    #[must_use]
    pub fn with_flags(mut self, invocation: &Invocation) -> Self {
        for piece in &mut self.pieces {
            if let Piece::Command(text) = piece {
                *text = invocation.typed(text).into_owned();
            }
        }
        self
    }

    /// Adds a sign.
    #[must_use]
    pub fn sign(self, sign: Sign) -> Self {
        self.signs(sign, 1)
    }

    /// Adds a sign several times.
    #[must_use]
    pub fn signs(mut self, sign: Sign, times: usize) -> Self {
        self.pieces.push(Piece::Sign(sign, times));
        self
    }

    /// Adds all of another line.
    #[must_use]
    pub fn line(mut self, other: Line) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    /// Adds blanks up to a column, one at least unless the line is empty.
    #[must_use]
    pub fn pad_to(self, column: usize, look: Look) -> Self {
        let width = self.width(look);
        let blanks = column.saturating_sub(width).max(usize::from(width > 0));
        self.text(" ".repeat(blanks))
    }

    /// The columns that it takes.
    pub fn width(&self, look: Look) -> usize {
        self.pieces.iter().map(|piece| piece.text(look).1.width()).sum()
    }

    /// The columns that it takes when it is written, without blanks at its end.
    pub fn trimmed_width(&self, look: Look) -> usize {
        let text: String = self.pieces.iter().map(|piece| piece.text(look).1).collect();
        text.trim_end().width()
    }

    /// Whether there is nothing to be seen.
    pub fn is_empty(&self, look: Look) -> bool {
        self.width(look) == 0
    }

    /// The line as it is written, cut to `columns` with an ellipsis where it is longer.
    pub fn cut(&self, look: Look, columns: usize) -> String {
        if self.width(look) <= columns {
            return self.render(look);
        }
        let ellipsis = Sign::Ellipsis.text(look.unicode);
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
        short.text(prefix(ellipsis, columns)).render(look)
    }

    /// The line as it is written, without blanks at its end.
    pub fn render(&self, look: Look) -> String {
        let mut written = self.render_untrimmed(look);
        written.truncate(written.trim_end().len());
        written
    }

    /// The line as it is written, when more follows.
    pub fn render_untrimmed(&self, look: Look) -> String {
        let mut written = String::new();
        for piece in &self.pieces {
            let (tone, text) = piece.text(look);
            let style = tone.style();
            // Writing to a String does not fail.
            let _ = if look.colour && tone != Tone::Plain && !text.trim().is_empty() {
                write!(written, "{style}{text}{style:#}")
            } else {
                write!(written, "{text}")
            };
        }
        written
    }
}

/// The longest beginning that fits into so many columns.
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

    const UTF8: Look = Look {
        colour: false,
        unicode: true,
        terminal: true,
        width: None,
    };

    #[test]
    fn signs_follow_the_locale() {
        let line = Line::new()
            .sign(Sign::Done)
            .text(" web")
            .sign(Sign::Arrow)
            .signs(Sign::Full, 2);
        assert_eq!(line.render(UTF8), "✓ web→██");
        assert_eq!(line.render(Look::PLAIN), "ok web->##");
    }

    #[test]
    fn colours_wrap_words_and_never_come_from_outside() {
        let look = Look { colour: true, ..UTF8 };
        let line = Line::new()
            .tone(Tone::Good, "\u{1b}[31mok")
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
        assert_eq!(line.cut(Look::PLAIN, 2), "..");
    }

    proptest! {
        #[test]
        fn a_cut_line_fits(text in any::<String>(), more in any::<String>(), columns in 0usize..40, unicode: bool) {
            let look = Look { unicode, ..UTF8 };
            let line = Line::of(&text).sign(Sign::Arrow).text(&more);
            prop_assert!(line.cut(look, columns).width() <= columns);
        }
    }
}
