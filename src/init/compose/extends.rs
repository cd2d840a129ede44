//! `extends`: a service with the attributes of another one of the file.

use crate::diagnostic::Problem;
use crate::init::source_reader::{SourceReader, scalar};
use crate::model::{Entry, Node, NodeKind};

/// How many services may extend one another.
const MAX_EXTENDED: usize = 16;

/// Attributes whose lists replace those of the other service (Compose specification, "extends").
const REPLACED: [&str; 3] = ["command", "entrypoint", "test"];

/// Returns a service's attributes over those that it extends. What another file has is added to `left_out`.
pub(super) fn extended(
    service: &Entry,
    all: &[Entry],
    reader: &mut SourceReader<'_>,
    left_out: &mut Vec<String>,
) -> Node {
    let mut node = service.value.clone();
    let mut next = node.get("extends").cloned();
    for _ in 0..MAX_EXTENDED {
        let Some(extends) = next.take().filter(|it| !it.is_null()) else {
            return node;
        };
        if let Some(file) = extends.get("file").and_then(scalar) {
            left_out.push(format!(
                "the attributes that the service {} extends from {file}",
                service.key
            ));
            return node;
        }
        let name = extends
            .get("service")
            .and_then(scalar)
            .or_else(|| scalar(&extends));
        let base = name.and_then(|name| all.iter().find(|entry| entry.key == name));
        let Some(base) = base else {
            let problem = Problem::error("unknown-name", "`extends` names an unknown service", extends.span);
            reader.problems.push(problem.label("a service of the file"));
            return node;
        };
        next = base.value.get("extends").cloned();
        node = over(&base.value, &node);
    }
    let message = format!("more than {MAX_EXTENDED} services extend one another");
    reader
        .problems
        .push(Problem::error("circle", message, service.key_span));
    node
}

/// Merges attributes: mappings merge, lists follow one another, and other values replace.
fn over(base: &Node, own: &Node) -> Node {
    let mut merged = base.clone();
    merged.retain(|entry| entry.key != "profiles");
    let NodeKind::Map(entries) = &mut merged.kind else {
        return own.clone();
    };
    for entry in own.members() {
        match entries.iter_mut().find(|it| it.key == entry.key) {
            Some(known) => known.value = value_over(&entry.key, &known.value, &entry.value),
            None => entries.push(entry.clone()),
        }
    }
    merged
}

fn value_over(key: &str, base: &Node, own: &Node) -> Node {
    match (&base.kind, &own.kind) {
        (NodeKind::Map(_), NodeKind::Map(_)) => over(base, own),
        (NodeKind::List(first), NodeKind::List(then)) if !REPLACED.contains(&key) => {
            let items = first.iter().chain(then).cloned();
            Node::list(own.span, items.collect::<Vec<_>>())
        }
        (NodeKind::List(items), NodeKind::Map(_)) => over(&as_mapping(items, base), own),
        (NodeKind::Map(_), NodeKind::List(items)) => over(base, &as_mapping(items, own)),
        _ => own.clone(),
    }
}

/// Returns a list of `NAME=VALUE`, or of names, as a mapping.
fn as_mapping(items: &[Node], list: &Node) -> Node {
    let entries = items.iter().filter_map(|item| {
        let text = scalar(item)?;
        Some(match text.split_once('=') {
            Some((name, value)) => Entry::new(name, item.span, Node::text(item.span, value)),
            None => Entry::new(text, item.span, Node::null(item.span)),
        })
    });
    Node::map(list.span, entries.collect::<Vec<_>>())
}
