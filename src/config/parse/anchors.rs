//! Values with an anchor (`&name`) that are repeated (`*name`) or merged (`<<: *name`).

use super::{Builder, ParseAborted};
use crate::diagnostic::{Problem, Problems, Span};
use crate::model::{Entry, Node, NodeKind};

/// How many aliases (`*name`) a file may have.
const MAX_ALIASES: usize = 200;

/// An anchored value, and the cost of repeating it.
pub(super) struct AnchoredValue {
    node: Node,
    nodes: usize,
    depth: usize,
}

impl AnchoredValue {
    /// Creates an anchored value with the given number of nodes.
    pub fn of(node: &Node, nodes: usize) -> Self {
        Self {
            node: node.clone(),
            nodes,
            depth: height(node),
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
        let (node, nodes, height) = (anchored.node.clone(), anchored.nodes, anchored.depth);
        self.count(nodes, depth + height, span)?;
        Ok(node)
    }
}

/// Returns the number of levels below a value.
fn height(node: &Node) -> usize {
    match &node.kind {
        NodeKind::List(items) => items.iter().map(|item| height(item) + 1).max().unwrap_or(0),
        NodeKind::Map(entries) => entries
            .iter()
            .map(|entry| height(&entry.value) + 1)
            .max()
            .unwrap_or(0),
        _ => 0,
    }
}

/// Inserts the members of each merged mapping at the position of `<<`: (the number of entries before it,
/// its span, its value).
pub(super) fn apply(entries: &mut Vec<Entry>, merges: Vec<(usize, Span, Node)>, problems: &mut Problems) {
    for (position, key_span, value) in merges {
        let mut merged: Vec<Entry> = Vec::new();
        for mapping in mappings(value, key_span, problems) {
            for entry in mapping {
                let is_there = |list: &[Entry]| list.iter().any(|other| other.key == entry.key);
                if !is_there(entries) && !is_there(&merged) {
                    merged.push(entry);
                }
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
