//! Plans whether a service is created, updated or kept, and the input of CreateService.

use super::PlanOptions;
use super::code_deploy::missing_group_warning;
use super::error::PlanError;
use super::image_placeholders::unmarked;
use super::images::ImagePlans;
use super::service_fields::{FIELDS, OnChange};
use super::update::{ServiceUpdate, daemon_count, update};
use crate::ecs::{DeploymentController, Service, TaskDefinition};
use crate::model::{DefinitionPlan, Node, Object, ServiceAction, ServiceSpec, Value};
use crate::plan::ObservedService;

/// Plans one service. `definition` is the plan of its task definition.
pub(super) fn plan(
    service: &ServiceSpec,
    observed: &ObservedService,
    definition: &DefinitionPlan,
    images: &ImagePlans<'_>,
    options: &PlanOptions,
) -> Result<ServiceUpdate, Vec<PlanError>> {
    let mut errors = images.errors(&service.fields);
    errors.extend(launch_type_and_strategy(service));
    errors.extend(controller(service, observed));
    if !errors.is_empty() {
        return Err(errors);
    }
    match &observed.service {
        None => Ok(create(service, observed, definition, images)),
        Some(there) => update(service, observed, there, definition, images, options),
    }
}

fn launch_type_and_strategy(service: &ServiceSpec) -> Option<PlanError> {
    let (launch_type, strategy) = (
        service.named("launchType")?,
        service.named("capacityProviderStrategy")?,
    );
    let is_empty = strategy.value.items().is_some_and(<[Node]>::is_empty);
    (!is_empty).then(|| PlanError::LaunchTypeAndStrategy {
        service: service.name.clone(),
        launch_type: launch_type.key_span,
        strategy: strategy.key_span,
    })
}

/// Returns why a service can't be deployed at all, whatever its task definition is.
pub(super) fn refused(
    service: &ServiceSpec,
    observed: &ObservedService,
    options: &PlanOptions,
) -> Option<PlanError> {
    controller(service, observed).filter(|_| !options.definitions_only)
}

/// Returns the error for EXTERNAL and Express services, which are deployed by others.
fn controller(service: &ServiceSpec, observed: &ObservedService) -> Option<PlanError> {
    let wanted = service
        .named("deploymentController")
        .and_then(|entry| entry.value.get("type"));
    let there = observed.service.as_ref();
    let is_external = there.is_some_and(|it| it.deployment_controller == DeploymentController::External);
    let controller = if there.is_some_and(Service::is_express) {
        "ECS Express"
    } else if is_external || wanted.and_then(Node::as_str) == Some("EXTERNAL") {
        "an external controller"
    } else {
        return None;
    };
    Some(PlanError::Controller {
        service: service.name.clone(),
        controller,
    })
}

/// Returns CreateService's input: the members that the file sets, and the defaults for the others. Null
/// suppresses a default.
fn create(
    service: &ServiceSpec,
    observed: &ObservedService,
    definition: &DefinitionPlan,
    images: &ImagePlans<'_>,
) -> ServiceUpdate {
    let mut input = Object::new();
    input.insert("serviceName".to_owned(), Value::String(service.name.clone()));
    if let Value::Object(merged) = over_defaults(&service.creation_defaults, &service.fields, images) {
        input.extend(merged);
    }
    if service.fargate_if_supported && supports_fargate(definition, observed) {
        input.insert("launchType".to_owned(), "FARGATE".into());
    }
    for supplied in FIELDS.iter().filter(|field| field.change == OnChange::Supplied) {
        if supplied.name != "serviceName" {
            input.shift_remove(supplied.name);
        }
    }
    let has_strategy = input
        .get("capacityProviderStrategy")
        .and_then(Value::as_array)
        .is_some_and(|strategy| !strategy.is_empty());
    if has_strategy {
        input.shift_remove("launchType");
    }
    let mut input = Value::Object(input);
    let mut warnings = Vec::new();
    if input.get("schedulingStrategy").and_then(Value::as_str) == Some("DAEMON")
        && let Some(object) = input.as_object_mut()
    {
        object.shift_remove("desiredCount");
        warnings.extend(daemon_count(service));
    }
    warnings.extend(missing_group_warning(service, observed));
    let action = ServiceAction::Create {
        input: unmarked(input),
        draining: observed.draining,
    };
    ServiceUpdate {
        action,
        warnings,
        code_deploy: None,
    }
}

/// Whether a definition that only AWS knows, or a new revision based on it, can run on Fargate: otherwise
/// CreateService rejects launchType FARGATE.
pub(super) fn supports_fargate(definition: &DefinitionPlan, observed: &ObservedService) -> bool {
    let base = observed.base_definition.as_ref();
    match definition {
        DefinitionPlan::Keep { arn } => {
            let known = [base, observed.latest_definition.as_ref()];
            let mut known = known.into_iter().flatten();
            known
                .find(|known| known.arn.as_ref() == Some(arn))
                .is_some_and(TaskDefinition::supports_fargate)
        }
        DefinitionPlan::Register { input, .. } => {
            let required = input.get("requiresCompatibilities").and_then(Value::as_array);
            match required.filter(|required| !required.is_empty()) {
                Some(required) => required.iter().any(|it| it.as_str() == Some("FARGATE")),
                None => {
                    let mode = input.get("networkMode").and_then(Value::as_str);
                    mode == Some("awsvpc") && base.is_some_and(TaskDefinition::supports_fargate)
                }
            }
        }
    }
}

fn over_defaults(defaults: &Node, named: &Node, images: &ImagePlans<'_>) -> Value {
    let (Some(defaults), Some(entries)) = (defaults.entries(), named.entries()) else {
        return images.fill(named);
    };
    let mut merged = Object::new();
    for entry in entries.iter().filter(|entry| !entry.value.is_null()) {
        let default = defaults.iter().find(|default| default.key == entry.key);
        let value = default.map_or_else(
            || images.fill(&entry.value),
            |default| over_defaults(&default.value, &entry.value, images),
        );
        merged.insert(entry.key.clone(), value);
    }
    for default in defaults.iter().filter(|default| !default.value.is_null()) {
        if !entries.iter().any(|entry| entry.key == default.key) {
            merged.insert(default.key.clone(), images.fill(&default.value));
        }
    }
    Value::Object(merged)
}
