//! Tags that point to another image than the one that an unchanged service runs. ECS resolves a tag when a
//! deployment starts (`docs/ecs-behavior.md` §5), so nothing runs the new image until the next one.

use futures_util::future::join_all;
use indexmap::{IndexMap, IndexSet};

use crate::aws::Aws;
use crate::diagnostic::Suggestion;
use crate::engine::images::{TagReader, TaggedImage};
use crate::model::{
    Digest, ImageState, Manifest, Node, Plan, ServicePlan, Sink, TaskDefinitionSource, Value,
};
use crate::plan::Observed;
use crate::registry::RegistryOverride;

/// The images that services name by a tag.
pub(super) struct TaggedImages {
    reader: TagReader,
    /// Keys of the services that name any.
    services: Vec<String>,
    /// The images of each of them.
    images: Vec<IndexSet<String>>,
}

/// The images that tags point to now, by the image as written.
pub(super) type TagsNow = IndexMap<String, TaggedImage>;

impl TaggedImages {
    /// Collects the images of these services that a registry can be asked for. `given` says which reference
    /// stands for an image that isn't built.
    pub(super) fn new(
        manifest: &Manifest,
        keys: &[String],
        given: &IndexMap<String, ImageState>,
        aws: Aws,
        registry: Option<RegistryOverride>,
    ) -> Self {
        let reader = TagReader::new(aws, registry);
        let named = keys.iter().filter_map(|key| {
            let definition = &manifest.services.get(key)?.definition;
            let mut images = images_of(definition, given);
            images.retain(|image| reader.can_read(image));
            (!images.is_empty()).then(|| (key.clone(), images))
        });
        let (services, images) = named.unzip();
        Self {
            reader,
            services,
            images,
        }
    }

    /// Returns the keys of the services whose running images have to be known.
    pub(super) fn services(&self) -> &[String] {
        &self.services
    }

    /// Reads all tags concurrently; leaves out what can't be read.
    pub(super) async fn read(&self) -> TagsNow {
        let images: IndexSet<&String> = self.images.iter().flatten().collect();
        let read = images
            .into_iter()
            .map(async |image| Some((image.clone(), self.reader.read(image).await?)));
        join_all(read).await.into_iter().flatten().collect()
    }

    /// Warns of the tags that moved since an otherwise unchanged service was deployed.
    pub(super) async fn warn(&self, plan: &Plan, observed: &Observed, now: &TagsNow, sink: &dyn Sink) {
        let unchanged = plan.services.iter().filter(|service| service.changes() == 0);
        let moved = unchanged.map(async |service| (service, self.moved(service, observed, now).await));
        for (service, images) in join_all(moved).await {
            for image in images {
                let name = &service.name;
                sink.warn(
                    Some(name),
                    format!("{image} points to another image since {name} was deployed"),
                    Some(Suggestion::command("restart", service.key.clone()).then(" runs it")),
                );
            }
        }
    }

    /// Returns the images of a service whose tags moved.
    async fn moved(&self, service: &ServicePlan, observed: &Observed, now: &TagsNow) -> IndexSet<String> {
        let mut tagged = self.services.iter().zip(&self.images);
        let named = tagged.find(|(key, _)| **key == service.key);
        let revision = observed
            .services
            .get(&service.key)
            .and_then(|it| it.service_revision.as_ref());
        let (Some((_, named)), Some(revision)) = (named, revision) else {
            return IndexSet::new();
        };
        let checked = revision.container_images.iter().map(async |running| {
            let image = running.image.as_ref().filter(|image| named.contains(*image))?;
            let digest: Digest = running.digest.as_ref()?.parse().ok()?;
            let is_same = self.reader.is_same(now.get(image)?, &digest).await?;
            (!is_same).then(|| with_tag(image))
        });
        join_all(checked).await.into_iter().flatten().collect()
    }
}

/// Returns the images that a definition in the file names. Those that ecsctl builds have digests, and are left
/// out.
fn images_of(definition: &TaskDefinitionSource, given: &IndexMap<String, ImageState>) -> IndexSet<String> {
    let definition = match definition {
        TaskDefinitionSource::Owned(definition) => definition,
        TaskDefinitionSource::Based { changes, .. } => changes,
        TaskDefinitionSource::Revision(..) => return IndexSet::new(),
    };
    let containers = definition.get("containerDefinitions");
    let containers = containers.map(|containers| as_sent(containers, given));
    let containers: Vec<&Value> = match &containers {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(Value::Object(by_name)) => by_name.values().collect(),
        _ => Vec::new(),
    };
    let images = containers
        .into_iter()
        .filter_map(|container| container.get("image")?.as_str());
    images.map(str::to_owned).collect()
}

/// Returns a node's value with the given references filled in. What is built is left empty, which is no image.
fn as_sent(node: &Node, given: &IndexMap<String, ImageState>) -> Value {
    node.to_value(&|image| match given.get(&image.image) {
        Some(ImageState::Given { reference }) => image.attribute.of(reference).unwrap_or_default(),
        _ => String::new(),
    })
}

/// Returns an image with the tag that it has if none is written.
fn with_tag(image: &str) -> String {
    let name = image.rsplit('/').next().unwrap_or(image);
    match name.contains(':') {
        true => image.to_owned(),
        false => format!("{image}:latest"),
    }
}
