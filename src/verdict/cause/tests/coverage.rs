//! A report of which collected texts the table explains, for people who extend the table. Run it with
//! `ECSCTL_CAUSES=FILE.jsonl cargo test --lib cause::tests::coverage -- --ignored --nocapture`; each line of
//! the file is an object with `text` and `field`.

use super::example::{container_not_started, event, exited, logged, not_started};
use super::*;
use crate::verdict::cause::explain_refusal;

#[test]
#[ignore = "a report on the file that ECSCTL_CAUSES names"]
#[expect(clippy::print_stdout, reason = "a report")]
fn collected_texts_and_their_rows() {
    let Ok(path) = std::env::var("ECSCTL_CAUSES") else {
        return;
    };
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let text: &'static str = entry["text"].as_str().unwrap().to_owned().leak();
        let of = |text: &'static str| match entry["field"].as_str() {
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
        };
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
