//! Checks a base with the file's changes for what ECS refuses and neither shows alone.

use super::error::PlanError;
use crate::diagnostic::{Problem, Span};
use crate::ecs::TaskDefinition;
use crate::exit::Exit;
use crate::model::{Entry, Node, Value};
use crate::schema::similar_name;

/// The lists of a container whose names must differ from each other's, and what their items are.
const NAMED: [(&str, &str); 2] = [("environment", "environment variable"), ("secrets", "secret")];

/// Checks `input`, which is `changes` over a base.
pub(super) fn check(service: &str, base: &TaskDefinition, changes: &Node, input: &Value) -> Vec<PlanError> {
    let Some(entry) = changes.entry("containerDefinitions") else {
        return Vec::new();
    };
    let containers = members(input, "containerDefinitions");
    let base_name = base
        .id()
        .map_or_else(|| "the base".to_owned(), |id| id.to_string());
    let mut problems = Vec::new();
    if containers.is_empty() {
        let message = "a task definition needs at least one container";
        let problem = Problem::error("missing-key", message, entry.key_span);
        problems.push(problem.label(format!("these changes remove all of {base_name}")));
    }
    for change in entry
        .value
        .members()
        .iter()
        .filter(|change| !change.value.is_null())
    {
        let merged = containers.iter().find(|it| name_of(it) == Some(&change.key));
        problems.extend(merged.and_then(|merged| without_image(change, merged, base, &base_name)));
        problems.extend(
            merged
                .into_iter()
                .flat_map(|merged| in_both(change, merged, &base_name)),
        );
    }
    let in_file = |problem| PlanError::InFile {
        service: service.to_owned(),
        exit: Exit::Usage,
        problem: Box::new(problem),
    };
    problems.into_iter().map(in_file).collect()
}

/// Returns the problem of a new container without an image: its name is most likely misspelled.
fn without_image(change: &Entry, merged: &Value, base: &TaskDefinition, base_name: &str) -> Option<Problem> {
    if merged.get("image").is_some() || base.container(&change.key).is_some() {
        return None;
    }
    let name = &change.key;
    let message = format!("{base_name} has no container `{name}`, and a new one needs an `image`");
    let names = base.containers.iter().map(|container| container.name.as_str());
    let label = match similar_name(name, names.clone()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("it has {}", names.collect::<Vec<_>>().join(", ")),
    };
    Some(Problem::error("unknown-name", message, change.key_span).label(label))
}

/// Returns the problems of names that the changes set in one list while the base has them in the other: "The secret
/// name must be unique and not shared with any new or existing environment variables" (ClientException:
/// dagster-io/dagster issue 11622).
fn in_both(change: &Entry, merged: &Value, base_name: &str) -> Vec<Problem> {
    let [variables, secrets] = NAMED.map(|(list, _)| members(merged, list));
    let is_variable = |name: &str| variables.iter().any(|item| name_of(item) == Some(name));
    let both = secrets
        .iter()
        .filter_map(name_of)
        .filter(|name| is_variable(name));
    let problem = |name: &str| {
        let [in_environment, in_secrets] = NAMED.map(|(list, _)| written(&change.value, list, name));
        let (span, (list, what)) = match (in_environment, in_secrets) {
            (_, Some(span)) => (span, NAMED[0]),
            (Some(span), None) => (span, NAMED[1]),
            (None, None) => return None,
        };
        let container = &change.key;
        let message =
            format!("`{name}` of the container `{container}` is both an environment variable and a secret");
        let label = format!("{base_name} has the {what}: remove it with `{list}: {{{name}: ~}}`");
        Some(Problem::error("duplicate-name", message, span).label(label))
    };
    both.filter_map(problem).collect()
}

/// Returns where the changes of a container set a name of one of its lists.
fn written(container: &Node, list: &str, name: &str) -> Option<Span> {
    let entry = container.get(list)?.entry(name)?;
    Some(entry.key_span)
}

fn members<'a>(value: &'a Value, list: &str) -> &'a [Value] {
    value
        .get(list)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn name_of(item: &Value) -> Option<&str> {
    item.get("name").and_then(Value::as_str)
}
