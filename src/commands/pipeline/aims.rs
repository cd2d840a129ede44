//! What a rollout is watched for, from what was planned and what was done.

use std::time::Duration;

use jiff::SignedDuration;

use crate::cli::{Until, WaitOptions};
use crate::engine::apply::Applied;
use crate::model::{DefinitionPlan, ObservedService, ServiceAction, ServicePlan, Value};
use crate::verdict;
use crate::verdict::{Aim, Service, Target, short_definition};

/// The aim of a service whose plan was carried out. `before` is DescribeServices' Service right before.
pub fn of_applied(
    (plan, there): (&ServicePlan, &ObservedService),
    before: Option<&Value>,
    applied: &Applied,
    wait: &WaitOptions,
) -> Aim {
    let target = match &applied.reply {
        Some(reply) => Target::of_reply(applied.primary_before.as_deref(), &Service::read(reply)),
        None => Target::InFlight,
    };
    Aim {
        target,
        before: member(before, "taskDefinition").map(|it| short_definition(it).to_owned()),
        desired: desired(&plan.action),
        ..of_planned(plan, there, &applied.definition, wait)
    }
}

/// The aim of a service that is to run what the plan says, whose ARN is given, and is not changed for it.
pub fn of_planned(plan: &ServicePlan, there: &ObservedService, arn: &str, wait: &WaitOptions) -> Aim {
    let definition = definition(plan, there);
    Aim {
        before: member(there.service.as_ref(), "taskDefinition").map(|it| short_definition(it).to_owned()),
        definition: Some(arn.to_owned()),
        image: definition.and_then(image),
        health_checked: definition.is_some_and(is_health_checked),
        ..waiting(&plan.name, Target::InFlight, wait)
    }
}

/// The aim of a call on a service that keeps its task definition, which may not have been readable.
pub fn of_kept(
    service: &str,
    target: Target,
    there: &Value,
    definition: Option<&Value>,
    wait: &WaitOptions,
) -> Aim {
    let arn = member(Some(there), "taskDefinition");
    Aim {
        before: arn.map(|it| short_definition(it).to_owned()),
        definition: arn.map(str::to_owned),
        image: definition.and_then(image),
        health_checked: definition.is_some_and(is_health_checked),
        ..waiting(service, target, wait)
    }
}

/// What the flags say, for a service and a target.
pub fn waiting(service: &str, target: Target, wait: &WaitOptions) -> Aim {
    Aim {
        until: match wait.until {
            Until::Deployed => verdict::Until::Deployed,
            Until::Stable => verdict::Until::Stable,
        },
        settle: signed(wait.settle),
        timeout: wait.timeout.map(signed),
        wait_through_pause: wait.wait_through_pause,
        ..Aim::new(service, target)
    }
}

/// The aim of a service that goes back to a definition, as far as it was read.
pub fn back_to(
    service: &str,
    target: Target,
    (arn, definition): (Option<&str>, Option<&Value>),
    wait: &WaitOptions,
) -> Aim {
    Aim {
        definition: arn.map(str::to_owned),
        image: definition.and_then(image),
        health_checked: definition.is_some_and(is_health_checked),
        ..waiting(service, target, wait)
    }
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

/// The definition that will run: the one to register, or the one that is kept.
fn definition<'a>(plan: &'a ServicePlan, there: &'a ObservedService) -> Option<&'a Value> {
    match &plan.definition {
        DefinitionPlan::Register { input, .. } => Some(input),
        DefinitionPlan::Keep { arn } => [
            &there.running_definition,
            &there.latest_definition,
            &there.base_definition,
        ]
        .into_iter()
        .flatten()
        .find(|found| member(Some(found), "taskDefinitionArn") == Some(arn)),
    }
}

/// The image of the first container that is pinned by digest, else of the first.
fn image(definition: &Value) -> Option<String> {
    let images = containers(definition).filter_map(|container| member(Some(container), "image"));
    let images: Vec<&str> = images.collect();
    let pinned = images.iter().find(|image| image.contains("@sha256:"));
    pinned.or(images.first()).map(|image| (*image).to_owned())
}

/// Whether ECS learns from a health check of a container's own that it works.
fn is_health_checked(definition: &Value) -> bool {
    containers(definition).any(|container| container.get("healthCheck").is_some_and(Value::is_object))
}

fn containers(definition: &Value) -> impl Iterator<Item = &Value> {
    let list = definition.get("containerDefinitions").and_then(Value::as_array);
    list.into_iter().flatten()
}

/// The count that the call named.
fn desired(action: &ServiceAction) -> Option<u64> {
    match action {
        ServiceAction::Keep => None,
        ServiceAction::Create { input, .. } | ServiceAction::Update { input, .. } => {
            input.get("desiredCount").and_then(Value::as_u64)
        }
    }
}

fn member<'a>(value: Option<&'a Value>, name: &str) -> Option<&'a str> {
    value?.get(name)?.as_str()
}
