//! The differences between two normalized values, member by member and element by element, named as users would
//! name them.

use super::image_placeholders::{is_pending, unmarked};
use super::list_elements::{ElementPair, pairs};
use super::normalise::{ListKey, list_of};
use crate::model::{Change, ChangePath, DisplayValue, PathStep, Value};
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

    /// Whether it is a list, or absent.
    fn is_list(self) -> bool {
        self.value.is_none_or(Value::is_array)
    }

    fn items(self) -> &'a [Value] {
        self.value
            .and_then(Value::as_array)
            .map_or(NO_ITEMS, Vec::as_slice)
    }

    /// Returns one element of a list, with the original that has the same name.
    fn element(self, pair: &ElementPair<'a>, value: Option<&'a Value>, by: ListKey) -> Self {
        let raw = self.raw.and_then(Value::as_array).map_or(NO_ITEMS, Vec::as_slice);
        Self {
            value,
            raw: value.and_then(|_| pair.original(raw, by)),
        }
    }

    /// Returns an element's value besides its name: no value is not the same as no element.
    fn beside_name(self, member: &str) -> Self {
        let of = |item: Option<&'a Value>| item.map(|item| item.get(member).unwrap_or(&NULL));
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
static NO_ITEMS: &[Value] = &[];

/// Compares two values of a shape.
pub(super) fn diff(before: ComparedValue<'_>, after: ComparedValue<'_>, shape: &'static str) -> Vec<Change> {
    let mut walk = Comparison {
        path: ChangePath::default(),
        found: Vec::new(),
    };
    walk.value(before, after, Some(shape), false);
    walk.found
}

struct Comparison {
    path: ChangePath,
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
                path: self.path.clone(),
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
            self.path.push(PathStep::Member(key.clone()));
            let (before, after) = (before.member(key), after.member(key));
            match by {
                Some(by) if before.is_list() && after.is_list() => {
                    self.elements(before, after, inner, by, hidden);
                }
                _ => self.value(before, after, inner, hidden),
            }
            self.path.pop();
        }
    }

    /// Compares the elements of a list. One that has a name and one other member is shown by that member.
    fn elements(
        &mut self,
        before: ComparedValue<'_>,
        after: ComparedValue<'_>,
        list: Option<&'static str>,
        by: ListKey,
        hidden: bool,
    ) {
        let shape = list.and_then(|list| model().shape(list));
        let hidden = hidden || shape.is_some_and(|shape| shape.sensitive);
        if hidden && by == ListKey::Item {
            // The path would show the elements.
            return self.value(before, after, list, hidden);
        }
        let item = shape.and_then(|shape| shape.member);
        for pair in pairs(before.items(), after.items(), by) {
            let (before, after) = (
                before.element(&pair, pair.before, by),
                after.element(&pair, pair.after, by),
            );
            self.path.push(pair.step);
            match only_other_member(item, by) {
                Some((member, inner)) => {
                    self.value(
                        before.beside_name(member),
                        after.beside_name(member),
                        Some(inner),
                        hidden,
                    );
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

/// Returns the only member of an element besides those of its name, if there is exactly one.
fn only_other_member(item: Option<&'static str>, by: ListKey) -> Option<(&'static str, &'static str)> {
    let ListKey::Members(key) = by else { return None };
    let mut others = model()
        .shape(item?)?
        .members()
        .filter(|(member, _)| !key.contains(member));
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
