//! Whether a revision can be deployed again: its task definition is ACTIVE and its images exist.

use indexmap::IndexSet;

use crate::aws::{Aws, AwsError};
use crate::diagnostic::Explain;
use crate::ecs::TaskDefinition;
use crate::engine::polling::ReadRetry;
use crate::model::{ImageReference, RegistryHost};

/// Why a revision can't be deployed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDeployable {
    /// The task definition doesn't exist.
    Missing,
    /// ECS has no such revision of the service, or no longer keeps it.
    Unknown,
    /// It was deregistered: "an INACTIVE task definition can't be deployed" (API reference:
    /// DeregisterTaskDefinition).
    Inactive,
    /// One of its images is no longer in the repository.
    ImageGone {
        /// The image as the task definition names it.
        image: String,
    },
}

/// A revision that can be deployed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DeployableRevision {
    /// The task definition.
    pub definition: TaskDefinition,
    /// What could not be checked.
    pub warnings: Vec<String>,
}

/// Checks a task definition (an ARN or `FAMILY:REVISION`) and its images in ECR. Other images are assumed to
/// exist.
pub(super) async fn examine(
    aws: &Aws,
    id: &str,
) -> Result<Result<DeployableRevision, NotDeployable>, AwsError> {
    let retry = ReadRetry::silent(aws.clock());
    let read = retry.read(|| Box::pin(aws.describe_task_definition(id)));
    let Some(definition) = read.await? else {
        return Ok(Err(NotDeployable::Missing));
    };
    if !definition.is_active {
        return Ok(Err(NotDeployable::Inactive));
    }
    let mut warnings = Vec::new();
    let images: IndexSet<&str> = definition.images().collect();
    for image in images {
        match image_exists(aws, image).await {
            Ok(true) => {}
            Ok(false) => {
                return Ok(Err(NotDeployable::ImageGone {
                    image: image.to_owned(),
                }));
            }
            Err(error) => warnings.push(unchecked_warning(image, &error)),
        }
    }
    Ok(Ok(DeployableRevision { definition, warnings }))
}

/// Whether ECR still has an image. Images outside private ECR registries are assumed to exist.
async fn image_exists(aws: &Aws, image: &str) -> Result<bool, AwsError> {
    let Ok(reference) = image.parse::<ImageReference>() else {
        return Ok(true);
    };
    let Some(host) = reference.host.as_deref().and_then(RegistryHost::parse) else {
        return Ok(true);
    };
    let id = match (&reference.digest, &reference.tag) {
        (Some(digest), _) => ("imageDigest", digest.as_str()),
        (None, tag) => ("imageTag", tag.as_deref().unwrap_or("latest")),
    };
    let session = aws.in_region(&host.region);
    session
        .has_image(&reference.path, Some(host.account.as_str()), id)
        .await
}

fn unchecked_warning(image: &str, error: &AwsError) -> String {
    let words = error.explain().said.map(|(_, words)| format!(" (AWS: {words})"));
    let words = words.unwrap_or_default();
    format!("could not check whether the image {image} still exists{words}")
}
