//! The one form in which ECS shapes travel through the program.

/// A JSON value whose members keep their order.
pub type Value = serde_json::Value;

/// A JSON object whose members keep their order.
pub type Object = serde_json::Map<String, Value>;
