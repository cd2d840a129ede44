//! The JSON documents of verbs whose result is a list.

use serde_json::{Value, json};

/// Builds `{"schema": 1, "images": […]}`; `key` is the name of the list.
pub fn document(key: &str, items: impl IntoIterator<Item = Value>) -> Value {
    json!({ "schema": 1, key: items.into_iter().collect::<Vec<_>>() })
}

/// Builds a list entry for an image with one additional member.
pub fn image(name: &str, key: &str, said: impl Into<Value>) -> Value {
    json!({ "name": name, key: said.into() })
}
