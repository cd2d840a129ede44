//! What a task that RunTask starts takes from a service, and where its command goes.

use serde_json::json;

use crate::model::{Object, Value, into_object};

/// The maximum number of characters of `overrides` as JSON (ECS API, RunTask).
pub const MAX_OVERRIDES: usize = 8192;

/// The members of a service that RunTask has too, with the same meaning. The others are about the number of tasks and
/// their traffic.
const SHARED: [&str; 9] = [
    "capacityProviderStrategy",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "launchType",
    "networkConfiguration",
    "placementConstraints",
    "placementStrategy",
    "platformVersion",
    "volumeConfigurations",
];

/// Returns the members that a task takes from a service. `propagateTags` is not among them: RunTask refuses SERVICE.
pub fn run_task_members(service: &Object) -> Object {
    let shared = SHARED.iter().filter_map(|key| {
        let value = service.get(*key)?;
        let is_set = !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty());
        is_set.then(|| ((*key).to_owned(), value.clone()))
    });
    let mut members: Object = shared.collect();
    if service.get("propagateTags").and_then(Value::as_str) == Some("TASK_DEFINITION") {
        members.insert("propagateTags".to_owned(), "TASK_DEFINITION".into());
    }
    one_capacity(&mut members);
    members
}

/// Merges the members of RunTask that are written for a task over those that it takes otherwise. A launch type
/// replaces a capacity provider strategy, and the reverse: RunTask takes one of them (ECS API, RunTask).
pub fn with_members(members: &mut Object, written: Object) {
    let names = |key: &str| written.get(key).is_some_and(|value| !value.is_null());
    if names("launchType") {
        members.shift_remove("capacityProviderStrategy");
    }
    if names("capacityProviderStrategy") {
        members.shift_remove("launchType");
    }
    members.extend(written);
    one_capacity(members);
}

/// Removes the launch type beside a strategy, and the platform version where nothing runs on Fargate.
fn one_capacity(members: &mut Object) {
    if members.contains_key("capacityProviderStrategy") {
        members.shift_remove("launchType");
    }
    if matches!(
        members.get("launchType").and_then(Value::as_str),
        Some("EC2" | "EXTERNAL")
    ) {
        members.shift_remove("platformVersion");
    }
}

/// Puts a command into a container's overrides, beside what they have. Where no container is known, that of the task
/// definition is filled in later.
pub fn with_command(input: &mut Object, container: Option<&str>, command: &[String]) {
    edit_container(input, container, |members| {
        members.insert("command".to_owned(), json!(command));
    });
}

/// Adds environment variables to a container's overrides; they replace those of the same name.
pub fn with_environment(input: &mut Object, container: &str, variables: &[(String, String)]) {
    edit_container(input, Some(container), |members| {
        let mut list = match members.shift_remove("environment") {
            Some(Value::Array(list)) => list,
            _ => Vec::new(),
        };
        for (name, value) in variables {
            list.retain(|it| it.get("name").and_then(Value::as_str) != Some(name));
            list.push(json!({"name": name, "value": value}));
        }
        members.insert("environment".to_owned(), Value::Array(list));
    });
}

/// Sets a member of the task's overrides.
pub fn with_override(input: &mut Object, member: &str, value: Value) {
    let mut overrides = taken(input, "overrides");
    overrides.insert(member.to_owned(), value);
    input.insert("overrides".to_owned(), Value::Object(overrides));
}

/// Edits a container's entry in `containerOverrides`, which is created if it isn't there.
fn edit_container(input: &mut Object, container: Option<&str>, edit: impl FnOnce(&mut Object)) {
    let mut overrides = taken(input, "overrides");
    let mut items = match overrides.shift_remove("containerOverrides") {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    };
    let is_it = |it: &Value| it.get("name").and_then(Value::as_str) == container;
    let place = items.iter().position(is_it);
    let mut members = match place.and_then(|place| items.get_mut(place)).map(Value::take) {
        Some(Value::Object(members)) => members,
        _ => container
            .map(|name| ("name".to_owned(), name.into()))
            .into_iter()
            .collect(),
    };
    edit(&mut members);
    match place.and_then(|place| items.get_mut(place)) {
        Some(item) => *item = Value::Object(members),
        None => items.push(Value::Object(members)),
    }
    overrides.insert("containerOverrides".to_owned(), Value::Array(items));
    input.insert("overrides".to_owned(), Value::Object(overrides));
}

/// Takes a mapping out of a mapping.
fn taken(input: &mut Object, member: &str) -> Object {
    input.shift_remove(member).map(into_object).unwrap_or_default()
}

/// Returns the main container of a task definition: the only essential one, else the one that the load balancer sends
/// traffic to (`balanced`), the one with the service's or the family's `name`, or the first essential one that is no
/// log router.
pub fn main_container<'a>(definition: &'a Value, balanced: &[&str], name: &str) -> Option<&'a str> {
    let containers = definition.get("containerDefinitions")?.as_array()?;
    // "If the essential parameter of a container is … not set, it is assumed to be essential" (ECS API,
    // ContainerDefinition).
    let is_essential = |it: &&Value| it.get("essential").and_then(Value::as_bool) != Some(false);
    let is_router = |it: &&Value| it.get("firelensConfiguration").is_some_and(|it| !it.is_null());
    let named = |it: &'a Value| it.get("name").and_then(Value::as_str);
    let programs: Vec<&Value> = containers.iter().filter(|it| !is_router(it)).collect();
    let essential: Vec<&str> = programs
        .iter()
        .copied()
        .filter(is_essential)
        .filter_map(named)
        .collect();
    if let [only] = essential.as_slice() {
        return Some(only);
    }
    let all = || programs.iter().copied().filter_map(named);
    let family = definition.get("family").and_then(Value::as_str);
    all()
        .find(|it| balanced.contains(it))
        .or_else(|| all().find(|it| *it == name || Some(*it) == family))
        .or_else(|| essential.first().copied())
        .or_else(|| all().next())
        .or_else(|| containers.iter().find_map(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(value: Value) -> Object {
        match value {
            Value::Object(members) => members,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn a_task_takes_what_run_task_knows_of_a_service() {
        let service = json!({
            "serviceName": "web", "desiredCount": 2, "launchType": "FARGATE", "platformVersion": "LATEST",
            "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}, "propagateTags": "SERVICE",
            "placementConstraints": [], "loadBalancers": [{"targetGroupArn": "tg"}], "enableECSManagedTags": true,
        });
        assert_eq!(
            Value::Object(run_task_members(&members(service))),
            json!({
                "enableECSManagedTags": true, "launchType": "FARGATE",
                "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}},
                "platformVersion": "LATEST",
            })
        );
    }

    #[test]
    fn a_task_has_a_launch_type_or_a_strategy() {
        let strategy = json!([{"capacityProvider": "FARGATE_SPOT"}]);
        let both = json!({"launchType": "FARGATE", "capacityProviderStrategy": strategy});
        let of_service = run_task_members(&members(both));
        assert!(!of_service.contains_key("launchType"));
        for (written, gone) in [
            (json!({"launchType": "EC2"}), "capacityProviderStrategy"),
            (json!({"capacityProviderStrategy": strategy}), "launchType"),
        ] {
            let mut all = members(json!({"launchType": "FARGATE", "platformVersion": "1.4.0"}));
            with_members(&mut all, members(written.clone()));
            assert!(!all.contains_key(gone), "{all:?}");
            assert_eq!(
                all.contains_key("platformVersion"),
                written.get("launchType").is_none()
            );
        }
    }

    #[test]
    fn overrides_are_added_to_those_of_the_file() {
        let mut input = members(json!({"overrides": {
            "taskRoleArn": "role",
            "containerOverrides": [{"name": "web", "environment": [{"name": "A", "value": "1"}], "cpu": 1}],
        }}));
        with_command(&mut input, Some("web"), &["migrate".to_owned()]);
        let pairs = [("A", "2"), ("B", "3")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        with_environment(&mut input, "web", &pairs);
        with_command(&mut input, Some("log"), &["x".to_owned()]);
        with_override(&mut input, "cpu", "512".into());
        assert_eq!(
            Value::Object(input),
            json!({"overrides": {"taskRoleArn": "role", "containerOverrides": [
                {"name": "web", "cpu": 1, "command": ["migrate"], "environment": [
                    {"name": "A", "value": "2"}, {"name": "B", "value": "3"}]},
                {"name": "log", "command": ["x"]},
            ], "cpu": "512"}})
        );
    }

    #[test]
    fn the_main_container_is_not_a_sidecar() {
        let router =
            json!({"name": "log_router", "essential": true, "firelensConfiguration": {"type": "fluentbit"}});
        for (containers, expected) in [
            (json!([{"name": "a"}]), "a"),
            (json!([router, {"name": "a"}]), "a"),
            (
                json!([{"name": "x", "essential": false}, {"name": "a", "essential": true}]),
                "a",
            ),
            (json!([{"name": "proxy"}, {"name": "web"}]), "web"),
            (json!([{"name": "proxy"}, {"name": "shop"}]), "shop"),
            (json!([{"name": "proxy"}, {"name": "lb"}]), "lb"),
            (json!([{"name": "one"}, {"name": "two"}]), "one"),
        ] {
            let definition = json!({"family": "shop", "containerDefinitions": containers});
            assert_eq!(
                main_container(&definition, &["lb"], "web"),
                Some(expected),
                "{definition}"
            );
        }
        assert_eq!(main_container(&json!({}), &[], "web"), None);
    }
}
