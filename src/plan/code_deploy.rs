//! The CodeDeploy deployment of a service: what UpdateService doesn't accept, and its AppSpec.

use super::error::{
    PlanError, codedeploy_change, no_deployment_group, no_load_balancer, other_services_group,
};
use super::images::ImagePlans;
use super::observed::ObservedGroup;
use crate::ecs::Service;
use crate::model::{CodeDeployNames, CodeDeployPlan, Object, ServiceSpec, Value};
use crate::plan::ObservedService;
use serde_json::json;

/// The members of a service that an AppSpec sets for the new tasks (CodeDeploy user guide, AppSpec 'resources' section
/// for Amazon ECS deployments). "If the network configuration, platform version, task definition, or load balancer need
/// to be updated, create a new CodeDeploy deployment" (API reference, UpdateService).
const IN_THE_APP_SPEC: [&str; 4] = [
    "networkConfiguration",
    "platformVersion",
    "loadBalancers",
    "capacityProviderStrategy",
];

/// A note about changes that the deployment makes.
pub(super) const NOTE: &str = "by a CodeDeploy deployment";

/// Whether a CodeDeploy deployment changes this member of the service.
pub(super) fn is_in_the_app_spec(member: &str) -> bool {
    IN_THE_APP_SPEC.contains(&member)
}

/// Moves out of UpdateService's input what a deployment sets. Returns whether there was anything.
pub(super) fn take_from(input: &mut Object) -> bool {
    let before = input.len();
    input.retain(|member, _| !is_in_the_app_spec(member) && member != "forceNewDeployment");
    input.len() < before
}

/// Plans the deployment of a CODE_DEPLOY service. Without one to make, what it would need is no error.
pub(super) fn plan(
    service: &ServiceSpec,
    observed: &ObservedService,
    there: &Service,
    images: &ImagePlans<'_>,
    (replaces_tasks, is_made): (bool, bool),
) -> Result<CodeDeployPlan, PlanError> {
    let cluster = there.cluster_arn.as_deref().unwrap_or("default");
    let settings = service.code_deploy.as_ref();
    let names = CodeDeployNames::of(cluster, &service.name, settings);
    let live = there.task_settings();
    let value = |member: &str| {
        let wanted = service.named(member).map(|entry| images.fill(&entry.value));
        wanted.or_else(|| live.get(member).cloned())
    };
    let balancer = value("loadBalancers").and_then(|it| it.as_array()?.first().cloned());
    if is_made {
        match &observed.deployment_group {
            ObservedGroup::Missing(names) => {
                return Err(no_deployment_group(&service.key, &service.name, names));
            }
            ObservedGroup::Known(group)
                if !group.services.is_empty() && !group.deploys(cluster, &service.name) =>
            {
                return Err(other_services_group(&service.name, &names, group));
            }
            ObservedGroup::Known(_) | ObservedGroup::Unread => {}
        }
        if balancer.is_none() {
            return Err(no_load_balancer(&service.name));
        }
    }
    let mut app_spec = app_spec(&value);
    let hooks = settings.map(|it| it.hooks.as_slice()).unwrap_or_default();
    if !hooks.is_empty() {
        app_spec["Hooks"] = hooks
            .iter()
            .map(|(event, function)| json!({event: function}))
            .collect();
    }
    Ok(CodeDeployPlan {
        names,
        config: settings.and_then(|it| it.config.clone()),
        app_spec,
        replaces_tasks,
    })
}

/// Returns the warning for a new service whose next deploy will need a deployment group.
pub(super) fn missing_group_warning(service: &ServiceSpec, observed: &ObservedService) -> Option<String> {
    let ObservedGroup::Missing(names) = &observed.deployment_group else {
        return None;
    };
    Some(format!(
        "{}: CodeDeploy deploys its next revisions, which needs deployment group {names}",
        service.name
    ))
}

/// Returns the AppSpec of a deployment that changes nothing but the task definition.
pub fn live_app_spec(there: &Service) -> Value {
    let live = there.task_settings();
    app_spec(&|member| live.get(member).cloned())
}

/// Returns the AppSpec for a service whose members have these values.
fn app_spec(value: &dyn Fn(&str) -> Option<Value>) -> Value {
    let balancer = value("loadBalancers").and_then(|it| it.as_array()?.first().cloned());
    let mut properties = Object::new();
    if let Some(balancer) = balancer {
        let info = json!({
            "ContainerName": balancer.get("containerName"), "ContainerPort": balancer.get("containerPort"),
        });
        properties.insert("LoadBalancerInfo".to_owned(), info);
    }
    if let Some(version) = value("platformVersion").filter(Value::is_string) {
        properties.insert("PlatformVersion".to_owned(), version);
    }
    let network = value("networkConfiguration").and_then(|it| it.get("awsvpcConfiguration").cloned());
    if let Some(network) = network.filter(Value::is_object) {
        let network = json!({"AwsvpcConfiguration": capitalized(&network)});
        properties.insert("NetworkConfiguration".to_owned(), network);
    }
    let strategy = value("capacityProviderStrategy").and_then(|it| it.as_array().cloned());
    if let Some(strategy) = strategy.filter(|it| !it.is_empty()) {
        let strategy = strategy.iter().map(capitalized).collect();
        properties.insert("CapacityProviderStrategy".to_owned(), strategy);
    }
    json!({
        "version": 0.0,
        "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}],
    })
}

/// Returns the error for members that neither UpdateService nor a deployment changes.
pub(super) fn refused(service: &str, members: Vec<String>) -> Option<PlanError> {
    (!members.is_empty()).then(|| codedeploy_change(service, &members))
}

/// Returns a structure with the spelling of an AppSpec: `subnets` is `Subnets` there. Nulls and empty lists are left
/// out.
fn capitalized(value: &Value) -> Value {
    let upper = |key: &str| {
        let mut letters = key.chars();
        let first = letters.next().map(|it| it.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    let is_set = |value: &Value| !value.is_null() && value.as_array().is_none_or(|it| !it.is_empty());
    let members = value.as_object().into_iter().flatten();
    let members = members.filter(|(_, value)| is_set(value));
    Value::Object(members.map(|(key, value)| (upper(key), value.clone())).collect())
}
