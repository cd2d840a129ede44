//! What ECS rejects about a task definition as a whole, even if each member is valid on its own.

use std::collections::HashMap;

use super::defaults;
use super::dependencies::{is_essential, name_of};
use crate::config::typed_values;
use crate::diagnostic::{Problem, Problems, Span};
use crate::model::{Entry, Node, NodeKind};
use crate::schema::similar_name;

/// Amazon ECS Developer Guide, "Amazon ECS service quotas": containers per task definition, not adjustable.
const MOST_CONTAINERS: usize = 10;
/// The members that give a container memory.
const MEMORY: [&str; 2] = ["memory", "memoryReservation"];

/// Reports missing or conflicting settings among a definition's containers.
pub(super) fn check(definition: &Node, problems: &mut Problems) {
    let containers = typed_values::items(definition, "containerDefinitions");
    too_many(containers, problems);
    none_essential(containers, problems);
    if !defaults::needs_fargate(definition) {
        without_memory(definition, containers, problems);
    }
    HostPorts::of(definition).check(containers, problems);
}

fn too_many(containers: &[Node], problems: &mut Problems) {
    if let Some(beyond) = containers.get(MOST_CONTAINERS) {
        let message = format!(
            "a task definition has at most {MOST_CONTAINERS} containers, not {}",
            containers.len()
        );
        let span = beyond.get("name").map_or(beyond.span, |name| name.span);
        problems.push(Problem::error("too-many-containers", message, span).label("over the limit"));
    }
}

/// Reports a task without an essential container (ECS API, ContainerDefinition, `essential`).
fn none_essential(containers: &[Node], problems: &mut Problems) {
    if containers.iter().any(is_essential) {
        return;
    }
    if let Some(first) = containers.first().and_then(|it| it.entry("essential")) {
        problems.push(
            Problem::error("none-essential", "no container is essential", first.value.span)
                .label("set `essential: true` on at least one container"),
        );
    }
}

/// Reports containers without memory. If the task sets none, each container needs `memory` or
/// `memoryReservation`, and not 0 (ECS API, ContainerDefinition, `memoryReservation`). Fargate's
/// task-level rules are checked elsewhere.
fn without_memory(definition: &Node, containers: &[Node], problems: &mut Problems) {
    if typed_values::present(definition, "memory").is_some()
        || typed_values::is_reported(definition.entry("memory"), problems)
    {
        return;
    }
    for container in containers {
        let keys = container.members();
        if keys.is_empty() || keys.iter().any(|entry| is_memory(entry, problems)) {
            continue;
        }
        let name = name_of(container).map_or_else(String::new, |name| format!(" `{name}`"));
        let span = container.get("name").map_or(container.span, |name| name.span);
        problems.push(
            Problem::error(
                "no-memory",
                format!("missing memory for the container{name}"),
                span,
            )
            .label("add `memory` or `memoryReservation` (MiB) here, or `memory` to the task"),
        );
    }
}

/// Whether a member gives a container memory, or was meant to: its own mistakes are reported separately.
fn is_memory(entry: &Entry, problems: &Problems) -> bool {
    if !MEMORY.contains(&entry.key.as_str()) {
        return similar_name(&entry.key, MEMORY).is_some();
    }
    let is_some = !entry.value.is_null() && number(&entry.value) != Some(0);
    is_some || typed_values::is_reported(Some(entry), problems)
}

/// The host ports that a task uses.
struct HostPorts {
    /// Whether container ports are host ports: the network modes awsvpc and host.
    are_the_hosts: bool,
    seen: HashMap<(String, i64), Span>,
}

impl HostPorts {
    fn of(definition: &Node) -> Self {
        let mode = definition.text_of("networkMode");
        Self {
            are_the_hosts: matches!(mode, Some("awsvpc" | "host")),
            seen: HashMap::new(),
        }
    }

    fn check(mut self, containers: &[Node], problems: &mut Problems) {
        for container in containers {
            for mapping in typed_values::items(container, "portMappings") {
                self.mapping(mapping, problems);
            }
        }
    }

    fn mapping(&mut self, mapping: &Node, problems: &mut Problems) {
        let port = |key: &str| {
            let node = mapping.get(key)?;
            Some((number(node).filter(|port| *port != 0)?, node.span))
        };
        let (container, host) = (port("containerPort"), port("hostPort"));
        if let (true, Some((container, _)), Some((host, span))) = (self.are_the_hosts, container, host)
            && host != container
        {
            return problems.push(other_host_port(host, container, span));
        }
        let taken = if self.are_the_hosts {
            container.or(host)
        } else {
            host
        };
        let Some((port, span)) = taken else { return };
        let protocol = mapping.text_of("protocol").unwrap_or("tcp");
        match self.seen.get(&(protocol.to_owned(), port)) {
            Some(first) => problems.push(twice(protocol, port, span, *first)),
            None => {
                self.seen.insert((protocol.to_owned(), port), span);
            }
        }
    }
}

/// Returns the problem for a host port that differs from the container port. In the network modes awsvpc
/// and host it must be omitted or equal to the container port (ECS API, PortMapping, `hostPort`).
fn other_host_port(host: i64, container: i64, span: Span) -> Problem {
    let message = format!("`hostPort` {host} differs from `containerPort` {container}");
    Problem::error("host-port", message, span)
        .label("in network modes awsvpc and host they must be equal: remove `hostPort`")
}

/// Returns the problem for a host port that is mapped twice:
/// "TCP host port '3000' is mapped multiple times in task" (ClientException of RegisterTaskDefinition:
/// aws/amazon-ecs-agent issue 1220).
fn twice(protocol: &str, port: i64, span: Span, first: Span) -> Problem {
    let message = format!("duplicate {protocol} host port {port} in the task");
    Problem::error("duplicate-port", message, span)
        .label("again here")
        .other(first, "first here")
}

fn number(node: &Node) -> Option<i64> {
    match &node.kind {
        NodeKind::Number(number, _) => number.as_i64(),
        _ => None,
    }
}
