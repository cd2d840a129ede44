//! Creates watch requests from what was planned and what was applied.

use jiff::SignedDuration;

use crate::ecs::{Service, TaskDefinition};
use crate::engine::apply::AppliedChange;
use crate::model::{DefinitionPlan, ServiceAction, ServicePlan};
use crate::plan::ObservedService;
use crate::verdict::{WaitUntil, WatchRequest, WatchTarget};

/// Creates the watch request for a service whose plan was applied. `before` is the service just
/// before.
pub fn of_applied(
    (plan, observed): (&ServicePlan, &ObservedService),
    before: Option<&Service>,
    applied: &AppliedChange,
    wait: &WaitOptions,
) -> WatchRequest {
    WatchRequest {
        target: target_of(applied, plan.action.starts_deployment()),
        before: before.and_then(Service::short_definition).map(str::to_owned),
        desired: desired_count(&plan.action),
        attached: applied.code_deployment.as_ref().is_some_and(|it| it.attached),
        ..of_planned(plan, observed, &applied.definition, wait)
    }
}

/// Returns the deployment that a change started. `starts_one` says whether it starts one for certain.
pub fn target_of(applied: &AppliedChange, starts_one: bool) -> WatchTarget {
    match (&applied.code_deployment, &applied.reply) {
        (Some(started), _) => WatchTarget::CodeDeploy {
            id: started.id.clone(),
        },
        (None, Some(reply)) => WatchTarget::of_reply(applied.primary_before.as_deref(), reply, starts_one),
        (None, None) => WatchTarget::InFlight,
    }
}

/// Creates the watch request for a service that should run the planned revision, whose ARN is given,
/// and needs no change.
pub fn of_planned(
    plan: &ServicePlan,
    observed: &ObservedService,
    arn: &str,
    wait: &WaitOptions,
) -> WatchRequest {
    let before = observed.service.as_ref().and_then(Service::short_definition);
    let request = wait.request(&plan.name, WatchTarget::InFlight);
    let request = match &plan.definition {
        DefinitionPlan::Register { input, .. } => {
            of_definition(request, arn, Some(&TaskDefinition::read(input.clone())))
        }
        DefinitionPlan::Keep { arn: kept } => of_definition(request, arn, known_definition(observed, kept)),
    };
    WatchRequest {
        before: before.map(str::to_owned),
        ..request
    }
}

/// Creates the watch request after a call that keeps the service's task definition, which may be
/// unreadable.
pub fn of_kept(
    service: &Service,
    target: WatchTarget,
    definition: Option<&TaskDefinition>,
    wait: &WaitOptions,
) -> WatchRequest {
    WatchRequest {
        before: service.short_definition().map(str::to_owned),
        ..of_restored(
            &service.name,
            target,
            (service.task_definition.as_deref(), definition),
            wait,
        )
    }
}

/// Creates the watch request for a service that returns to a task definition, if that could be read.
pub fn of_restored(
    service: &str,
    target: WatchTarget,
    (arn, definition): (Option<&str>, Option<&TaskDefinition>),
    wait: &WaitOptions,
) -> WatchRequest {
    let request = wait.request(service, target);
    match arn {
        Some(arn) => of_definition(request, arn, definition),
        None => request,
    }
}

fn of_definition(request: WatchRequest, arn: &str, definition: Option<&TaskDefinition>) -> WatchRequest {
    WatchRequest {
        definition: Some(arn.to_owned()),
        image: definition.and_then(image),
        health_checked: definition.is_some_and(TaskDefinition::has_health_check),
        ..request
    }
}

fn known_definition<'a>(observed: &'a ObservedService, arn: &str) -> Option<&'a TaskDefinition> {
    let known = [
        &observed.running_definition,
        &observed.latest_definition,
        &observed.base_definition,
    ];
    let mut known = known.into_iter().flatten();
    known.find(|definition| definition.arn.as_deref() == Some(arn))
}

/// Returns the image of the first container that is pinned by digest, else of the first container.
fn image(definition: &TaskDefinition) -> Option<String> {
    let pinned = definition.images().find(|image| image.contains("@sha256:"));
    pinned.or(definition.images().next()).map(str::to_owned)
}

/// Returns the desired count that the call set.
fn desired_count(action: &ServiceAction) -> Option<u64> {
    action.input()?.get("desiredCount")?.as_u64()
}

/// How long to watch a service, and for which state.
#[derive(Clone, Debug)]
pub struct WaitOptions {
    /// The state to wait for.
    pub until: WaitUntil,
    /// How long to wait; by default 15 minutes plus the strategy's own times.
    pub timeout: Option<SignedDuration>,
    /// How long the tasks of a service without health checks must keep running.
    pub settle: SignedDuration,
    /// Whether to keep waiting when a lifecycle hook pauses the deployment.
    pub wait_through_pause: bool,
}

impl Default for WaitOptions {
    fn default() -> Self {
        Self {
            until: WaitUntil::Stable,
            timeout: None,
            settle: WatchRequest::SETTLE,
            wait_through_pause: false,
        }
    }
}

impl WaitOptions {
    /// Creates the watch request for a service with these options.
    pub fn request(&self, service: &str, target: WatchTarget) -> WatchRequest {
        WatchRequest {
            until: self.until,
            settle: self.settle,
            timeout: self.timeout,
            wait_through_pause: self.wait_through_pause,
            ..WatchRequest::new(service, target)
        }
    }
}
