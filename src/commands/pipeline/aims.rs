//! What a rollout is watched for, from what was planned and what was done.

use std::time::Duration;

use jiff::SignedDuration;

use crate::cli::{Until, WaitOptions};
use crate::ecs::{Service, TaskDefinition};
use crate::engine::apply::Applied;
use crate::model::{DefinitionPlan, ServiceAction, ServicePlan, Value};
use crate::plan::ObservedService;
use crate::verdict;
use crate::verdict::{WatchRequest, WatchTarget};

/// The aim of a service whose plan was carried out. `before` is DescribeServices' Service right before.
pub fn of_applied(
    (plan, there): (&ServicePlan, &ObservedService),
    before: Option<&Service>,
    applied: &Applied,
    wait: &WaitOptions,
) -> WatchRequest {
    let target = match &applied.reply {
        Some(reply) => WatchTarget::of_reply(applied.primary_before.as_deref(), reply),
        None => WatchTarget::InFlight,
    };
    WatchRequest {
        target,
        before: before.and_then(Service::short_definition).map(str::to_owned),
        desired: desired(&plan.action),
        ..of_planned(plan, there, &applied.definition, wait)
    }
}

/// The aim of a service that is to run what the plan says, whose ARN is given, and is not changed for it.
pub fn of_planned(
    plan: &ServicePlan,
    there: &ObservedService,
    arn: &str,
    wait: &WaitOptions,
) -> WatchRequest {
    let definition = definition(plan, there);
    let definition = definition.as_ref();
    WatchRequest {
        before: there
            .service
            .as_ref()
            .and_then(Service::short_definition)
            .map(str::to_owned),
        definition: Some(arn.to_owned()),
        image: definition.and_then(image),
        health_checked: definition.is_some_and(TaskDefinition::has_health_check),
        ..waiting(&plan.name, WatchTarget::InFlight, wait)
    }
}

/// The aim of a call on a service that keeps its task definition, which may not have been readable.
pub fn of_kept(
    service: &str,
    target: WatchTarget,
    there: &Service,
    definition: Option<&TaskDefinition>,
    wait: &WaitOptions,
) -> WatchRequest {
    WatchRequest {
        before: there.short_definition().map(str::to_owned),
        definition: there.task_definition.clone(),
        image: definition.and_then(image),
        health_checked: definition.is_some_and(TaskDefinition::has_health_check),
        ..waiting(service, target, wait)
    }
}

/// What the flags say, for a service and a target.
pub fn waiting(service: &str, target: WatchTarget, wait: &WaitOptions) -> WatchRequest {
    WatchRequest {
        until: match wait.until {
            Until::Deployed => verdict::Until::Deployed,
            Until::Stable => verdict::Until::Stable,
        },
        settle: signed(wait.settle),
        timeout: wait.timeout.map(signed),
        wait_through_pause: wait.wait_through_pause,
        ..WatchRequest::new(service, target)
    }
}

/// The aim of a service that goes back to a definition, as far as it was read.
pub fn back_to(
    service: &str,
    target: WatchTarget,
    (arn, definition): (Option<&str>, Option<&TaskDefinition>),
    wait: &WaitOptions,
) -> WatchRequest {
    WatchRequest {
        definition: arn.map(str::to_owned),
        image: definition.and_then(image),
        health_checked: definition.is_some_and(TaskDefinition::has_health_check),
        ..waiting(service, target, wait)
    }
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

/// The definition that will run: the one to register, or the one that is kept.
fn definition(plan: &ServicePlan, there: &ObservedService) -> Option<TaskDefinition> {
    match &plan.definition {
        DefinitionPlan::Register { input, .. } => Some(TaskDefinition::read(input.clone())),
        DefinitionPlan::Keep { arn } => [
            &there.running_definition,
            &there.latest_definition,
            &there.base_definition,
        ]
        .into_iter()
        .flatten()
        .find(|found| found.arn.as_ref() == Some(arn))
        .cloned(),
    }
}

/// The image of the first container that is pinned by digest, else of the first.
fn image(definition: &TaskDefinition) -> Option<String> {
    let pinned = definition.images().find(|image| image.contains("@sha256:"));
    pinned.or(definition.images().next()).map(str::to_owned)
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
