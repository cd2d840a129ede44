//! The images of a run: built, pushed, and pinned to their digests.

use std::future::Future;
use std::pin::Pin;

use futures_util::future::{join, try_join};
use indexmap::IndexMap;

use super::base_platforms::PlatformBases;
use super::error::at_build_source;
use super::{HideSecrets, ImagePipeline};
use crate::aws::Aws;
use crate::config::LoadedFile;
use crate::diagnostic::{Failure, Sources};
use crate::docker::DockerEnvironment;
use crate::engine::hooks::{HookFacts, HookRunner};
use crate::engine::load::ConnectedProject;
use crate::engine::observe::{ObserveRequest, ReadConfigDigest, observe};
use crate::engine::polling::ReadRetry;
use crate::model::{Digest, HookPoint, Image, ImagePlan, ImageSource, ImageState, Sink};
use crate::plan::Observed;
use crate::registry::RegistryOverride;

/// The images of a run.
pub struct ImageSet {
    images: Vec<Image>,
    /// Keys of the images that are built and pushed.
    built: Vec<String>,
    bases: PlatformBases,
    tools: ImagePipeline,
    sources: Sources,
    hooks: HookRunner,
}

impl ImageSet {
    /// Creates the set of the images with these keys. Without a session they can only be built.
    pub fn new(
        loaded: &LoadedFile,
        keys: &[String],
        aws: Option<Aws>,
        registry: Option<RegistryOverride>,
        hide: HideSecrets,
    ) -> Self {
        let images = keys.iter().filter_map(|key| loaded.manifest.images.get(key));
        let images: Vec<Image> = images.cloned().collect();
        let is_built = |image: &&Image| matches!(image.source, ImageSource::Build(_));
        Self {
            built: images.iter().filter(is_built).map(|it| it.name.clone()).collect(),
            bases: PlatformBases::of(&loaded.manifest, &images),
            images,
            tools: ImagePipeline::new(aws, registry, DockerEnvironment::from_env(), hide),
            sources: loaded.sources.clone(),
            hooks: HookRunner::of(&loaded.manifest),
        }
    }

    /// Returns the keys of the images that are built and pushed.
    pub fn built(&self) -> &[String] {
        &self.built
    }

    /// Returns the hooks, two of which run before and after a build.
    pub fn hooks(&self) -> &HookRunner {
        &self.hooks
    }

    /// Returns the host that replaces ECR's hosts.
    pub fn registry_host(&self) -> Option<&str> {
        self.tools.registry_host()
    }

    /// Returns the images' states before any is built.
    pub fn unbuilt(&self) -> IndexMap<String, ImageState> {
        let state = |image: &Image| match &image.source {
            ImageSource::Build(_) => ImageState::Unbuilt,
            ImageSource::Given(reference) => ImageState::Given {
                reference: reference.clone(),
            },
        };
        let images = self.images.iter();
        images.map(|image| (image.name.clone(), state(image))).collect()
    }

    /// Builds the images concurrently, between the hooks for that.
    pub async fn build(&self, sink: &dyn Sink) -> Result<IndexMap<String, ImageState>, Failure> {
        if self.built.is_empty() {
            return self.build_images(sink).await;
        }
        let facts = HookFacts::default();
        self.hooks.run(HookPoint::BeforeBuild, &facts, sink).await?;
        let built = self.build_images(sink).await?;
        let facts = HookFacts::of_images(&built);
        self.hooks.run(HookPoint::AfterBuild, &facts, sink).await?;
        Ok(built)
    }

    async fn build_images(&self, sink: &dyn Sink) -> Result<IndexMap<String, ImageState>, Failure> {
        let images = self
            .bases
            .settle(&self.images, self.tools.aws.as_ref(), sink)
            .await?;
        let images: Vec<&Image> = images.iter().collect();
        let built = self.tools.build(&images, sink).await;
        built.map_err(|failure| at_build_source(failure, images, &self.sources))
    }

    /// Builds the images, fetching the logins for pushing meanwhile.
    pub async fn build_to_push(&self, sink: &dyn Sink) -> Result<IndexMap<String, ImageState>, Failure> {
        let images: Vec<&Image> = self.images.iter().collect();
        let (built, ()) = join(self.build(sink), self.tools.warm_logins(&images)).await;
        built
    }

    /// Pushes images that aren't in their repositories yet, and pins every image to its digest. `planned` says
    /// what is already deployed.
    pub async fn push(
        &self,
        observed: &Observed,
        built: &IndexMap<String, ImageState>,
        planned: &[ImagePlan],
        sink: &dyn Sink,
    ) -> Result<IndexMap<String, ImageState>, Failure> {
        let images: Vec<&Image> = self.images.iter().collect();
        let deployed = planned
            .iter()
            .filter_map(|plan| Some((plan.name.as_str(), plan.deployed.as_ref()?)))
            .collect();
        self.tools
            .push(&images, built, &observed.images, &deployed, sink)
            .await
    }
}

impl ReadConfigDigest for ImageSet {
    fn config_digest<'a>(
        &'a self,
        image: &'a str,
        repository_uri: &'a str,
        manifest: &'a Digest,
    ) -> Pin<Box<dyn Future<Output = Option<Digest>> + Send + 'a>> {
        Box::pin(async move {
            let image = self.images.iter().find(|it| it.name == image)?;
            self.tools.config_digest(image, repository_uri, manifest).await
        })
    }
}

/// Builds and pushes the images with these keys. Returns their states, pinned.
pub async fn build_and_push(
    connected: ConnectedProject,
    keys: &[String],
    registry: Option<RegistryOverride>,
    hide: HideSecrets,
    sink: &dyn Sink,
) -> Result<IndexMap<String, ImageState>, Failure> {
    let ConnectedProject {
        aws,
        loaded,
        identity,
    } = connected;
    let images = ImageSet::new(&loaded, keys, Some(aws.clone()), registry, hide);
    let retry = ReadRetry::new(aws.clock(), sink, None);
    let request = ObserveRequest {
        manifest: &loaded.manifest,
        services: &[],
        images: images.built(),
        registry: images.registry_host(),
        identity: identity.as_ref(),
        watched: false,
        secrets: false,
        target_groups: false,
        tagged: &[],
        retry: &retry,
        reader: &images,
        sink,
    };
    let observed = async { observe(&aws, request).await };
    let (observed, built) = try_join(observed, images.build_to_push(sink)).await?;
    // No service was observed, so what is deployed isn't known.
    images.push(&observed, &built, &[], sink).await
}
