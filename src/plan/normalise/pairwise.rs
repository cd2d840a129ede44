//! Differences that can only be resolved by comparing both sides: values filled in by AWS, and names next
//! to ARNs.

use super::key_of;
use super::rules::{ListKey, Rule, list_of, rows_of};
use crate::model::{Object, Value};
use crate::schema::{Shape, ShapeType, model};

/// Returns the existing value without what AWS filled in and `wanted` doesn't set, and spelled as in
/// `wanted` where both mean the same. Both sides are normalized.
pub(in crate::plan) fn align(there: &Value, wanted: &Value, name: &str) -> Value {
    let Some(shape) = model().shape(name) else {
        return there.clone();
    };
    match (there, wanted) {
        (Value::Object(there), Value::Object(wanted)) if shape.kind == ShapeType::Structure => {
            Value::Object(structure(there, wanted, name, shape))
        }
        _ => there.clone(),
    }
}

fn structure(there: &Object, wanted: &Object, name: &str, shape: &Shape) -> Object {
    there
        .iter()
        .filter_map(|(key, value)| {
            let value = ruled(value, wanted.get(key), name, key)?;
            let inner = shape.member_shape(key).zip(wanted.get(key));
            let value = match inner {
                Some((inner, wanted)) => aligned_member(&value, wanted, inner, list_of(name, key)),
                None => value,
            };
            Some((key.clone(), value))
        })
        .collect()
}

fn ruled(there: &Value, wanted: Option<&Value>, shape: &str, key: &str) -> Option<Value> {
    for rule in rows_of(shape, key) {
        match (rule, wanted) {
            (Rule::FilledIn, None) => return None,
            (Rule::OwnItems, _) => return own_items(there, wanted, list_of(shape, key)),
            (Rule::NameOfArn, Some(wanted)) if is_name_of(wanted, there) => return Some(wanted.clone()),
            (Rule::NameOrArn, Some(wanted)) if is_arn(wanted) != is_arn(there) => {
                return Some(wanted.clone());
            }
            _ => {}
        }
    }
    Some(there.clone())
}

fn aligned_member(there: &Value, wanted: &Value, name: &str, by: Option<ListKey>) -> Value {
    let item_shape = model().shape(name).and_then(|shape| shape.member);
    match (there, wanted, item_shape, by) {
        (Value::Array(there), Value::Array(wanted), Some(inner), Some(by)) if is_named(by) => there
            .iter()
            .map(|item| {
                let partner = wanted.iter().find(|other| key_of(other, by) == key_of(item, by));
                partner.map_or_else(|| item.clone(), |partner| align(item, partner, inner))
            })
            .collect(),
        _ => align(there, wanted, name),
    }
}

fn is_named(by: ListKey) -> bool {
    !matches!(by, ListKey::Item | ListKey::Position)
}

fn own_items(there: &Value, wanted: Option<&Value>, by: Option<ListKey>) -> Option<Value> {
    let by = by?;
    let own: Vec<String> = items(wanted?).map(|item| key_of(item, by)).collect();
    let kept: Vec<Value> = items(there)
        .filter(|item| own.contains(&key_of(item, by)))
        .cloned()
        .collect();
    (!kept.is_empty()).then_some(Value::Array(kept))
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn is_arn(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("arn:"))
}

/// Whether a name matches an ARN: `web` is the name of `arn:aws:iam::123456789012:role/web`, and
/// `path/web` of a role with a path.
fn is_name_of(name: &Value, arn: &Value) -> bool {
    let (Some(name), Some(arn)) = (name.as_str(), arn.as_str()) else {
        return false;
    };
    let is_tail = |rest: &str| rest.ends_with([':', '/']);
    !name.is_empty()
        && !name.starts_with("arn:")
        && arn.starts_with("arn:")
        && arn.strip_suffix(name).is_some_and(is_tail)
}
