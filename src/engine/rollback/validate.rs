//! Whether a revision could run again: its definition ACTIVE, its images still there.

use indexmap::IndexSet;

use crate::aws::{Aws, AwsError, RegistryHost};
use crate::diagnostic::Explain;
use crate::ecs::TaskDefinition;
use crate::registry::ImageReference;

/// Why a revision can't run again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDeployable {
    /// There is no such definition.
    Missing,
    /// There is no such revision of the service, or ECS has forgotten it.
    Unknown,
    /// It was deregistered: "an INACTIVE task definition can't be deployed" (API reference: DeregisterTaskDefinition).
    Inactive,
    /// An image that it names is no longer in its repository.
    ImageGone {
        /// As the definition names it.
        image: String,
    },
}

/// A revision that could run again.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DeployableRevision {
    /// The task definition.
    pub definition: TaskDefinition,
    /// What could not be read.
    pub warnings: Vec<String>,
}

/// Looks at a definition, by ARN or `FAMILY:REVISION`, and at its images in ECR. Images elsewhere are taken to be there.
pub(super) async fn examine(
    aws: &Aws,
    id: &str,
) -> Result<Result<DeployableRevision, NotDeployable>, AwsError> {
    let Some(definition) = aws.describe_task_definition(id).await? else {
        return Ok(Err(NotDeployable::Missing));
    };
    if !definition.is_active {
        return Ok(Err(NotDeployable::Inactive));
    }
    let mut warnings = Vec::new();
    let images: IndexSet<&str> = definition.images().collect();
    for image in images {
        match is_there(aws, image).await {
            Ok(true) => {}
            Ok(false) => {
                return Ok(Err(NotDeployable::ImageGone {
                    image: image.to_owned(),
                }));
            }
            Err(error) => warnings.push(unread(image, &error)),
        }
    }
    Ok(Ok(DeployableRevision { definition, warnings }))
}

/// Whether ECR still has an image. One that isn't in a private ECR registry is taken to be there.
async fn is_there(aws: &Aws, image: &str) -> Result<bool, AwsError> {
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

fn unread(image: &str, error: &AwsError) -> String {
    let words = error.explain().said.map(|(_, words)| format!(" (AWS: {words})"));
    let words = words.unwrap_or_default();
    format!("could not check whether the image {image} still exists{words}")
}
