//! Texts that people reported, and which row explains each. `reported.jsonl` is the collection: an object per line
//! with the text, the field of AWS's reply that had it (or `log`), where it was reported, and its row.
//!
//! For people who extend the table: `ECSCTL_CAUSES=FILE.jsonl cargo test --lib cause::tests::coverage -- --ignored
//! --nocapture` reports what the table makes of another file, whose lines need only `text` and `field`.

use super::example::{container_not_started, event, exited, logged, not_started};
use super::*;
use crate::verdict::cause::explain_refusal;

/// Reads a line of a collection and finds the row of its text.
fn row_of(entry: &serde_json::Value, text: &'static str) -> Option<&'static str> {
    match entry["field"].as_str() {
        Some("containerReason") => id_of(&container_not_started(text)),
        Some("stopCode") => id_of(&FailureFacts {
            stop_code: Some(text),
            ..FailureFacts::NONE
        }),
        Some("event" | "statusReason") => id_of(&event(text)),
        Some("refusal") => explain_refusal(text).map(|cause| cause.id),
        Some("log") => {
            let lines: &'static [&'static str] = text.lines().collect::<Vec<_>>().leak();
            id_of(&logged(1, lines))
        }
        Some("exitCode") => id_of(&exited(text.parse().unwrap_or(1), None)),
        _ => id_of(&not_started(text)),
    }
}

fn entry_and_text(line: &str) -> (serde_json::Value, &'static str) {
    let entry: serde_json::Value = serde_json::from_str(line).unwrap();
    let text = entry["text"].as_str().unwrap().to_owned().leak();
    (entry, text)
}

#[test]
fn reported_texts_have_their_cause() {
    let reported = include_str!("reported.jsonl");
    for line in reported.lines() {
        let (entry, text) = entry_and_text(line);
        assert!(
            entry["source"].as_str().is_some_and(|source| !source.is_empty()),
            "{line}"
        );
        assert_eq!(row_of(&entry, text), entry["cause"].as_str(), "{text:?}");
    }
}

#[test]
#[ignore = "a report on the file that ECSCTL_CAUSES names"]
#[expect(clippy::print_stdout, reason = "a report")]
fn collected_texts_and_their_rows() {
    let Ok(path) = std::env::var("ECSCTL_CAUSES") else {
        return;
    };
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let (entry, text) = entry_and_text(line);
        let of = |text: &'static str| row_of(&entry, text);
        let cut = (text.len() > 255).then(|| {
            let mut end = 255;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            of(&text[..end])
        });
        let whole = of(text);
        let cut = cut.filter(|cut| *cut != whole);
        println!(
            "{whole:?}{}\t{text:?}",
            cut.map(|cut| format!(" cut: {cut:?}")).unwrap_or_default()
        );
    }
}
