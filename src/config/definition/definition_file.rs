//! A task definition in a file of its own, sent unchanged. The output of `describe-task-definition` is
//! accepted.

use crate::diagnostic::{Problem, Problems};
use crate::model::{Entry, Node, NodeKind};
use crate::schema::READ_ONLY;

/// Returns the definition in a file's tree: unwrapped, without read-only members and nulls. `name` is the
/// file's name.
pub(crate) fn definition(root: &Node, name: &str, problems: &mut Problems) -> Node {
    let unwrapped = unwrap(root);
    let mut dropped: Vec<&str> = Vec::new();
    let mut nulls = 0;
    let kept: Vec<Entry> = unwrapped
        .members()
        .iter()
        .filter(|entry| {
            let read_only = READ_ONLY.iter().find(|key| **key == entry.key);
            dropped.extend(read_only);
            read_only.is_none()
        })
        .filter_map(|entry| without_nulls(entry, &mut nulls))
        .collect();
    if !dropped.is_empty() || nulls > 0 {
        problems.push(warning(&unwrapped, name, &dropped, nulls));
    }
    Node::map(unwrapped.span, kept)
}

fn warning(definition: &Node, name: &str, dropped: &[&str], nulls: usize) -> Problem {
    let place = definition.entries().and_then(|entries| {
        entries
            .iter()
            .find(|entry| entry.value.is_null() || dropped.contains(&entry.key.as_str()))
    });
    let span = place.map_or(definition.span, |entry| entry.key_span);
    let mut left_out: Vec<String> = dropped.iter().map(|key| format!("`{key}`")).collect();
    if nulls > 0 {
        left_out.push(format!("{nulls} null{}", if nulls == 1 { "" } else { "s" }));
    }
    let message = format!("ignored the read-only members of {name}, which only AWS sets");
    Problem::warning("read-only", message, span).note(format!("ignored: {}", left_out.join(", ")))
}

/// Unwraps the output of `aws ecs describe-task-definition`, which has the tags next to the definition.
fn unwrap(root: &Node) -> Node {
    let Some(wrapped) = root
        .get("taskDefinition")
        .filter(|wrapped| wrapped.entries().is_some())
    else {
        return root.clone();
    };
    let mut entries = wrapped.members().to_vec();
    let tags = root
        .entry("tags")
        .filter(|tags| tags.value.items().is_some_and(|items| !items.is_empty()));
    if let Some(tags) = tags
        && wrapped.get("tags").is_none()
    {
        entries.push(tags.clone());
    }
    Node::map(wrapped.span, entries)
}

fn without_nulls(entry: &Entry, nulls: &mut usize) -> Option<Entry> {
    let value = stripped(&entry.value, nulls)?;
    Some(entry.with_value(value))
}

fn stripped(node: &Node, nulls: &mut usize) -> Option<Node> {
    let kind = match &node.kind {
        NodeKind::Null => {
            *nulls += 1;
            return None;
        }
        NodeKind::Map(entries) => NodeKind::Map(
            entries
                .iter()
                .filter_map(|entry| without_nulls(entry, nulls))
                .collect(),
        ),
        NodeKind::List(items) => {
            NodeKind::List(items.iter().filter_map(|item| stripped(item, nulls)).collect())
        }
        other => other.clone(),
    };
    Some(Node::new(node.span, kind))
}
