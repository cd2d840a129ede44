//! Parses dotenv files as Docker Compose does (compose-go, `dotenv/parser.go`), except that nothing is expanded.

use std::ops::Range;

use super::DotenvError;

/// A statement: a name and, unless it has no `=`, a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    pub name: String,
    pub value: Option<String>,
    /// The bytes up to and including the `=`, or those of the name.
    pub head: Range<usize>,
}

/// Returns the statements of a text, in its order.
pub(super) fn statements(text: &str) -> Result<Vec<Statement>, DotenvError> {
    let mut parser = DotenvParser { text, at: 0 };
    let mut found = Vec::new();
    while parser.skip_to_statement() {
        found.extend(parser.statement()?);
    }
    Ok(found)
}

struct DotenvParser<'a> {
    text: &'a str,
    /// The next byte.
    at: usize,
}

impl<'a> DotenvParser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Skips blank lines and comments. False at the end of the text.
    fn skip_to_statement(&mut self) -> bool {
        loop {
            self.at += leading(self.rest(), char::is_whitespace);
            match self.rest() {
                "" => return false,
                rest if rest.starts_with('#') => self.at += rest.find('\n').unwrap_or(rest.len()),
                _ => return true,
            }
        }
    }

    /// Reads a statement; None for an `export` of nothing.
    fn statement(&mut self) -> Result<Option<Statement>, DotenvError> {
        let start = self.at;
        self.skip_export();
        let rest = self.rest();
        let end = rest
            .find(|c| !is_space(c) && !is_of_name(c))
            .unwrap_or(rest.len());
        let separator = rest[end..].chars().next();
        if separator.is_some_and(|c| !matches!(c, '=' | ':' | '\n')) {
            return Err(self.not_a_name(start, "a name has only letters, digits, `_`, `.` and `-`"));
        }
        let name = rest[..end].trim_end();
        if name.contains(char::is_whitespace) {
            return Err(self.not_a_name(start, "a name can't contain a space"));
        }
        let name = name.to_owned();
        self.at += end;
        if !matches!(separator, Some('=' | ':')) {
            let head = start..self.at;
            let value = None;
            return Ok((!name.is_empty()).then_some(Statement { name, value, head }));
        }
        if name.is_empty() {
            return Err(DotenvError::new(start, "there is no name before the `=`"));
        }
        self.at += 1;
        let head = start..self.at;
        let value = self.value(start)?;
        if value.contains('\0') {
            return Err(DotenvError::new(start, "the value contains a NUL character"));
        }
        let value = Some(value);
        Ok(Some(Statement { name, value, head }))
    }

    /// Returns the error for a text that is no name: on a line that began with a quoted value, it follows that.
    fn not_a_name(&self, start: usize, reason: &'static str) -> DotenvError {
        let line = self.text[..start].rsplit('\n').next().unwrap_or_default();
        let reason = match line.trim().is_empty() {
            true => reason,
            false => "only a comment can follow the closing quote",
        };
        DotenvError::new(start, reason)
    }

    fn skip_export(&mut self) {
        if let Some(rest) = self.rest().strip_prefix("export")
            && rest.starts_with(['\t', '\n', '\x0c', '\r', ' '])
        {
            self.at += "export".len() + leading(rest, is_space);
        }
    }

    fn value(&mut self, start: usize) -> Result<String, DotenvError> {
        self.at += leading(self.rest(), is_space);
        match self.rest().chars().next() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote, start),
            _ => Ok(self.unquoted()),
        }
    }

    /// Reads the rest of the line without a comment, which has a space before its `#`.
    fn unquoted(&mut self) -> String {
        let rest = self.rest();
        let line = rest.split('\n').next().unwrap_or_default();
        self.at += line.len();
        let value = line.split_once(" #").map_or(line, |(value, _)| value);
        value.trim_end().to_owned()
    }

    /// Reads up to the closing quote, which may be on a later line.
    fn quoted(&mut self, quote: char, start: usize) -> Result<String, DotenvError> {
        let mut value = String::new();
        let mut is_escaped = false;
        for (at, c) in self.rest().char_indices().skip(1) {
            match c {
                '\\' if !is_escaped => is_escaped = true,
                _ if c == quote && !is_escaped => {
                    self.at += at + 1;
                    return Ok(match quote {
                        '"' => unescaped(&value),
                        _ => value,
                    });
                }
                _ => {
                    if is_escaped && c != quote {
                        value.push('\\');
                    }
                    is_escaped = false;
                    value.push(c);
                }
            }
        }
        Err(DotenvError::new(start, "the closing quote is missing"))
    }
}

/// Resolves the escapes of a value in double quotes; unknown ones stay as they are.
fn unescaped(value: &str) -> String {
    let mut plain = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let c = after.chars().next();
        let known = match c {
            Some('a') => Some('\x07'),
            Some('b') => Some('\x08'),
            Some('f') => Some('\x0c'),
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some('v') => Some('\x0b'),
            Some(c @ ('$' | '"' | '\\')) => Some(c),
            _ => None,
        };
        rest = match (known, after.strip_prefix('0')) {
            (Some(known), _) => {
                plain.push(known);
                &after[1..]
            }
            (None, Some(digits)) => octal(digits, &mut plain),
            (None, None) => {
                plain.push('\\');
                after
            }
        };
    }
    plain.push_str(rest);
    plain
}

/// Adds the character of `\0` and three octal digits, and returns what follows them. Like Compose, loses the zero if
/// it isn't one.
fn octal<'a>(text: &'a str, plain: &mut String) -> &'a str {
    let digits = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(digits);
    let code = u8::from_str_radix(digits, 8).ok().filter(|_| digits.len() == 3);
    match code {
        Some(code) => plain.push(char::from(code)),
        None => {
            plain.push('\\');
            plain.push_str(digits);
        }
    }
    rest
}

/// Returns the bytes of the characters at the start that meet a condition.
fn leading(text: &str, is_met: impl Fn(char) -> bool) -> usize {
    text.len() - text.trim_start_matches(is_met).len()
}

/// Whether it is a space that doesn't end a line.
fn is_space(c: char) -> bool {
    matches!(c, '\t' | '\x0b' | '\x0c' | '\r' | ' ' | '\u{85}' | '\u{a0}')
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '[' | ']')
}
