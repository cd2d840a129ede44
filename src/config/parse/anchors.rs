//! Values with an anchor (`&name`) that are repeated (`*name`) or merged (`<<: *name`).

use std::collections::HashSet;

use super::{Builder, ParseAborted};
use crate::config::budget::Weight;
use crate::diagnostic::{Problem, Problems, Span};
use crate::model::{Entry, Node, NodeKind};

/// How many aliases (`*name`) a file may have.
const MAX_ALIASES: usize = 200;

/// An anchored value, and the cost of repeating it.
pub(super) struct AnchoredValue {
    node: Node,
    pub weight: Weight,
}

impl AnchoredValue {
    /// Creates an anchored value.
    pub fn of(node: &Node) -> Self {
        Self {
            node: node.clone(),
            weight: Weight::of(node),
        }
    }
}

impl Builder<'_> {
    pub(super) fn alias(&mut self, id: usize, span: Span, depth: usize) -> Result<Node, ParseAborted> {
        self.aliases += 1;
        if self.aliases > MAX_ALIASES {
            let message = format!("more than {MAX_ALIASES} aliases");
            return self.stop(Problem::error("too-many-aliases", message, span));
        }
        let Some(anchored) = self.anchors.get(&id) else {
            return self.stop(Problem::error(
                "recursive-anchor",
                "an anchor can't contain itself",
                span,
            ));
        };
        let weight = anchored.weight;
        self.count(weight.values, depth + weight.depth, span)?;
        self.repeat(weight, span)?;
        let anchored = self.anchors.get(&id);
        Ok(anchored.map_or_else(|| Node::null(span), |anchored| anchored.node.clone()))
    }
}

/// Inserts the members of each merged mapping at the position of `<<`: (the number of entries before it,
/// its span, its value).
pub(super) fn apply(entries: &mut Vec<Entry>, merges: Vec<(usize, Span, Node)>, problems: &mut Problems) {
    if merges.is_empty() {
        return;
    }
    let mut known: HashSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
    for (position, key_span, value) in merges {
        let mut merged: Vec<Entry> = Vec::new();
        for entry in mappings(value, key_span, problems).into_iter().flatten() {
            if known.insert(entry.key.clone()) {
                merged.push(entry);
            }
        }
        let position = position.min(entries.len());
        entries.splice(position..position, merged);
    }
}

fn mappings(value: Node, key_span: Span, problems: &mut Problems) -> Vec<Vec<Entry>> {
    let candidates = match value.kind {
        NodeKind::List(items) => items,
        _ => vec![value],
    };
    let mut found = Vec::new();
    for candidate in candidates {
        match candidate.kind {
            NodeKind::Map(entries) => found.push(entries),
            _ => problems.push(
                Problem::error("merge-key", "`<<` merges only mappings", key_span)
                    .label("write `<<: *name`, or a list of aliases"),
            ),
        }
    }
    found
}
