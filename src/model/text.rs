//! Helpers for building sentences.

use std::fmt::Display;

/// Returns the text with a prefix; empty if there is no text.
pub fn prefixed(prefix: &str, text: Option<impl Display>) -> String {
    text.map_or_else(String::new, |text| format!("{prefix}{text}"))
}

/// `1 step`, `2 steps`.
pub fn plural(count: u64, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// Lists what there is: `there is web`, `there are web, api`.
pub fn there_are(names: &[&str]) -> String {
    let verb = if names.len() == 1 { "is" } else { "are" };
    format!("there {verb} {}", names.join(", "))
}
