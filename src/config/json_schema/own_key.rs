//! A key of ecsctl's own in the JSON Schema.

use crate::model::{Object, Value};

/// Adds what the key means, and an example of its value.
pub(super) fn own_key(mut schema: Object, description: &str, example: Value) -> Object {
    schema.insert("description".to_owned(), description.into());
    schema.insert("examples".to_owned(), vec![example].into());
    schema
}
