//! Merges the file's changes over an external task definition: containers, environment and secrets by
//! name.

use super::normalise::{Rule, TASK_DEFINITION, rows_of};
use crate::model::{Entry, Node, NodeKind, Object, Value};

/// The lists of a container that are merged by name, and the other member of their items.
const PAIRS: [(&str, &str); 2] = [("environment", "value"), ("secrets", "valueFrom")];

/// Converts a described definition to the input that would register it again: without members added by
/// AWS, nulls, and AWS's own tags.
pub(super) fn as_input(described: &Value) -> Object {
    let members = described.as_object().into_iter().flatten();
    let mut input: Object = members
        .filter(|(key, _)| !is_read_only(key))
        .filter_map(|(key, value)| Some((key.clone(), without_nulls(value)?)))
        .collect();
    if let Some(Value::Array(tags)) = input.get_mut("tags") {
        tags.retain(|tag| !tag["key"].as_str().is_some_and(|key| key.starts_with("aws:")));
    }
    input
}

/// Returns a value without nulls at any depth: AWS leaves them out, emulators may not.
fn without_nulls(value: &Value) -> Option<Value> {
    Some(match value {
        Value::Null => return None,
        Value::Object(members) => members
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), without_nulls(value)?)))
            .collect(),
        Value::Array(items) => items.iter().filter_map(without_nulls).collect(),
        _ => value.clone(),
    })
}

fn is_read_only(member: &str) -> bool {
    rows_of(TASK_DEFINITION, member).any(|rule| matches!(rule, Rule::ReadOnly))
}

/// Merges the changes over the base. `fill` returns the value of a node that replaces the base's.
pub(super) fn over_base(described: &Value, changes: &Node, fill: &dyn Fn(&Node) -> Value) -> Value {
    let mut input = as_input(described);
    for entry in changes.entries().into_iter().flatten() {
        match entry.key.as_str() {
            "containerDefinitions" if !entry.value.is_null() => {
                let base = input.remove("containerDefinitions");
                input.insert(
                    "containerDefinitions".to_owned(),
                    containers(base, &entry.value, fill),
                );
            }
            _ => put(&mut input, entry, fill),
        }
    }
    remove_empty_values(&mut input);
    Value::Object(input)
}

/// Removes members that RegisterTaskDefinition rejects if empty: `tags` ("Tags can not be empty.",
/// aws-actions/amazon-ecs-deploy-task-definition#52), and registry credentials that name no secret.
fn remove_empty_values(input: &mut Object) {
    if input
        .get("tags")
        .and_then(Value::as_array)
        .is_some_and(Vec::is_empty)
    {
        input.shift_remove("tags");
    }
    let containers = input
        .get_mut("containerDefinitions")
        .and_then(Value::as_array_mut);
    for container in containers.into_iter().flatten().filter_map(Value::as_object_mut) {
        let credentials = container.get("repositoryCredentials");
        let parameter = credentials.and_then(|it| it.get("credentialsParameter"));
        if parameter
            .and_then(Value::as_str)
            .is_some_and(|text| text.trim().is_empty())
        {
            container.shift_remove("repositoryCredentials");
        }
    }
}

/// Applies one entry: mappings are merged, anything else replaces the base's value, null removes it.
fn put(base: &mut Object, entry: &Entry, fill: &dyn Fn(&Node) -> Value) {
    match (&entry.value.kind, base.get_mut(&entry.key)) {
        (NodeKind::Null, _) => {
            base.shift_remove(&entry.key);
        }
        (NodeKind::Map(entries), Some(Value::Object(member))) => {
            entries.iter().for_each(|inner| put(member, inner, fill));
        }
        _ => {
            base.insert(entry.key.clone(), fill(&entry.value));
        }
    }
}

fn containers(base: Option<Value>, changes: &Node, fill: &dyn Fn(&Node) -> Value) -> Value {
    let mut list = into_items(base);
    for (name, change) in named(changes) {
        let at = position(&list, &name);
        match (change.entries(), at) {
            (Some(entries), at) => {
                let mut container = match at.and_then(|at| list.get_mut(at)) {
                    Some(Value::Object(container)) => std::mem::take(container),
                    _ => Object::from_iter([("name".to_owned(), Value::String(name.clone()))]),
                };
                entries
                    .iter()
                    .for_each(|entry| put_in_container(&mut container, entry, fill));
                place(&mut list, at, Value::Object(container));
            }
            (None, Some(at)) if change.is_null() => {
                list.remove(at);
            }
            (None, at) if !change.is_null() => place(&mut list, at, fill(change)),
            (None, _) => {}
        }
    }
    Value::Array(list)
}

fn put_in_container(container: &mut Object, entry: &Entry, fill: &dyn Fn(&Node) -> Value) {
    let pair = PAIRS.iter().find(|(list, _)| *list == entry.key);
    match pair {
        Some((list, member)) if !entry.value.is_null() => {
            let base = container.get(*list).cloned();
            let merged = pairs(base, &entry.value, member, fill);
            container.insert((*list).to_owned(), merged);
        }
        _ => put(container, entry, fill),
    }
}

/// Merges `{NAME: value}` or `[{name, value}]` over a base's list.
fn pairs(base: Option<Value>, changes: &Node, member: &str, fill: &dyn Fn(&Node) -> Value) -> Value {
    let mut list = into_items(base);
    for (name, change) in named(changes) {
        if change.is_null() {
            list.retain(|item| !is_named(item, &name));
            continue;
        }
        let item = match &change.kind {
            NodeKind::Map(_) => fill(change),
            // In a mapping a scalar is its source text: `PORT: 8080`, `V: 1.10`.
            NodeKind::Number(_, text) | NodeKind::Bool(_, text) => {
                pair(&name, member, Value::String(text.clone()))
            }
            _ => pair(&name, member, fill(change)),
        };
        let at = position(&list, &name);
        place(&mut list, at, item);
        // ECS accepts a variable that is there twice, and doesn't document which one applies.
        let mut is_first = true;
        list.retain(|item| !is_named(item, &name) || std::mem::take(&mut is_first));
    }
    Value::Array(list)
}

fn pair(name: &str, member: &str, value: Value) -> Value {
    Value::Object(Object::from_iter([
        ("name".to_owned(), Value::String(name.to_owned())),
        (member.to_owned(), value),
    ]))
}

/// Returns named nodes: a mapping's entries, or a list's items by their `name`.
fn named(node: &Node) -> Vec<(String, &Node)> {
    match &node.kind {
        NodeKind::Map(entries) => entries
            .iter()
            .map(|entry| (entry.key.clone(), &entry.value))
            .collect(),
        NodeKind::List(items) => items
            .iter()
            .map(|item| (item.text_of("name").unwrap_or_default().to_owned(), item))
            .collect(),
        _ => Vec::new(),
    }
}

fn into_items(list: Option<Value>) -> Vec<Value> {
    match list {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

fn position(list: &[Value], name: &str) -> Option<usize> {
    list.iter().position(|item| is_named(item, name))
}

fn is_named(item: &Value, name: &str) -> bool {
    item.get("name").and_then(Value::as_str) == Some(name)
}

fn place(list: &mut Vec<Value>, at: Option<usize>, item: Value) {
    match at.and_then(|at| list.get_mut(at)) {
        Some(there) => *there = item,
        None => list.push(item),
    }
}
