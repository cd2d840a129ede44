//! The text that replaces `${images.…}`, as far as it is known.

use indexmap::IndexMap;

use super::error::{PlanError, no_such_part};
use super::image_placeholders::mark;
use crate::ecs::TaskDefinition;
use crate::model::{Digest, ImageAttribute, ImagePlan, ImageRef, ImageState, Manifest, Node, Value};
use crate::plan::{Observed, ObservedImage, ObservedService};

/// The images of a plan.
pub(super) struct ImagePlans<'a> {
    manifest: &'a Manifest,
    observed: &'a Observed,
    states: &'a IndexMap<String, ImageState>,
}

impl<'a> ImagePlans<'a> {
    pub fn new(
        manifest: &'a Manifest,
        observed: &'a Observed,
        states: &'a IndexMap<String, ImageState>,
    ) -> Self {
        Self {
            manifest,
            observed,
            states,
        }
    }

    /// Returns the value of a node, with a mark where an image is still pending.
    pub fn fill(&self, node: &Node) -> Value {
        node.to_value(&|image| self.text(image))
    }

    /// Returns the text of one reference, or its mark.
    pub fn text(&self, image: &ImageRef) -> String {
        self.known(image).unwrap_or_else(|| mark(image))
    }

    /// Returns the references in a node that are still pending.
    pub fn pending(&self, node: &Node) -> Vec<ImageRef> {
        let mut refs = node.image_refs();
        refs.retain(|image| self.known(image).is_none());
        refs
    }

    /// Returns errors for references to parts that the reference given for an image doesn't have.
    pub fn errors(&self, node: &Node) -> Vec<PlanError> {
        let refs = node.image_refs().into_iter();
        refs.filter_map(|image| match self.state(&image.image) {
            ImageState::Given { reference } if image.attribute.of(reference).is_none() => {
                Some(no_such_part(&image.to_string(), reference))
            }
            _ => None,
        })
        .collect()
    }

    /// Returns the plans of the named images, in the order of deploy.yaml.
    pub fn plans(&self, used: &[String]) -> Vec<ImagePlan> {
        let names = self.manifest.images.keys().filter(|name| used.contains(name));
        names.map(|name| self.plan(name)).collect()
    }

    fn plan(&self, name: &str) -> ImagePlan {
        let observed = self.observed.images.get(name);
        let state = self.state(name).clone();
        let is_given = matches!(state, ImageState::Given { .. });
        ImagePlan {
            name: name.to_owned(),
            repository: observed
                .map(|image| image.repository_uri.clone())
                .unwrap_or_default(),
            create_repository: !is_given && observed.is_some_and(|image| !image.repository_exists),
            deployed: self.deployed(name),
            state,
        }
    }

    fn state(&self, name: &str) -> &ImageState {
        self.states.get(name).unwrap_or(&ImageState::Unbuilt)
    }

    fn known(&self, image: &ImageRef) -> Option<String> {
        let name = image.image.as_str();
        let state = self.state(name);
        if let ImageState::Given { reference } = state {
            return image.attribute.of(reference);
        }
        let repository = self.repository(name, state);
        match image.attribute {
            ImageAttribute::Repository => repository,
            ImageAttribute::Tag => self.tag(name, state),
            ImageAttribute::Digest => Some(self.digest(name, state)?.as_str().to_owned()),
            ImageAttribute::Uri => Some(format!("{}@{}", repository?, self.digest(name, state)?)),
        }
    }

    fn repository(&self, name: &str, state: &ImageState) -> Option<String> {
        // Where an image was pushed is a fact; for a repository that was missing, the other is an expectation.
        if let ImageState::Pinned { repository, .. } = state {
            return Some(repository.clone());
        }
        let observed = self.observed.images.get(name).map(|image| &image.repository_uri);
        observed.filter(|uri| !uri.is_empty()).cloned()
    }

    fn tag(&self, name: &str, state: &ImageState) -> Option<String> {
        if let ImageState::Pinned { tag: Some(tag), .. } = state {
            return Some(tag.clone());
        }
        let first = self
            .manifest
            .images
            .get(name)
            .and_then(|image| image.tags.first());
        first.cloned().or_else(|| match state {
            ImageState::Built { id, .. } | ImageState::Pinned { id: Some(id), .. } => Some(fixed_tag(id)),
            _ => None,
        })
    }

    fn digest(&self, name: &str, state: &ImageState) -> Option<Digest> {
        self.deployed(name).or_else(|| match state {
            ImageState::Pinned { digest, .. } => Some(digest.clone()),
            _ => None,
        })
    }

    /// Returns the digest that is already deployed if it is the same image: then nothing needs to be pushed.
    fn deployed(&self, name: &str) -> Option<Digest> {
        let image = self.observed.images.get(name)?;
        let same: Vec<&Digest> = same_image(self.state(name), image).collect();
        let is_used = |digest: &Digest| {
            self.observed
                .services
                .values()
                .any(|service| uses(service, digest))
        };
        let used = same.iter().find(|digest| is_used(digest));
        used.or(same.first()).map(|digest| (*digest).clone())
    }
}

/// Returns the deployed manifests of the same image. The ID is the config's digest on Docker's classic
/// store, and the manifest's on the containerd store.
fn same_image<'a>(state: &'a ImageState, image: &'a ObservedImage) -> impl Iterator<Item = &'a Digest> {
    let (id, manifest) = match state {
        ImageState::Built { id, manifest } => (Some(id), manifest.as_ref()),
        ImageState::Pinned { id, digest, .. } => (id.as_ref(), Some(digest)),
        ImageState::Unbuilt | ImageState::Given { .. } => (None, None),
    };
    let deployed = image.deployed.iter();
    deployed
        .filter(move |(digest, config)| {
            id.is_some_and(|id| id == *config || id == *digest) || manifest == Some(*digest)
        })
        .map(|(digest, _)| digest)
}

fn uses(service: &ObservedService, digest: &Digest) -> bool {
    let mut images = service.running_definition.iter().flat_map(TaskDefinition::images);
    images.any(|image| image.ends_with(digest.as_str()))
}

/// Returns the tag that every push gets and that never moves.
fn fixed_tag(id: &Digest) -> String {
    let hex = id.hex();
    format!("ecsctl-{}", hex.get(..16).unwrap_or(hex))
}
