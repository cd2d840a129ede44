//! Images in the daemon's store.

use bollard::models::ImageInspect;

use super::daemon::Daemon;
use super::error::{DockerError, unreadable_answer};
use super::query_string::escape_reference;
use crate::model::{Digest, Platform};

/// An image in the daemon's store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BuiltImage {
    /// Docker's image id: the config's digest on the classic store, the manifest's on the containerd store.
    pub(crate) id: Digest,
    /// The manifest's digest; before a push, only the containerd store knows it.
    pub(crate) manifest: Option<Digest>,
    /// `repository@sha256:…` for each repository that the image was pushed to or pulled from.
    pub(crate) repo_digests: Vec<String>,
    /// The image's platform.
    pub(crate) platform: Platform,
    /// Unpacked size in bytes.
    pub(crate) size: u64,
}

impl BuiltImage {
    /// Returns the manifest's digest in a repository (`host/name`), if it is known.
    pub(crate) fn manifest_in(&self, repository: &str) -> Option<Digest> {
        self.manifest.clone().or_else(|| {
            self.repo_digests.iter().find_map(|known| {
                let (name, digest) = known.split_once('@')?;
                (name == repository).then(|| digest.parse().ok()).flatten()
            })
        })
    }
}

impl Daemon {
    /// Looks up an image by id or name; None when it doesn't exist.
    pub(crate) async fn inspect(&self, image: &str) -> Result<Option<BuiltImage>, DockerError> {
        let doing = format!("the inspection of image {image}");
        let path = format!("/images/{}/json", escape_reference(image));
        self.look::<ImageInspect>(&path, &doing)
            .await?
            .map(|found| read(found).map_err(|why| unreadable_answer(&doing, why)))
            .transpose()
    }
}

fn read(found: ImageInspect) -> Result<BuiltImage, String> {
    let id = found
        .id
        .unwrap_or_default()
        .parse::<Digest>()
        .map_err(|error| error.to_string())?;
    let manifest = found
        .descriptor
        .and_then(|descriptor| descriptor.digest?.parse().ok());
    Ok(BuiltImage {
        id,
        manifest,
        repo_digests: found.repo_digests.unwrap_or_default(),
        platform: Platform {
            os: found.os.unwrap_or_default(),
            architecture: found.architecture.unwrap_or_default(),
            variant: found.variant.filter(|variant| !variant.is_empty()),
        },
        size: found.size.and_then(|size| u64::try_from(size).ok()).unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(sign: &str) -> String {
        format!("sha256:{}", sign.repeat(64))
    }

    #[test]
    fn the_manifest_digest_has_two_sources() {
        let mut found = ImageInspect {
            id: Some(digest("a")),
            repo_digests: Some(vec![
                format!("other/web@{}", digest("b")),
                format!("h:5/acme/web@{}", digest("c")),
            ]),
            ..ImageInspect::default()
        };
        let overlay = read(found.clone()).unwrap();
        assert_eq!(overlay.manifest_in("h:5/acme/web").unwrap().as_str(), digest("c"));
        assert_eq!(overlay.manifest_in("acme/web"), None);
        found.descriptor = Some(bollard::models::OciDescriptor {
            digest: Some(digest("a")),
            ..Default::default()
        });
        assert_eq!(
            read(found).unwrap().manifest_in("acme/web").unwrap().as_str(),
            digest("a")
        );
    }

    #[test]
    fn an_answer_without_an_id_is_an_error() {
        assert!(read(ImageInspect::default()).is_err());
    }
}
