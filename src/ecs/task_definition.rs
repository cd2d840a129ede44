//! DescribeTaskDefinition's TaskDefinition.

use jiff::Timestamp;

use super::reply::{list, text, time};
use crate::model::{DefinitionId, Value};

/// A revision of a task definition (API reference: TaskDefinition).
#[derive(Clone, Debug, PartialEq)]
pub struct TaskDefinition {
    /// Its ARN.
    pub arn: Option<String>,
    /// Its family.
    pub family: Option<String>,
    /// Its containers.
    pub containers: Vec<ContainerDefinition>,
    /// Whether it can be deployed. "You can't use an INACTIVE task definition to run new tasks" (API reference:
    /// DeregisterTaskDefinition); a status that isn't known counts as ACTIVE.
    pub is_active: bool,
    /// Who registered it.
    pub registered_by: Option<String>,
    /// When it was registered.
    pub registered_at: Option<Timestamp>,
    value: Value,
}

/// One of its `containerDefinitions`.
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerDefinition {
    /// Its name.
    pub name: String,
    /// Its image.
    pub image: Option<String>,
    /// Whether it has a container health check.
    pub has_health_check: bool,
    /// Where it logs to.
    pub log_configuration: Option<LogConfiguration>,
}

/// A container's `logConfiguration`.
#[derive(Clone, Debug, PartialEq)]
pub struct LogConfiguration {
    /// `awslogs`, `awsfirelens`, …
    pub driver: String,
    options: Value,
}

impl TaskDefinition {
    /// Reads DescribeTaskDefinition's or RegisterTaskDefinition's `taskDefinition`, with its tags beside its members.
    pub fn read(value: Value) -> Self {
        Self {
            arn: text(&value, "taskDefinitionArn"),
            family: text(&value, "family"),
            containers: list(&value, "containerDefinitions")
                .iter()
                .map(ContainerDefinition::read)
                .collect(),
            is_active: !matches!(
                text(&value, "status").as_deref(),
                Some("INACTIVE" | "DELETE_IN_PROGRESS")
            ),
            registered_by: text(&value, "registeredBy"),
            registered_at: time(&value, "registeredAt"),
            value,
        }
    }

    /// The whole reply, for comparing it member by member and for finding what of it is secret.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Its family and revision.
    pub fn id(&self) -> Option<DefinitionId> {
        DefinitionId::parse(self.arn.as_deref()?)
    }

    /// One of its containers.
    pub fn container(&self, name: &str) -> Option<&ContainerDefinition> {
        self.containers.iter().find(|container| container.name == name)
    }

    /// The images of its containers, in their order.
    pub fn images(&self) -> impl Iterator<Item = &str> {
        self.containers.iter().filter_map(|it| it.image.as_deref())
    }

    /// Whether a container health check tells ECS that its tasks work.
    pub fn has_health_check(&self) -> bool {
        self.containers.iter().any(|container| container.has_health_check)
    }
}

impl ContainerDefinition {
    fn read(value: &Value) -> Self {
        Self {
            name: text(value, "name").unwrap_or_default(),
            image: text(value, "image"),
            has_health_check: value.get("healthCheck").is_some_and(Value::is_object),
            log_configuration: value.get("logConfiguration").and_then(LogConfiguration::read),
        }
    }
}

impl LogConfiguration {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            driver: text(value, "logDriver")?,
            options: value.get("options").cloned().unwrap_or_default(),
        })
    }

    /// One of its options.
    pub fn option(&self, name: &str) -> Option<&str> {
        self.options.get(name)?.as_str()
    }
}
