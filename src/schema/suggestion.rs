//! Suggests the correct spelling for a value of the wrong type: the API's shape, with the user's own text
//! in it.

use super::model::{Shape, ShapeName, ShapeType, model};
use crate::model::{Entry, Node, NodeKind, Text, Value};

/// The maximum length of a suggestion: a longer one is no help beside an underline.
const MOST: usize = 100;
/// The number of a structure's members to list if there is no better suggestion.
const NAMED: usize = 4;

/// Returns the label for a value where the API has the shape `wanted`. `key` is the member that holds it,
/// or the list that it is an item of, and `parent` the structure of that member.
pub(super) fn label(node: &Node, wanted: ShapeName, key: &str, parent: Option<ShapeName>) -> Option<String> {
    let shape = model().shape(wanted)?;
    let written = match (shape.kind, &node.kind) {
        (ShapeType::Boolean, NodeKind::Text(text)) => said_boolean(text).map(|value| value.to_string()),
        (
            ShapeType::Integer | ShapeType::Long | ShapeType::Double | ShapeType::Float,
            NodeKind::Text(text),
        ) => {
            return number(text).map(|number| format!("write {number}, without quotes"));
        }
        (ShapeType::List, NodeKind::Map(entries)) if is_item(entries, shape) => {
            return Some("write a list: put `- ` before it, or `[` and `]` around it".to_owned());
        }
        (ShapeType::Structure, NodeKind::List(items)) if items.len() == 1 => {
            return Some("write one mapping: remove the `- ` or the brackets".to_owned());
        }
        _ => spelled(node, wanted, key, parent),
    };
    match written.filter(|written| written.chars().count() <= MOST) {
        Some(written) => Some(format!("write {written}")),
        None => members(shape),
    }
}

/// Returns the value in the API's shape, as YAML in one line.
fn spelled(node: &Node, wanted: ShapeName, key: &str, parent: Option<ShapeName>) -> Option<String> {
    let shape = model().shape(wanted)?;
    match (shape.kind, &node.kind) {
        (ShapeType::String, NodeKind::List(items)) => match items.as_slice() {
            [item] => item.as_str().map(quoted),
            _ => None,
        },
        (ShapeType::String, _) => scalar(node).map(quoted),
        (ShapeType::Map, NodeKind::List(items)) => {
            let pairs: Option<Vec<String>> = items
                .iter()
                .map(|item| {
                    let (name, value) = scalar(item)?.split_once('=')?;
                    Some(format!("{}: {}", plain(name), quoted(value)))
                })
                .collect();
            Some(format!("{{{}}}", pairs?.join(", ")))
        }
        (ShapeType::List, _) => list(scalar(node)?, shape.member?, key, parent),
        _ => None,
    }
}

/// Converts a single text to the list that the API requires.
fn list(text: &str, item: ShapeName, key: &str, parent: Option<ShapeName>) -> Option<String> {
    if model().shape(item)?.kind != ShapeType::String {
        return None;
    }
    let words = match (parent, key) {
        // ECS API, HealthCheck, `command`: it begins with CMD or CMD-SHELL.
        (Some("HealthCheck"), "command") => vec!["CMD-SHELL".to_owned(), text.to_owned()],
        (_, "command" | "entryPoint") if !is_words(text) => return None,
        _ => text
            .split([',', ' '])
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect(),
    };
    let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    Some(format!("[{}]", words.join(", ")))
}

/// Whether a command line consists of plain words: no quotes, escapes or other shell syntax.
fn is_words(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_alphanumeric() || " _./:=@+-".contains(c))
}

/// Whether a mapping could be an item of the list.
fn is_item(entries: &[Entry], list: &Shape) -> bool {
    let item = list.member.and_then(|item| model().shape(item));
    item.is_some_and(|item| {
        item.kind == ShapeType::Structure
            && entries
                .iter()
                .all(|entry| item.member_shape(&entry.key).is_some())
    })
}

/// Describes the members of a structure, or of the items of a list.
fn members(shape: &Shape) -> Option<String> {
    let (shape, what) = match shape.kind {
        ShapeType::Structure => (shape, "a mapping"),
        ShapeType::List => (model().shape(shape.member?)?, "a list of mappings"),
        _ => return None,
    };
    let required = shape.required.iter().copied();
    let others = shape.members().map(|(member, _)| member);
    let others = others.filter(|member| !shape.required.contains(member));
    let named: Vec<String> = required
        .chain(others)
        .take(NAMED)
        .map(|member| format!("`{member}`"))
        .collect();
    let more = if shape.members().count() > NAMED {
        ", …"
    } else {
        ""
    };
    (!named.is_empty()).then(|| format!("{what}: {}{more}", named.join(", ")))
}

/// Returns a scalar's source text, unless part of it came from a reference.
fn scalar(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Number(_, source) | NodeKind::Bool(_, source) => Some(source),
        NodeKind::Text(text) => text.as_written(),
        NodeKind::Null | NodeKind::List(_) | NodeKind::Map(_) => None,
    }
}

fn number(text: &Text) -> Option<&str> {
    text.as_written().filter(|text| text.parse::<f64>().is_ok())
}

/// Reads text that means a boolean: the YAML 1.1 booleans, and quoted ones.
pub fn said_boolean(text: &Text) -> Option<bool> {
    match text.as_literal()?.to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "true" | "enabled" | "1" => Some(true),
        "no" | "n" | "off" | "false" | "disabled" | "0" => Some(false),
        _ => None,
    }
}

/// Quotes text so that every YAML parser reads it as a string.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// Omits the quotes if the text is a string without them, inside brackets too.
fn plain(text: &str) -> String {
    const WORDS: [&str; 10] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"];
    let is_word = WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    let begins_well = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    let is_safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '-' | '+' | '@' | ':');
    if begins_well && !is_word && !text.ends_with(':') && text.chars().all(is_safe) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

#[cfg(test)]
mod tests;
