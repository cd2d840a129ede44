//! Paths into the resolved file: `services.web.taskDefinition.containerDefinitions.web.image`, or
//! `…containerDefinitions[0].dockerLabels["com.example.team"]`.

use crate::model::{Value, there_are};
use crate::schema::{nearest, similar_name};

/// The lists whose items are found by name.
const NAMED: [&str; 3] = ["containerDefinitions", "environment", "secrets"];

/// A step from a value to one inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ValueStep {
    /// A member.
    Member(String),
    /// An item of a list.
    Item(usize),
    /// A named item of a list: its position and its name.
    Named(usize, String),
}

/// A value and the steps to it.
pub(super) type Located<'a> = (Vec<ValueStep>, &'a Value);

/// The end of what there is of a path.
pub(super) struct DeadEnd<'a> {
    /// The steps to what there is.
    pub steps: Vec<ValueStep>,
    /// What there is.
    pub value: &'a Value,
    /// The rest of the path.
    pub rest: Vec<String>,
}

/// A path at which there is nothing.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownPath {
    /// The path as far as there is something; empty at the top.
    pub known: String,
    /// The step that leads to nothing.
    pub step: String,
    /// A hint: what was probably meant, or what there is.
    pub hint: Option<String>,
}

/// Finds the value at a path.
pub(super) fn locate<'a>(root: &'a Value, path: &str) -> Result<Located<'a>, DeadEnd<'a>> {
    let words = words(path);
    let (mut steps, mut value, mut at) = (Vec::new(), root, 0);
    while at < words.len() {
        // A service's own members may be named without `service`, as in the file.
        let member = value.get("service").filter(|_| steps.len() == 2);
        let found = step(value, &words[at..])
            .map(|(taken, step, inner)| (taken, vec![step], inner))
            .or_else(|| {
                let (taken, step, inner) = step(member?, &words[at..])?;
                Some((taken, vec![ValueStep::Member("service".to_owned()), step], inner))
            });
        let Some((taken, next, inner)) = found else {
            let rest = words.into_iter().skip(at).map(|(word, _)| word).collect();
            return Err(DeadEnd { steps, value, rest });
        };
        steps.extend(next);
        value = inner;
        at += taken;
    }
    Ok((steps, value))
}

/// Returns the step that the first words take, and how many they are: a key may have dots.
fn step<'a>(value: &'a Value, words: &[(String, bool)]) -> Option<(usize, ValueStep, &'a Value)> {
    match value {
        Value::Object(members) => (1..=words.len()).rev().find_map(|count| {
            let taken = &words[..count];
            if count > 1 && taken.iter().any(|(_, is_bracket)| *is_bracket) {
                return None;
            }
            let key: Vec<&str> = taken.iter().map(|(word, _)| word.as_str()).collect();
            let key = key.join(".");
            let inner = members.get(&key)?;
            Some((count, ValueStep::Member(key), inner))
        }),
        Value::Array(items) => {
            let (word, _) = words.first()?;
            let by_name = items.iter().position(|item| name(item) == Some(word));
            let at = by_name.or_else(|| word.parse().ok())?;
            let item = items.get(at)?;
            Some((1, item_step(at, item), item))
        }
        _ => None,
    }
}

fn item_step(at: usize, item: &Value) -> ValueStep {
    match name(item) {
        Some(name) => ValueStep::Named(at, name.to_owned()),
        None => ValueStep::Item(at),
    }
}

fn name(item: &Value) -> Option<&str> {
    item.get("name")?.as_str()
}

/// Splits a path at its dots and brackets; also says which words were in brackets.
fn words(path: &str) -> Vec<(String, bool)> {
    let mut words = Vec::new();
    let mut rest = path;
    loop {
        if let Some((word, behind)) = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
            words.push((word.trim_matches(['"', '\'']).to_owned(), true));
            rest = behind;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            // A bracket alone is a part of a name.
            let end = if end == 0 && rest.starts_with('[') {
                rest.len()
            } else {
                end
            };
            words.push((rest[..end].to_owned(), false));
            rest = &rest[end..];
        }
        match rest.strip_prefix('.') {
            Some(behind) => rest = behind,
            None if rest.is_empty() => return words,
            None => {}
        }
    }
}

/// Returns what is wrong with a path that leads to nothing.
pub(super) fn unknown(DeadEnd { steps, value, rest }: &DeadEnd<'_>) -> UnknownPath {
    let step = rest.first().map(String::as_str).unwrap_or_default();
    let names: Vec<&str> = match value {
        Value::Object(members) => {
            let own = members.iter().filter(|(_, value)| !value.is_null());
            let service = members.get("service").filter(|_| steps.len() == 2);
            let service = service.and_then(Value::as_object).into_iter().flatten();
            own.chain(service).map(|(key, _)| key.as_str()).collect()
        }
        Value::Array(items) => items.iter().filter_map(name).collect(),
        _ => Vec::new(),
    };
    let hint = match similar_name(step, names.iter().copied()) {
        Some(meant) => Some(format!("did you mean `{meant}`?")),
        None if names.is_empty() => None,
        None => Some(there_are(&nearest(step, names.iter().copied(), 8))),
    };
    UnknownPath {
        known: text(steps),
        step: step.to_owned(),
        hint,
    }
}

/// Formats a path so that `locate` finds it.
pub(super) fn text(steps: &[ValueStep]) -> String {
    let mut text = String::new();
    for step in steps {
        match step {
            ValueStep::Member(name) | ValueStep::Named(_, name) if is_plain(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            ValueStep::Member(name) | ValueStep::Named(_, name) => text.push_str(&format!("[\"{name}\"]")),
            ValueStep::Item(at) => text.push_str(&format!("[{at}]")),
        }
    }
    text
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['.', '[', ']', '"', ' '])
}

/// Returns the values inside a value that are written as one: scalars, and lists other than those with named items.
pub(super) fn leaves<'a>(steps: &[ValueStep], value: &'a Value) -> Vec<Located<'a>> {
    let within = |step: ValueStep, value| leaves(&[steps, &[step]].concat(), value);
    match value {
        Value::Object(members) if !members.is_empty() && !is_pair(steps) => {
            let members = members.iter().filter(|(_, value)| !value.is_null());
            members
                .flat_map(|(key, value)| within(ValueStep::Member(key.clone()), value))
                .collect()
        }
        Value::Array(items) if is_named_list(steps) && !items.is_empty() => {
            let items = items.iter().enumerate();
            items
                .flat_map(|(at, item)| within(item_step(at, item), item))
                .collect()
        }
        _ => vec![(steps.to_vec(), value)],
    }
}

fn is_named_list(steps: &[ValueStep]) -> bool {
    matches!(steps.last(), Some(ValueStep::Member(key)) if NAMED.contains(&key.as_str()))
        && matches!(steps.get(2), Some(ValueStep::Member(key)) if key == "taskDefinition")
}

/// Whether a value is an item of `environment` or `secrets`.
pub(super) fn is_pair(steps: &[ValueStep]) -> bool {
    let Some((ValueStep::Named(..), list)) = steps.split_last() else {
        return false;
    };
    is_named_list(list) && list.last() != Some(&ValueStep::Member(NAMED[0].to_owned()))
}
