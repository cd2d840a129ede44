//! Placeholders in a value for images that are still pending. During planning they have a mark that no
//! value from outside can contain; what leaves this module says `${images.web}`.

use crate::model::{ImageRef, Value};

/// NUL: neither YAML nor an environment variable can contain it.
const MARK: char = '\0';

/// Returns the marked placeholder for an image's part.
pub(super) fn mark(image: &ImageRef) -> String {
    format!("{MARK}{image}{MARK}")
}

/// Whether any part of the value is still pending.
pub(super) fn is_pending(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains(MARK),
        Value::Array(items) => items.iter().any(is_pending),
        Value::Object(object) => object.values().any(is_pending),
        _ => false,
    }
}

/// Returns a text as shown to users.
pub(super) fn unmarked_text(text: &str) -> String {
    text.replace(MARK, "")
}

/// Returns the value as shown to users.
pub(super) fn unmarked(mut value: Value) -> Value {
    unmark(&mut value);
    value
}

fn unmark(value: &mut Value) {
    match value {
        Value::String(text) => text.retain(|letter| letter != MARK),
        Value::Array(items) => items.iter_mut().for_each(unmark),
        Value::Object(object) => object.values_mut().for_each(unmark),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::ImageAttribute;

    #[test]
    fn placeholders_are_found_and_removed() {
        let image = ImageRef {
            image: "web".to_owned(),
            attribute: ImageAttribute::Uri,
        };
        let value = json!({"a": [mark(&image)], "b": "${images.web}"});
        assert!(is_pending(&value));
        assert!(!is_pending(&value["b"]));
        assert_eq!(
            unmarked(value),
            json!({"a": ["${images.web}"], "b": "${images.web}"})
        );
    }
}
