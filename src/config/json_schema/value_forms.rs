//! The forms of values in the JSON Schema: each may be null, which means absent, and each may be a `${…}` reference.

use serde_json::json;

use crate::model::{Object, Value};

/// Matches a text with a reference: `$${` is a literal `${`.
const REFERENCE: &str = r"(^|[^$])(\$\$)*\$\{";

/// Where a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ValuePlace {
    /// An optional member: a null means absent.
    Member,
    /// A required member, or an item of a list: a null is an error.
    Present,
}

/// Returns the schema of a value of a JSON type other than a string, or a reference to one.
pub(super) fn of_type(kind: &str, place: ValuePlace) -> Object {
    let mut kinds = vec![kind, "string"];
    kinds.extend(null_of(place));
    let needed = match kind {
        "object" => "a mapping",
        "array" => "a list",
        "integer" => "a whole number",
        "boolean" => "true or false",
        _ => "a number",
    };
    Object::from_iter([
        ("type".to_owned(), json!(kinds)),
        ("pattern".to_owned(), REFERENCE.into()),
        // An extension of JSON Schema that language servers show.
        (
            "patternErrorMessage".to_owned(),
            format!("must be {needed}").into(),
        ),
    ])
}

/// Returns the schema of any text.
pub(super) fn text(place: ValuePlace) -> Object {
    let mut kinds = vec!["string"];
    kinds.extend(null_of(place));
    Object::from_iter([("type".to_owned(), json!(kinds))])
}

/// Returns the schema of a text that meets one of these constraints, or has a reference.
pub(super) fn constrained_text(constraints: Vec<Value>, place: ValuePlace) -> Object {
    let mut schema = text(place);
    let mut forms = constraints;
    forms.push(json!({"pattern": REFERENCE}));
    schema.insert("anyOf".to_owned(), forms.into());
    schema
}

/// Returns the schema of a text, or of a number or boolean that is read as it is written.
pub(super) fn source_text(place: ValuePlace) -> Object {
    let mut kinds = vec!["string", "number", "boolean"];
    kinds.extend(null_of(place));
    Object::from_iter([("type".to_owned(), json!(kinds))])
}

/// Returns the schema of a list of these items.
pub(super) fn list(items: impl Into<Value>, place: ValuePlace) -> Object {
    let mut schema = of_type("array", place);
    schema.insert("items".to_owned(), items.into());
    schema
}

/// Returns the schema of a mapping with any keys, and these values.
pub(super) fn map(values: impl Into<Value>, place: ValuePlace) -> Object {
    let mut schema = of_type("object", place);
    schema.insert("additionalProperties".to_owned(), values.into());
    schema
}

/// Returns the schema of a mapping with these keys only.
pub(super) fn mapping(properties: Object, required: &[&str], place: ValuePlace) -> Object {
    let mut schema = of_type("object", place);
    schema.insert("properties".to_owned(), properties.into());
    schema.insert("additionalProperties".to_owned(), false.into());
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema
}

/// Refuses a null where another schema accepts one.
pub(super) fn not_null(mut schema: Object) -> Object {
    schema.insert("not".to_owned(), json!({"type": "null"}));
    schema
}

fn null_of(place: ValuePlace) -> Option<&'static str> {
    (place == ValuePlace::Member).then_some("null")
}
