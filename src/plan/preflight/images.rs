//! Images in ECR that no build makes: they exist, and have the platform of the tasks.

use std::str::FromStr;

use super::CheckContext;
use crate::model::{Finding, ImageReference, RegistryHost, Value};
use crate::plan::EffectiveService;
use crate::plan::effective_service::text;

/// An image in ECR.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckedImage {
    /// It doesn't exist.
    Missing,
    /// Its manifest.
    Found(String),
}

/// Returns the images of a service that are in ECR and written literally, with what names them.
pub fn pulled_images(service: &EffectiveService) -> Vec<(String, RegistryHost, ImageReference)> {
    let images = service
        .containers()
        .filter_map(|container| text(container, "image"));
    let references = images.filter_map(|image| {
        let reference = ImageReference::from_str(image).ok()?;
        let host = RegistryHost::parse(reference.host.as_deref()?)?;
        Some((image.to_owned(), host, reference))
    });
    references.collect()
}

/// Each image exists, and one for several platforms has that of the tasks: `runtimePlatform`, linux/amd64 by default
/// (Amazon ECS API reference: RuntimePlatform). An image for one platform doesn't name it in its manifest.
pub(super) fn exist(service: &EffectiveService, context: CheckContext<'_>) -> Option<Vec<Finding>> {
    let mut is_read = false;
    let mut findings = Vec::new();
    for (image, ..) in pulled_images(service) {
        let Some(found) = context.reads.images.get(&image) else {
            continue;
        };
        is_read = true;
        findings.extend(match found {
            CheckedImage::Missing => {
                let message = format!("image {image} doesn't exist");
                let hint = "push it, or name an image that exists: aws ecr describe-images lists them";
                Some(Finding::error("image-not-found", message).on(image).hint(hint))
            }
            CheckedImage::Found(manifest) => other_platforms(service, &image, manifest),
        });
    }
    is_read.then_some(findings)
}

fn other_platforms(service: &EffectiveService, image: &str, manifest: &str) -> Option<Finding> {
    let (os, architecture) = platform_of(service)?;
    let manifest: Value = serde_json::from_str(manifest).ok()?;
    let manifests = manifest.get("manifests")?.as_array()?;
    let platforms = manifests.iter().filter_map(|it| {
        let platform = it.get("platform")?;
        Some((text(platform, "os")?, text(platform, "architecture")?))
    });
    // Attestations have the platform unknown/unknown (BuildKit, docs/attestations/attestation-storage.md).
    let platforms: Vec<_> = platforms.filter(|(os, _)| *os != "unknown").collect();
    if platforms.is_empty() || platforms.contains(&(os, architecture)) {
        return None;
    }
    let has: Vec<String> = platforms
        .iter()
        .map(|(os, arch)| format!("{os}/{arch}"))
        .collect();
    let message = format!(
        "image {image} has no platform {os}/{architecture}: it has {}",
        has.join(", ")
    );
    let hint = "build it for that platform, or set runtimePlatform.cpuArchitecture in the task definition";
    Some(Finding::error("image-platform", message).on(image).hint(hint))
}

/// Returns the platform of tasks in the terms of images.
fn platform_of(service: &EffectiveService) -> Option<(&'static str, &'static str)> {
    let platform = service.definition.get("runtimePlatform");
    let member = |name| platform.and_then(|it| text(it, name));
    let os = match member("operatingSystemFamily") {
        None | Some("LINUX") => "linux",
        Some(_) => return None,
    };
    match member("cpuArchitecture") {
        None | Some("X86_64") => Some((os, "amd64")),
        Some("ARM64") => Some((os, "arm64")),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{codes, planned, reads};
    use super::*;

    const IMAGE: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web:1";

    #[test]
    fn images_must_exist_for_the_platform() {
        let index = |architecture: &str| {
            let platform = json!({"os": "linux", "architecture": architecture});
            let unknown = json!({"os": "unknown", "architecture": "unknown"});
            CheckedImage::Found(
                json!({"manifests": [{"platform": platform}, {"platform": unknown}]}).to_string(),
            )
        };
        for (found, architecture, expected) in [
            (CheckedImage::Missing, "X86_64", &["image-not-found"][..]),
            (index("amd64"), "X86_64", &[]),
            (index("arm64"), "X86_64", &["image-platform"]),
            (index("arm64"), "ARM64", &[]),
            (CheckedImage::Found("{}".to_owned()), "ARM64", &[]),
            (CheckedImage::Found("no JSON".to_owned()), "ARM64", &[]),
        ] {
            let service = planned(
                json!({"containerDefinitions": [{"image": IMAGE}, {"image": "public.ecr.aws/x"}, {"image": "${images.web}"}],
                    "runtimePlatform": {"cpuArchitecture": architecture}}),
                json!({}),
            );
            let mut reads = reads();
            reads.images.insert(IMAGE.to_owned(), found);
            assert_eq!(codes(&service, &reads, exist).unwrap(), expected);
        }
    }
}
