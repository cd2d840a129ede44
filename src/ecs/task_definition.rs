//! The TaskDefinition of DescribeTaskDefinition.

use jiff::Timestamp;

use super::reply::{flag, list, text, time};
use crate::model::{DefinitionId, Value};

/// A task definition revision (API reference: TaskDefinition).
#[derive(Clone, Debug, PartialEq)]
pub struct TaskDefinition {
    /// Its ARN.
    pub arn: Option<String>,
    /// Its family.
    pub family: Option<String>,
    /// Its containers.
    pub containers: Vec<ContainerDefinition>,
    /// Whether it can be deployed. "You can't use an INACTIVE task definition to run new tasks" (API reference:
    /// DeregisterTaskDefinition); an unknown status counts as ACTIVE.
    pub is_active: bool,
    /// Who registered it.
    pub registered_by: Option<String>,
    /// When it was registered.
    pub registered_at: Option<Timestamp>,
    value: Value,
}

/// A container definition from `containerDefinitions`.
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerDefinition {
    /// Its name.
    pub name: String,
    /// Its image.
    pub image: Option<String>,
    /// Whether it has a container health check.
    pub has_health_check: bool,
    /// Whether it can't write to its root file system.
    pub is_read_only: bool,
    /// The log configuration.
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
    /// Reads the `taskDefinition` of DescribeTaskDefinition or RegisterTaskDefinition, merged with its tags.
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

    /// Returns the whole response, for comparing it member by member and for finding its secrets.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Returns its family and revision.
    pub fn id(&self) -> Option<DefinitionId> {
        DefinitionId::parse(self.arn.as_deref()?)
    }

    /// Returns a container by name.
    pub fn container(&self, name: &str) -> Option<&ContainerDefinition> {
        self.containers.iter().find(|container| container.name == name)
    }

    /// Iterates over the images of its containers, in order.
    pub fn images(&self) -> impl Iterator<Item = &str> {
        self.containers.iter().filter_map(|it| it.image.as_deref())
    }

    /// Iterates over `valueFrom` of its containers' `secrets`, and of the secrets of their log drivers.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        secrets_of(&self.value)
    }

    /// Whether its tasks can run on Fargate: according to what it was registered for
    /// (`requiresCompatibilities`), else to what ECS found it to be compatible with (`compatibilities`).
    pub fn supports_fargate(&self) -> bool {
        let required = list(&self.value, "requiresCompatibilities");
        let compatibilities = if required.is_empty() {
            list(&self.value, "compatibilities")
        } else {
            required
        };
        compatibilities.iter().any(|it| it.as_str() == Some("FARGATE"))
    }

    /// Returns the role of its tasks, if it has one.
    pub fn task_role(&self) -> Option<String> {
        text(&self.value, "taskRoleArn")
    }

    /// Returns a member of its `runtimePlatform`.
    pub fn runtime_platform(&self, member: &str) -> Option<String> {
        text(self.value.get("runtimePlatform")?, member)
    }

    /// Whether it has a container health check that tells ECS whether its tasks work.
    pub fn has_health_check(&self) -> bool {
        self.containers.iter().any(|container| container.has_health_check)
    }
}

/// Iterates over `valueFrom` of the secrets in a task definition with the members of RegisterTaskDefinition.
pub fn secrets_of(definition: &Value) -> impl Iterator<Item = &str> {
    let containers = list(definition, "containerDefinitions").iter();
    let lists = containers.flat_map(|container| {
        let log = container.get("logConfiguration");
        let options = log.map_or(&[][..], |log| list(log, "secretOptions"));
        list(container, "secrets").iter().chain(options)
    });
    lists.filter_map(|secret| secret.get("valueFrom")?.as_str())
}

impl ContainerDefinition {
    fn read(value: &Value) -> Self {
        Self {
            name: text(value, "name").unwrap_or_default(),
            image: text(value, "image"),
            has_health_check: value.get("healthCheck").is_some_and(Value::is_object),
            is_read_only: flag(value, "readonlyRootFilesystem"),
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

    /// Returns a log option by name.
    pub fn option(&self, name: &str) -> Option<&str> {
        self.options.get(name)?.as_str()
    }
}
