//! Checks `dependsOn:`: every name is an existing service, and there are no cycles.

use indexmap::IndexMap;

use super::{cycles, typed_values};
use crate::diagnostic::{Problem, Problems, joined};
use crate::model::{Node, ServiceSpec};
use crate::schema::similar_name;

/// Reports unknown names and cycles. `root` is the file's tree, which has the position of each name.
pub(super) fn check(root: &Node, services: &IndexMap<String, ServiceSpec>, problems: &mut Problems) {
    let all: Vec<&str> = root
        .get("services")
        .and_then(Node::entries)
        .unwrap_or_default()
        .iter()
        .map(|entry| entry.key.as_str())
        .collect();
    for service in services.values() {
        for (name, node) in written(root, &service.key) {
            if name == service.key {
                let message = format!("`{name}` depends on itself");
                problems.push(Problem::error("circle", message, node.span).label("remove it"));
            } else if !all.contains(&name) {
                let label = match similar_name(name, all.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("existing services: {}", joined(&all)),
                };
                let message = format!("unknown service `{name}`");
                problems.push(Problem::error("unknown-name", message, node.span).label(label));
            }
        }
    }
    report_cycles(root, services, problems);
}

fn written<'a>(root: &'a Node, key: &str) -> Vec<(&'a str, &'a Node)> {
    let service = root.get("services").and_then(|services| services.get(key));
    let entry = service.and_then(|service| typed_values::present(service, "dependsOn"));
    let items = entry.and_then(|entry| entry.value.items()).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| Some((item.as_str()?, item)))
        .collect()
}

/// Reports each cycle once, at the dependency that closes it.
fn report_cycles(root: &Node, services: &IndexMap<String, ServiceSpec>, problems: &mut Problems) {
    let all: Vec<&str> = services.keys().map(String::as_str).collect();
    let next = |key: &str| {
        let service = services.get(key);
        let depends_on = service.map(|service| service.depends_on.as_slice());
        let depends_on = depends_on.unwrap_or_default().iter();
        depends_on.map(String::as_str).collect()
    };
    for circle in cycles::cycles(&all, &next) {
        let (Some(first), Some(last)) = (circle.first(), circle.last()) else {
            continue;
        };
        let closing = written(root, last).into_iter().find(|(name, _)| name == first);
        let message = format!("services depend on each other: {}", cycles::in_words(&circle));
        let span = closing.map(|(_, node)| node.span);
        problems.push(Problem::error("circle", message, span).label("this closes the cycle"));
    }
}
