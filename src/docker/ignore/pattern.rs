//! Translates one line of an ignore file, Go's filepath.Match plus `**`, to a regular expression over the
//! whole path.

use std::iter::Peekable;
use std::str::Chars;

use regex::Regex;

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    exception: bool,
    /// The cleaned pattern: no leading or trailing `/`, no `.` or inner `..`.
    text: String,
    /// None when the pattern matches nothing in a context (`/`, `../x`).
    regex: Option<Regex>,
}

impl Pattern {
    /// Parses a trimmed line that is neither blank nor a comment.
    pub(super) fn parse(line: &str) -> Result<Self, &'static str> {
        let (exception, text) = match line.strip_prefix('!') {
            Some(rest) => (true, rest.trim()),
            None => (false, line),
        };
        if text.is_empty() {
            return Err("it excludes nothing");
        }
        let text = clean(text);
        let source = translate(&text)?;
        let regex = Regex::new(&source).map_err(|_| "it is too long")?;
        Ok(Self {
            exception,
            regex: (!text.is_empty()).then_some(regex),
            text,
        })
    }

    /// Whether it starts with `!`.
    pub(super) fn is_exception(&self) -> bool {
        self.exception
    }

    /// Whether it matches the path itself.
    pub(super) fn matches(&self, path: &str) -> bool {
        self.regex.as_ref().is_some_and(|regex| regex.is_match(path))
    }

    /// Whether it is an exception that may match something inside the folder. One with a wildcard before its
    /// last part may match at any depth; a trailing `/**` is no such wildcard.
    pub(super) fn may_keep_inside(&self, folder: &str) -> bool {
        if !self.exception {
            return false;
        }
        let fixed = self.text.strip_suffix("/**").unwrap_or(&self.text);
        let has_wildcard = fixed.contains(['*', '?', '[', '\\']);
        has_wildcard
            || fixed
                .strip_prefix(folder)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Cleans as Go's path.Clean does, then strips the leading slash: `/` and `.` become empty, `..` remains at
/// the start only.
fn clean(text: &str) -> String {
    let is_rooted = text.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in text.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if is_rooted => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Translates a cleaned pattern to a regular expression.
fn translate(pattern: &str) -> Result<String, &'static str> {
    let mut regex = String::from("^");
    let mut chars = pattern.chars().peekable();
    let mut at_start = true;
    while let Some(char) = chars.next() {
        match char {
            '*' if chars.next_if_eq(&'*').is_some() => {
                let has_slash = chars.next_if_eq(&'/').is_some();
                match chars.clone().next() {
                    None => regex.push_str("(?s:.*)"),
                    // A leading `**x` matches any path that ends in x; elsewhere `**` stands for whole folders.
                    Some(_) if at_start && !has_slash && is_plain(&chars) => regex.push_str("(?s:.*)"),
                    Some(_) => regex.push_str("(?:(?s:.*)/)?"),
                }
            }
            '*' => regex.push_str("[^/]*"),
            '?' => regex.push_str("[^/]"),
            '[' => class(&mut chars, &mut regex)?,
            '\\' => push_literal(
                &mut regex,
                chars.next().ok_or("nothing follows the escape character `\\`")?,
            ),
            other => push_literal(&mut regex, other),
        }
        at_start = false;
    }
    regex.push('$');
    Ok(regex)
}

/// Whether the rest contains no special characters.
fn is_plain(rest: &Peekable<Chars<'_>>) -> bool {
    rest.clone().all(|char| !matches!(char, '*' | '?' | '[' | '\\'))
}

fn push_literal(regex: &mut String, char: char) {
    regex.push_str(&regex::escape(char.encode_utf8(&mut [0; 4])));
}

/// Translates `[abc]`, `[a-c]`, `[^a]`: only `^` negates. `[[:alpha:]]`, which Go's regular expressions also
/// support, works in Docker, so it works here.
fn class(chars: &mut Peekable<Chars<'_>>, regex: &mut String) -> Result<(), &'static str> {
    regex.push('[');
    if chars.next_if_eq(&'^').is_some() {
        regex.push('^');
    }
    let mut is_empty = true;
    loop {
        match chars.peek() {
            None => return Err("the `[` is never closed"),
            Some(']') if is_empty => return Err("the `[]` is empty; write `[\\]]` for a bracket"),
            Some(']') => break,
            Some('-') => return Err("a range starts with `-`; write `\\-` for a dash"),
            Some(_) => {}
        }
        is_empty = false;
        if let Some(name) = posix_class(chars) {
            regex.push_str(&format!("[:{name}:]"));
            continue;
        }
        let low = class_char(chars)?;
        push_literal(regex, low);
        if chars.next_if_eq(&'-').is_some() {
            if matches!(chars.peek(), Some(']' | '-')) {
                return Err("a range has no end; write `\\-` for a dash");
            }
            let high = class_char(chars)?;
            if high < low {
                return Err("a range is backwards");
            }
            regex.push('-');
            push_literal(regex, high);
        }
    }
    chars.next();
    regex.push(']');
    Ok(())
}

fn class_char(chars: &mut Peekable<Chars<'_>>) -> Result<char, &'static str> {
    match chars.next() {
        None => Err("the `[` is never closed"),
        Some('\\') => chars.next().ok_or("nothing follows the escape character `\\`"),
        Some(char) => Ok(char),
    }
}

/// Consumes `[:digit:]` within a class, if it is next.
fn posix_class(chars: &mut Peekable<Chars<'_>>) -> Option<String> {
    const NAMES: [&str; 13] = [
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
        "upper", "xdigit",
    ];
    let rest: String = chars.clone().take("[:xdigit:]".len()).collect();
    let name = rest.strip_prefix("[:")?.split_once(":]")?.0.to_owned();
    if !NAMES.contains(&name.as_str()) {
        return None;
    }
    for _ in 0..name.len() + "[::]".len() {
        chars.next();
    }
    Some(name)
}
