//! Drafts `taskDefinition:` of the input of RegisterTaskDefinition: written as people write it, without what ecsctl
//! adds by itself, and without adding anything.

use std::collections::HashSet;

use super::draft::{DraftMap, DraftValue};
use super::draft_images::DraftImages;
use super::launch_members::compatibilities;
use super::open_values::OpenValues;
use super::placeholder::placeholder;
use super::secret_todo::secret_todo;
use crate::model::{Object, Value};
use crate::schema::holds_secret;

/// What a definition is drafted for.
pub(super) struct DefinitionContext<'a> {
    /// The key of its service, which is the default of `family`.
    pub service: &'a str,
    /// Whether ecsctl's defaults for Fargate apply.
    pub has_fargate_defaults: bool,
    /// Whether only a deploy knows where the tasks run: then nothing of that is left out.
    pub is_launch_open: bool,
    /// Where it comes from, in words.
    pub origin: &'a str,
    /// Whether it runs: nothing in it is a placeholder.
    pub is_live: bool,
    /// The values that are known at deploy time only; marks stand for them.
    pub values: Option<&'a OpenValues>,
}

impl DefinitionContext<'_> {
    /// Whether a text has a value that is known at deploy time only.
    fn is_open(&self, text: &str) -> bool {
        self.values.is_some_and(|values| values.is_in(text))
    }
}

/// The members whose `${NAME}` a shell or the program may expand in the container.
const EXPANDED_LATER: [&str; 3] = ["command", "entryPoint", "healthCheck"];

/// Drafts a definition. Images that are filled in elsewhere are added to `images`.
pub(super) fn definition(
    input: &Object,
    context: &DefinitionContext<'_>,
    images: &mut DraftImages,
) -> DraftMap {
    let mut draft = DraftMap::default();
    if context.has_fargate_defaults && compatibilities(input).next().is_none() {
        draft.comment(format!(
            "{} doesn't set it; Fargate is the default",
            context.origin
        ));
        draft.put("requiresCompatibilities", DraftValue::Scalar(Value::Null));
        if !input.contains_key("networkMode") {
            draft.put("networkMode", DraftValue::Scalar(Value::Null));
        }
    }
    for (member, value) in input {
        match member.as_str() {
            "containerDefinitions" => draft.put(member, containers(input, value, context, images)),
            "cpu" | "memory" => put(&mut draft, member, &as_integer(value), context),
            _ if !is_default(member, value, context) => put(&mut draft, member, value, context),
            _ => {}
        }
    }
    draft
}

/// Whether ecsctl adds the member with this value by itself.
fn is_default(member: &str, value: &Value, context: &DefinitionContext<'_>) -> bool {
    let is_fargate = context.has_fargate_defaults && !context.is_launch_open;
    match member {
        "family" => value == context.service,
        "networkMode" => is_fargate && value == "awsvpc",
        "requiresCompatibilities" => is_fargate && *value == serde_json::json!(["FARGATE"]),
        _ => false,
    }
}

/// Returns the size of a task as people write it: a number where the API has its digits.
fn as_integer(value: &Value) -> Value {
    let number = value.as_str().and_then(|text| text.parse::<u32>().ok());
    match number.filter(|number| value.as_str() == Some(number.to_string().as_str())) {
        Some(number) => number.into(),
        None => value.clone(),
    }
}

fn containers(
    input: &Object,
    list: &Value,
    context: &DefinitionContext<'_>,
    images: &mut DraftImages,
) -> DraftValue {
    let items: Vec<&Object> = list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .collect();
    let is_logging_default = input.contains_key("executionRoleArn");
    let mut drafts = items.iter().map(|container| {
        let mut draft = self::container(container, context, images);
        if is_logging_default && !container.contains_key("logConfiguration") {
            draft.comment(format!(
                "{} configures no logs; without this line they go to CloudWatch Logs",
                context.origin
            ));
            draft.put("logConfiguration", DraftValue::Scalar(Value::Null));
        }
        draft
    });
    let Some(names) = unique_names(&items, context) else {
        return DraftValue::List(drafts.map(DraftValue::Map).collect());
    };
    let mut map = DraftMap::default();
    for name in names {
        if let Some(mut draft) = drafts.next() {
            draft.remove("name");
            map.put(name, draft);
        }
    }
    map.into()
}

/// Returns the names of containers that can be a mapping by name.
fn unique_names<'a>(items: &[&'a Object], context: &DefinitionContext<'_>) -> Option<Vec<&'a str>> {
    let names: Option<Vec<&str>> = items.iter().map(|item| item.get("name")?.as_str()).collect();
    let mut seen = HashSet::new();
    names.filter(|names| {
        !names.is_empty()
            && names
                .iter()
                .all(|name| is_key(name, context) && seen.insert(*name))
    })
}

/// Whether a name can be the key of a mapping: keys have no references.
fn is_key(name: &str, context: &DefinitionContext<'_>) -> bool {
    !name.is_empty() && !context.is_open(name)
}

fn container(container: &Object, context: &DefinitionContext<'_>, images: &mut DraftImages) -> DraftMap {
    let mut draft = DraftMap::default();
    let name = container.get("name").and_then(Value::as_str).unwrap_or_default();
    for (member, value) in container {
        match (member.as_str(), value) {
            ("essential", Value::Bool(true)) => {}
            ("image", Value::String(written)) if !context.is_live && !context.is_open(written) => {
                match images.replace(written, name) {
                    Some(reference) => draft.put(member, reference.as_str()),
                    None => draft.put(member, DraftValue::literal(value)),
                }
            }
            ("environment", Value::Array(items)) => environment(&mut draft, items, context),
            ("secrets", Value::Array(items)) => match pairs(items, "valueFrom", context) {
                Some(pairs) => draft.put(member, by_name(&pairs, context)),
                None => put(&mut draft, member, value, context),
            },
            (member, value) if EXPANDED_LATER.contains(&member) => {
                draft.put(member, DraftValue::literal(value))
            }
            (member, value) => put(&mut draft, member, value, context),
        }
    }
    draft
}

/// Adds variables: by name if nothing is lost by that.
fn environment(draft: &mut DraftMap, items: &[Value], context: &DefinitionContext<'_>) {
    let secret = |item: &&Value| {
        let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
        holds_secret(text("name"), text("value"))
    };
    for item in items.iter().filter(secret) {
        draft.todo(secret_todo(item["name"].as_str().unwrap_or("a variable")));
    }
    match pairs(items, "value", context) {
        Some(pairs) => draft.put("environment", by_name(&pairs, context)),
        None => draft.put("environment", DraftValue::literal(&Value::Array(items.to_vec()))),
    }
}

/// Returns names and texts if the items have nothing else and each name is there once.
fn pairs<'a>(
    items: &'a [Value],
    member: &str,
    context: &DefinitionContext<'_>,
) -> Option<Vec<(&'a str, &'a Value)>> {
    let mut seen = HashSet::new();
    let pair = |item: &'a Value| {
        let members = item.as_object()?;
        let (name, value) = (members.get("name")?.as_str()?, members.get(member)?);
        let is_pair = members.len() == 2 && value.is_string() && !context.is_open(name) && seen.insert(name);
        is_pair.then_some((name, value))
    };
    items.iter().map(pair).collect()
}

fn by_name(pairs: &[(&str, &Value)], context: &DefinitionContext<'_>) -> DraftMap {
    let mut draft = DraftMap::default();
    for (name, value) in pairs {
        put(&mut draft, name, value, context);
    }
    draft
}

/// Adds a member as it is, and says so if another tool is to fill in a part of it.
fn put(draft: &mut DraftMap, member: &str, value: &Value, context: &DefinitionContext<'_>) {
    if let Some(found) = placeholder_in(value).filter(|_| !context.is_live) {
        draft.todo(format!("replace the placeholder `{found}` of `{member}`"));
    }
    draft.put(member, DraftValue::literal(value));
}

fn placeholder_in(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => placeholder(text),
        Value::Array(items) => items.iter().find_map(placeholder_in),
        Value::Object(members) => members.values().find_map(placeholder_in),
        _ => None,
    }
}
