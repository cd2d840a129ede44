//! Empty values that the console and templates leave behind, and that RegisterTaskDefinition rejects.

use crate::model::{Entry, Node, NodeKind};

/// Returns the definition without an empty `tags` list ("Tags can not be empty.",
/// aws-actions/amazon-ecs-deploy-task-definition#52) and without registry credentials that name no
/// secret.
pub(super) fn without_empty_values(definition: &Node) -> Node {
    let entries = definition.members().iter().filter(|entry| !is_empty_tags(entry));
    let entries = entries.map(|entry| match entry.key.as_str() {
        "containerDefinitions" => entry.with_value(containers(&entry.value)),
        _ => entry.clone(),
    });
    Node::map(definition.span, entries)
}

fn is_empty_tags(entry: &Entry) -> bool {
    entry.key == "tags" && entry.value.items().is_some_and(<[Node]>::is_empty)
}

fn containers(list: &Node) -> Node {
    let Some(items) = list.items() else {
        return list.clone();
    };
    let items = items.iter().map(|container| match container.entries() {
        Some(entries) => {
            let kept = entries.iter().filter(|entry| !is_empty_credentials(entry));
            Node::map(container.span, kept.cloned())
        }
        None => container.clone(),
    });
    Node::new(list.span, NodeKind::List(items.collect()))
}

fn is_empty_credentials(entry: &Entry) -> bool {
    entry.key == "repositoryCredentials"
        && entry
            .value
            .get("credentialsParameter")
            .and_then(Node::as_str)
            .is_some_and(|parameter| parameter.trim().is_empty())
}
