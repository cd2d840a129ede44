//! References from one part of a service to another: an unknown name is an error.

use super::typed_values::{self, is_true, items};
use crate::diagnostic::{Level, Problem, Problems, Span, joined};
use crate::model::Node;
use crate::schema::similar_name;

/// Checks references within a task definition: containers and volumes that other members name, and what
/// ECS requires of a container. ECS rejects unknown names: "Cannot depend on container + 'x' because it
/// does not exist", "Invalid 'volumesFrom' setting. Unknown container: 'x'", "Unknown volume 'x'"
/// (ClientExceptions of RegisterTaskDefinition: eagletmt/hako pull requests 99 and 54, ansible/ansible
/// issue 35751). For a proxy's container there is no source, so that is a warning.
pub(super) fn within(definition: &Node, problems: &mut Problems) {
    let containers = names(definition, "containerDefinitions", problems);
    let volumes = names(definition, "volumes", problems);
    for container in items(definition, "containerDefinitions") {
        if container.entries().is_some() && typed_values::lacks(container, "image", problems) {
            missing_image(container, problems);
        }
        for dependency in items(container, "dependsOn") {
            known(
                dependency.get("containerName"),
                "container",
                containers.as_deref(),
                problems,
            );
        }
        for volume in items(container, "volumesFrom") {
            known(
                volume.get("sourceContainer"),
                "container",
                containers.as_deref(),
                problems,
            );
        }
        for mount in items(container, "mountPoints") {
            known(mount.get("sourceVolume"), "volume", volumes.as_deref(), problems);
        }
    }
    if let Some(proxy) = definition.get("proxyConfiguration") {
        let unknown = unknown(proxy.get("containerName"), "container", containers.as_deref());
        if let Some(problem) = unknown {
            let level = Level::Warning;
            problems.push(Problem { level, ..problem });
        }
    }
}

/// Checks references from a service to its task definition: each must name something in the definition
/// (ECS API: LoadBalancer, ServiceRegistry, ServiceConnectService, VpcLatticeConfiguration,
/// ServiceVolumeConfiguration).
pub(super) fn from_service(fields: &Node, definition: &Node, problems: &mut Problems) {
    let containers = names(definition, "containerDefinitions", problems);
    let volumes = names(definition, "volumes", problems);
    for key in ["loadBalancers", "serviceRegistries"] {
        for item in items(fields, key) {
            if known(
                item.get("containerName"),
                "container",
                containers.as_deref(),
                problems,
            ) {
                port(item, definition, problems);
            }
        }
    }
    let ports = port_names(definition, problems);
    let connect = fields.get("serviceConnectConfiguration");
    for service in connect
        .map(|connect| items(connect, "services"))
        .unwrap_or_default()
    {
        known(service.get("portName"), "port", ports.as_deref(), problems);
    }
    for lattice in items(fields, "vpcLatticeConfigurations") {
        known(lattice.get("portName"), "port", ports.as_deref(), problems);
    }
    for volume in items(fields, "volumeConfigurations") {
        if known(volume.get("name"), "volume", volumes.as_deref(), problems) {
            at_launch(volume, definition, problems);
        }
    }
}

/// Checks that a configured volume is left to the launch: "Volume configuration provided but no matching
/// configuredAtLaunch volume found in task definition" (CreateService's refusal: go-to-k/cdkd pull request 811).
fn at_launch(configured: &Node, definition: &Node, problems: &mut Problems) {
    let Some(name) = configured.entry("name") else {
        return;
    };
    let volumes = items(definition, "volumes");
    let volume = volumes
        .iter()
        .find(|it| it.text_of("name") == name.value.as_str());
    let Some(volume) = volume.filter(|it| !is_at_launch(it)) else {
        return;
    };
    if is_reported(volume, "configuredAtLaunch", problems) {
        return;
    }
    let text = name.value.as_str().unwrap_or_default();
    let message = format!("the volume `{text}` is not configured at launch");
    problems.push(
        Problem::error("not-at-launch", message, name.value.span)
            .label("the volume of the task definition needs `configuredAtLaunch: true`")
            .other(volume.span, "the volume"),
    );
}

/// Whether the service or the task that uses the definition says what the volume is.
pub(super) fn is_at_launch(volume: &Node) -> bool {
    volume.get("configuredAtLaunch").is_some_and(is_true)
}

fn missing_image(container: &Node, problems: &mut Problems) {
    let name = container.get("name");
    let span = name.map_or(container.span, |name| name.span);
    let which = name
        .and_then(Node::as_str)
        .map_or_else(String::new, |name| format!(" `{name}`"));
    problems.push(
        Problem::error(
            "missing-key",
            format!("missing `image` in the container{which}"),
            span,
        )
        .label("add `image: ${images.NAME}`, or any image reference"),
    );
}

/// Whether a name is present and one of `names`; reports it if not.
fn known(name: Option<&Node>, what: &str, names: Option<&[String]>, problems: &mut Problems) -> bool {
    let unknown = unknown(name, what, names);
    let is_known = unknown.is_none() && name.and_then(Node::as_str).is_some();
    unknown.into_iter().for_each(|problem| problems.push(problem));
    is_known
}

/// Returns the problem with a name that isn't one of `names`, if these are known.
fn unknown(name: Option<&Node>, what: &str, names: Option<&[String]>) -> Option<Problem> {
    let names = names?;
    let (text, span) = name.and_then(|name| Some((name.as_str()?, name.span)))?;
    if names.iter().any(|known| known == text) {
        return None;
    }
    let label = match similar_name(text, names.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if names.is_empty() => format!("the task definition has no named {what}"),
        None => format!("the task definition has {}", joined(names)),
    };
    Some(Problem::error("unknown-name", format!("no {what} `{text}`"), span).label(label))
}

/// Checks that a load balancer's port is one of the container's (ECS API, LoadBalancer, `containerPort`).
fn port(item: &Node, definition: &Node, problems: &mut Problems) {
    let name = item.text_of("containerName");
    let container = items(definition, "containerDefinitions")
        .iter()
        .find(|container| container.text_of("name") == name);
    let (Some(container), Some((wanted, span))) = (container, item.get("containerPort").and_then(number))
    else {
        return;
    };
    let mappings = items(container, "portMappings");
    let written = typed_values::present(container, "portMappings").map(|entry| entry.value.span);
    let is_unknown = written.is_some_and(|span| problems.unresolved_within(span).next().is_some());
    if is_unknown || is_reported(container, "portMappings", problems) {
        return;
    }
    let is_there = mappings
        .iter()
        .any(|mapping| match mapping.get("containerPort").and_then(number) {
            Some((port, _)) => port == wanted,
            None => in_range(mapping, wanted),
        });
    if is_there {
        return;
    }
    let ports: Vec<String> = mappings
        .iter()
        .filter_map(|mapping| mapping.get("containerPort").and_then(number))
        .map(|(port, _)| port.to_string())
        .collect();
    let name = name.unwrap_or_default();
    let label = match ports.as_slice() {
        [] => format!("add `portMappings: [{{containerPort: {wanted}}}]` to it"),
        ports => format!("existing: {}", joined(ports)),
    };
    let message = format!("the container `{name}` has no port {wanted}");
    problems.push(Problem::error("unknown-port", message, span).label(label));
}

/// Whether the port is in the mapping's range: `containerPortRange: 8000-8010`.
fn in_range(mapping: &Node, port: i64) -> bool {
    let range = mapping.text_of("containerPortRange");
    let bounds = range.and_then(|range| range.split_once('-'));
    bounds.is_some_and(|(from, to)| match (from.parse::<i64>(), to.parse::<i64>()) {
        (Ok(from), Ok(to)) => (from..=to).contains(&port),
        _ => true,
    })
}

fn number(node: &Node) -> Option<(i64, Span)> {
    match &node.kind {
        crate::model::NodeKind::Number(number, _) => Some((number.as_i64()?, node.span)),
        _ => None,
    }
}

/// Returns the names of the ports; None if one of them may be in a value or under a key that was reported.
fn port_names(definition: &Node, problems: &Problems) -> Option<Vec<String>> {
    let containers = items(definition, "containerDefinitions");
    let ports = containers.iter().flat_map(|it| items(it, "portMappings"));
    let is_reported = |it: &Node| is_reported(it, "portMappings", problems);
    match containers.iter().any(is_reported) {
        true => None,
        false => names_of(definition, "containerDefinitions", ports.collect(), problems),
    }
}

/// Returns the names in a list; None if one of them may be in a value or under a key that was reported.
fn names(node: &Node, list: &str, problems: &Problems) -> Option<Vec<String>> {
    names_of(node, list, items(node, list).iter().collect(), problems)
}

fn names_of(node: &Node, list: &str, items: Vec<&Node>, problems: &Problems) -> Option<Vec<String>> {
    let named = || {
        items
            .iter()
            .filter_map(|item| Some((item.text_of("name")?, item.span)))
    };
    let is_named = |span: Span| named().any(|(_, item)| item.contains(span));
    let within = typed_values::present(node, list).map(|entry| entry.value.span);
    let is_incomplete = is_reported(node, list, problems)
        || items.iter().any(|item| is_reported(item, "name", problems))
        || within.is_some_and(|list| !problems.unresolved_within(list).all(is_named));
    (!is_incomplete).then(|| named().map(|(name, _)| name.to_owned()).collect())
}

/// Whether a key is absent only because it is misspelled, or its value couldn't be resolved.
fn is_reported(node: &Node, key: &str, problems: &Problems) -> bool {
    typed_values::present(node, key).is_none() && !typed_values::lacks(node, key, problems)
}
