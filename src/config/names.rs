//! The part of deploy.yaml that commands need that don't deploy: the session's settings, the cluster, and the
//! services' names. The rest of the file can't stop them, because nothing looks at it.

use std::collections::BTreeSet;

use super::interpolate::references;
use super::keys;
use crate::model::{Entry, Node};
use crate::schema::{EcsOperation, misspelled_member};

/// The top-level keys of this part besides `services`.
const SETTINGS: [&str; 6] = [
    "requiredVersion",
    "account",
    "region",
    "profile",
    "assumeRole",
    "cluster",
];

/// Returns the tree with this part of the file only. Every key at the top level, variable and image keeps its
/// place, because messages name them.
pub(super) fn part(root: &Node) -> Node {
    let without_vars = map(root, |entry| match entry.key.as_str() {
        "vars" => blank(entry),
        "services" => map(&entry.value, |service| names(&service.value)),
        "images" => map(&entry.value, |image| Node::map(image.value.span, [])),
        key if SETTINGS.contains(&key) => entry.value.clone(),
        _ => blank(entry),
    });
    let needed = needed_vars(root, references(&without_vars).vars);
    map(&without_vars, |entry| match root.get("vars") {
        Some(vars) if entry.key == "vars" => map(vars, |var| match needed.contains(&var.key) {
            true => var.value.clone(),
            false => blank(var),
        }),
        _ => entry.value.clone(),
    })
}

/// Returns a service with its name only, and with what may be a misspelling of that key.
fn names(service: &Node) -> Node {
    let is_name = |entry: &&Entry| {
        let meant = misspelled_member(EcsOperation::CreateService, &keys::SERVICE, &entry.key);
        entry.key == "serviceName" || meant == Some("serviceName")
    };
    Node::map(service.span, service.members().iter().filter(is_name).cloned())
}

/// Returns these variables, and those that they refer to.
fn needed_vars(root: &Node, mut needed: BTreeSet<String>) -> BTreeSet<String> {
    let mut open: Vec<String> = needed.iter().cloned().collect();
    while let Some(name) = open.pop() {
        let value = root.get("vars").and_then(|vars| vars.get(&name));
        for next in value.map(references).unwrap_or_default().vars {
            if needed.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    needed
}

/// Replaces the values of a mapping; anything else stays.
fn map(node: &Node, value: impl Fn(&Entry) -> Node) -> Node {
    match node.entries() {
        Some(entries) => Node::map(
            node.span,
            entries.iter().map(|entry| entry.with_value(value(entry))),
        ),
        None => node.clone(),
    }
}

fn blank(entry: &Entry) -> Node {
    Node::null(entry.value.span)
}
