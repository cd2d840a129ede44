//! The defaults of a task definition written in deploy.yaml: each applies if nothing is set and its
//! condition is met. A null member means absent.

use super::DefinitionOwner;
use crate::config::context::ReadContext;
use crate::config::interpolate::SOME_REGION;
use crate::diagnostic::{Problem, Problems, Span};
use crate::model::{Entry, LogGroup, Node, NodeKind};

/// Returns the definition with its defaults, and the log groups that it writes to.
pub(super) fn apply(
    mut node: Node,
    owner: &DefinitionOwner<'_>,
    context: &mut ReadContext<'_>,
) -> (Node, Vec<LogGroup>) {
    let span = owner.span;
    default(&mut node, "family", Node::text(span, owner.name));
    if owner.launch.is_fargate(node.get("requiresCompatibilities")) {
        default(&mut node, "networkMode", Node::text(span, "awsvpc"));
        let fargate = Node::list(span, vec![Node::text(span, "FARGATE")]);
        default(&mut node, "requiresCompatibilities", fargate);
    }
    each_container(&mut node, &mut |container| {
        default(container, "essential", Node::bool(container.span, true));
    });
    let groups = logs(&mut node, owner, context);
    (node, groups)
}

/// Defaults logging to awslogs with `/ecs/<family>`, if a container doesn't configure its logs and there
/// is a role that may write them.
fn logs(node: &mut Node, owner: &DefinitionOwner<'_>, context: &mut ReadContext<'_>) -> Vec<LogGroup> {
    let has_role = node.get("executionRoleArn").is_some_and(|role| !role.is_null());
    let Some(family) = node.text_of("family").map(str::to_owned) else {
        return Vec::new();
    };
    if !has_role {
        return Vec::new();
    }
    let group = format!("/ecs/{family}");
    let region = context.region.clone().unwrap_or_else(|| SOME_REGION.to_owned());
    let configuration = |span: Span| {
        let text = |key: &str, value: &str| entry(span, key, Node::text(span, value));
        let options = vec![
            text("awslogs-group", &group),
            text("awslogs-region", &region),
            text("awslogs-stream-prefix", &family),
        ];
        let members = vec![
            text("logDriver", "awslogs"),
            entry(span, "options", Node::map(span, options)),
        ];
        Node::map(span, members)
    };
    let mut is_used = false;
    each_container(node, &mut |container| {
        is_used |= default(container, "logConfiguration", configuration(owner.span));
    });
    context.used.region |= is_used;
    let group = LogGroup {
        name: group,
        region: None,
        retention_days: None,
    };
    if is_used { vec![group] } else { Vec::new() }
}

/// Adds a member if there is none, not even a null one. Returns whether it was added.
fn default(node: &mut Node, key: &str, value: Node) -> bool {
    let NodeKind::Map(entries) = &mut node.kind else {
        return false;
    };
    let is_absent = entries.iter().all(|entry| entry.key != key);
    if is_absent {
        entries.push(entry(value.span, key, value));
    }
    is_absent
}

fn entry(key_span: Span, key: &str, value: Node) -> Entry {
    Entry::new(key.to_owned(), key_span, value)
}

fn each_container(node: &mut Node, change: &mut dyn FnMut(&mut Node)) {
    if let Some(NodeKind::List(items)) = node.get_mut("containerDefinitions").map(|it| &mut it.kind) {
        items.iter_mut().for_each(change);
    }
}

/// Whether the definition must run on Fargate.
pub(super) fn needs_fargate(node: &Node) -> bool {
    let compatibilities = node.get("requiresCompatibilities").and_then(Node::items);
    compatibilities
        .unwrap_or_default()
        .iter()
        .any(|item| item.as_str() == Some("FARGATE"))
}

/// Checks the network mode: Fargate supports awsvpc only (Amazon ECS Developer Guide, "Task definition
/// differences for Fargate"). Returns false if it is another one.
pub(super) fn check_network_mode(node: &Node, at: Span, problems: &mut Problems) -> bool {
    let mode = node.get("networkMode").filter(|mode| !mode.is_null());
    if mode.and_then(Node::as_str) == Some("awsvpc") {
        return true;
    }
    let span = mode.map_or(at, |mode| mode.span);
    problems.push(
        Problem::error("network-mode", "Fargate does not support this network mode", span).label(
            "write `networkMode: awsvpc`; for container instances, set `launchType: EC2` in the service",
        ),
    );
    false
}
