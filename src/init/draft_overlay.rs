//! What an environment changes of a draft.

use super::draft::{DraftLine, DraftMap, DraftValue};
use crate::model::Value;

/// Returns the members with which `base` becomes `other`, as an environment of deploy.yaml merges them: mappings merge,
/// other values replace, and null takes a member away. What a person must decide of `other` only is in it too.
pub(super) fn overlay(base: &DraftMap, other: &DraftMap) -> DraftMap {
    let mut overlay = DraftMap::default();
    for line in &other.lines {
        match line {
            DraftLine::Member(key, value) => match (base.member(key), value) {
                (Some(known), value) if is_same(known, value) => {}
                (Some(DraftValue::Map(known)), DraftValue::Map(map)) => {
                    let changes = self::overlay(known, map);
                    if !changes.is_empty() {
                        overlay.put(key, changes);
                    }
                }
                (_, value) => overlay.put(key, value.clone()),
            },
            DraftLine::Todo(_) | DraftLine::LeftOut(_) if !base.lines.contains(line) => {
                overlay.lines.push(line.clone());
            }
            _ => {}
        }
    }
    for line in &base.lines {
        if let DraftLine::Member(key, _) = line
            && !other.has(key)
        {
            overlay.put(key, DraftValue::Scalar(Value::Null));
        }
    }
    overlay
}

/// Whether values are the same, comments apart.
fn is_same(one: &DraftValue, other: &DraftValue) -> bool {
    match (one, other) {
        (DraftValue::Map(one), DraftValue::Map(other)) => overlay(one, other)
            .lines
            .iter()
            .all(|line| !matches!(line, DraftLine::Member(..))),
        (DraftValue::List(one), DraftValue::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn map(value: &Value) -> DraftMap {
        match DraftValue::literal(value) {
            DraftValue::Map(map) => map,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn environment_has_only_what_changes() {
        let base = map(&json!({"a": 1, "b": {"c": 1, "d": [1]}, "e": {"f": 1}, "g": 1}));
        let other = map(&json!({"a": 1, "b": {"c": 2, "d": [2]}, "e": {"f": 1}, "h": 1}));
        let expected = map(&json!({"b": {"c": 2, "d": [2]}, "h": 1, "g": null}));
        assert_eq!(overlay(&base, &other), expected);
        assert!(overlay(&base, &base).is_empty());
    }
}
