//! Words of a command line in a POSIX shell's notation.

use std::borrow::Cow;

/// Quotes a word, so that a POSIX shell reads it as one (XCU 2.2.2: single quotes). One that needs no quotes stays as it
/// is.
pub fn shell_word(word: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
}
