//! What deploy.yaml accepts in a container besides AWS's members and forms, in the JSON Schema.

use serde_json::json;

use super::own_key::own_key;
use super::value_forms::{self, ValuePlace};
use crate::model::{Object, Value};

/// Adds to a container definition what deploy.yaml has besides AWS's members and forms.
pub(super) fn with_own_forms(mut container: Object) -> Object {
    let Some(Value::Object(properties)) = container.get_mut("properties") else {
        return container;
    };
    for pairs in ["environment", "secrets"] {
        if let Some(Value::Object(schema)) = properties.get_mut(pairs) {
            accept_mapping(schema, value_forms::source_text(ValuePlace::Member));
        }
    }
    let mut files = value_forms::list(value_forms::text(ValuePlace::Present), ValuePlace::Member);
    files.shift_remove("pattern");
    files.shift_remove("patternErrorMessage");
    let files = own_key(
        files,
        "Dotenv files, relative to deploy.yaml, whose variables become part of `environment`. Later files and \
         `environment` win.",
        json!(".env.production"),
    );
    properties.insert("envFile".to_owned(), files.into());
    container
}

/// Accepts, besides AWS's list, a mapping by name.
pub(super) fn accept_mapping(list: &mut Object, values: Object) {
    if let Some(Value::Array(kinds)) = list.get_mut("type") {
        kinds.insert(0, "object".into());
    }
    list.insert("additionalProperties".to_owned(), values.into());
}
