//! `dependsOn:` — to services that exist, and in no circle.

use indexmap::IndexMap;

use super::read;
use crate::diagnostic::{Problem, Problems};
use crate::model::{Node, Service};
use crate::shape::suggest;

/// Reports names of nothing and circles. `root` is the file, which knows where each name was written.
pub(super) fn check(root: &Node, services: &IndexMap<String, Service>, problems: &mut Problems) {
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
                problems.push(Problem::error("circle", message, node.span).label("take it out"));
            } else if !all.contains(&name) {
                let label = match suggest(name, all.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("the services are {}", all.join(", ")),
                };
                let message = format!("no service `{name}`");
                problems.push(Problem::error("unknown-name", message, node.span).label(label));
            }
        }
    }
    circles(root, services, problems);
}

fn written<'a>(root: &'a Node, key: &str) -> Vec<(&'a str, &'a Node)> {
    let service = root.get("services").and_then(|services| services.get(key));
    let entry = service.and_then(|service| read::present(service, "dependsOn"));
    let items = entry.and_then(|entry| entry.value.items()).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| Some((item.as_str()?, item)))
        .collect()
}

/// Reports each circle once, at the dependency that closes it.
fn circles(root: &Node, services: &IndexMap<String, Service>, problems: &mut Problems) {
    let mut done: Vec<&str> = Vec::new();
    for key in services.keys() {
        let mut path: Vec<&str> = Vec::new();
        walk(key, services, root, &mut path, &mut done, problems);
    }
}

fn walk<'a>(
    key: &'a str,
    services: &'a IndexMap<String, Service>,
    root: &Node,
    path: &mut Vec<&'a str>,
    done: &mut Vec<&'a str>,
    problems: &mut Problems,
) {
    if done.contains(&key) {
        return;
    }
    path.push(key);
    let depends_on = services
        .get(key)
        .map(|service| service.depends_on.as_slice())
        .unwrap_or_default();
    for next in depends_on.iter().filter(|next| *next != key) {
        if let Some(start) = path.iter().position(|open| open == next) {
            let mut circle = path[start..].to_vec();
            circle.push(next);
            let span = written(root, key)
                .into_iter()
                .find(|(name, _)| name == next)
                .map(|(_, node)| node.span);
            let message = format!("services depend on each other: {}", circle.join(" → "));
            problems.push(Problem::error("circle", message, span).label("closes the circle"));
        } else {
            walk(next, services, root, path, done, problems);
        }
    }
    path.pop();
    done.push(key);
}
