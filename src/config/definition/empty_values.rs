//! Empty values that the console and templates leave behind, and that RegisterTaskDefinition rejects.

use crate::model::{Entry, Node, NodeKind};

/// Returns the definition without an empty `tags` list ("Tags can not be empty.",
/// aws-actions/amazon-ecs-deploy-task-definition#52) and without registry credentials that name no
/// secret.
pub(super) fn without_empty_values(mut definition: Node) -> Node {
    definition.retain(|entry| !is_empty_tags(entry));
    if let Some(NodeKind::List(items)) = definition.get_mut("containerDefinitions").map(|it| &mut it.kind) {
        for container in items {
            container.retain(|entry| !is_empty_credentials(entry));
        }
    }
    definition
}

fn is_empty_tags(entry: &Entry) -> bool {
    entry.key == "tags" && entry.value.items().is_some_and(<[Node]>::is_empty)
}

fn is_empty_credentials(entry: &Entry) -> bool {
    entry.key == "repositoryCredentials"
        && entry
            .value
            .get("credentialsParameter")
            .and_then(Node::as_str)
            .is_some_and(|parameter| parameter.trim().is_empty())
}
