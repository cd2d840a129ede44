//! What amazon-ecs-render-task-definition changes in a task definition (its action.yml and index.js).

use serde_json::json;

use super::values::{ValueScope, WorkflowValues};
use super::workflow::WorkflowStep;
use crate::model::{Object, Value};

/// Applies a step to a task definition. `image` is the reference to put in; marks stand for what only a deploy knows.
/// Returns the containers that the definition lacks.
pub(super) fn render(
    definition: &mut Object,
    step: &WorkflowStep,
    scope: ValueScope<'_>,
    image: &str,
    values: &mut WorkflowValues<'_>,
) -> Vec<String> {
    let mut input = |name: &str| step.input(name).map(|text| values.text(text, scope));
    for (name, member) in [
        ("task-role-arn", "taskRoleArn"),
        ("execution-role-arn", "executionRoleArn"),
    ] {
        if let Some(role) = input(name) {
            definition.insert(member.to_owned(), role.into());
        }
    }
    let changes = ContainerChanges {
        image: image.to_owned(),
        command: input("command"),
        environment: input("environment-variables"),
        secrets: input("secrets"),
        files: input("env-files"),
        log_driver: input("log-configuration-log-driver"),
        log_options: input("log-configuration-options"),
        labels: input("docker-labels"),
    };
    let names = input("container-name").unwrap_or_default();
    let mut missing = Vec::new();
    for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let containers = definition
            .get_mut("containerDefinitions")
            .and_then(Value::as_array_mut);
        let mut containers = containers.into_iter().flatten().filter_map(Value::as_object_mut);
        match containers.find(|it| it.get("name").and_then(Value::as_str) == Some(name)) {
            Some(container) => changes.apply(container),
            None => missing.push(name.to_owned()),
        }
    }
    missing
}

/// The inputs about containers.
struct ContainerChanges {
    image: String,
    command: Option<String>,
    environment: Option<String>,
    secrets: Option<String>,
    files: Option<String>,
    log_driver: Option<String>,
    log_options: Option<String>,
    labels: Option<String>,
}

impl ContainerChanges {
    fn apply(&self, container: &mut Object) {
        let mut put = |key: &str, value: Value| container.insert(key.to_owned(), value);
        if !self.image.is_empty() {
            put("image", self.image.as_str().into());
        }
        if let Some(command) = &self.command {
            put("command", command.split(' ').collect());
        }
        if let Some(files) = &self.files {
            put(
                "environmentFiles",
                lines(files)
                    .map(|value| json!({"value": value, "type": "s3"}))
                    .collect(),
            );
        }
        for (key, member, written) in [
            ("environment", "value", &self.environment),
            ("secrets", "valueFrom", &self.secrets),
        ] {
            for (name, value) in pairs(written) {
                set_named(container, key, member, name, value);
            }
        }
        if let Some(driver) = &self.log_driver {
            set(map(container, "logConfiguration"), "logDriver", driver);
        }
        for (name, value) in pairs(&self.log_options) {
            set(
                map(container, "logConfiguration").and_then(|it| map(it, "options")),
                name,
                value,
            );
        }
        for (name, value) in pairs(&self.labels) {
            set(map(container, "dockerLabels"), name, value);
        }
    }
}

fn set(members: Option<&mut Object>, name: &str, value: &str) {
    if let Some(members) = members {
        members.insert(name.to_owned(), value.into());
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// Returns the lines `NAME=value`.
fn pairs(written: &Option<String>) -> impl Iterator<Item = (&str, &str)> {
    lines(written.as_deref().unwrap_or_default()).filter_map(|line| line.split_once('='))
}

/// Changes the item of this name in a list, or adds one.
fn set_named(container: &mut Object, key: &str, member: &str, name: &str, value: &str) {
    let list = container.entry(key).or_insert_with(|| json!([]));
    let Some(items) = list.as_array_mut() else { return };
    match items.iter_mut().find(|item| item["name"] == name) {
        Some(Value::Object(item)) => {
            item.insert(member.to_owned(), value.into());
        }
        _ => items.push(json!({"name": name, member: value})),
    }
}

/// Returns a member that is a mapping, and makes it one; None for what the API doesn't have.
fn map<'a>(object: &'a mut Object, key: &str) -> Option<&'a mut Object> {
    object.entry(key).or_insert_with(|| json!({})).as_object_mut()
}
