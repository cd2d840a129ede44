//! Text without what would disturb a terminal.

use std::borrow::Cow;

/// The text with what would disturb a terminal replaced, byte for byte, so that spans stay right.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| match (is_bad(c), c.len_utf8()) {
                (false, _) => c,
                (true, 1) => ' ',
                // Control characters of two bytes (U+0080 to U+009F) become one visible character of two bytes.
                (true, _) => '\u{b7}',
            })
            .collect(),
    )
}

/// A message without control characters.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .collect()
}
