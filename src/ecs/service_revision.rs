//! The ServiceRevision of DescribeServiceRevisions.

use super::reply::{list, text};
use crate::model::Value;

/// Returns the deployment id of a service revision: `ecs-svc/N` for `…:service-revision/CLUSTER/SERVICE/N`
/// (Terraform's provider matches them the same way).
pub fn deployment_id(revision: &str) -> Option<String> {
    let (_, number) = revision.rsplit_once('/')?;
    Some(format!("ecs-svc/{number}"))
}

/// A service revision (API reference: ServiceRevision).
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceRevision {
    /// Its ARN.
    pub arn: String,
    /// The task definition's ARN.
    pub task_definition: Option<String>,
    /// The images that its containers run.
    pub container_images: Vec<ContainerImage>,
    value: Value,
}

/// An image from a service revision's `containerImages`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerImage {
    /// The container's name.
    pub container: String,
    /// The image as named in the task definition.
    pub image: Option<String>,
    /// The image's digest.
    pub digest: Option<String>,
}

impl ServiceRevision {
    /// Reads a member of DescribeServiceRevisions' `serviceRevisions`.
    pub fn read(value: Value) -> Option<Self> {
        Some(Self {
            arn: text(&value, "serviceRevisionArn")?,
            task_definition: text(&value, "taskDefinition"),
            container_images: list(&value, "containerImages")
                .iter()
                .filter_map(ContainerImage::read)
                .collect(),
            value,
        })
    }

    /// Returns the whole response, for comparing the settings that ECS returns only here.
    pub fn value(&self) -> &Value {
        &self.value
    }
}

impl ContainerImage {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            container: text(value, "containerName")?,
            image: text(value, "image"),
            digest: text(value, "imageDigest"),
        })
    }
}
