//! Pieces of sentences.

use std::fmt::Display;

/// A text behind a prefix; nothing where there is none.
pub fn prefixed(prefix: &str, text: Option<impl Display>) -> String {
    text.map_or_else(String::new, |text| format!("{prefix}{text}"))
}
