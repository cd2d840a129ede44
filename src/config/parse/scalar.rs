//! The type of a plain scalar by the core schema of YAML 1.2.2 (§10.3.2): `yes`, `no`, `on`, `off` are
//! text.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{NodeKind, Text};

/// Returns the kind of a scalar without quotes.
pub(super) fn plain(text: &str) -> NodeKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => NodeKind::Null,
        "true" | "True" | "TRUE" => NodeKind::Bool(true, text.to_owned()),
        "false" | "False" | "FALSE" => NodeKind::Bool(false, text.to_owned()),
        _ => match number(text) {
            Some(number) => NodeKind::Number(number, text.to_owned()),
            None => NodeKind::Text(Text {
                plain: true,
                ..Text::literal(text)
            }),
        },
    }
}

/// Parses a text as a number. Infinities and not-a-number stay text: no API member takes them.
pub(crate) fn number(text: &str) -> Option<serde_json::Number> {
    static FLOAT: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$").ok());
    if let Some(number) = integer(text) {
        return Some(number);
    }
    let is_float = FLOAT.as_ref().is_some_and(|float| float.is_match(text));
    is_float
        .then(|| text.parse::<f64>().ok())
        .flatten()
        .and_then(serde_json::Number::from_f64)
}

fn integer(text: &str) -> Option<serde_json::Number> {
    let radix = |digits: &str, radix| {
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (is_plain && !digits.is_empty()).then(|| u64::from_str_radix(digits, radix).ok())?
    };
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16).map(Into::into);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8).map(Into::into);
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.parse::<i64>() {
        Ok(number) => Some(number.into()),
        Err(_) => text.parse::<u64>().ok().map(Into::into),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row per rule of the core schema: the text, and its type.
    const ROWS: &[(&str, &str)] = &[
        ("", "null"),
        ("~", "null"),
        ("null", "null"),
        ("nULL", "text"),
        ("true", "bool"),
        ("FALSE", "bool"),
        ("tRUE", "text"),
        ("yes", "text"),
        ("no", "text"),
        ("on", "text"),
        ("off", "text"),
        ("y", "text"),
        ("0", "number"),
        ("012", "number"),
        ("-1", "number"),
        ("+1", "number"),
        ("0x1F", "number"),
        ("0o17", "number"),
        ("0o18", "text"),
        ("0x", "text"),
        ("0x+1", "text"),
        ("1_000", "text"),
        ("1.10", "number"),
        (".5", "number"),
        ("1.", "number"),
        ("1e3", "number"),
        ("1e", "text"),
        ("1e999", "text"),
        (".", "text"),
        ("-", "text"),
        (".inf", "text"),
        (".nan", "text"),
        ("1:30", "text"),
        ("2026-11-20", "text"),
        ("18446744073709551615", "number"),
        ("0.25 vCPU", "text"),
    ];

    #[test]
    fn core_schema() {
        for (text, expected) in ROWS {
            let found = match plain(text) {
                NodeKind::Null => "null",
                NodeKind::Bool(..) => "bool",
                NodeKind::Number(..) => "number",
                NodeKind::Text(_) => "text",
                NodeKind::List(_) | NodeKind::Map(_) => "collection",
            };
            assert_eq!(found, *expected, "{text:?}");
        }
    }

    #[test]
    fn numbers_keep_their_value_and_their_source() {
        let NodeKind::Number(number, source) = plain("012") else {
            panic!("a number")
        };
        assert_eq!((number.as_i64(), source.as_str()), (Some(12), "012"));
        assert_eq!(integer("0x1F").and_then(|number| number.as_u64()), Some(31));
        assert_eq!(
            integer("18446744073709551615").and_then(|number| number.as_u64()),
            Some(u64::MAX)
        );
    }
}
