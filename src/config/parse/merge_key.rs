//! The merge key `<<` (YAML 1.1's type repository, in use everywhere): the members of other mappings,
//! below those that are written out. Shallow, the first mapping of a list wins.

use crate::diagnostic::{Problem, Problems, Span};
use crate::model::{Entry, Node, NodeKind};

/// Adds the members of each merged mapping where `<<` stood: (how many entries came before, its place, its value).
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
                Problem::error("merge-key", "`<<` merges mappings only", key_span)
                    .label("write `<<: *name`, or a list of such aliases"),
            ),
        }
    }
    found
}
