//! The documents of verbs whose result is a list.

use serde_json::{Value, json};

/// `{"schema": 1, "images": […]}`; `key` names the list.
pub fn document(key: &str, items: impl IntoIterator<Item = Value>) -> Value {
    json!({ "schema": 1, key: items.into_iter().collect::<Vec<_>>() })
}

/// An image of the list and one thing that is said of it.
pub fn image(name: &str, key: &str, said: impl Into<Value>) -> Value {
    json!({ "name": name, key: said.into() })
}
