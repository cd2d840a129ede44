//! Reads which image a tag points to now. What can't be read is unknown, never an error: nothing depends on it.

use std::time::Duration;

use super::ecr_token_cache;
use crate::aws::Aws;
use crate::model::RegistryHost;
use crate::model::{Digest, ImageReference};
use crate::registry::{Registry, RegistryOverride, children};

/// How long ECR may take: it answers as fast as the other AWS calls beside it.
const ECR_LIMIT: Duration = Duration::from_secs(3);
/// How long any other registry may take, including its token server.
const REGISTRY_LIMIT: Duration = Duration::from_secs(1);

/// The registry of Docker Hub, and the namespace of its official images (docs.docker.com, `docker image pull`).
const HUB: (&str, &str) = ("registry-1.docker.io", "library");

/// Reads tags from ECR and from other registries.
pub struct TagReader {
    aws: Aws,
    registry: Option<RegistryOverride>,
}

/// The image that a tag points to.
pub struct TaggedImage {
    digest: Digest,
    children: Children,
}

/// The images of each platform, if the tag points to an index.
enum Children {
    /// Known.
    Known(Vec<Digest>),
    /// Still in the registry: the tag was read by a HEAD request, which is no pull.
    At(Registry, String),
}

/// Where a tag is.
enum TagLocation {
    Ecr(RegistryHost),
    Registry(RegistryOverride),
}

impl TagReader {
    /// Creates a reader, with `--registry`.
    pub fn new(aws: Aws, registry: Option<RegistryOverride>) -> Self {
        Self { aws, registry }
    }

    /// Whether an image is named by a tag that can be read.
    pub fn can_read(&self, image: &str) -> bool {
        self.locate(image).is_some()
    }

    /// Reads the tag of an image, with one request.
    pub async fn read(&self, image: &str) -> Option<TaggedImage> {
        let (location, repository, tag) = self.locate(image)?;
        let clock = self.aws.clock();
        match location {
            TagLocation::Ecr(host) => {
                let read = self.read_from_ecr(&host, &repository, &tag);
                clock.io_timeout(ECR_LIMIT, read).await?
            }
            TagLocation::Registry(at) => {
                let read = self.read_from_registry(at, repository, &tag);
                clock.io_timeout(REGISTRY_LIMIT, read).await?
            }
        }
    }

    /// Whether the tag points to the image of this digest, as itself or as one of its index. None if that can't
    /// be read.
    pub async fn is_same(&self, tagged: &TaggedImage, digest: &Digest) -> Option<bool> {
        if tagged.digest == *digest {
            return Some(true);
        }
        match &tagged.children {
            Children::Known(children) => Some(children.contains(digest)),
            Children::At(registry, repository) => {
                let read = registry.manifest(repository, tagged.digest.as_str());
                let manifest = self.aws.clock().io_timeout(REGISTRY_LIMIT, read).await?;
                Some(children(&manifest.ok()??.bytes).contains(digest))
            }
        }
    }

    /// Returns where the tag of an image is, the repository, and the tag. None if the image has a digest, or no
    /// registry can be asked: behind an AWS emulator, digests are the emulator's own.
    fn locate(&self, image: &str) -> Option<(TagLocation, String, String)> {
        let reference: ImageReference = image.parse().ok()?;
        if reference.digest.is_some() {
            return None;
        }
        let tag = reference.tag.unwrap_or_else(|| "latest".to_owned());
        let host = reference.host.as_deref().unwrap_or("docker.io");
        if let Some(host) = RegistryHost::parse(host) {
            return Some((TagLocation::Ecr(host), reference.path, tag));
        }
        if let Some(registry) = self.registry.as_ref().filter(|registry| registry.host == host) {
            return Some((TagLocation::Registry(registry.clone()), reference.path, tag));
        }
        if self.aws.endpoint_from().is_some() {
            return None;
        }
        let (host, path) = on_hub(host, &reference.path);
        Some((TagLocation::Registry(host.parse().ok()?), path, tag))
    }

    async fn read_from_ecr(&self, host: &RegistryHost, repository: &str, tag: &str) -> Option<TaggedImage> {
        let session = self.aws.in_region(&host.region);
        let found = session
            .tagged_image(repository, host.account.as_str(), tag)
            .await
            .inspect_err(|error| tracing::debug!(repository, tag, %error, "tag not read"));
        let (digest, manifest) = found.ok()??;
        Some(TaggedImage {
            digest: digest.parse().ok()?,
            children: Children::Known(children(manifest.as_bytes())),
        })
    }

    async fn read_from_registry(
        &self,
        at: RegistryOverride,
        repository: String,
        tag: &str,
    ) -> Option<TaggedImage> {
        let login = ecr_token_cache::own(&at.host).await;
        let registry = Registry::new(self.aws.connector(), self.aws.clock().clone(), at, login);
        let found = registry
            .digest_of(&repository, tag)
            .await
            .inspect_err(|error| tracing::debug!(repository, tag, %error, "tag not read"));
        Some(TaggedImage {
            digest: found.ok()??,
            children: Children::At(registry, repository),
        })
    }
}

/// Returns the host and the repository at which Docker Hub's registry serves an image; others are as written.
fn on_hub<'a>(host: &'a str, path: &str) -> (&'a str, String) {
    let (hub, official) = HUB;
    match host {
        "docker.io" | "index.docker.io" if path.contains('/') => (hub, path.to_owned()),
        "docker.io" | "index.docker.io" => (hub, format!("{official}/{path}")),
        _ => (host, path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hub_images_are_at_its_registry() {
        for (host, path, expected) in [
            ("docker.io", "nginx", "registry-1.docker.io/library/nginx"),
            ("docker.io", "acme/web", "registry-1.docker.io/acme/web"),
            ("index.docker.io", "nginx", "registry-1.docker.io/library/nginx"),
            ("public.ecr.aws", "nginx", "public.ecr.aws/nginx"),
        ] {
            let (host, path) = on_hub(host, path);
            assert_eq!(format!("{host}/{path}"), expected);
        }
    }
}
