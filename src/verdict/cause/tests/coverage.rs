//! Lists which cause explains each of a collection of texts, for somebody who extends the table:
//! `CAUSE_TEXTS=texts.jsonl cargo test --lib causes_of_collected_texts -- --ignored --nocapture`.

use std::fs;

use serde_json::Value;

use super::example::{event, logged};
use super::*;

/// Reads lines such as `{"text": "…", "field": "event", "cause": "…"}`. A text of the field `log` is the last line
/// of a program that crashed, any other one AWS's message.
#[test]
#[ignore = "reads a file that CAUSE_TEXTS names"]
fn causes_of_collected_texts() {
    let path = std::env::var("CAUSE_TEXTS").expect("CAUSE_TEXTS names a JSON Lines file");
    let file = fs::read_to_string(path).unwrap();
    for line in file.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        let member = |name: &str| {
            entry
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let text: &'static str = member("text").leak();
        let facts = match member("field").as_str() {
            "log" => logged(1, vec![text].leak()),
            _ => event(text),
        };
        let id = id_of(&facts).unwrap_or("-");
        println!("{id:<36} | {text}\n{:<36} | {}", "", member("cause"));
    }
}
