//! How much a file may come to once its aliases, its variables and the files that it names are filled in. A few
//! hundred bytes that repeat each other would otherwise fill the memory.

use crate::model::{Entry, Node, NodeKind, Part};

/// The most values. A file of a hundred services with 500 values each stays below it.
const MAX_VALUES: usize = 50_000;
/// The most bytes of text. ECS takes 64 KiB for a task definition (Amazon ECS service quotas, "Task definition
/// size"), so that this is 64 of the largest.
pub(super) const MAX_TEXT: usize = 4 << 20;
/// How deeply values may be nested, and references refer to others. Requests to ECS have about ten levels.
pub(super) const MAX_DEPTH: usize = 64;

/// The size of a value with all that it contains.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    pub values: usize,
    pub bytes: usize,
    /// The number of levels below the value.
    pub depth: usize,
}

impl Weight {
    pub fn of(node: &Node) -> Self {
        let mut weight = Self {
            values: 1,
            ..Self::default()
        };
        match &node.kind {
            NodeKind::Null => {}
            NodeKind::Bool(_, source) | NodeKind::Number(_, source) => weight.bytes = source.len(),
            NodeKind::Text(text) => {
                weight.bytes = text.parts.iter().map(part_bytes).sum();
            }
            NodeKind::List(items) => items.iter().for_each(|item| weight.contain(Self::of(item))),
            NodeKind::Map(entries) => weight = Self::of_members(entries),
        }
        weight
    }

    /// Returns the weight of a mapping with these members.
    pub fn of_members(entries: &[Entry]) -> Self {
        let mut weight = Self {
            values: 1,
            ..Self::default()
        };
        for entry in entries {
            weight.values += 1;
            weight.bytes += entry.key.len();
            weight.contain(Self::of(&entry.value));
        }
        weight
    }

    /// Returns the weight of one text.
    pub fn of_text(bytes: usize) -> Self {
        Self {
            values: 1,
            bytes,
            depth: 0,
        }
    }

    fn contain(&mut self, inner: Self) {
        self.values += inner.values;
        self.bytes += inner.bytes;
        self.depth = self.depth.max(inner.depth + 1);
    }
}

fn part_bytes(part: &Part) -> usize {
    match part {
        Part::Literal(text) => text.len(),
        Part::Image(image) => image.image.len(),
    }
}

/// What was filled in so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Budget {
    values: usize,
    bytes: usize,
}

impl Budget {
    /// Adds a value that is filled in, or returns why it is too much: `more than …`.
    pub fn spend(&mut self, weight: Weight) -> Result<(), String> {
        self.values = self.values.saturating_add(weight.values);
        self.bytes = self.bytes.saturating_add(weight.bytes);
        if self.values > MAX_VALUES {
            return Err(format!("more than {MAX_VALUES} values"));
        }
        if self.bytes > MAX_TEXT {
            return Err(format!("more than {} MiB", MAX_TEXT >> 20));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{SourceId, Span};

    #[test]
    fn a_value_weighs_what_it_contains() {
        let span = Span {
            source: SourceId(0),
            start: 0,
            end: 0,
        };
        let inner = Node::list(span, [Node::text(span, "abc"), Node::integer(span, 12)]);
        let node = Node::map(span, [crate::model::Entry::new("key", span, inner)]);
        let weight = Weight {
            values: 5,
            bytes: 8,
            depth: 2,
        };
        assert_eq!(Weight::of(&node), weight);
    }

    #[test]
    fn values_and_text_are_bounded() {
        let mut budget = Budget::default();
        let whole = Weight::of_text(MAX_TEXT);
        assert_eq!(budget.spend(whole), Ok(()));
        assert_eq!(
            budget.spend(Weight::of_text(1)),
            Err("more than 4 MiB".to_owned())
        );
        let values = Weight {
            values: MAX_VALUES + 1,
            ..Weight::default()
        };
        assert_eq!(
            Budget::default().spend(values),
            Err("more than 50000 values".to_owned())
        );
    }
}
