//! Checks whether an image is already in its repository, under which digest, and which tags must still be
//! put.

use futures_util::future::{join, try_join_all};

use super::error::{bad_tag, push_lost};
use crate::diagnostic::Failure;
use crate::model::{Digest, Image, check_tag};
use crate::registry::{Registry, RegistryError, RegistryManifest};

/// The image that should be in the repository.
#[derive(Clone, Debug)]
pub(super) struct WantedImage {
    /// Docker's id of the image.
    pub(super) id: Digest,
    /// What is known about its manifest.
    manifest: KnownManifest,
    /// The tag that every push sets and that never moves.
    pub(super) own_tag: String,
    /// The user's tags.
    tags: Vec<String>,
}

impl WantedImage {
    /// Creates it with the manifest's digest, if the daemon knows it.
    pub(super) fn new(image: &Image, id: &Digest, manifest: Option<Digest>) -> Result<Self, Failure> {
        Self::with(
            image,
            id,
            manifest.map_or(KnownManifest::No, KnownManifest::ByDaemon),
        )
    }

    /// Creates it for an image that a service of ours runs, with a manifest that exists in the repository.
    pub(super) fn deployed(image: &Image, id: &Digest, manifest: &Digest) -> Result<Self, Failure> {
        Self::with(image, id, KnownManifest::Deployed(manifest.clone()))
    }

    fn with(image: &Image, id: &Digest, manifest: KnownManifest) -> Result<Self, Failure> {
        for tag in &image.tags {
            check_tag(tag).map_err(|why| bad_tag(&image.name, tag, why))?;
        }
        Ok(Self {
            own_tag: format!("ecsctl-{}", &id.hex()[..16]),
            id: id.clone(),
            manifest,
            tags: image.tags.clone(),
        })
    }

    /// Returns the tags that may have to be put.
    fn open_tags(&self) -> impl Iterator<Item = &String> {
        let own = (!matches!(self.manifest, KnownManifest::Deployed(_))).then_some(&self.own_tag);
        own.into_iter().chain(&self.tags)
    }

    /// Whether a manifest is this image, by its own digest or by its config's.
    fn is(&self, manifest: &RegistryManifest) -> bool {
        manifest.digest == self.id || manifest.config_digest().as_ref() == Some(&self.id)
    }
}

/// What is known about a manifest in advance.
#[derive(Clone, Debug)]
enum KnownManifest {
    /// Nothing.
    No,
    /// The daemon knows its digest. Whether the repository has it must still be checked.
    ByDaemon(Digest),
    /// The repository has it, and a service of ours runs it. Our own tag was put before the task definition was
    /// registered.
    Deployed(Digest),
}

/// What exists in the repository.
#[derive(Clone, Debug, Default)]
pub(super) struct PublishedImage {
    /// The manifest that was known in advance, if it exists.
    manifest: Option<Digest>,
    /// The manifest that each existing tag names.
    tags: Vec<(String, RegistryManifest)>,
}

/// Reads what isn't known yet about the manifest and the tags, concurrently: two round trips, including
/// connecting.
pub(super) async fn look(
    registry: &Registry,
    repository: &str,
    wanted: &WantedImage,
) -> Result<PublishedImage, RegistryError> {
    let manifest = async {
        match &wanted.manifest {
            KnownManifest::ByDaemon(digest) => registry.digest_of(repository, digest.as_str()).await,
            KnownManifest::Deployed(digest) => Ok(Some(digest.clone())),
            KnownManifest::No => Ok(None),
        }
    };
    let tags = try_join_all(wanted.open_tags().map(async |tag| {
        let manifest = registry.manifest(repository, tag).await?;
        Ok::<_, RegistryError>(manifest.map(|manifest| (tag.clone(), manifest)))
    }));
    let (manifest, tags) = join(manifest, tags).await;
    Ok(PublishedImage {
        manifest: manifest?,
        tags: tags?.into_iter().flatten().collect(),
    })
}

impl PublishedImage {
    /// Returns the state of an empty repository.
    pub(super) fn nothing() -> Self {
        Self::default()
    }

    /// Returns the digest under which the image exists. A tagged one is preferred: another daemon may have packed
    /// the same image differently, and what a tag names stays.
    pub(super) fn target(&self, wanted: &WantedImage) -> Option<Digest> {
        let tagged = self.tags.iter().find(|(_, manifest)| wanted.is(manifest));
        tagged
            .map(|(_, manifest)| manifest.digest.clone())
            .or_else(|| self.manifest.clone())
    }

    /// Returns the user's tags that name another image, and its digest.
    pub(super) fn taken(&self, wanted: &WantedImage) -> Vec<(&str, Digest)> {
        let target = self.target(wanted);
        self.tags
            .iter()
            .filter(|(tag, _)| wanted.tags.contains(tag))
            .filter(|(_, manifest)| Some(&manifest.digest) != target.as_ref())
            .map(|(tag, manifest)| (tag.as_str(), manifest.digest.clone()))
            .collect()
    }

    /// Returns the tags that don't name the digest yet. A push has put our own.
    pub(super) fn missing_tags<'a>(
        &self,
        wanted: &'a WantedImage,
        digest: &Digest,
        was_pushed: bool,
    ) -> Vec<&'a str> {
        let is_put = |tag: &str| {
            (was_pushed && tag == wanted.own_tag)
                || self
                    .tags
                    .iter()
                    .any(|(found, manifest)| found == tag && manifest.digest == *digest)
        };
        wanted
            .open_tags()
            .map(String::as_str)
            .filter(|tag| !is_put(tag))
            .collect()
    }
}

/// Checks that the pushed image exists.
pub(super) async fn verify(registry: &Registry, repository: &str, digest: &Digest) -> Result<(), Failure> {
    match registry.digest_of(repository, digest.as_str()).await? {
        Some(found) if found == *digest => Ok(()),
        _ => Err(push_lost(repository, digest)),
    }
}

/// Puts tags on an existing manifest, without transferring layers or using the daemon.
pub(super) async fn put_tags(
    registry: &Registry,
    repository: &str,
    digest: &Digest,
    tags: Vec<&str>,
) -> Result<(), Failure> {
    if tags.is_empty() {
        return Ok(());
    }
    let manifest = registry.manifest(repository, digest.as_str()).await?;
    let manifest = manifest.ok_or_else(|| push_lost(repository, digest))?;
    try_join_all(
        tags.into_iter()
            .map(|tag| registry.put_tag(repository, tag, &manifest)),
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::testing;

    fn digest(sign: &str) -> Digest {
        format!("sha256:{}", sign.repeat(64)).parse().unwrap()
    }

    fn manifest(own: &str, config: &str) -> RegistryManifest {
        RegistryManifest {
            digest: digest(own),
            media_type: String::new(),
            bytes: format!(r#"{{"config":{{"digest":"{}"}}}}"#, digest(config)).into(),
        }
    }

    fn wanted(tags: &[&str], manifest: Option<Digest>) -> WantedImage {
        let mut image = testing::image("web", "acme/web");
        image.tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        WantedImage::new(&image, &digest("a"), manifest).unwrap()
    }

    #[test]
    fn the_own_tag_is_made_of_the_id() {
        assert_eq!(wanted(&[], None).own_tag, "ecsctl-aaaaaaaaaaaaaaaa");
    }

    #[test]
    fn an_invalid_tag_is_refused() {
        let mut image = testing::image("web", "acme/web");
        image.tags = vec!["v 1".to_owned()];
        let error = WantedImage::new(&image, &digest("a"), None).unwrap_err();
        assert!(
            error.to_string().starts_with("image `web`: invalid tag `v 1`: "),
            "{error}"
        );
    }

    /// A name; the existing manifest that the daemon knew; tag, manifest and config of each tag; the expected
    /// result.
    type Row = (
        &'static str,
        Option<&'static str>,
        &'static [(&'static str, &'static str, &'static str)],
        Option<&'static str>,
        Option<&'static str>,
        &'static [&'static str],
    );

    /// (existing manifest that the daemon knew, what tags name) → (target, taken, tags to put)
    #[test]
    fn each_state_of_a_repository() {
        const OWN: &str = "ecsctl-aaaaaaaaaaaaaaaa";
        let rows: [Row; 7] = [
            ("empty", None, &[], None, None, &["v1"]),
            (
                "there, without tags",
                Some("b"),
                &[],
                Some("b"),
                None,
                &[OWN, "v1"],
            ),
            (
                "there, with its tags",
                Some("b"),
                &[(OWN, "b", "a"), ("v1", "b", "a")],
                Some("b"),
                None,
                &[],
            ),
            (
                "another daemon pushed it",
                None,
                &[(OWN, "c", "a")],
                Some("c"),
                None,
                &["v1"],
            ),
            (
                "packed otherwise elsewhere",
                Some("b"),
                &[(OWN, "c", "a")],
                Some("c"),
                None,
                &["v1"],
            ),
            (
                "the tag names another",
                Some("b"),
                &[("v1", "e", "f")],
                Some("b"),
                Some("v1"),
                &[OWN, "v1"],
            ),
            (
                "new, and the tag names another",
                None,
                &[("v1", "e", "f")],
                None,
                Some("v1"),
                &["v1"],
            ),
        ];
        for (name, there, tags, target, taken, put) in rows {
            let wanted = wanted(&["v1"], there.map(digest));
            let found = PublishedImage {
                manifest: there.map(digest),
                tags: tags
                    .iter()
                    .map(|(tag, own, config)| ((*tag).to_owned(), manifest(own, config)))
                    .collect(),
            };
            assert_eq!(found.target(&wanted), target.map(digest), "{name}");
            let names: Vec<&str> = found.taken(&wanted).into_iter().map(|(tag, _)| tag).collect();
            assert_eq!(names, Vec::from_iter(taken), "{name}");
            let (end, was_pushed) = (found.target(&wanted).unwrap_or(digest("d")), target.is_none());
            assert_eq!(found.missing_tags(&wanted, &end, was_pushed), put, "{name}");
        }
    }

    #[test]
    fn on_the_containerd_store_the_id_is_the_manifests() {
        let wanted = wanted(&[], None);
        let found = PublishedImage {
            manifest: None,
            tags: vec![(wanted.own_tag.clone(), manifest("a", "f"))],
        };
        assert_eq!(found.target(&wanted), Some(digest("a")));
    }

    #[test]
    fn only_user_tags_of_a_deployed_image_are_checked() {
        let mut image = testing::image("web", "acme/web");
        image.tags = vec!["v1".to_owned()];
        let wanted = WantedImage::deployed(&image, &digest("a"), &digest("b")).unwrap();
        assert_eq!(wanted.open_tags().collect::<Vec<_>>(), ["v1"]);
        let found = |tags| PublishedImage {
            manifest: Some(digest("b")),
            tags,
        };
        let untagged = found(Vec::new());
        assert_eq!(untagged.missing_tags(&wanted, &digest("b"), false), ["v1"]);
        // The same image, packed differently: the tag is as good there.
        let elsewhere = found(vec![("v1".to_owned(), manifest("c", "a"))]);
        assert_eq!(elsewhere.taken(&wanted), []);
        let target = elsewhere.target(&wanted).unwrap();
        assert!(elsewhere.missing_tags(&wanted, &target, false).is_empty());
    }
}
