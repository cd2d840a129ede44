//! Drafts a task definition that changes one of AWS's.

use super::draft::{DraftMap, DraftValue};
use super::open_values::OpenValues;
use crate::model::{Object, Value};

/// Drafts `taskDefinition:` with `base:`. `base` is a family, a revision or an ARN, and `changes` what is different in
/// it.
pub(super) fn based_definition(base: &str, changes: &Object, values: &OpenValues) -> DraftMap {
    let mut draft = DraftMap::default();
    draft.put("base", DraftValue::literal(&Value::from(base)));
    for (member, value) in changes {
        match (member.as_str(), value) {
            ("containerDefinitions", Value::Array(containers)) => {
                if let Some(containers) = by_name(containers, values) {
                    draft.put(member, containers);
                }
            }
            _ => draft.put(member, DraftValue::literal(value)),
        }
    }
    draft
}

/// Returns containers by name, as a list where a name has a reference; None if nothing of them changes.
fn by_name(containers: &[Value], values: &OpenValues) -> Option<DraftValue> {
    let name = |container: &Value| container["name"].as_str().unwrap_or_default().to_owned();
    let is_changed = |container: &&Value| container.as_object().is_some_and(|it| it.len() > 1);
    let changed: Vec<&Value> = containers.iter().filter(is_changed).collect();
    if changed.is_empty() {
        return None;
    }
    if changed.iter().any(|it| values.is_in(&name(it))) {
        return Some(DraftValue::List(
            changed.into_iter().map(DraftValue::literal).collect(),
        ));
    }
    let mut map = DraftMap::default();
    for container in changed {
        let mut members = container.as_object().cloned().unwrap_or_default();
        members.shift_remove("name");
        map.put(&name(container), DraftValue::literal(&Value::Object(members)));
    }
    Some(map.into())
}
