//! The values of changes, short enough for a line, and never so short that two different ones look alike.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::PlanStyle;
use crate::model::{PathStep, Value};
use crate::ui::line::Symbol;
use crate::ui::text::shorten;

/// Values are shortened to this many columns unless output is verbose.
const WIDEST: usize = 60;
/// The beginning that two values have in common is left out if it is longer than this.
const COMMON: usize = 16;

/// Formats one value.
pub(super) fn one(value: &Value, style: PlanStyle) -> String {
    match style.verbose {
        true => full(value),
        false => cut(&short(value), style),
    }
}

/// Formats the values before and after a change.
pub(super) fn pair(before: &Value, after: &Value, style: PlanStyle) -> (String, String) {
    if style.verbose {
        return (full(before), full(after));
    }
    let (mut old, mut new) = (short(before), short(after));
    if old == new {
        (old, new) = (full(before), full(after));
    }
    if old.width().max(new.width()) > WIDEST {
        let common = common(&old, &new);
        if common > COMMON {
            let ellipsis = Symbol::Ellipsis.text(style.look.unicode);
            let rest = |text: &str| format!("{ellipsis}{}", text.get(common..).unwrap_or_default());
            (old, new) = (rest(&old), rest(&new));
        }
    }
    (cut(&old, style), cut(&new, style))
}

/// Formats an added or removed element of a list, without what its path says. May be empty.
pub(super) fn element(value: &Value, step: &PathStep, style: PlanStyle) -> String {
    match (step, value) {
        (PathStep::Item(_), _) | (_, Value::Null) => String::new(),
        (PathStep::Element { key, .. }, Value::Object(members)) => {
            let members = members.iter().filter(|(name, _)| !key.contains(&name.as_str()));
            let rest: crate::model::Object = members.map(|(name, it)| (name.clone(), it.clone())).collect();
            match rest.is_empty() {
                true => String::new(),
                false => one(&Value::Object(rest), style),
            }
        }
        (_, value) => one(value, style),
    }
}

fn full(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn short(value: &Value) -> String {
    match value {
        Value::String(text) => shorten(text),
        other => other.to_string(),
    }
}

/// Returns the length in bytes of the beginning that both texts have, without its last whole word.
fn common(one: &str, other: &str) -> usize {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let length: usize = same.map(|(letter, _)| letter.len_utf8()).sum();
    let beginning = one.get(..length).unwrap_or_default();
    let words = beginning.trim_end_matches(char::is_alphanumeric);
    let words = words.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    match words.trim_end_matches(char::is_alphanumeric).len() {
        0 => length,
        start => start,
    }
}

/// Cuts the middle out of a text that is too wide: names differ at their ends.
fn cut(text: &str, style: PlanStyle) -> String {
    if text.width() <= WIDEST {
        return text.to_owned();
    }
    let ellipsis = Symbol::Ellipsis.text(style.look.unicode);
    let half = WIDEST.saturating_sub(ellipsis.width()) / 2;
    let start: String = within(text.chars(), half).collect();
    let end: Vec<char> = within(text.chars().rev(), half).collect();
    let end: String = end.into_iter().rev().collect();
    format!("{start}{ellipsis}{end}")
}

/// Returns the first characters that fit into this many columns.
fn within(letters: impl Iterator<Item = char>, columns: usize) -> impl Iterator<Item = char> {
    letters.scan(0, move |width, letter| {
        *width += letter.width().unwrap_or(0);
        (*width <= columns).then_some(letter)
    })
}
