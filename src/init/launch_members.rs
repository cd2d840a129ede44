//! Where the tasks of a draft run, so that ecsctl's defaults for Fargate add nothing that the source doesn't have.

use super::draft::DraftMap;
use crate::model::{Object, Value};

/// The launch types and compatibilities other than Fargate.
const OTHERS: [&str; 3] = ["EC2", "EXTERNAL", "MANAGED_INSTANCES"];

/// Whether ecsctl's defaults for Fargate apply to a service with these members and this task definition (the rules of
/// `config/launch`).
pub(super) fn has_fargate_defaults(service: &Object, definition: &Object) -> bool {
    let text = |key: &str| service.get(key).and_then(Value::as_str);
    let strategy = service.get("capacityProviderStrategy").and_then(Value::as_array);
    let is_fargate = |item: &Value| {
        matches!(
            item["capacityProvider"].as_str(),
            Some("FARGATE" | "FARGATE_SPOT")
        )
    };
    strategy.is_none_or(|items| items.iter().all(is_fargate))
        && !text("launchType").is_some_and(|it| OTHERS.contains(&it))
        && text("schedulingStrategy") != Some("DAEMON")
        && !compatibilities(definition).any(|it| OTHERS.contains(&it))
}

/// Returns `requiresCompatibilities`.
pub(super) fn compatibilities(definition: &Object) -> impl Iterator<Item = &str> {
    let list = definition
        .get("requiresCompatibilities")
        .and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str)
}

/// Adds the launch type of a service whose task definition is all that is known.
pub(super) fn put_launch_type(service: &mut DraftMap, definition: &Object) {
    let needed: Vec<&str> = compatibilities(definition).collect();
    match needed.as_slice() {
        ["FARGATE"] => {}
        ["EXTERNAL"] => service.put("launchType", "EXTERNAL"),
        ["MANAGED_INSTANCES"] => {
            service
                .todo("add `capacityProviderStrategy`, with the capacity provider of your managed instances");
        }
        [] if can_run_on_fargate(definition) => {}
        [] | ["EC2"] => service.put("launchType", "EC2"),
        several => service.todo(format!(
            "add `launchType`, or `capacityProviderStrategy`: the tasks can run on {}",
            several.join(", ")
        )),
    }
}

/// Whether a definition can run on Fargate, which requires network mode awsvpc and task sizes (Amazon ECS Developer
/// Guide, "Task definition differences for Fargate").
fn can_run_on_fargate(definition: &Object) -> bool {
    let has = |key: &str| definition.contains_key(key);
    is_awsvpc(definition) && has("cpu") && has("memory")
}

/// Whether each task has a network interface of its own, which needs subnets.
pub(super) fn is_awsvpc(definition: &Object) -> bool {
    definition.get("networkMode").and_then(Value::as_str) == Some("awsvpc")
}
