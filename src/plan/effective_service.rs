//! A service and its task definition as they are after a deploy.

use super::ObservedService;
use super::service_fields::is_merged;
use crate::model::{DefinitionPlan, ServiceAction, ServicePlan, Value};

/// A service as a deploy leaves it.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectiveService {
    /// Its key in deploy.yaml.
    pub key: String,
    /// The ECS service's name.
    pub name: String,
    /// Its task definition, with the members of RegisterTaskDefinition.
    pub definition: Value,
    /// The service, with the members of CreateService.
    pub service: Value,
    /// Whether it doesn't exist yet.
    pub is_new: bool,
    /// Whether a new revision of its task definition is registered.
    pub registers: bool,
}

/// A target group of a service, and the container behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetContainer<'a> {
    /// The target group's ARN.
    pub arn: &'a str,
    /// The container that gets the traffic.
    pub container: Option<&'a str>,
    /// The container's port.
    pub port: Option<u64>,
}

impl EffectiveService {
    /// Combines what is deployed and what is planned. None if what it runs is not known.
    pub fn of(plan: &ServicePlan, observed: &ObservedService) -> Option<Self> {
        let definition = match &plan.definition {
            DefinitionPlan::Register { input, .. } => input.clone(),
            DefinitionPlan::Keep { arn } => {
                let known = [
                    &observed.running_definition,
                    &observed.base_definition,
                    &observed.latest_definition,
                ];
                let mut known = known.into_iter().flatten();
                known.find(|it| it.arn.as_ref() == Some(arn))?.value().clone()
            }
        };
        let live = observed.service.as_ref().map(|service| service.value().clone());
        let service = match (&plan.action, live) {
            (ServiceAction::Create { input, .. }, _) => input.clone(),
            (ServiceAction::Keep, live) => live?,
            (ServiceAction::Update { input, .. }, live) => over(live?, input),
        };
        Some(Self {
            key: plan.key.clone(),
            name: plan.name.clone(),
            definition,
            service,
            is_new: matches!(plan.action, ServiceAction::Create { .. }),
            registers: matches!(plan.definition, DefinitionPlan::Register { .. }),
        })
    }

    /// Returns a member of the service or of its task definition that is a text.
    pub fn role(&self, member: &str) -> Option<&str> {
        self.definition
            .get(member)?
            .as_str()
            .filter(|role| !role.is_empty())
    }

    /// Iterates over the container definitions.
    pub fn containers(&self) -> impl Iterator<Item = &Value> {
        items(&self.definition, "containerDefinitions")
    }

    /// Whether its tasks have network interfaces of their own.
    pub fn uses_awsvpc(&self) -> bool {
        text(&self.definition, "networkMode") == Some("awsvpc")
    }

    /// Whether its tasks run on Fargate: by launch type, or by one of Fargate's capacity providers.
    pub fn is_on_fargate(&self) -> bool {
        text(&self.service, "launchType") == Some("FARGATE") || !self.fargate_providers().is_empty()
    }

    /// Returns those of Fargate's capacity providers that it uses.
    pub fn fargate_providers(&self) -> Vec<&str> {
        let items = items(&self.service, "capacityProviderStrategy");
        let names = items.filter_map(|item| text(item, "capacityProvider"));
        names
            .filter(|name| ["FARGATE", "FARGATE_SPOT"].contains(name))
            .collect()
    }

    /// Returns the texts of a list in its `awsvpcConfiguration`.
    pub fn network(&self, list: &str) -> Vec<&str> {
        let configuration = self.awsvpc_configuration();
        let items = configuration.into_iter().flat_map(|it| items(it, list));
        items.filter_map(Value::as_str).collect()
    }

    /// Whether its tasks get public IP addresses.
    pub fn has_public_ip(&self) -> bool {
        let configuration = self.awsvpc_configuration();
        configuration.and_then(|it| text(it, "assignPublicIp")) == Some("ENABLED")
    }

    fn awsvpc_configuration(&self) -> Option<&Value> {
        self.service
            .get("networkConfiguration")?
            .get("awsvpcConfiguration")
    }

    /// Returns its target groups.
    pub fn targets(&self) -> Vec<TargetContainer<'_>> {
        let balancers = items(&self.service, "loadBalancers");
        let target = |balancer| {
            Some(TargetContainer {
                arn: text(balancer, "targetGroupArn")?,
                container: text(balancer, "containerName"),
                port: balancer.get("containerPort").and_then(Value::as_u64),
            })
        };
        balancers.filter_map(target).collect()
    }

    /// Returns its desired number of tasks; None for one task on each container instance.
    pub fn desired_count(&self) -> Option<u64> {
        let is_daemon = text(&self.service, "schedulingStrategy") == Some("DAEMON");
        let count = self.service.get("desiredCount").and_then(Value::as_u64);
        count.filter(|_| !is_daemon)
    }

    /// Returns a percentage of its deployment configuration.
    pub fn percent(&self, member: &str) -> Option<u64> {
        self.deployment_configuration()?.get(member)?.as_u64()
    }

    /// Returns its deployment configuration.
    pub fn deployment_configuration(&self) -> Option<&Value> {
        self.service.get("deploymentConfiguration")
    }

    /// Whether ECS itself deploys it.
    pub fn is_deployed_by_ecs(&self) -> bool {
        let controller = self.service.get("deploymentController");
        controller
            .and_then(|it| text(it, "type"))
            .is_none_or(|kind| kind == "ECS")
    }

    /// Returns the containers that write to CloudWatch Logs, by name, and their log options.
    pub fn awslogs(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.containers().filter_map(|container| {
            let configuration = container.get("logConfiguration")?;
            let is_awslogs = text(configuration, "logDriver") == Some("awslogs");
            let options = configuration.get("options").filter(|_| is_awslogs)?;
            Some((text(container, "name").unwrap_or_default(), options))
        })
    }
}

/// Applies an input of UpdateService.
fn over(mut service: Value, input: &Value) -> Value {
    for (name, value) in input.as_object().into_iter().flatten() {
        let live = service.get_mut(name).and_then(Value::as_object_mut);
        match (live.filter(|_| is_merged(name)), value.as_object()) {
            (Some(live), Some(changes)) => live.extend(changes.clone()),
            _ => service[name.as_str()] = value.clone(),
        }
    }
    service
}

/// Returns a member that is a text.
pub(super) fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member)?.as_str()
}

/// Iterates over a member that is a list.
pub(super) fn items<'a>(value: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(member).and_then(Value::as_array).into_iter().flatten()
}
