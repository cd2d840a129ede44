//! Parses manifests as far as needed: whether the bytes match the digest, and which config they refer to.

use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use crate::model::{Digest, hex};

/// The accepted media types of a response: Docker's and OCI's manifests, and lists of them.
pub(super) const ACCEPTED: &str = "application/vnd.oci.image.manifest.v1+json, \
    application/vnd.docker.distribution.manifest.v2+json, \
    application/vnd.oci.image.index.v1+json, \
    application/vnd.docker.distribution.manifest.list.v2+json";

/// A manifest as the registry holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RegistryManifest {
    /// The digest of its bytes.
    pub(crate) digest: Digest,
    /// The media type: `application/vnd.oci.image.manifest.v1+json`, …
    pub(crate) media_type: String,
    /// The unmodified bytes.
    pub(crate) bytes: Bytes,
}

impl RegistryManifest {
    /// Returns the config's digest, which is the image's id on Docker's classic store. None for a list of
    /// manifests.
    pub(crate) fn config_digest(&self) -> Option<Digest> {
        let json: serde_json::Value = serde_json::from_slice(&self.bytes).ok()?;
        json["config"]["digest"].as_str()?.parse().ok()
    }
}

/// Returns the manifests that an index, or Docker's list of manifests, refers to. None of them for anything else.
pub(crate) fn children(manifest: &[u8]) -> Vec<Digest> {
    let Ok(json) = serde_json::from_slice::<serde_json::Value>(manifest) else {
        return Vec::new();
    };
    let manifests = json["manifests"].as_array().into_iter().flatten();
    manifests
        .filter_map(|child| child["digest"].as_str()?.parse().ok())
        .collect()
}

/// Computes the digest of some bytes.
pub(super) fn digest_of(bytes: &[u8]) -> Digest {
    let digits = hex(&Sha256::digest(bytes));
    // A hex-encoded sha256 is always a valid digest.
    #[expect(
        clippy::expect_used,
        reason = "64 lower-case hex digits after `sha256:` by construction"
    )]
    format!("sha256:{digits}").parse().expect("a sha256 digest")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_of_the_bytes() {
        // `printf '{}' | sha256sum`
        assert_eq!(
            digest_of(b"{}").as_str(),
            "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        );
    }

    #[test]
    fn an_index_has_children_and_nothing_else_has() {
        let digest = digest_of(b"x");
        let text = format!(r#"{{"manifests":[{{"digest":"{digest}"}},{{"digest":"md5:1"}},{{}}]}}"#);
        assert_eq!(children(text.as_bytes()), [digest]);
        for text in ["", "nonsense", "[]", r#"{"manifests":{}}"#, r#"{"config":{}}"#] {
            assert_eq!(children(text.as_bytes()), [], "{text}");
        }
    }

    #[test]
    fn the_config_is_found_and_a_list_has_none() {
        let manifest = |text: &str| RegistryManifest {
            digest: digest_of(text.as_bytes()),
            media_type: String::new(),
            bytes: Bytes::copy_from_slice(text.as_bytes()),
        };
        let digest = digest_of(b"x");
        let text = format!(r#"{{"config":{{"digest":"{digest}"}}}}"#);
        assert_eq!(manifest(&text).config_digest(), Some(digest));
        assert_eq!(manifest(r#"{"manifests":[]}"#).config_digest(), None);
        assert_eq!(manifest("nonsense").config_digest(), None);
    }
}
