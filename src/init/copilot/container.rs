//! The main container and the sidecars.

use super::parts::WorkloadParts;
use super::{health_check, image, storage, variables};
use crate::diagnostic::Problem;
use crate::init::command_line;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::template::Template;
use crate::model::{Node, NodeKind};

/// Adds the main container: the members of `image`, and those of the manifest itself.
pub(super) fn add_main(manifest: &Node, port_name: Option<&str>, parts: &mut WorkloadParts<'_, '_>) {
    let mut container = DraftMap::default();
    let Some(image) = manifest.get("image") else {
        let problem = Problem::error("missing-key", "the manifest has no `image`", manifest.span);
        return parts
            .reader
            .problems
            .push(problem.label("add `image:` with `build` or `location`"));
    };
    let repository = format!("{}/{}", parts.application.unwrap_or("copilot"), parts.name);
    image::add(image, parts.name, &repository, &mut container, parts);
    commands(manifest, &mut container, parts);
    let port = image.get("port").filter(|node| !node.is_null());
    if let Some((port, protocol)) =
        port.and_then(|node| parts.reader.parse("image.port", node, PORT, self::port))
    {
        container.put("portMappings", mapping(port, &protocol, port_name));
    }
    variables::add(manifest, &mut container, parts);
    health_check::add(image, &mut container, parts);
    shared(image, &mut container, parts);
    let read_only = manifest
        .get("storage")
        .and_then(|storage| storage.get("readonly_fs"));
    if let Some(flag) = read_only.and_then(|node| parts.reader.flag("readonly_fs", node)) {
        container.put("readonlyRootFilesystem", DraftValue::Scalar(flag.into()));
    }
    storage::add(manifest, &mut container, parts);
    parts.containers.put(parts.name, container);
}

/// Adds the sidecars.
pub(super) fn add_sidecars(manifest: &Node, parts: &mut WorkloadParts<'_, '_>) {
    let sidecars = manifest
        .get("sidecars")
        .map_or(&[][..], |it| parts.reader.members("sidecars", it));
    for entry in sidecars.iter().filter(|entry| !entry.value.is_null()) {
        let node = &entry.value;
        let mut container = DraftMap::default();
        match node.get("image") {
            Some(image) => {
                let key = format!("{}-{}", parts.name, entry.key);
                let repository = format!("{}/{key}", parts.application.unwrap_or("copilot"));
                image::add(image, &key, &repository, &mut container, parts);
            }
            None => parts.reader.wrong(&entry.key, node, "a mapping with `image`"),
        }
        let essential = node.get("essential");
        if essential.and_then(|node| parts.reader.flag("essential", node)) == Some(false) {
            container.put("essential", DraftValue::Scalar(false.into()));
        }
        commands(node, &mut container, parts);
        let port = node.get("port").filter(|node| !node.is_null());
        if let Some((port, protocol)) =
            port.and_then(|node| parts.reader.parse("port", node, PORT, self::port))
        {
            container.put("portMappings", mapping(port, &protocol, None));
        }
        variables::add(node, &mut container, parts);
        health_check::add(node, &mut container, parts);
        shared(node, &mut container, parts);
        storage::add_mount_points(node, &mut container, parts);
        let credentials = node.get("credentialsParameter").filter(|node| !node.is_null());
        if let Some(text) = credentials.and_then(|node| parts.reader.text("credentialsParameter", node)) {
            let mut draft = DraftMap::default();
            draft.put("credentialsParameter", text.as_str());
            container.put("repositoryCredentials", draft);
        }
        parts.containers.put(&entry.key, container);
    }
}

const PORT: &str = "a port, or PORT/PROTOCOL";

fn port(text: &str) -> Option<(i64, String)> {
    let (port, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let port: u16 = port.parse().ok().filter(|port| *port > 0)?;
    let protocol = protocol.to_ascii_lowercase();
    matches!(protocol.as_str(), "tcp" | "udp").then(|| (port.into(), protocol))
}

fn mapping(port: i64, protocol: &str, name: Option<&str>) -> DraftValue {
    let mut mapping = DraftMap::default();
    mapping.put("containerPort", port);
    if protocol != "tcp" {
        mapping.put("protocol", protocol);
    }
    if let Some(name) = name {
        mapping.put("name", name);
    }
    DraftValue::List(vec![mapping.into()])
}

fn commands(node: &Node, container: &mut DraftMap, parts: &mut WorkloadParts<'_, '_>) {
    for (key, member) in [("entrypoint", "entryPoint"), ("command", "command")] {
        let Some(node) = node.get(key).filter(|node| !node.is_null()) else {
            continue;
        };
        let words: Option<Vec<Template>> = match &node.kind {
            NodeKind::List(items) => items
                .iter()
                .map(|item| parts.reader.template(key, item))
                .collect(),
            _ => parts.reader.template(key, node).and_then(|template| {
                let words = command_line::split(template);
                if let Err(reason) = words {
                    let problem = Problem::error("command", format!("invalid `{key}`"), node.span);
                    parts.reader.problems.push(problem.label(reason));
                }
                words.ok()
            }),
        };
        let words = words.unwrap_or_default();
        let words: Vec<String> = words
            .iter()
            .filter_map(|word| parts.reader.drafted(word, node.span))
            .collect();
        if !words.is_empty() {
            let words = words.iter().map(|word| word.as_str().into());
            container.put(member, DraftValue::List(words.collect()));
        }
    }
}

/// Adds labels and dependencies.
fn shared(node: &Node, container: &mut DraftMap, parts: &mut WorkloadParts<'_, '_>) {
    let mut labels = DraftMap::default();
    let members = node
        .get("labels")
        .map_or(&[][..], |it| parts.reader.members("labels", it));
    for entry in members {
        if let Some(text) = parts.reader.text(&entry.key, &entry.value) {
            labels.put(&entry.key, text.as_str());
        }
    }
    if !labels.is_empty() {
        container.put("dockerLabels", labels);
    }
    let members = node
        .get("depends_on")
        .map_or(&[][..], |it| parts.reader.members("depends_on", it));
    let mut dependencies = Vec::new();
    for entry in members {
        if let Some(condition) = parts.reader.known(&entry.key, &entry.value) {
            let mut dependency = DraftMap::default();
            dependency.put("containerName", DraftValue::plain(&entry.key));
            dependency.put("condition", DraftValue::plain(&condition.to_ascii_uppercase()));
            dependencies.push(dependency.into());
        }
    }
    if !dependencies.is_empty() {
        container.put("dependsOn", DraftValue::List(dependencies));
    }
}
