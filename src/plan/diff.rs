//! The differences between two normalized values, member by member, named as users would name them.

use super::image_placeholders::{is_pending, unmarked};
use super::normalise::{ListKey, key_of, list_of};
use crate::model::{Change, DisplayValue, Value};
use crate::schema::{self, ShapeType, model};

/// One side of a comparison: the normalized value that is compared, and the value as written or returned,
/// which is shown where normalizing removed the other.
#[derive(Clone, Copy)]
pub(super) struct ComparedValue<'a> {
    value: Option<&'a Value>,
    raw: Option<&'a Value>,
}

impl<'a> ComparedValue<'a> {
    /// Creates one from a normalized value and its original.
    pub fn new(value: &'a Value, raw: &'a Value) -> Self {
        Self {
            value: Some(value),
            raw: Some(raw),
        }
    }

    fn member(self, key: &str) -> Self {
        let of = |value: Option<&'a Value>| value?.get(key).filter(|member| !member.is_null());
        Self {
            value: of(self.value),
            raw: of(self.raw),
        }
    }

    /// Returns the names of its members, if it is a mapping, or would be one if it didn't consist of defaults
    /// only.
    fn keys(self) -> Option<Vec<&'a String>> {
        match self.value {
            Some(value) => Some(value.as_object()?.keys().collect()),
            None => self.raw?.is_object().then(Vec::new),
        }
    }
}

static NULL: Value = Value::Null;

/// Compares two values of a shape.
pub(super) fn diff(before: ComparedValue<'_>, after: ComparedValue<'_>, shape: &'static str) -> Vec<Change> {
    let mut walk = Comparison {
        path: Vec::new(),
        found: Vec::new(),
    };
    walk.value(before, after, Some(shape), false);
    walk.found
}

struct Comparison {
    path: Vec<String>,
    found: Vec<Change>,
}

impl Comparison {
    fn value(
        &mut self,
        before: ComparedValue<'_>,
        after: ComparedValue<'_>,
        name: Option<&'static str>,
        hidden: bool,
    ) {
        if before.value == after.value {
            return;
        }
        let shape = name.and_then(|name| model().shape(name));
        let hidden = hidden || shape.is_some_and(|shape| shape.sensitive);
        let (Some(old), Some(new)) = (before.keys(), after.keys()) else {
            self.found.push(Change {
                path: self.path.join("."),
                before: shown(before, name, hidden),
                after: shown(after, name, hidden),
                note: None,
            });
            return;
        };
        let is_structure = shape.is_some_and(|shape| shape.kind == ShapeType::Structure && !shape.document);
        for key in union(old, new) {
            let inner = match shape {
                Some(shape) if shape.kind == ShapeType::Map => shape.value,
                Some(shape) => shape.member_shape(key),
                None => None,
            };
            let by = name.filter(|_| is_structure).and_then(|name| list_of(name, key));
            self.path.push(key.clone());
            let (before, after) = (before.member(key), after.member(key));
            match by {
                Some(by) if by != ListKey::Whole => self.named_items(before, after, inner, by, hidden),
                _ => self.value(before, after, inner, hidden),
            }
            self.path.pop();
        }
    }

    /// Compares items by name. An item with a name and one other member is called by its name and shown by
    /// that member.
    fn named_items(
        &mut self,
        before: ComparedValue<'_>,
        after: ComparedValue<'_>,
        list: Option<&'static str>,
        by: ListKey,
        hidden: bool,
    ) {
        let shape = list.and_then(|list| model().shape(list));
        let hidden = hidden || shape.is_some_and(|shape| shape.sensitive);
        let item = shape.and_then(|shape| shape.member);
        let mut names = occurrences(before.value, by);
        names.extend(occurrences(after.value, by));
        names.sort();
        names.dedup();
        for name in names {
            let (before, after) = (nth(before, &name, by), nth(after, &name, by));
            self.path.push(name.0);
            match pair_member(item, by) {
                Some((member, inner)) => {
                    self.value(pair(before, member), pair(after, member), Some(inner), hidden);
                }
                None => self.value(before, after, item, hidden),
            }
            self.path.pop();
        }
    }
}

/// Returns the keys of both, those of `after` first and in their order.
fn union<'a>(before: Vec<&'a String>, mut after: Vec<&'a String>) -> Vec<&'a String> {
    let gone: Vec<&String> = before.into_iter().filter(|key| !after.contains(key)).collect();
    after.extend(gone);
    after
}

fn items(list: Option<&Value>) -> impl Iterator<Item = &Value> {
    list.and_then(Value::as_array).into_iter().flatten()
}

/// Returns the name of each item, and its index among those with the same name.
fn occurrences(list: Option<&Value>, by: ListKey) -> Vec<(String, usize)> {
    let mut named: Vec<(String, usize)> = Vec::new();
    for item in items(list) {
        let name = key_of(item, by);
        let count = named.iter().filter(|(other, _)| *other == name).count();
        named.push((name, count));
    }
    named
}

fn nth<'a>(list: ComparedValue<'a>, (name, count): &(String, usize), by: ListKey) -> ComparedValue<'a> {
    let of = |list: Option<&'a Value>| items(list).filter(|item| key_of(item, by) == *name).nth(*count);
    ComparedValue {
        value: of(list.value),
        raw: of(list.raw),
    }
}

/// Returns an item's value besides its name: no value is not the same as no item.
fn pair<'a>(item: ComparedValue<'a>, member: &str) -> ComparedValue<'a> {
    let of = |item: Option<&'a Value>| item.map(|item| item.get(member).unwrap_or(&NULL));
    ComparedValue {
        value: of(item.value),
        raw: of(item.raw),
    }
}

/// Returns the only member of an item besides its name, if there is exactly one.
fn pair_member(item: Option<&'static str>, by: ListKey) -> Option<(&'static str, &'static str)> {
    let ListKey::Member(key) = by else { return None };
    let mut others = model()
        .shape(item?)?
        .members()
        .filter(|(member, _)| *member != key);
    let first = others.next()?;
    others.next().is_none().then_some(first)
}

fn shown(side: ComparedValue<'_>, name: Option<&'static str>, hidden: bool) -> DisplayValue {
    let Some(value) = side.value.or(side.raw) else {
        return DisplayValue::Absent;
    };
    if hidden {
        return DisplayValue::Hidden;
    }
    let is_pending = is_pending(value);
    let mut value = unmarked(value.clone());
    if let Some(name) = name {
        schema::redact_shape(&mut value, name);
    }
    match value {
        Value::String(text) if is_pending => DisplayValue::Pending(text),
        value => DisplayValue::Value(value),
    }
}
