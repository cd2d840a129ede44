//! The task definition in the JSON Schema: a mapping, a file, a revision, or changes to a base.

use serde_json::json;

use super::api_shapes::{Completeness, Definitions};
use super::container_forms::accept_mapping;
use super::own_key::own_key;
use super::value_forms::{self, ValuePlace};
use crate::model::{Object, Value};

const SHAPE: &str = "RegisterTaskDefinitionRequest";
/// The members that AWS requires and that ecsctl or a base has.
const SUPPLIED: [&str; 2] = ["family", "containerDefinitions"];
/// Matches a `base:` that is a file, or may be one: not an ARN, which has a `/` too.
const FILE: &str = r"^(?!arn:)(.*/|.*\.(json|ya?ml)$)|\$\{";

/// Returns the schema of `taskDefinition:`.
pub(super) fn task_definition(
    definitions: &mut Definitions,
    completeness: Completeness,
    place: ValuePlace,
) -> Object {
    let whole = definitions.refer("taskDefinition", completeness, |them| {
        structure(them, completeness, completeness == Completeness::Complete)
    });
    let over_file = definitions.refer("taskDefinition", Completeness::Overlay, |them| {
        structure(them, Completeness::Overlay, false)
    });
    let over_revision = definitions.refer("taskDefinition.changes", completeness, |them| {
        structure(them, completeness, false)
    });
    let mapping = json!({
        "type": "object",
        "if": {"required": ["base"], "properties": {"base": {"type": "string"}}},
        "then": {
            "if": {"properties": {"base": {"pattern": FILE}}},
            "then": over_file,
            "else": over_revision,
        },
        "else": whole,
    });
    let mut schema = Object::new();
    schema.insert("anyOf".to_owned(), json!([value_forms::text(place), mapping]));
    own_key(
        schema,
        "What the tasks run: a task definition, the path of a file that has one, `FAMILY:REVISION`, or changes to a `base`.",
        json!("task-definition.json"),
    )
}

/// Returns the schema of a mapping. A whole definition has containers, and each an image.
fn structure(definitions: &mut Definitions, completeness: Completeness, is_whole: bool) -> Object {
    let mut properties = definitions.members(SHAPE, completeness, &[], &SUPPLIED);
    for size in ["cpu", "memory"] {
        if let Some(Value::Object(schema)) = properties.get_mut(size) {
            schema.insert("type".to_owned(), json!(["string", "number", "null"]));
        }
    }
    if let Some(Value::Object(containers)) = properties.get_mut("containerDefinitions") {
        let container = definitions.shape("ContainerDefinition", completeness, ValuePlace::Member);
        let (mut item, mut named) = (value_forms::not_null(container.clone()), container);
        item.insert("required".to_owned(), json!(["name"]));
        if is_whole {
            item.insert("required".to_owned(), json!(["name", "image"]));
            named.insert("required".to_owned(), json!(["image"]));
            for container in [&mut item, &mut named] {
                container.insert(
                    "properties".to_owned(),
                    json!({"image": {"not": {"type": "null"}}}),
                );
            }
            containers.insert("minItems".to_owned(), 1.into());
            // Some container isn't null.
            let none = json!({"type": ["object", "null"], "additionalProperties": {"type": "null"}});
            containers.insert("not".to_owned(), none);
        } else if completeness == Completeness::Complete {
            // A base has containers, which can't all be removed.
            containers.insert("not".to_owned(), json!({"type": "null"}));
        }
        containers.insert("items".to_owned(), item.into());
        accept_mapping(containers, named);
    }
    let base = own_key(
        value_forms::text(ValuePlace::Member),
        "The task definition that the rest of this mapping changes: `live` (what the service runs), FAMILY (its latest \
         revision), FAMILY:REVISION, or the path of a file.",
        json!("live"),
    );
    properties.insert("base".to_owned(), base.into());
    let required: &[&str] = if is_whole { &["containerDefinitions"] } else { &[] };
    value_forms::mapping(properties, required, ValuePlace::Member)
}
