//! Reading ecsctl's own keys: each value as its required type, or a problem with a hint for the fix.

use indexmap::IndexMap;

use crate::diagnostic::{Level, Problem, Problems};
use crate::model::{Entry, Node, NodeKind};
use crate::schema::{nearest, said_boolean, similar_name};

/// The keys of one of ecsctl's own mappings, and its name in messages.
pub(super) struct KeySet<'a> {
    /// The mapping's name in messages: `deploy.yaml`, `an image`.
    pub what: &'a str,
    /// The keys that this version reads.
    pub known: &'static [&'static str],
    /// The keys in the design that a later version reads.
    pub later: &'static [&'static str],
}

impl KeySet<'_> {
    /// Reports every unknown key. `elsewhere` may return where such a key belongs.
    pub fn check(&self, node: &Node, elsewhere: &dyn Fn(&str) -> Option<String>, problems: &mut Problems) {
        self.check_entries(&mut node.members().iter(), elsewhere, problems);
    }

    /// Reports every unknown key among these, as `check` does.
    pub fn check_entries(
        &self,
        entries: &mut dyn Iterator<Item = &Entry>,
        elsewhere: &dyn Fn(&str) -> Option<String>,
        problems: &mut Problems,
    ) {
        for entry in entries {
            let key = entry.key.as_str();
            if self.later.contains(&key) {
                problems.push(not_supported(entry, &format!("`{key}`")));
            } else if self.known.contains(&key) {
                continue;
            } else if problems.is_full() {
                problems.count_more(Level::Error, 1);
            } else {
                problems.push(self.unknown(entry, elsewhere(key)));
            }
        }
    }

    fn unknown(&self, entry: &Entry, elsewhere: Option<String>) -> Problem {
        let message = format!("unknown key `{}` in {}", entry.key, self.what);
        let problem = Problem::error("unknown-key", message, entry.key_span);
        let all = || self.known.iter().chain(self.later).copied();
        if entry.key.starts_with("x-") {
            return problem.label("`x-` keys are free at the top level only");
        }
        if let Some(meant) = similar_name(&entry.key, all()) {
            return problem.label(format!("did you mean `{meant}`?"));
        }
        if let Some(place) = elsewhere {
            return problem.label(format!("belongs in {place}"));
        }
        let nearest: Vec<String> = nearest(&entry.key, all(), 5)
            .into_iter()
            .map(|name| format!("`{name}`"))
            .collect();
        problem
            .label("not an ecsctl key")
            .note(format!("nearest: {}", nearest.join(", ")))
    }
}

/// Returns the problem for a part of the design that this version does not support.
pub(super) fn not_supported(entry: &Entry, what: &str) -> Problem {
    let message = format!("{what} is not supported yet by this version");
    Problem::error("not-supported", message, entry.key_span).label("not supported yet")
}

/// Reports members of the API that can't be written here. `refused` has of each the key, why, and the label; `what` is
/// the mapping in messages.
pub(super) fn refuse(entries: &[Entry], refused: &[(&str, &str, &str)], what: &str, problems: &mut Problems) {
    for entry in entries {
        if let Some((key, why, label)) = refused.iter().find(|(key, ..)| *key == entry.key) {
            let message = format!("`{key}` is not allowed in {what}: {why}");
            problems.push(Problem::error("refused-key", message, entry.key_span).label(*label));
        }
    }
}

/// Returns the member, unless it is absent or null.
pub(super) fn present<'a>(node: &'a Node, key: &str) -> Option<&'a Entry> {
    node.entry(key).filter(|entry| !entry.value.is_null())
}

/// Whether a value is true.
pub(super) fn is_true(value: &Node) -> bool {
    match &value.kind {
        NodeKind::Bool(flag, _) => *flag,
        _ => value.as_str() == Some("true"),
    }
}

/// Returns the items of a member that is a list; an empty slice if it is anything else.
pub(super) fn items<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).and_then(Node::items).unwrap_or_default()
}

/// Whether a problem was already reported at this position: a value that could not be interpolated reads
/// as null.
pub(super) fn is_reported(node: Option<&Entry>, problems: &Problems) -> bool {
    node.is_some_and(|entry| problems.concern(entry.value.span))
}

/// Whether a mapping lacks a key that it needs. It doesn't if the value couldn't be resolved or the key is
/// misspelled: these are reported.
pub(super) fn lacks(node: &Node, key: &str, problems: &Problems) -> bool {
    let is_misspelled = |entry: &Entry| {
        entry.key != key && !entry.key.starts_with("x-") && similar_name(&entry.key, [key]).is_some()
    };
    present(node, key).is_none()
        && !is_reported(node.entry(key), problems)
        && !node.members().iter().any(is_misspelled)
}

/// Returns a mapping's entries, or reports a problem.
pub(super) fn mapping<'a>(entry: &'a Entry, problems: &mut Problems) -> Option<&'a [Entry]> {
    let entries = entry.value.entries();
    if entries.is_none() {
        problems.push(wrong(entry, &entry.value, "a mapping"));
    }
    entries
}

/// Reads a string whose value is already known.
pub(super) fn text(entry: &Entry, problems: &mut Problems) -> Option<String> {
    text_of(entry, &entry.value, problems)
}

fn text_of(entry: &Entry, node: &Node, problems: &mut Problems) -> Option<String> {
    match &node.kind {
        NodeKind::Text(text) if text.as_literal().is_some() => text.as_literal().map(str::to_owned),
        NodeKind::Text(_) => {
            let message = format!("`{}` can't refer to an image", entry.key);
            problems.push(
                Problem::error("image-reference", message, node.span)
                    .label("an image is known only after the build"),
            );
            None
        }
        _ => {
            problems.push(wrong(entry, node, "a string"));
            None
        }
    }
}

/// Reads a scalar's source text: `1.10` and `8080` as written.
pub(super) fn source_text(entry: &Entry, problems: &mut Problems) -> Option<String> {
    match &entry.value.kind {
        NodeKind::Number(_, source) | NodeKind::Bool(_, source) => Some(source.clone()),
        _ => text(entry, problems),
    }
}

/// Reads `true` or `false`.
pub(super) fn boolean(entry: &Entry, problems: &mut Problems) -> Option<bool> {
    match &entry.value.kind {
        NodeKind::Bool(value, _) => return Some(*value),
        NodeKind::Text(text) if text.interpolated => match text.as_literal() {
            Some("true") => return Some(true),
            Some("false") => return Some(false),
            _ => {}
        },
        _ => {}
    }
    problems.push(wrong(entry, &entry.value, "`true` or `false`"));
    None
}

/// Reads an integer.
pub(super) fn integer(entry: &Entry, problems: &mut Problems) -> Option<i64> {
    let found = match &entry.value.kind {
        NodeKind::Number(number, _) => number.as_i64(),
        NodeKind::Text(text) if text.interpolated => text.as_literal().and_then(|text| text.parse().ok()),
        _ => None,
    };
    if found.is_none() {
        problems.push(wrong(entry, &entry.value, "a whole number"));
    }
    found
}

/// Reads a list of strings, each with its node.
pub(super) fn texts<'a>(entry: &'a Entry, problems: &mut Problems) -> Vec<(String, &'a Node)> {
    let Some(items) = entry.value.items() else {
        problems.push(wrong(entry, &entry.value, "a list"));
        return Vec::new();
    };
    items
        .iter()
        .filter_map(|item| Some((text_of(entry, item, problems)?, item)))
        .collect()
}

/// Reads `{KEY: value}` with source texts, or a list of `KEY=value`; null members are absent.
pub(super) fn text_map(entry: &Entry, problems: &mut Problems) -> IndexMap<String, String> {
    let mut found = IndexMap::new();
    match &entry.value.kind {
        NodeKind::Map(entries) => {
            for member in entries.iter().filter(|member| !member.value.is_null()) {
                if let Some(text) = source_text(member, problems) {
                    found.insert(member.key.clone(), text);
                }
            }
        }
        NodeKind::List(_) => {
            for (text, node) in texts(entry, problems) {
                match text.split_once('=') {
                    Some((key, value)) if !key.is_empty() => {
                        found.insert(key.to_owned(), value.to_owned());
                    }
                    _ => problems.push(
                        Problem::error("wrong-type", format!("`{text}` is not KEY=VALUE"), node.span)
                            .label("write KEY=VALUE"),
                    ),
                }
            }
        }
        _ => problems.push(wrong(entry, &entry.value, "a mapping")),
    }
    found
}

/// Returns the problem for a value of the wrong type.
pub(super) fn wrong(entry: &Entry, node: &Node, needed: &str) -> Problem {
    let message = format!("`{}` must be {needed}, not {}", entry.key, node.kind.name());
    Problem::error("wrong-type", message, node.span).label(cure(node, needed))
}

/// Suggests the spelling that was probably meant.
fn cure(node: &Node, needed: &str) -> String {
    let cure = match (&node.kind, needed) {
        (NodeKind::Number(_, source) | NodeKind::Bool(_, source), "a string") => {
            Some(format!("write \"{source}\""))
        }
        (NodeKind::Text(text), "`true` or `false`") => {
            said_boolean(text).map(|value| format!("write {value}"))
        }
        (NodeKind::Text(text), "a whole number") => text
            .as_written()
            .filter(|text| text.parse::<i64>().is_ok())
            .map(|text| format!("write {text}, without quotes")),
        (NodeKind::Text(text), "a list") => text
            .as_written()
            .filter(|text| text.len() <= 40)
            .map(|text| format!("write [{}]", crate::model::Value::from(text))),
        _ => None,
    };
    cure.unwrap_or_else(|| format!("not {needed}"))
}
