//! The facts about a failure, prepared for the many patterns of the table.

use std::borrow::Cow;

use super::failure_facts::FailureFacts;
use super::indexed_text::IndexedText;
use super::translations::in_english;

/// The facts about a failure, with their texts indexed and the log in English.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    /// The facts.
    pub facts: FailureFacts<'a>,
    /// AWS's messages.
    pub said: Vec<IndexedText<'a>>,
    /// The lines of the log, if the container crashed: those of another one tell nothing.
    pub log: Vec<IndexedText<'a>>,
}

impl<'a> Evidence<'a> {
    /// Prepares the facts.
    pub fn of(facts: &FailureFacts<'a>) -> Self {
        let crashed = facts.ended_with().is_some_and(|code| code != 0);
        let log = facts.log_tail.iter().filter(|_| crashed);
        Self {
            facts: *facts,
            said: facts.said().map(IndexedText::new).collect(),
            log: log.map(|line| in_english(unquoted(line))).collect(),
        }
    }
}

/// Undoes how JSON and Go's loggers write quotes within quotes, so that patterns find `database "web"` there too.
fn unquoted(line: &str) -> Cow<'_, str> {
    match line.contains("\\\"") {
        true => Cow::Owned(line.replace("\\\"", "\"")),
        false => Cow::Borrowed(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_within_quotes_are_plain() {
        let line = r#"{"error": "pq: relation \"web\" does not exist"}"#;
        assert_eq!(
            unquoted(line),
            r#"{"error": "pq: relation "web" does not exist"}"#
        );
        assert_eq!(unquoted("a 'b' \"c\""), "a 'b' \"c\"");
    }
}
