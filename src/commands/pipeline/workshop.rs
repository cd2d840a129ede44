//! The images of a run: which there are, and how they come to be pinned.

use std::future::Future;
use std::pin::Pin;

use futures_util::future::join;
use indexmap::IndexMap;

use super::at_its_place;
use crate::aws::Aws;
use crate::commands::Context;
use crate::config::Loaded;
use crate::diagnostic::{Failure, Sources};
use crate::docker::Surroundings;
use crate::engine::images::Images;
use crate::engine::observe::ReadConfigDigest;
use crate::model::{Digest, Image, ImagePlan, ImageSource, ImageState, Sink};
use crate::plan::Observed;

/// The images that are asked for, and the tools for them.
pub struct Workshop {
    images: Vec<Image>,
    /// Keys of those that are built and pushed.
    names: Vec<String>,
    tools: Images,
    sources: Sources,
}

impl Workshop {
    /// For the images of the file with these keys.
    pub fn new(
        loaded: &Loaded,
        keys: &[String],
        aws: Option<&Aws>,
        context: &Context,
    ) -> Result<Self, Failure> {
        let images = keys.iter().filter_map(|key| loaded.manifest.images.get(key));
        let images: Vec<Image> = images.cloned().collect();
        let is_built = |image: &&Image| matches!(image.source, ImageSource::Build(_));
        Ok(Self {
            names: images.iter().filter(is_built).map(|it| it.name.clone()).collect(),
            images,
            tools: Images::new(aws.cloned(), context.registry()?, Surroundings::from_env()),
            sources: loaded.sources.clone(),
        })
    }

    /// The keys of those that are built and pushed.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What takes the place of ECR's hosts.
    pub fn registry_host(&self) -> Option<&str> {
        self.tools.registry_host()
    }

    /// None of them built.
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

    /// Builds them side by side.
    pub async fn build(&self, sink: &dyn Sink) -> Result<IndexMap<String, ImageState>, Failure> {
        let images: Vec<&Image> = self.images.iter().collect();
        let built = self.tools.build(&images, sink).await;
        built.map_err(|failure| at_its_place(failure, images, &self.sources))
    }

    /// Builds them, and meanwhile fetches the logins for pushing.
    pub async fn build_to_push(&self, sink: &dyn Sink) -> Result<IndexMap<String, ImageState>, Failure> {
        let images: Vec<&Image> = self.images.iter().collect();
        let (built, ()) = join(self.build(sink), self.tools.warm_logins(&images)).await;
        built
    }

    /// Pushes what isn't there yet, and pins everything by its digest. `planned` tells what runs already.
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

impl ReadConfigDigest for Workshop {
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
