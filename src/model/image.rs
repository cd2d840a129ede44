//! Images: their states, and how deploy.yaml refers to them.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::Digest;

/// How much is known about an image. A plan can be made in any of these states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum ImageState {
    /// Not built yet; the digest is known after the build.
    Unbuilt,
    /// Built, but possibly not pushed.
    Built {
        /// Docker's image id: the config's digest in the classic store, the manifest's in the containerd store.
        id: Digest,
        /// The manifest's digest in the repository, where the daemon knows it before the push
        /// (`RepoDigests` on overlay2 after an earlier push, the image's descriptor on the containerd store).
        manifest: Option<Digest>,
    },
    /// Available in the registry under this manifest digest.
    Pinned {
        /// The repository's URI, including the host.
        repository: String,
        /// The manifest's digest.
        digest: Digest,
        /// The value of `${images.X.tag}`.
        tag: Option<String>,
        /// The image's id, if we built it.
        id: Option<Digest>,
    },
    /// Given by the user (`--image NAME=REF`) and used unchanged.
    Given {
        /// The reference, verbatim.
        reference: String,
    },
}

/// The part of an image that `${images.X…}` refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ImageAttribute {
    /// `${images.X}`: `repository@sha256:…`.
    Uri,
    /// `${images.X.tag}`.
    Tag,
    /// `${images.X.digest}`.
    Digest,
    /// `${images.X.repository}`.
    Repository,
}

impl ImageAttribute {
    /// Returns this part of a reference `repository[:tag][@digest]`, if it has one. A colon before the last slash
    /// belongs to a port.
    pub fn of(self, reference: &str) -> Option<String> {
        let (named, digest) = match reference.split_once('@') {
            Some((named, digest)) => (named, Some(digest)),
            None => (reference, None),
        };
        let name_start = named.rfind('/').map_or(0, |slash| slash + 1);
        let colon = named.get(name_start..)?.find(':').map(|colon| name_start + colon);
        let part = match self {
            ImageAttribute::Uri => Some(reference),
            ImageAttribute::Digest => digest,
            ImageAttribute::Tag => colon.and_then(|colon| named.get(colon + 1..)),
            ImageAttribute::Repository => named.get(..colon.unwrap_or(named.len())),
        };
        part.filter(|part| !part.is_empty()).map(str::to_owned)
    }
}

/// A placeholder in a value, filled in when the image is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ImageRef {
    /// The key under `images:`.
    pub image: String,
    /// The part of the image.
    pub attribute: ImageAttribute,
}

impl fmt::Display for ImageRef {
    /// Formats the reference as written in deploy.yaml.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suffix = match self.attribute {
            ImageAttribute::Uri => "",
            ImageAttribute::Tag => ".tag",
            ImageAttribute::Digest => ".digest",
            ImageAttribute::Repository => ".repository",
        };
        write!(f, "${{images.{}{suffix}}}", self.image)
    }
}

/// An operating system and architecture in OCI notation (`linux/amd64`, `linux/arm64/v8`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Platform {
    /// `linux`, `windows`.
    pub os: String,
    /// `amd64`, `arm64`.
    pub architecture: String,
    /// The variant, if any: `v8`.
    pub variant: Option<String>,
}

impl Platform {
    /// Returns Fargate's default platform: `linux/amd64`.
    pub fn linux_amd64() -> Self {
        Self {
            os: "linux".to_owned(),
            architecture: "amd64".to_owned(),
            variant: None,
        }
    }

    /// Returns the platform of tasks with this `runtimePlatform` (API reference: RuntimePlatform):
    /// `{cpuArchitecture: ARM64}` is `linux/arm64`.
    pub fn of_tasks(cpu_architecture: Option<&str>, operating_system_family: Option<&str>) -> Self {
        let is_arm = cpu_architecture == Some("ARM64");
        let is_windows = operating_system_family.is_some_and(|os| os.starts_with("WINDOWS"));
        Self {
            os: if is_windows { "windows" } else { "linux" }.to_owned(),
            architecture: if is_arm { "arm64" } else { "amd64" }.to_owned(),
            variant: None,
        }
    }
}

impl Platform {
    /// Whether an image for this platform runs on `wanted`. If only one side names a variant, it is the default
    /// one (`arm64` is `arm64/v8`; OCI image specification, "Platform variants").
    pub fn runs_as(&self, wanted: &Platform) -> bool {
        let variants = self.variant.as_ref().zip(wanted.variant.as_ref());
        self.os == wanted.os
            && self.architecture == wanted.architecture
            && variants.is_none_or(|(ours, theirs)| ours == theirs)
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.os, self.architecture)?;
        self.variant
            .as_ref()
            .map_or(Ok(()), |variant| write!(f, "/{variant}"))
    }
}

impl FromStr for Platform {
    type Err = InvalidPlatform;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = text.split('/').collect();
        let (os, architecture, variant) = match parts.as_slice() {
            [os, architecture] => (*os, *architecture, None),
            [os, architecture, variant] => (*os, *architecture, Some((*variant).to_owned())),
            _ => return Err(InvalidPlatform(text.to_owned())),
        };
        if os.is_empty() || architecture.is_empty() {
            return Err(InvalidPlatform(text.to_owned()));
        }
        Ok(Self {
            os: os.to_owned(),
            architecture: architecture.to_owned(),
            variant,
        })
    }
}

/// The error for an invalid platform.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a platform: write OS/ARCHITECTURE, linux/amd64 for example")]
pub struct InvalidPlatform(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_omitted_platform_variant_is_the_default() {
        let runs = |ours: &str, wanted: &str| {
            ours.parse::<Platform>()
                .unwrap()
                .runs_as(&wanted.parse().unwrap())
        };
        assert!(runs("linux/arm64/v8", "linux/arm64"));
        assert!(runs("linux/arm64", "linux/arm64/v8"));
        assert!(!runs("linux/arm/v6", "linux/arm/v7"));
        assert!(!runs("linux/arm64", "linux/amd64"));
        assert!(!runs("windows/amd64", "linux/amd64"));
    }

    #[test]
    fn references_fall_into_their_parts() {
        use ImageAttribute::{Digest, Repository, Tag, Uri};
        let full = "host:5000/acme/web:1.2@sha256:ab";
        assert_eq!(Uri.of(full).as_deref(), Some(full));
        assert_eq!(Tag.of(full).as_deref(), Some("1.2"));
        assert_eq!(Digest.of(full).as_deref(), Some("sha256:ab"));
        assert_eq!(Repository.of(full).as_deref(), Some("host:5000/acme/web"));
        assert_eq!(Tag.of("host:5000/web"), None);
        assert_eq!(Repository.of("web").as_deref(), Some("web"));
        assert_eq!(Tag.of("web:"), None);
        assert_eq!(Uri.of(""), None);
    }
}
