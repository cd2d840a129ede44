//! How two normalised values differ, member by member, as a person would name them.

use super::normalise::{By, key_of, list_of};
use super::pending::{is_pending, unmarked};
use crate::model::{Change, Object, Shown, Value};
use crate::shape::{self, Kind, model};

/// Compares two values of a shape, both normalised.
pub(super) fn diff(before: &Value, after: &Value, shape: &'static str) -> Vec<Change> {
    let mut walk = Walk {
        path: Vec::new(),
        found: Vec::new(),
    };
    walk.value(Some(before), Some(after), Some(shape), false);
    walk.found
}

struct Walk {
    path: Vec<String>,
    found: Vec<Change>,
}

impl Walk {
    fn value(
        &mut self,
        before: Option<&Value>,
        after: Option<&Value>,
        name: Option<&'static str>,
        hidden: bool,
    ) {
        if before == after {
            return;
        }
        let shape = name.and_then(|name| model().shape(name));
        let hidden = hidden || shape.is_some_and(|shape| shape.sensitive);
        match (before, after) {
            (Some(Value::Object(before)), Some(Value::Object(after))) => {
                let is_structure =
                    shape.is_some_and(|shape| shape.kind == Kind::Structure && !shape.document);
                for key in keys(before, after) {
                    let inner = match shape {
                        Some(shape) if shape.kind == Kind::Map => shape.value,
                        Some(shape) => shape.member_shape(key),
                        None => None,
                    };
                    let by = name.filter(|_| is_structure).and_then(|name| list_of(name, key));
                    self.path.push(key.clone());
                    match by {
                        Some(by) if by != By::Whole => {
                            self.named_items(before.get(key), after.get(key), inner, by, hidden);
                        }
                        _ => self.value(before.get(key), after.get(key), inner, hidden),
                    }
                    self.path.pop();
                }
            }
            _ => {
                let change = self.change(shown(before, name, hidden), shown(after, name, hidden));
                self.found.push(change);
            }
        }
    }

    /// Items by what they are called. One of a name and one more member is called by the name and shown by the other.
    fn named_items(
        &mut self,
        before: Option<&Value>,
        after: Option<&Value>,
        list: Option<&'static str>,
        by: By,
        hidden: bool,
    ) {
        let shape = list.and_then(|list| model().shape(list));
        let hidden = hidden || shape.is_some_and(|shape| shape.sensitive);
        let item = shape.and_then(|shape| shape.member);
        let (before, after) = (occurrences(before, by), occurrences(after, by));
        let mut names: Vec<&(String, usize)> = before.iter().map(|(name, _)| name).collect();
        names.extend(
            after
                .iter()
                .map(|(name, _)| name)
                .filter(|name| !before.iter().any(|(b, _)| b == *name)),
        );
        names.sort();
        for name in names {
            let of = |side: &[((String, usize), Value)]| {
                side.iter()
                    .find(|(other, _)| other == name)
                    .map(|(_, item)| item.clone())
            };
            self.path.push(name.0.clone());
            match pair_member(item, by) {
                Some((member, inner)) => {
                    let of = |side| of(side).map(|item| item.get(member).cloned().unwrap_or_default());
                    self.value(of(&before).as_ref(), of(&after).as_ref(), Some(inner), hidden);
                }
                None => self.value(of(&before).as_ref(), of(&after).as_ref(), item, hidden),
            }
            self.path.pop();
        }
    }

    fn change(&self, before: Shown, after: Shown) -> Change {
        Change {
            path: self.path.join("."),
            before,
            after,
            note: None,
        }
    }
}

/// The keys of both, those of `after` first in their order.
fn keys<'a>(before: &'a Object, after: &'a Object) -> Vec<&'a String> {
    let gone = before.keys().filter(|key| !after.contains_key(*key));
    after.keys().chain(gone).collect()
}

/// Each item with its name, and which of those with the same name it is.
fn occurrences(list: Option<&Value>, by: By) -> Vec<((String, usize), Value)> {
    let mut named: Vec<((String, usize), Value)> = Vec::new();
    for item in list.and_then(Value::as_array).into_iter().flatten() {
        let name = key_of(item, by);
        let count = named.iter().filter(|((other, _), _)| *other == name).count();
        named.push(((name, count), item.clone()));
    }
    named
}

/// The member that is left of an item beside its name, when there is only one.
fn pair_member(item: Option<&'static str>, by: By) -> Option<(&'static str, &'static str)> {
    let By::Member(key) = by else { return None };
    let mut others = model()
        .shape(item?)?
        .members()
        .filter(|(member, _)| *member != key);
    let first = others.next()?;
    others.next().is_none().then_some(first)
}

fn shown(value: Option<&Value>, name: Option<&'static str>, hidden: bool) -> Shown {
    match value {
        None => Shown::Absent,
        Some(_) if hidden => Shown::Hidden,
        Some(value) => {
            let is_text = value.is_string();
            let is_pending = is_pending(value);
            let mut value = unmarked(value.clone());
            if let Some(name) = name {
                shape::redact_shape(&mut value, name);
            }
            match value {
                Value::String(text) if is_text && is_pending => Shown::Pending(text),
                value => Shown::Value(value),
            }
        }
    }
}
