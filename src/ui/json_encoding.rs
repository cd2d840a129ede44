//! Writes JSON for stdout. Control characters that JSON allows unescaped (C1, bidirectional controls) are
//! escaped, so that a document is safe on a terminal and its content is unchanged. Commands for GitHub's
//! runner are escaped too.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::diagnostic::is_control;

/// The runner accepts commands in this form anywhere in a line. The other form, `::`, must begin a line, and
/// no line of JSON begins with external text (actions/runner, ActionCommand).
const ORDER: &str = "##[";

/// Serializes a document over several lines, including the final newline.
pub fn pretty(document: &impl Serialize) -> io::Result<String> {
    write(document, PrettyFormatter::new())
}

/// Serializes a document on one line, including the newline.
pub fn line(document: &impl Serialize) -> io::Result<String> {
    write(document, CompactFormatter)
}

fn write(document: &impl Serialize, layout: impl Formatter) -> io::Result<String> {
    let mut written = Vec::new();
    document.serialize(&mut Serializer::with_formatter(
        &mut written,
        JsonEscaping(layout),
    ))?;
    written.push(b'\n');
    String::from_utf8(written).map_err(io::Error::other)
}

/// A formatter that wraps another one and escapes more characters.
struct JsonEscaping<F>(F);

/// Forwards a call to the wrapped formatter.
macro_rules! hand_on {
    ($($name:ident($($argument:ident: $type:ty),*)),* $(,)?) => {
        $(fn $name<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $type)*) -> io::Result<()> {
            self.0.$name(writer $(, $argument)*)
        })*
    };
}

impl<F: Formatter> Formatter for JsonEscaping<F> {
    hand_on! {
        begin_array(), end_array(), begin_array_value(first: bool), end_array_value(),
        begin_object(), end_object(), begin_object_key(first: bool), end_object_key(),
        begin_object_value(), end_object_value(),
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        let escaped = |(at, c): &(usize, char)| {
            is_control(*c) || fragment.get(*at..).is_some_and(|from| from.starts_with(ORDER))
        };
        for (at, c) in fragment.char_indices().filter(escaped) {
            let before = rest.len() - (fragment.len() - at);
            writer.write_all(&rest.as_bytes()[..before])?;
            // All of these characters are in the Basic Multilingual Plane.
            write!(writer, "\\u{:04x}", u32::from(c))?;
            rest = &fragment[at + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn layouts() {
        let document = json!({"a": [1, {"b": "é"}], "c": {}});
        assert_eq!(line(&document).unwrap(), "{\"a\":[1,{\"b\":\"é\"}],\"c\":{}}\n");
        assert_eq!(
            pretty(&document).unwrap(),
            serde_json::to_string_pretty(&document).unwrap() + "\n"
        );
    }

    #[test]
    fn documents_contain_no_workflow_commands() {
        let document = json!({"##[group]a": ["##[error]x", "::error::x", "###[[", "#[a]", "## [a]", "##"]});
        for written in [line(&document).unwrap(), pretty(&document).unwrap()] {
            assert!(!written.contains("##["), "{written}");
            let begins = |line: &str| line.trim_start().starts_with("::");
            assert!(!written.lines().any(begins), "{written}");
            assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), document);
        }
        assert_eq!(line(&json!("a##[b]#[c]")).unwrap(), "\"a\\u0023#[b]#[c]\"\n");
    }

    proptest! {
        #[test]
        fn escaped_documents_parse_to_the_same_value(text in any::<String>(), key in "[\u{80}-\u{9f}\u{202e}a]{0,5}") {
            let document = json!({key: text});
            let written = line(&document).unwrap();
            prop_assert!(!written.trim_end_matches('\n').chars().any(is_control));
            prop_assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), document);
        }
    }
}
