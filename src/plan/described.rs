//! What a live service and its task definition would be in a file: the inputs that would make them again, without what
//! AWS adds.

use super::merge_base::as_input;
use super::normalise::{NormaliseContext, SERVICE, normalise, task_definition};
use super::service_fields::{FIELDS, OnChange, ReadBack};
use crate::ecs::{Service, TaskDefinition};
use crate::model::{Object, Value, into_object};

/// Returns the input of RegisterTaskDefinition that a described definition comes from, in the order of the reply.
pub fn described_definition(described: &TaskDefinition) -> Object {
    let input = as_input(described.value());
    let order: Vec<String> = input.keys().cloned().collect();
    let mut kept = into_object(task_definition(&Value::Object(input)));
    order
        .into_iter()
        .filter_map(|key| kept.shift_remove_entry(&key))
        .collect()
}

/// Returns the members of CreateService that a described service has, besides those that ecsctl sets itself.
pub fn described_service(service: &Service) -> Object {
    let primary = service.primary_value();
    let members = FIELDS.iter().filter(|field| field.change != OnChange::Supplied);
    let members = members.filter_map(|field| {
        let value = match field.read {
            ReadBack::Service(name) => service.value().get(name),
            ReadBack::Primary => primary.and_then(|it| it.get(field.name)),
            ReadBack::Revision | ReadBack::Nowhere => None,
        };
        Some((field.name.to_owned(), value?.clone()))
    });
    let members: Object = members.filter(|(name, value)| !is_of_aws(name, value)).collect();
    let context = NormaliseContext::of_service(service.is_daemon());
    let mut members = into_object(normalise(&Value::Object(members), SERVICE, &context));
    if service.is_daemon() {
        // "This parameter is required if schedulingStrategy is REPLICA or isn't specified. If schedulingStrategy is
        // DAEMON then this isn't required." (ECS API, CreateService, `desiredCount`)
        members.shift_remove("desiredCount");
    }
    if let Some(Value::Array(tags)) = members.get_mut("tags") {
        tags.retain(|tag| !tag["key"].as_str().is_some_and(|key| key.starts_with("aws:")));
    }
    members.retain(|_, value| value.as_array().is_none_or(|items| !items.is_empty()));
    members
}

/// Whether AWS chose the value: the service-linked role, and the latest platform version (ECS API, CreateService,
/// `role` and `platformVersion`).
fn is_of_aws(name: &str, value: &Value) -> bool {
    match name {
        "role" => value
            .as_str()
            .is_some_and(|role| role.contains("/aws-service-role/")),
        "platformVersion" => value == "LATEST",
        _ => false,
    }
}
