//! `ports` and `expose`: the port mappings of the container.

use super::parts::ComposeParts;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::source_reader::scalar;
use crate::model::{Node, NodeKind};

/// A port or a range of ports of the container.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ComposePort {
    first: u16,
    last: u16,
    protocol: String,
    name: Option<String>,
    application: Option<String>,
    /// Whether the host's port is another one.
    is_translated: bool,
}

const FORMS: &str = "[[IP:]HOST_PORT:]CONTAINER_PORT[/PROTOCOL]";

/// Adds the port mappings.
pub(super) fn add(service: &Node, parts: &mut ComposeParts<'_, '_>) {
    let mut ports: Vec<ComposePort> = Vec::new();
    for (attribute, is_published) in [("ports", true), ("expose", false)] {
        let Some(list) = service.get(attribute) else {
            continue;
        };
        for item in parts.reader.items(attribute, list) {
            let Some(port) = port(attribute, item, parts) else {
                continue;
            };
            if !matches!(port.protocol.as_str(), "tcp" | "udp") {
                parts.leave_out(&format!("{attribute} {}/{}", port.first, port.protocol), "");
                continue;
            }
            if port.protocol == "tcp" && port.first == port.last {
                parts.port.get_or_insert(port.first.into());
                if is_published {
                    parts.published_port.get_or_insert(port.first.into());
                }
            }
            let is_same = |other: &ComposePort| {
                (other.first, other.last, &other.protocol) == (port.first, port.last, &port.protocol)
            };
            if !ports.iter().any(is_same) {
                ports.push(port);
            }
        }
    }
    if ports.iter().any(|port| port.is_translated) {
        parts
            .container
            .comment("the host's ports are not used: clients reach each task at its container's ports");
    }
    if !ports.is_empty() {
        let mappings = ports.into_iter().map(|port| port.mapping().into()).collect();
        parts.container.put("portMappings", DraftValue::List(mappings));
    }
}

impl ComposePort {
    /// Returns the port mapping; the protocol is TCP by default (ECS API, PortMapping, `protocol`).
    fn mapping(&self) -> DraftMap {
        let mut mapping = DraftMap::default();
        match self.first == self.last {
            true => mapping.put("containerPort", i64::from(self.first)),
            false => mapping.put(
                "containerPortRange",
                format!("{}-{}", self.first, self.last).as_str(),
            ),
        }
        if self.protocol != "tcp" {
            mapping.put("protocol", self.protocol.as_str());
        }
        if let Some(name) = &self.name {
            mapping.put("name", name.as_str());
        }
        if let Some(application) = &self.application {
            mapping.put("appProtocol", application.as_str());
        }
        mapping
    }
}

fn port(attribute: &str, item: &Node, parts: &mut ComposeParts<'_, '_>) -> Option<ComposePort> {
    match &item.kind {
        NodeKind::Map(_) if attribute == "ports" => long(item, parts),
        _ => parts.reader.parse(attribute, item, FORMS, short),
    }
}

/// Parses the short syntax (Compose specification, "ports").
fn short(text: &str) -> Option<ComposePort> {
    let (ports, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let (host, container) = match ports.rsplit_once(':') {
        Some((host, container)) => (Some(host), container),
        None => (None, ports),
    };
    let (first, last) = range(container)?;
    let host = host.map(|host| host.rsplit(':').next().unwrap_or(host));
    Some(ComposePort {
        first,
        last,
        protocol: protocol.to_ascii_lowercase(),
        name: None,
        application: None,
        is_translated: host.is_some_and(|host| host != container),
    })
}

fn range(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last): (u16, u16) = (first.parse().ok()?, last.parse().ok()?);
    (first > 0 && first <= last).then_some((first, last))
}

/// Reads the long syntax.
fn long(item: &Node, parts: &mut ComposeParts<'_, '_>) -> Option<ComposePort> {
    let Some(target) = item.get("target") else {
        parts.reader.wrong("ports", item, "a mapping with `target`");
        return None;
    };
    let (first, last) = parts
        .reader
        .parse("target", target, "a port, or FIRST-LAST", range)?;
    let text = |parts: &mut ComposeParts<'_, '_>, key: &str| {
        item.get(key).and_then(|node| parts.reader.known(key, node))
    };
    let protocol = text(parts, "protocol").unwrap_or_else(|| "tcp".to_owned());
    // ECS API, PortMapping, `name` and `appProtocol`.
    let name =
        text(parts, "name").map(|name| crate::init::names::ecs_name(&name.to_ascii_lowercase(), "port"));
    let application = text(parts, "app_protocol");
    let is_known = |it: &String| matches!(it.as_str(), "http" | "http2" | "grpc");
    let published = item.get("published").and_then(scalar);
    Some(ComposePort {
        first,
        last,
        protocol: protocol.to_ascii_lowercase(),
        name: name.filter(|_| first == last),
        application: application.filter(is_known),
        is_translated: published.is_some_and(|it| Some(it) != scalar(target)),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn short_syntax_of_ports() {
        for (text, expected) in [
            ("3000", Some((3000, 3000, "tcp", false))),
            ("8000:8000", Some((8000, 8000, "tcp", false))),
            ("8080:80", Some((80, 80, "tcp", true))),
            ("127.0.0.1:5001:5000/udp", Some((5000, 5000, "udp", true))),
            ("[::1]:80:80", Some((80, 80, "tcp", false))),
            ("9090-9091:8080-8081", Some((8080, 8081, "tcp", true))),
            ("127.0.0.1::5000", Some((5000, 5000, "tcp", true))),
            ("0", None),
            ("a", None),
            ("80-70", None),
            ("99999", None),
        ] {
            let port = short(text);
            let found = port
                .as_ref()
                .map(|port| (port.first, port.last, port.protocol.as_str(), port.is_translated));
            assert_eq!(found, expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_port_panics(text in "[0-9:/.a-e-]{0,16}|\\PC{0,6}") {
            let _ = short(&text);
        }
    }
}
