//! Scalars and keys in YAML: plain where every parser reads a text as that text, else quoted.

use std::fmt::Write as _;

use crate::diagnostic::is_control;
use crate::model::Value;

/// Plain scalars that a parser of YAML 1.1 or 1.2 reads as something other than text, in lower case.
const WORDS: [&str; 13] = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", "~", ".inf", ".nan", "<<",
];

/// Returns a scalar for a place where it ends with its line; one with several lines is a block at `indent`.
pub(super) fn in_block(scalar: &Value, indent: usize) -> String {
    match scalar {
        Value::String(text) if is_block(text) => block(text, indent),
        Value::String(text) if is_plain(text) => text.clone(),
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// Returns a scalar for a place inside brackets.
pub(super) fn in_flow(scalar: &Value) -> String {
    match scalar {
        Value::String(text) if is_plain(text) && !text.contains([',', '[', ']', '{', '}']) => text.clone(),
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// Returns a key of a mapping.
pub(super) fn key(name: &str) -> String {
    in_flow(&Value::String(name.to_owned()))
}

fn is_plain(text: &str) -> bool {
    let starts_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '.' | '$');
    let is_flag = text
        .strip_prefix('-')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    let is_open = |c: char| c == ' ' || c.is_ascii_graphic();
    (text.starts_with(starts_plain) || is_flag)
        && text.chars().all(is_open)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !["//", "/*", "..."].iter().any(|mark| text.starts_with(mark))
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
        && !looks_numeric(text)
}

/// Whether a text could be a number, a time or a date for some parser.
fn looks_numeric(text: &str) -> bool {
    let is_part = |c: char| {
        c.is_ascii_hexdigit()
            || matches!(
                c,
                '_' | '.' | ':' | '+' | '-' | 'x' | 'X' | 'o' | 'O' | 'T' | 'Z' | ' '
            )
    };
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    has_digit
        && text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'))
        && text.chars().all(is_part)
}

/// Whether a text is readable as a block: several lines of visible characters.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let is_line = |line: &str| !line.ends_with(' ') && !line.chars().any(is_escaped);
    body.contains('\n')
        && !body.starts_with([' ', '\n'])
        && !body.ends_with('\n')
        && body.split('\n').all(is_line)
}

fn block(text: &str, indent: usize) -> String {
    let body = text.strip_suffix('\n');
    let mut block = if body.is_some() { "|" } else { "|-" }.to_owned();
    for line in body.unwrap_or(text).split('\n') {
        block.push('\n');
        if !line.is_empty() {
            let _ = write!(block, "{:indent$}{line}", "");
        }
    }
    block
}

fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) && !text.chars().any(is_escaped) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut quoted = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if !is_escaped(c) => quoted.push(c),
            c if u32::from(c) <= 0xffff => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => {
                let _ = write!(quoted, "\\U{:08x}", u32::from(c));
            }
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a character is written as an escape: what controls a terminal or reorders text, and what YAML doesn't allow
/// as it is (YAML 1.2.2, 5.1).
fn is_escaped(c: char) -> bool {
    is_control(c) || c == '\u{feff}' || matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff)
}
