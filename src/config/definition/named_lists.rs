//! The two forms of lists of named items: a list as in the API, or a mapping by name.

use std::collections::HashMap;

use crate::config::typed_values;
use crate::diagnostic::{Problem, Problems, Span};
use crate::model::{Entry, Node, NodeKind, Text};
use crate::schema::{check_item, refused_item};

/// A list whose items have a `name`.
#[derive(Clone, Copy)]
pub(crate) enum NamedList {
    /// `containerDefinitions`: an item is a mapping.
    Containers,
    /// `environment`: an item is a name and a `value`.
    Environment,
    /// `secrets`: an item is a name and a `valueFrom`.
    Secrets,
}

impl NamedList {
    /// Returns the member of an item besides its name; `None` if an item has several.
    fn member(self) -> Option<&'static str> {
        match self {
            NamedList::Containers => None,
            NamedList::Environment => Some("value"),
            NamedList::Secrets => Some("valueFrom"),
        }
    }

    /// Returns the member that is such a list, and the shape of its items.
    fn shape(self) -> (&'static str, &'static str) {
        match self {
            NamedList::Containers => ("containerDefinitions", "ContainerDefinition"),
            NamedList::Environment => ("environment", "KeyValuePair"),
            NamedList::Secrets => ("secrets", "Secret"),
        }
    }

    fn what(self) -> &'static str {
        match self {
            NamedList::Containers => "container",
            NamedList::Environment => "environment variable",
            NamedList::Secrets => "secret",
        }
    }

    fn one(self) -> &'static str {
        match self {
            NamedList::Containers => "a container",
            NamedList::Environment => "an environment variable",
            NamedList::Secrets => "a secret",
        }
    }
}

/// Converts a mapping to the API's list; null members are left out. A list, or anything else, is returned
/// unchanged.
fn to_list(node: Node, named: NamedList, problems: &mut Problems) -> Node {
    let entries = match node.kind {
        NodeKind::Map(entries) => entries,
        kind => return Node::new(node.span, kind),
    };
    let present = entries.into_iter().filter(|entry| !entry.value.is_null());
    let items = present.filter_map(|entry| item(entry, named, problems));
    Node::list(node.span, items)
}

fn item(entry: Entry, named: NamedList, problems: &mut Problems) -> Option<Node> {
    let name = |value| Entry::new("name".to_owned(), entry.key_span, value);
    let own = name(Node::text(entry.key_span, entry.key.clone()));
    let Some(member) = named.member() else {
        return container(entry, own, problems);
    };
    let key_span = entry.key_span;
    let span = Span {
        end: entry.value.span.end.max(key_span.end),
        ..key_span
    };
    let value = pair_value(entry, member, problems)?;
    let value = Entry::new(member.to_owned(), key_span, value);
    Some(Node::map(span, vec![own, value]))
}

/// Returns the source text of a scalar in a mapping: `PORT: 8080` and `V: 1.10` are kept as written.
fn pair_value(entry: Entry, member: &str, problems: &mut Problems) -> Option<Node> {
    let span = entry.value.span;
    match entry.value.kind {
        NodeKind::Number(_, source) | NodeKind::Bool(_, source) => Some(Node::text(span, source)),
        NodeKind::Text(_) => Some(entry.value),
        NodeKind::Map(_) | NodeKind::List(_) | NodeKind::Null => {
            let kind = match entry.value.kind {
                NodeKind::List(_) => "a list",
                _ => "a mapping",
            };
            let message = format!("`{}` must be a string, not {kind}", entry.key);
            problems.push(
                Problem::error("wrong-type", message, span)
                    .label(format!("{member} is a string; quote JSON")),
            );
            None
        }
    }
}

fn container(entry: Entry, own: Entry, problems: &mut Problems) -> Option<Node> {
    let NodeKind::Map(mut members) = entry.value.kind else {
        let message = format!("the container `{}` must be a mapping", entry.key);
        problems.push(
            Problem::error("wrong-type", message, entry.value.span)
                .label("members of a container definition"),
        );
        return None;
    };
    match members.iter().find(|member| member.key == "name") {
        None => members.insert(0, own),
        Some(written) if written.value.as_str() == Some(&entry.key) => {}
        Some(written) => problems.push(
            Problem::error(
                "container-name",
                format!("`name` differs from the key of the container `{}`", entry.key),
                written.value.span,
            )
            .label("the key is the name: remove `name`")
            .other(entry.key_span, "its key"),
        ),
    }
    Some(Node::map(entry.value.span, members))
}

/// Converts a list to a mapping by name. Items without a name are reported and left out.
pub(crate) fn to_map(node: &Node, named: NamedList, problems: &mut Problems) -> Node {
    let NodeKind::List(items) = &node.kind else {
        return node.clone();
    };
    let mut entries: Vec<Entry> = Vec::new();
    for item in items {
        if item.entries().is_none() {
            let (key, shape) = named.shape();
            problems.push(refused_item(item, shape, key));
            continue;
        }
        let Some(name) = item.entry("name").filter(|name| name.value.as_str().is_some()) else {
            let message = format!("{} without a name", named.one());
            if typed_values::lacks(item, "name", problems) {
                problems.push(Problem::error("missing-key", message, item.span).label("add `name:`"));
            }
            continue;
        };
        let key = name.value.as_str().unwrap_or_default().to_owned();
        // A duplicate name is reported on the list.
        if entries.iter().any(|entry| entry.key == key) {
            continue;
        }
        let value = match named.member() {
            None => item.clone(),
            Some(member) => {
                // What else an item has is lost.
                let (list, shape) = named.shape();
                check_item(item, shape, list, problems);
                item.get(member)
                    .cloned()
                    .unwrap_or(Node::new(item.span, NodeKind::Text(Text::literal(""))))
            }
        };
        entries.push(Entry::new(key, name.value.span, value));
    }
    Node::map(node.span, entries)
}

/// Reports a duplicate name in the list. ECS rejects them for containers and secrets ("Each secret name
/// must be unique", ClientException of RegisterTaskDefinition: CircleCI-Public/aws-ecs-orb issue 190). It
/// accepts them for environment variables (compose-x/ecs_composex issue 82), but which of the two wins is
/// not documented.
pub(crate) fn refuse_twice(list: &Node, named: NamedList, problems: &mut Problems) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for item in list.items().unwrap_or_default() {
        let Some(name) = item.get("name") else { continue };
        let Some(text) = name.as_str() else { continue };
        match seen.get(text) {
            Some(first) => {
                let message = format!("the {} `{text}` is there twice", named.what());
                let problem = match named {
                    NamedList::Environment => Problem::warning("duplicate-name", message, name.span)
                        .label("again here: AWS does not document which one applies"),
                    NamedList::Containers | NamedList::Secrets => {
                        Problem::error("duplicate-name", message, name.span).label("again here")
                    }
                };
                problems.push(problem.other(*first, "first here"));
            }
            None => {
                seen.insert(text, name.span);
            }
        }
    }
}

/// Returns the definition with every named list in the API's form; reports duplicate names.
pub(crate) fn definition_to_lists(mut node: Node, problems: &mut Problems) -> Node {
    change_member(&mut node, "containerDefinitions", &mut |containers| {
        let mut list = to_list(containers, NamedList::Containers, problems);
        refuse_twice(&list, NamedList::Containers, problems);
        if let NodeKind::List(items) = &mut list.kind {
            items.iter_mut().for_each(|it| container_to_lists(it, problems));
        }
        list
    });
    node
}

fn container_to_lists(container: &mut Node, problems: &mut Problems) {
    for (key, named) in [
        ("environment", NamedList::Environment),
        ("secrets", NamedList::Secrets),
    ] {
        change_member(container, key, &mut |node| {
            let list = to_list(node, named, problems);
            refuse_twice(&list, named, problems);
            list
        });
    }
    refuse_both(container, problems);
}

/// Reports a name that is both an environment variable and a secret, which ECS rejects: "The secret name
/// must be unique and not shared with any new or existing environment variables" (ClientException:
/// dagster-io/dagster issue 11622).
fn refuse_both(container: &Node, problems: &mut Problems) {
    let environment = typed_values::items(container, "environment");
    for secret in typed_values::items(container, "secrets") {
        let Some(name) = secret.get("name") else { continue };
        let twin = environment
            .iter()
            .filter_map(|item| item.get("name"))
            .find(|other| other.as_str().is_some() && other.as_str() == name.as_str());
        if let (Some(twin), Some(text)) = (twin, name.as_str()) {
            problems.push(
                Problem::error(
                    "duplicate-name",
                    format!("`{text}` is both an environment variable and a secret"),
                    name.span,
                )
                .label("a secret here")
                .other(twin.span, "an environment variable here"),
            );
        }
    }
}

/// Returns the definition with every named list as a mapping by name.
pub(crate) fn definition_to_maps(node: &Node, problems: &mut Problems) -> Node {
    let mut node = node.clone();
    change_member(&mut node, "containerDefinitions", &mut |containers| {
        refuse_twice(&containers, NamedList::Containers, problems);
        let mut containers = to_map(&containers, NamedList::Containers, problems);
        for container in containers.members_mut() {
            for (key, named) in [
                ("environment", NamedList::Environment),
                ("secrets", NamedList::Secrets),
            ] {
                change_member(&mut container.value, key, &mut |node| {
                    refuse_twice(&node, named, problems);
                    to_map(&node, named, problems)
                });
            }
        }
        containers
    });
    node
}

fn change_member(node: &mut Node, key: &str, change: &mut dyn FnMut(Node) -> Node) {
    if let Some(member) = node.get_mut(key) {
        let nothing = Node::null(member.span);
        *member = change(std::mem::replace(member, nothing));
    }
}
