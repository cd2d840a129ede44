//! `image`: one that ecsctl builds, or a reference.

use super::parts::WorkloadParts;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::names::{ecs_name, repository_name};
use crate::init::source_reader::scalar;
use crate::model::{Node, NodeKind};

/// Sets the image of a container; `key` is that of an image that is built.
pub(super) fn add(
    image: &Node,
    key: &str,
    repository: &str,
    container: &mut DraftMap,
    parts: &mut WorkloadParts<'_, '_>,
) {
    let present = |name: &str| image.get(name).filter(|node| !node.is_null());
    // A sidecar's image may be its location.
    let location = present("location").or_else(|| scalar(image).map(|_| image));
    if let Some(location) = location {
        if let Some(text) = parts.reader.text("image.location", location) {
            container.put("image", text.as_str());
        }
    } else if let Some(build) = present("build") {
        let key = ecs_name(key, "app");
        let mut draft = DraftMap::default();
        draft.put("repository", repository_name(repository, "app").as_str());
        let build = self::build(build, parts);
        draft.put("build", build);
        parts.images.put(&key, draft);
        container.put("image", format!("${{images.{key}}}").as_str());
    } else {
        parts
            .reader
            .wrong("image", image, "a mapping with `build` or `location`");
    }
    let credentials = present("credentials").and_then(|node| parts.reader.text("credentials", node));
    if let Some(credentials) = credentials {
        let mut draft = DraftMap::default();
        draft.put("credentialsParameter", credentials.as_str());
        container.put("repositoryCredentials", draft);
    }
}

/// Drafts a build. A text is the path of a Dockerfile, whose folder is the context.
fn build(build: &Node, parts: &mut WorkloadParts<'_, '_>) -> DraftMap {
    let mut draft = DraftMap::default();
    let (dockerfile, context) = match &build.kind {
        NodeKind::Map(_) => {
            let mut text = |key: &str| {
                let node = build.get(key).filter(|node| !node.is_null())?;
                parts.reader.known(key, node)
            };
            (text("dockerfile"), text("context"))
        }
        _ => (parts.reader.known("image.build", build), None),
    };
    let folder = dockerfile.as_deref().map_or("", folder_of);
    let context = context.unwrap_or_else(|| folder.to_owned());
    draft.put("context", DraftValue::plain(&parts.path(&context)));
    if let Some(dockerfile) = dockerfile {
        draft.put("dockerfile", DraftValue::plain(&parts.path(&dockerfile)));
    }
    if let Some(target) = build.get("target").filter(|node| !node.is_null())
        && let Some(target) = parts.reader.text("target", target)
    {
        draft.put("target", target.as_str());
    }
    let mut arguments = DraftMap::default();
    let args = build
        .get("args")
        .map_or(&[][..], |it| parts.reader.members("args", it));
    for entry in args {
        if let Some(value) = parts.reader.text(&entry.key, &entry.value) {
            arguments.put(&entry.key, value.as_str());
        }
    }
    if !arguments.is_empty() {
        draft.put("args", arguments);
    }
    if let Some(caches) = build.get("cache_from") {
        let caches = parts.reader.texts("cache_from", caches);
        let caches = caches.iter().map(|cache| cache.as_str().into());
        draft.put("cacheFrom", DraftValue::List(caches.collect()));
    }
    draft
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
