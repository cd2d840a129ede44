//! The type of a plain scalar by the core schema of YAML 1.2.2 (§10.3.2): `yes`, `no`, `on`, `off` are
//! text.

use crate::model::{NodeKind, Text};

/// Whether a scalar without quotes is null.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// Returns the kind of a scalar without quotes.
pub(super) fn plain(text: &str) -> NodeKind {
    match text {
        text if is_null(text) => NodeKind::Null,
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
    if let Some(number) = integer(text) {
        return Some(number);
    }
    is_float(text)
        .then(|| text.parse::<f64>().ok())
        .flatten()
        .and_then(serde_json::Number::from_f64)
}

/// Whether a text is `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`. As a regular expression, this would take a
/// part of the time that reading a whole file takes.
fn is_float(text: &str) -> bool {
    let sign = |text: &str| usize::from(text.starts_with(['-', '+']));
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = &text[sign(text)..];
    let mut count = digits(rest);
    rest = &rest[count..];
    if let Some(fraction) = rest.strip_prefix('.') {
        count += digits(fraction);
        rest = &fraction[digits(fraction)..];
    }
    if count == 0 {
        return false;
    }
    let Some(exponent) = rest.strip_prefix(['e', 'E']) else {
        return rest.is_empty();
    };
    let exponent = &exponent[sign(exponent)..];
    !exponent.is_empty() && digits(exponent) == exponent.len()
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
        ("-1.5E+10", "number"),
        ("1.e3", "number"),
        ("1e", "text"),
        ("1e+", "text"),
        (".e1", "text"),
        ("1.2.3", "text"),
        ("+-1.0", "text"),
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
