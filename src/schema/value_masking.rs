//! Masks the values that AWS's model marks as sensitive. Names stay visible.

use super::model::{EcsOperation, Model, Shape, ShapeType, model};
use crate::model::{MASK, Value};

/// Masks every sensitive value in an operation's input, or in a described resource of the same form.
pub fn redact(value: &mut Value, operation: EcsOperation) {
    walk(value, operation.input(), model());
}

/// Masks every sensitive value in a value of a nested shape, `ContainerDefinition` for example.
pub fn redact_shape(value: &mut Value, shape: &str) {
    walk(value, shape, model());
}

fn walk(value: &mut Value, name: &str, model: &Model) {
    let Some(shape) = model.shape(name) else { return };
    if shape.sensitive {
        return mask(value);
    }
    match value {
        Value::Array(items) => {
            let Some(inner) = shape.member else { return };
            items.iter_mut().for_each(|item| walk(item, inner, model));
        }
        Value::Object(object) => {
            for (key, member) in object.iter_mut() {
                if let Some(inner) = inner_shape(shape, key) {
                    walk(member, inner, model);
                }
            }
        }
        _ => {}
    }
}

fn inner_shape(shape: &Shape, key: &str) -> Option<&'static str> {
    match shape.kind {
        ShapeType::Map => shape.value,
        _ => shape.member_shape(key),
    }
}

/// Masks everything but names: in `{name, value}` the name shows which value was masked.
fn mask(value: &mut Value) {
    match value {
        Value::Null => {}
        Value::Array(items) => items.iter_mut().for_each(mask),
        Value::Object(object) => object
            .iter_mut()
            .filter(|(key, _)| *key != "name")
            .for_each(|(_, member)| mask(member)),
        scalar => *scalar = Value::String(MASK.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_masked_but_names_are_not() {
        let mut definition = json!({"family": "web", "containerDefinitions": [{
            "name": "web",
            "environment": [{"name": "TOKEN", "value": "abc"}, {"name": "EMPTY"}],
            "repositoryCredentials": {"credentialsParameter": "arn:secret"},
            "dockerLabels": {"a": "b"},
        }]});
        redact(&mut definition, EcsOperation::RegisterTaskDefinition);
        assert_eq!(
            definition,
            json!({"family": "web", "containerDefinitions": [{
                "name": "web",
                "environment": [{"name": "TOKEN", "value": MASK}, {"name": "EMPTY"}],
                "repositoryCredentials": {"credentialsParameter": MASK},
                "dockerLabels": {"a": "b"},
            }]})
        );
    }

    #[test]
    fn overrides_are_masked_too() {
        let mut run = json!({"overrides": {"containerOverrides": [
            {"name": "web", "environment": [{"name": "A", "value": "1"}]}
        ]}});
        redact(&mut run, EcsOperation::RunTask);
        assert_eq!(
            run["overrides"]["containerOverrides"][0]["environment"][0]["value"],
            MASK
        );
    }

    #[test]
    fn values_of_another_type_are_unchanged() {
        for odd in [
            json!(null),
            json!(3),
            json!([1]),
            json!({"containerDefinitions": {"environment": 1}}),
        ] {
            let mut value = odd.clone();
            redact(&mut value, EcsOperation::RegisterTaskDefinition);
            assert_eq!(value, odd);
        }
    }
}
