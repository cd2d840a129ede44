//! Images: built concurrently, pushed if missing, pinned to their digests.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use futures_util::future::{join_all, try_join_all};
use indexmap::IndexMap;
use tokio::sync::OnceCell;

use crate::aws::Aws;
use crate::diagnostic::Failure;
use crate::docker::{BuildContext, BuildSpec, BuiltImage, Daemon, DockerEnvironment, DockerError, Logins};
use crate::model::{
    Build, BuildEvent, Digest, Event, Image, ImageSource, ImageState, PushEvent, Repository, Sink,
};
use crate::plan::ObservedImage;
use crate::registry::{Registry, RegistryOverride};
pub use context_files::{ContextFiles, context_files};
use ecr_token_cache::RegistryLogins;
use error::at_build_source;
pub use image_set::ImageSet;
pub use image_set::build_and_push;
use published::{PublishedImage, WantedImage};
pub use tag_reader::{TagReader, TaggedImage};

mod base_platforms;
mod context_files;
mod ecr_token_cache;
mod error;
mod image_set;
mod published;
mod tag_mutability;
mod tag_reader;

/// Everything that image operations need, opened on first use.
pub struct ImagePipeline {
    aws: Option<Aws>,
    registry: Option<RegistryOverride>,
    around: DockerEnvironment,
    daemon: OnceCell<Daemon>,
    logins: Arc<RegistryLogins>,
    /// The daemon's result for each image that was built.
    built: Mutex<HashMap<String, BuiltImage>>,
}

impl ImagePipeline {
    /// Creates a pipeline with the session that provides ECR logins (not needed by `build`), and with
    /// `--registry`.
    pub fn new(aws: Option<Aws>, registry: Option<RegistryOverride>, around: DockerEnvironment) -> Self {
        Self {
            logins: Arc::new(RegistryLogins::new(aws.clone(), registry.clone())),
            aws,
            registry,
            around,
            daemon: OnceCell::new(),
            built: Mutex::default(),
        }
    }

    /// Returns the host that replaces ECR's hosts.
    pub fn registry_host(&self) -> Option<&str> {
        self.registry.as_ref().map(|registry| registry.host.as_str())
    }

    /// Builds the images concurrently. The first failure stops all builds.
    pub async fn build(
        &self,
        images: &[&Image],
        sink: &dyn Sink,
    ) -> Result<IndexMap<String, ImageState>, Failure> {
        let states = try_join_all(images.iter().map(async |image| {
            let state = self.build_one(image, sink).await?;
            Ok::<_, Failure>((image.name.clone(), state))
        }))
        .await?;
        Ok(states.into_iter().collect())
    }

    /// Fetches the logins for pushing in advance. Errors are ignored: they occur again, and are reported, when
    /// the login is needed.
    pub async fn warm_logins(&self, images: &[&Image]) {
        if self.aws.is_some() {
            join_all(
                images
                    .iter()
                    .map(|image| self.logins.of_repository(&image.repository)),
            )
            .await;
        }
    }

    async fn build_one(&self, image: &Image, sink: &dyn Sink) -> Result<ImageState, Failure> {
        let build = match &image.source {
            ImageSource::Build(build) => build,
            ImageSource::Given(reference) => {
                return Ok(ImageState::Given {
                    reference: reference.clone(),
                });
            }
        };
        // Reports missing files before connecting to the daemon.
        BuildContext::open(&image.name, &build.context, &build.dockerfile)?;
        let built = self.run_build(image, build, sink).await?;
        let state = ImageState::Built {
            id: built.id.clone(),
            manifest: built.manifest.clone(),
        };
        let mut all = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(image.name.clone(), built);
        Ok(state)
    }

    async fn run_build(
        &self,
        image: &Image,
        build: &Build,
        sink: &dyn Sink,
    ) -> Result<BuiltImage, DockerError> {
        let daemon = self.daemon().await?;
        let on = |event: BuildEvent| {
            sink.emit(Event::Build {
                image: image.name.clone(),
                event,
            });
        };
        let spec = BuildSpec {
            image: &image.name,
            build,
            logins: Logins::asking(self.logins.clone()),
            classic: self.around.classic_builder,
            ssh_agent: self.around.ssh_agent.clone(),
        };
        let start = Instant::now();
        let built = daemon.build(&spec, &on).await?;
        on(BuildEvent::Finished {
            steps: built.steps,
            cached: built.cached,
            millis: millis_since(start),
            id: built.image.id.clone(),
        });
        Ok(built.image)
    }

    async fn daemon(&self) -> Result<&Daemon, DockerError> {
        self.daemon
            .get_or_try_init(|| Daemon::connect(&self.around))
            .await
    }

    /// Pushes missing images, concurrently, and pins everything. For an image that the plan found deployed
    /// (`ImagePlan::deployed`), only the user's tags are checked: its manifest was read a moment ago.
    pub async fn push(
        &self,
        images: &[&Image],
        states: &IndexMap<String, ImageState>,
        observed: &IndexMap<String, ObservedImage>,
        deployed: &HashMap<&str, &Digest>,
        sink: &dyn Sink,
    ) -> Result<IndexMap<String, ImageState>, Failure> {
        let pinned = try_join_all(images.iter().map(async |image| {
            let state = states.get(&image.name).unwrap_or(&ImageState::Unbuilt);
            let state = match (state, observed.get(&image.name)) {
                (ImageState::Built { id, .. }, Some(there)) => {
                    let wanted = match deployed.get(image.name.as_str()) {
                        Some(digest) => WantedImage::deployed(image, id, digest)?,
                        None => {
                            let known = self.known_manifest(image, id, &there.repository_uri).await?;
                            WantedImage::new(image, id, known)?
                        }
                    };
                    self.push_one(image, wanted, there, sink).await?
                }
                (ImageState::Built { .. } | ImageState::Unbuilt, _) => {
                    return Err(error::not_built(&image.name));
                }
                (done, _) => done.clone(),
            };
            Ok::<_, Failure>((image.name.clone(), state))
        }))
        .await?;
        Ok(pinned.into_iter().collect())
    }

    async fn push_one(
        &self,
        image: &Image,
        wanted: WantedImage,
        there: &ObservedImage,
        sink: &dyn Sink,
    ) -> Result<ImageState, Failure> {
        let start = Instant::now();
        let made = match there.repository_exists {
            true => None,
            false => self.make_repository(&image.repository, sink).await?,
        };
        let is_named = self.registry.is_some() || image.repository.host.is_some();
        let uri = target_uri(&there.repository_uri, made.as_deref(), is_named);
        let login = self.logins.of_repository(&image.repository).await?;
        let (registry, repository) = self.registry_of(uri, login.clone())?;
        let found = match there.repository_exists {
            true => published::look(&registry, &repository, &wanted).await?,
            false => PublishedImage::nothing(),
        };
        self.check_may_move(image, found.taken(&wanted)).await?;
        let on = |event: PushEvent| {
            sink.emit(Event::Push {
                image: image.name.clone(),
                event,
            });
        };
        let (digest, layers, sent_layers, sent) = match found.target(&wanted) {
            Some(digest) => (digest, 0, 0, 0),
            None => {
                let daemon = self.daemon().await?;
                daemon.tag(wanted.id.as_str(), uri, &wanted.own_tag).await?;
                let login = login.map(|login| crate::docker::DockerCredentials::Password {
                    username: login.user,
                    password: login.password,
                });
                let pushed = daemon.push(uri, &wanted.own_tag, login.as_ref(), &on).await?;
                published::verify(&registry, &repository, &pushed.digest).await?;
                (pushed.digest, pushed.layers, pushed.sent_layers, pushed.sent)
            }
        };
        published::put_tags(
            &registry,
            &repository,
            &digest,
            found.missing_tags(&wanted, &digest, sent_layers > 0 || layers > 0),
        )
        .await?;
        on(PushEvent::Finished {
            digest: digest.clone(),
            layers,
            sent_layers,
            sent,
            millis: millis_since(start),
        });
        Ok(ImageState::Pinned {
            repository: uri.to_owned(),
            digest,
            tag: Some(image.tags.first().cloned().unwrap_or(wanted.own_tag)),
            id: Some(wanted.id),
        })
    }

    /// Returns the manifest's digest, if the daemon knows it.
    async fn known_manifest(
        &self,
        image: &Image,
        id: &Digest,
        uri: &str,
    ) -> Result<Option<Digest>, DockerError> {
        let known = {
            let built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
            built.get(&image.name).filter(|built| built.id == *id).cloned()
        };
        let known = match known {
            Some(known) => Some(known),
            None => self.daemon().await?.inspect(id.as_str()).await?,
        };
        Ok(known.and_then(|known| known.manifest_in(uri)))
    }

    /// Creates a repository. Returns ECR's URI of it, if it is in ECR.
    async fn make_repository(
        &self,
        repository: &Repository,
        sink: &dyn Sink,
    ) -> Result<Option<String>, Failure> {
        match &self.aws {
            Some(aws) => Ok(super::apply::make_repository(aws, repository, sink).await?),
            None => Ok(None),
        }
    }

    /// Opens the registry of `host/name`; also returns the name.
    fn registry_of(
        &self,
        uri: &str,
        login: Option<crate::registry::RegistryCredentials>,
    ) -> Result<(Registry, String), Failure> {
        let wrong = || error::bad_repository(uri);
        let (host, name) = uri.split_once('/').ok_or_else(wrong)?;
        let aws = self.aws.as_ref().ok_or_else(error::no_session)?;
        let at = match &self.registry {
            Some(registry) if registry.host == host => registry.clone(),
            _ => host.parse().map_err(|_| wrong())?,
        };
        Ok((
            Registry::new(aws.connector(), aws.clock().clone(), at, login),
            name.to_owned(),
        ))
    }

    /// Checks whether tags that name other images may be moved. If the repository's settings say that one is
    /// immutable, reports that before anything is sent.
    async fn check_may_move(&self, image: &Image, taken: Vec<(&str, Digest)>) -> Result<(), Failure> {
        if taken.is_empty() {
            return Ok(());
        }
        let place = self
            .aws
            .as_ref()
            .and_then(|aws| super::observe::place(aws, &image.repository));
        let Some((aws, account)) = place else {
            return Ok(());
        };
        let repository = match aws
            .describe_repository(&image.repository.name, account.as_deref())
            .await
        {
            // Pushing doesn't need this permission: let the registry decide.
            Err(error) if error.is_access_denied() => return Ok(()),
            found => found?,
        };
        let is_fixed = |tag: &str| {
            repository
                .as_ref()
                .is_some_and(|it| tag_mutability::is_immutable(it, tag))
        };
        match taken.into_iter().find(|(tag, _)| is_fixed(tag)) {
            Some((tag, other)) => Err(error::tag_taken(&image.repository.name, tag, &other)),
            None => Ok(()),
        }
    }

    /// Returns the config digest of a manifest in a repository of ours: Docker's image id in its classic store.
    /// None if it can't be read; then the image counts as different.
    pub async fn config_digest(&self, image: &Image, uri: &str, manifest: &Digest) -> Option<Digest> {
        let login = self.logins.of_repository(&image.repository).await.ok()?;
        let (registry, repository) = self.registry_of(uri, login).ok()?;
        let found = registry.manifest(&repository, manifest.as_str()).await.ok()??;
        found.config_digest()
    }
}

/// Returns where to push: unless the user names the host, ECR's own URI of a repository that was just created.
/// The plan could only expect one.
fn target_uri<'a>(expected: &'a str, created: Option<&'a str>, is_named: bool) -> &'a str {
    created.filter(|_| !is_named).unwrap_or(expected)
}

fn millis_since(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
