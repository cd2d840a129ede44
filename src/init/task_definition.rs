//! `init --task-definition`: a task definition that somebody keeps in a file.

use super::definition::{DefinitionContext, definition};
use super::draft::{Draft, DraftMap};
use super::draft_images::DraftImages;
use super::head::DraftHead;
use super::launch_members::{has_fargate_defaults, is_awsvpc, put_launch_type};
use super::names::ecs_name;
use crate::model::{Object, Value};

/// Drafts a file with one service for the input of RegisterTaskDefinition. `origin` is the name of its file.
pub fn from_task_definition(input: &Object, origin: &str, head: &DraftHead) -> Draft {
    let family = input.get("family").and_then(Value::as_str).unwrap_or_default();
    let service = ecs_name(family, "app");
    let mut members = DraftMap::default();
    put_launch_type(&mut members, input);
    let is_fargate = has_fargate_defaults(&Object::new(), input) && !members.has("launchType");
    let context = DefinitionContext {
        service: &service,
        has_fargate_defaults: is_fargate,
        is_launch_open: false,
        origin,
        is_live: false,
        values: None,
    };
    let mut images = DraftImages::default();
    let drafted = definition(input, &context, &mut images);
    let mut ordered = DraftMap::default();
    ordered.put("taskDefinition", drafted);
    ordered.lines.append(&mut members.lines);
    if is_awsvpc(input) || context.has_fargate_defaults {
        network(&mut ordered);
    }
    let mut services = DraftMap::default();
    services.put(&service, ordered);
    let mut root = head.begin(origin);
    if let Some(images) = images.draft() {
        root.put("images", images);
    }
    root.put("services", services);
    Draft {
        root,
        services: vec![service],
    }
}

/// Adds what CreateService needs for tasks with network interfaces of their own (ECS API, CreateService,
/// `networkConfiguration`).
pub(super) fn network(service: &mut DraftMap) {
    service.todo("set the subnets and security groups of the tasks: a new service needs them");
    service.sample(&[
        "networkConfiguration:",
        "  awsvpcConfiguration:",
        "    subnets: [subnet-…]",
        "    securityGroups: [sg-…]",
        "    assignPublicIp: ENABLED",
    ]);
}
