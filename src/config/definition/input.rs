//! A task definition that somebody keeps in a file, as the input of RegisterTaskDefinition.

use super::definition_file;
use super::empty_values::without_empty_values;
use crate::config::config_error::ConfigError;
use crate::config::parse::parse;
use crate::diagnostic::{Problem, Problems, Sources};
use crate::model::{Entry, Node, Object, into_object};
use crate::schema::{self, CheckOptions, EcsOperation};

/// How many wrappers may be around a definition.
const MOST_WRAPPERS: usize = 4;

/// Returns the definition in the text of the file called `name`: without wrappers, without what only AWS sets, and
/// without nulls. Checks its shape only: what else ECS rejects is for a person to mend in deploy.yaml.
pub fn definition_input(name: &str, text: &str, allow_unknown: bool) -> Result<Object, ConfigError> {
    let mut sources = Sources::default();
    let text = text.trim_start_matches('\u{feff}');
    let source = sources.add(name, text);
    let mut problems = Problems::default();
    let read = parse(text, source, &mut problems);
    let read = read.and_then(|root| read_definition(&root, name, &mut problems));
    let options = CheckOptions {
        allow_unknown,
        ..CheckOptions::default()
    };
    let checked = read.map(|node| {
        schema::check(
            &node,
            EcsOperation::RegisterTaskDefinition,
            &options,
            &mut problems,
        )
    });
    match checked {
        Some(node) if !problems.has_errors() => Ok(into_object(node.to_value(&ToString::to_string))),
        _ => Err(ConfigError::new(problems, sources)),
    }
}

/// Returns the definition in a file's tree, as `definition_input` does, unchecked.
pub(crate) fn read_definition(root: &Node, name: &str, problems: &mut Problems) -> Option<Node> {
    let root = unwrapped(root);
    if root.entries().is_none() {
        problems.push(not_a_definition(name, &root));
        return None;
    }
    let definition = definition_file::definition(&root, name, &mut Problems::default());
    Some(without_empty_values(definition))
}

fn not_a_definition(name: &str, root: &Node) -> Problem {
    let message = format!("`{name}` is not a task definition");
    let is_container = |item: &Node| item.get("image").is_some();
    let label = match root.items() {
        Some(items) if items.iter().any(is_container) => {
            "a list of containers: write it as {\"family\": NAME, \"containerDefinitions\": […]}"
        }
        Some(items) if items.len() > 1 => "a list of several: write one of them to a file of its own",
        _ => "must be a mapping",
    };
    Problem::error("wrong-type", message, root.span).label(label)
}

/// Takes a definition out of a list of one, or out of a mapping whose only member it is.
fn unwrapped(root: &Node) -> Node {
    let mut node = root;
    for _ in 0..MOST_WRAPPERS {
        match inner(node) {
            Some(inside) => node = inside,
            None => break,
        }
    }
    node.clone()
}

fn inner(node: &Node) -> Option<&Node> {
    if let Some([only]) = node.items() {
        return only.get("image").is_none().then_some(only);
    }
    let is_definition = |entry: &Entry| entry.key == "family" || entry.key == "containerDefinitions";
    let [only] = node.entries()? else { return None };
    let is_wrapper =
        only.value.entries().is_some() || only.value.items().is_some_and(|items| items.len() == 1);
    // `taskDefinition` has its tags beside it.
    (is_wrapper && !is_definition(only) && only.key != "taskDefinition").then_some(&only.value)
}
