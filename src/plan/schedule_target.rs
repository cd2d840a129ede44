//! What a schedule starts: the input of RunTask as EventBridge Scheduler has it, and back.

use crate::model::{AWSVPC_MEMBERS, ECS_PARAMETERS, Object, Value};

/// Returns `EcsParameters` for these members of RunTask; what RunTask does by itself is left out.
pub(super) fn ecs_parameters(settings: &Object) -> Object {
    let settings = comparable(settings);
    let members = ECS_PARAMETERS.iter().filter_map(|(key, member)| {
        let value = settings.get(*key)?;
        let value = match *key {
            "networkConfiguration" => with_awsvpc(value, |configuration| renamed(configuration, false)),
            _ => value.clone(),
        };
        Some(((*member).to_owned(), value))
    });
    members.collect()
}

/// Returns the members of RunTask that `EcsParameters` has, in a form that can be compared.
pub(super) fn run_task_settings(parameters: &Value) -> Object {
    let settings: Object = ECS_PARAMETERS
        .iter()
        .filter_map(|(key, member)| {
            let value = parameters.get(*member)?;
            let value = match *key {
                "networkConfiguration" => with_awsvpc(value, |configuration| renamed(configuration, true)),
                _ => value.clone(),
            };
            Some(((*key).to_owned(), value))
        })
        .collect();
    comparable(&settings)
}

/// Returns members of RunTask without what it does by itself, and lists without an order in one order.
pub(super) fn comparable(settings: &Object) -> Object {
    let members = settings.iter().filter_map(|(key, value)| {
        let value = match key.as_str() {
            "networkConfiguration" => with_awsvpc(value, plain_awsvpc),
            "capacityProviderStrategy" => of_items(value, plain_provider),
            "placementStrategy" => of_items(value, plain_strategy),
            "tags" => sorted(value.clone()),
            _ => value.clone(),
        };
        (!is_default(key, &value)).then(|| (key.clone(), value))
    });
    members.collect()
}

/// Whether RunTask does this by itself. "Specify only the numeric portion of the platform version" (EventBridge
/// Scheduler API, EcsParameters): LATEST is RunTask's own default.
fn is_default(key: &str, value: &Value) -> bool {
    match (key, value) {
        (_, Value::Null | Value::Bool(false)) => true,
        (_, Value::Array(items)) => items.is_empty(),
        ("platformVersion", Value::String(version)) => version == "LATEST",
        ("propagateTags", Value::String(from)) => from == "NONE",
        _ => false,
    }
}

fn with_awsvpc(network: &Value, edit: impl Fn(&Object) -> Object) -> Value {
    let mut network = network.clone();
    if let Some(configuration) = network.get_mut("awsvpcConfiguration")
        && let Some(members) = configuration.as_object()
    {
        *configuration = Value::Object(edit(members));
    }
    network
}

fn renamed(configuration: &Object, to_ecs: bool) -> Object {
    let pairs = AWSVPC_MEMBERS.iter().map(|(ecs, scheduler)| match to_ecs {
        true => (scheduler, ecs),
        false => (ecs, scheduler),
    });
    pairs
        .filter_map(|(from, to)| Some(((*to).to_owned(), configuration.get(*from)?.clone())))
        .collect()
}

fn plain_awsvpc(configuration: &Object) -> Object {
    let is_set = |key: &str, value: &Value| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        value => key != "assignPublicIp" || value != "DISABLED",
    };
    let members = configuration.iter().filter(|(key, value)| is_set(key, value));
    members
        .map(|(key, value)| (key.clone(), sorted(value.clone())))
        .collect()
}

/// A base of 0 is the default; so is a weight of 0 (API reference, CapacityProviderStrategyItem).
fn plain_provider(item: &Object) -> Object {
    let is_set = |value: &Value| !value.is_null() && value.as_i64() != Some(0);
    let members = item.iter().filter(|(_, value)| is_set(value));
    members.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// ECS returns `cpu` and `memory` in capitals (`docs/ecs-behavior.md`).
fn plain_strategy(item: &Object) -> Object {
    let spelled = |value: &Value| match value.as_str() {
        Some("CPU") => "cpu".into(),
        Some("MEMORY") => "memory".into(),
        _ => value.clone(),
    };
    let members = item.iter().filter(|(_, value)| !value.is_null());
    members
        .map(|(key, value)| (key.clone(), spelled(value)))
        .collect()
}

fn of_items(list: &Value, plain: fn(&Object) -> Object) -> Value {
    let items = list.as_array().into_iter().flatten();
    items
        .map(|item| {
            item.as_object()
                .map_or_else(|| item.clone(), |it| Value::Object(plain(it)))
        })
        .collect()
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Array(mut items) => {
            items.sort_by_key(ToString::to_string);
            Value::Array(items)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(value: Value) -> Object {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn settings_of_run_task_get_schedulers_names() {
        let settings = object(json!({
            "launchType": "FARGATE", "platformVersion": "LATEST", "enableExecuteCommand": false,
            "enableECSManagedTags": true, "placementConstraints": [],
            "networkConfiguration": {"awsvpcConfiguration": {
                "subnets": ["subnet-2", "subnet-1"], "securityGroups": [], "assignPublicIp": "ENABLED"}},
        }));
        assert_eq!(
            Value::Object(ecs_parameters(&settings)),
            json!({
                "EnableECSManagedTags": true, "LaunchType": "FARGATE",
                "NetworkConfiguration": {"awsvpcConfiguration": {
                    "Subnets": ["subnet-1", "subnet-2"], "AssignPublicIp": "ENABLED"}},
            })
        );
    }

    #[test]
    fn what_comes_back_is_the_same() {
        let settings = object(json!({
            "capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
            "placementStrategy": [{"type": "binpack", "field": "memory"}],
            "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["a", "b"], "assignPublicIp": "DISABLED"}},
            "tags": [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}],
        }));
        let returned = json!({
            "TaskDefinitionArn": "web:1", "TaskCount": 1, "EnableECSManagedTags": false, "Tags": [
                {"key": "b", "value": "2"}, {"key": "a", "value": "1"}],
            "CapacityProviderStrategy": [{"base": 0, "capacityProvider": "FARGATE_SPOT", "weight": 1}],
            "PlacementStrategy": [{"type": "binpack", "field": "MEMORY"}],
            "NetworkConfiguration": {"awsvpcConfiguration": {
                "Subnets": ["b", "a"], "SecurityGroups": [], "AssignPublicIp": "DISABLED"}},
        });
        assert_eq!(run_task_settings(&returned), comparable(&settings));
    }
}
