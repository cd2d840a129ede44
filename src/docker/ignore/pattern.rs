//! Translates one line of an ignore file, Go's filepath.Match plus `**`, to a regular expression over the
//! whole path, or to the path itself if it has no wildcard.

use std::iter::Peekable;
use std::str::Chars;
use std::sync::OnceLock;

use regex::Regex;

/// Length in bytes of a regular expression up to which it compiles within the regex crate's limit: a byte of it
/// becomes less than 2 kB of program, and the limit is 10 MB.
const SAFE_LENGTH: usize = 4 << 10;
/// Length in bytes of a pattern with wildcards up to which it is compiled at all, which takes 600 times its length. A
/// path has at most 4,096 bytes (`PATH_MAX` in Linux's limits.h).
const MAX_LENGTH: usize = 4 << 10;

/// A parsed pattern.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    exception: bool,
    /// The cleaned pattern: no leading or trailing `/`, no `.` or inner `..`.
    text: String,
    kind: PatternKind,
}

#[derive(Clone, Debug)]
enum PatternKind {
    /// It matches nothing in a context (`/`, `../x`).
    Nothing,
    /// It has no wildcard, and matches this path only.
    Exact(String),
    /// It has wildcards.
    Glob(GlobPattern),
}

/// A pattern with wildcards. Most of the patterns of a long ignore file never meet a path that they could match,
/// so that an expression is compiled when it is first used.
#[derive(Clone, Debug)]
struct GlobPattern {
    source: String,
    regex: OnceLock<Option<Regex>>,
    /// The texts between the wildcards; each occurs in every path that the pattern matches.
    literals: Vec<String>,
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
        if text.len() > MAX_LENGTH {
            return Err("it is longer than 4096 bytes");
        }
        let kind = if text.is_empty() {
            PatternKind::Nothing
        } else {
            translate(&text)?.kind()?
        };
        Ok(Self {
            exception,
            text,
            kind,
        })
    }

    /// Whether it starts with `!`.
    pub(super) fn is_exception(&self) -> bool {
        self.exception
    }

    /// Returns the cleaned pattern, without `!`.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the only path that it matches, if it has no wildcard.
    pub(super) fn exact(&self) -> Option<&str> {
        match &self.kind {
            PatternKind::Exact(path) => Some(path),
            PatternKind::Nothing | PatternKind::Glob(_) => None,
        }
    }

    /// Returns the texts between its wildcards, if it has any: each occurs in every path that it matches.
    pub(super) fn literals(&self) -> Option<&[String]> {
        match &self.kind {
            PatternKind::Glob(glob) => Some(&glob.literals),
            PatternKind::Nothing | PatternKind::Exact(_) => None,
        }
    }

    /// Whether it matches the path itself.
    pub(super) fn matches(&self, path: &str) -> bool {
        match &self.kind {
            PatternKind::Nothing => false,
            PatternKind::Exact(exact) => exact == path,
            PatternKind::Glob(glob) => glob
                .regex
                .get_or_init(|| Regex::new(&glob.source).ok())
                .as_ref()
                .is_some_and(|regex| regex.is_match(path)),
        }
    }

    /// Returns the path whose contents an exception can match, or None if they can be at any depth: one with a
    /// wildcard before its last part may match anywhere; a trailing `/**` is no such wildcard.
    pub(super) fn fixed_path(&self) -> Option<&str> {
        let fixed = self.text.strip_suffix("/**").unwrap_or(&self.text);
        (!fixed.contains(['*', '?', '[', '\\'])).then_some(fixed)
    }
}

/// A translated pattern: the regular expression over the whole path, and the literal texts of it.
#[derive(Debug)]
struct Translation {
    regex: String,
    literals: Vec<String>,
    /// The literal text since the last wildcard.
    literal: String,
    has_wildcard: bool,
}

impl Translation {
    fn wildcard(&mut self, regex: &str) {
        self.regex.push_str(regex);
        self.has_wildcard = true;
        self.end_literal();
    }

    fn literal(&mut self, char: char) {
        push_literal(&mut self.regex, char);
        self.literal.push(char);
    }

    fn end_literal(&mut self) {
        let literal = std::mem::take(&mut self.literal);
        self.literals.extend((!literal.is_empty()).then_some(literal));
    }

    fn kind(mut self) -> Result<PatternKind, &'static str> {
        if !self.has_wildcard {
            return Ok(PatternKind::Exact(self.literal));
        }
        self.end_literal();
        self.regex.push('$');
        let regex = OnceLock::new();
        if self.regex.len() > SAFE_LENGTH {
            let compiled = Regex::new(&self.regex).map_err(|_| "it is too long")?;
            let _ = regex.set(Some(compiled));
        }
        Ok(PatternKind::Glob(GlobPattern {
            source: self.regex,
            regex,
            literals: self.literals,
        }))
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

/// Translates a cleaned pattern.
fn translate(pattern: &str) -> Result<Translation, &'static str> {
    let mut translation = Translation {
        regex: String::from("^"),
        literals: Vec::new(),
        literal: String::new(),
        has_wildcard: false,
    };
    let mut chars = pattern.chars().peekable();
    let mut at_start = true;
    while let Some(char) = chars.next() {
        match char {
            '*' if chars.next_if_eq(&'*').is_some() => {
                let has_slash = chars.next_if_eq(&'/').is_some();
                translation.wildcard(match chars.clone().next() {
                    None => "(?s:.*)",
                    // A leading `**x` matches any path that ends in x; elsewhere `**` stands for whole folders.
                    Some(_) if at_start && !has_slash && is_plain(&chars) => "(?s:.*)",
                    Some(_) => "(?:(?s:.*)/)?",
                });
            }
            '*' => translation.wildcard("[^/]*"),
            '?' => translation.wildcard("[^/]"),
            '[' => {
                let mut regex = String::new();
                class(&mut chars, &mut regex)?;
                translation.wildcard(&regex);
            }
            '\\' => {
                translation.literal(chars.next().ok_or("nothing follows the escape character `\\`")?);
            }
            other => translation.literal(other),
        }
        at_start = false;
    }
    Ok(translation)
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
