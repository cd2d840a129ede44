//! Places in a value that an image is still to fill in. While a plan is made they carry a mark that no value from
//! outside can have; what leaves this room says `${images.web}`.

use crate::model::{ImageRef, Value};

/// NUL: neither YAML nor an environment can hold it.
const MARK: char = '\0';

/// The marked text that stands for an image's part.
pub(super) fn mark(image: &ImageRef) -> String {
    format!("{MARK}{image}{MARK}")
}

/// Whether anything in it is still to be filled in.
pub(super) fn is_pending(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains(MARK),
        Value::Array(items) => items.iter().any(is_pending),
        Value::Object(object) => object.values().any(is_pending),
        _ => false,
    }
}

/// The value as a person reads it.
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
