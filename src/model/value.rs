//! The JSON types in which ECS data is passed through the program.

/// A JSON value that preserves the order of members.
pub type Value = serde_json::Value;

/// A JSON object that preserves the order of members.
pub type Object = serde_json::Map<String, Value>;

/// Returns the members of an object; any other value has none.
pub fn into_object(value: Value) -> Object {
    match value {
        Value::Object(members) => members,
        _ => Object::new(),
    }
}
