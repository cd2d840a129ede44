//! Dotenv files: what they set, and how they may be shown, without their values.

mod parser;
#[cfg(test)]
mod tests;

use indexmap::IndexMap;

use crate::model::MASK;
use parser::Statement;

/// A dotenv file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dotenv {
    /// The variables that it sets, in its order; the last value of each.
    pub variables: IndexMap<String, DotenvValue>,
    /// Where in the masked text there is a name without `=`: Compose takes such a variable from its own environment.
    pub without_value: Vec<(usize, usize)>,
    /// The text with its values and comments masked. Each line stays at its place.
    pub masked: String,
}

/// The value of a variable in a dotenv file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DotenvValue {
    /// The value.
    pub text: String,
    /// Where its name starts and ends in the masked text, in bytes.
    pub span: (usize, usize),
}

/// Why a dotenv file can't be read. Never repeats the file, which may hold secrets anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {}: {reason}", .line + 1)]
pub struct DotenvError {
    /// The line, counted from 0.
    pub line: usize,
    /// What is wrong.
    pub reason: &'static str,
    at: usize,
}

impl DotenvError {
    fn new(at: usize, reason: &'static str) -> Self {
        Self { line: 0, reason, at }
    }
}

impl Dotenv {
    /// Parses a dotenv file as Docker Compose does, except that nothing in it is expanded.
    pub fn parse(text: &str) -> Result<Self, DotenvError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let statements = parser::statements(text).map_err(|error| DotenvError {
            line: text[..error.at].matches('\n').count(),
            ..error
        })?;
        let mut file = Self::default();
        let mut end = 0;
        for Statement { name, value, head } in statements {
            file.masked.push_str(&masked(&text[end..head.start]));
            let start = file.masked.len();
            let shown = value.as_ref().map_or(MASK, |_| &text[head.clone()]);
            file.masked.push_str(shown);
            let span = (start, file.masked.len());
            match value {
                Some(text) => {
                    file.variables.insert(name, DotenvValue { text, span });
                }
                None => file.without_value.push(span),
            }
            end = head.end;
        }
        file.masked.push_str(&masked(&text[end..]));
        Ok(file)
    }
}

/// Replaces what is in each line of a text with the mask.
pub fn masked(text: &str) -> String {
    let lines = text.split('\n').map(|line| match line.trim_start() {
        "" => line.to_owned(),
        rest => format!("{}{MASK}", &line[..line.len() - rest.len()]),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns where the content of a line, counted from 0, starts and ends, in bytes.
pub fn line_span(text: &str, line: usize) -> (usize, usize) {
    let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
    let line = text[start..].split('\n').next().unwrap_or_default();
    let start = start + (line.len() - line.trim_start().len());
    (start, start + line.trim().len())
}
