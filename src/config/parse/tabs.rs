//! JSON that is indented by tabs and pasted below a key. The parser wants a block's indentation to be of spaces inside
//! brackets too (YAML 1.2.2, §6.1); JSON doesn't care, so there each such tab is read as a space.

use granit_parser::ErrorKind;

use super::syntax;

/// How many pasted pieces a file may have. Each costs reading the file once more.
pub(super) const MAX_PIECES: usize = 32;

/// The text with every tab that indents a line of this collection as a space, so that all bytes keep their places.
/// `seen` is the end of what was read before the parser stopped at `stopped`, and `open` the first of the brackets that
/// were open there. None when the tab stands in no brackets.
pub(super) fn as_spaces(
    text: &str,
    kind: &ErrorKind,
    open: Option<usize>,
    seen: usize,
    stopped: usize,
) -> Option<String> {
    if !syntax::is_tab(kind) {
        return None;
    }
    let open = open.or_else(|| bracket_between(text, seen, stopped))?;
    let piece = &text[open..end_of(text, open)];
    let lines: String = piece.split_inclusive('\n').map(line_as_spaces).collect();
    let changed = [&text[..open], &lines, &text[open + piece.len()..]].concat();
    (changed != text).then_some(changed)
}

/// The parser reads ahead: a bracket that it has not told of yet. Between values there is nothing else but signs,
/// anchors and comments.
fn bracket_between(text: &str, from: usize, to: usize) -> Option<usize> {
    let mut scan = Scan::default();
    let between = text.get(from..to)?.char_indices();
    between
        .filter(|(_, c)| scan.is_sign(*c))
        .find(|(_, c)| matches!(c, '{' | '['))
        .map(|(at, _)| from + at)
}

/// The byte after the bracket that closes the one at `open`; the end of the text where none does.
fn end_of(text: &str, open: usize) -> usize {
    let mut scan = Scan::default();
    let mut depth = 0_usize;
    for (at, c) in text[open..].char_indices() {
        if !scan.is_sign(c) {
            continue;
        }
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' if depth <= 1 => return open + at + c.len_utf8(),
            '}' | ']' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

fn line_as_spaces(line: &str) -> String {
    let rest = line.trim_start_matches([' ', '\t']);
    " ".repeat(line.len() - rest.len()) + rest
}

/// Where in flow style a character stands: in a quoted text, in a comment, or neither.
#[derive(Default)]
struct Scan {
    quote: Option<char>,
    is_escaped: bool,
    is_comment: bool,
    /// The character before, and the last one that is no blank.
    before: Option<char>,
    solid: Option<char>,
}

impl Scan {
    /// Takes the next character in. Whether it stands outside of quotes and comments.
    fn is_sign(&mut self, c: char) -> bool {
        let is_sign = self.step(c);
        self.before = Some(c);
        if !c.is_whitespace() {
            self.solid = Some(c);
        }
        is_sign
    }

    fn step(&mut self, c: char) -> bool {
        if let Some(quote) = self.quote {
            let is_end = c == quote && !self.is_escaped;
            self.is_escaped = quote == '"' && c == '\\' && !self.is_escaped;
            if is_end {
                self.quote = None;
            }
            return false;
        }
        if self.is_comment {
            self.is_comment = c != '\n';
            return false;
        }
        let after_blank = self.before.is_none_or(char::is_whitespace);
        if c == '#' && after_blank {
            self.is_comment = true;
            return false;
        }
        // Elsewhere a quote is a character of a plain text: `it's`.
        if matches!(c, '"' | '\'')
            && self
                .solid
                .is_none_or(|before| matches!(before, '{' | '[' | ',' | ':'))
        {
            self.quote = Some(c);
            return false;
        }
        true
    }
}
