//! Pairs the elements of two lists.

use super::image_placeholders::unmarked_text;
use super::normalise::{ListKey, key_of};
use crate::model::{PathStep, Value};

/// An element before and after. One of the two may be missing.
pub(super) struct ElementPair<'a> {
    /// Its place in the list.
    pub step: PathStep,
    /// The element before.
    pub before: Option<&'a Value>,
    /// The element after.
    pub after: Option<&'a Value>,
    name: String,
}

impl<'a> ElementPair<'a> {
    /// Returns the element in the list before normalizing, unless several have the same name.
    pub fn original(&self, raw: &'a [Value], by: ListKey) -> Option<&'a Value> {
        if let PathStep::Position(at) = self.step {
            return raw.get(at);
        }
        let mut same = raw.iter().filter(|item| key_of(item, by) == self.name);
        let first = same.next();
        first.filter(|_| same.next().is_none())
    }
}

/// Returns the elements that differ, in the order of their names or positions.
pub(super) fn pairs<'a>(before: &'a [Value], after: &'a [Value], by: ListKey) -> Vec<ElementPair<'a>> {
    if by == ListKey::Position {
        return by_position(before, after);
    }
    let mut names: Vec<String> = before.iter().chain(after).map(|item| key_of(item, by)).collect();
    names.sort();
    names.dedup();
    let of = |items: &'a [Value], others: &[Value], name: &str| -> Vec<&'a Value> {
        let same = items.iter().filter(|item| key_of(item, by) == name);
        same.filter(|item| !others.contains(item)).collect()
    };
    let mut found = Vec::new();
    for name in names {
        let (old, new) = (of(before, after, &name), of(after, before, &name));
        for at in 0..old.len().max(new.len()) {
            let shown = unmarked_text(&name);
            let step = match by {
                ListKey::Item => PathStep::Item(shown),
                _ => PathStep::Element {
                    name: shown,
                    key: by.members(),
                },
            };
            found.push(ElementPair {
                step,
                before: old.get(at).copied(),
                after: new.get(at).copied(),
                name: name.clone(),
            });
        }
    }
    found
}

/// Pairs what is between the equal beginnings and ends of both lists.
fn by_position<'a>(before: &'a [Value], after: &'a [Value]) -> Vec<ElementPair<'a>> {
    let start = before
        .iter()
        .zip(after)
        .take_while(|(old, new)| old == new)
        .count();
    let (old, new) = (
        before.get(start..).unwrap_or_default(),
        after.get(start..).unwrap_or_default(),
    );
    let is_same = |(old, new): &(&Value, &Value)| old == new;
    let end = old.iter().rev().zip(new.iter().rev()).take_while(is_same).count();
    let (old, new) = (
        old.get(..old.len() - end).unwrap_or_default(),
        new.get(..new.len() - end).unwrap_or_default(),
    );
    let pair = |at: usize| ElementPair {
        step: PathStep::Position(start + at),
        before: old.get(at),
        after: new.get(at),
        name: String::new(),
    };
    (0..old.len().max(new.len())).map(pair).collect()
}
