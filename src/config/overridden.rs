//! What a flag or its variable overrides: references in it aren't resolved, because nothing uses them.

use super::context::FileOverrides;
use super::interpolate::has_references;
use crate::model::{Entry, Node};

/// The keys of an image that only building and pushing it use.
const BUILT: [&str; 2] = ["build", "tags"];

/// Returns the file without the references in overridden values. Everything else stays, so that it is checked.
pub(super) fn without_overridden(root: &Node, overrides: &FileOverrides) -> Node {
    let members = root.members().iter().filter_map(|entry| {
        let is_overridden = match entry.key.as_str() {
            "images" => return Some(entry.with_value(images(&entry.value, overrides))),
            "cluster" => overrides.cluster.is_some(),
            "region" => overrides.region.is_some(),
            "profile" => overrides.profile.is_some(),
            "assumeRole" => overrides.assume_role.is_some(),
            _ => false,
        };
        (!is_overridden || !has_references(&entry.value)).then(|| entry.clone())
    });
    Node::map(root.span, members)
}

/// Returns the images without the references in what isn't built because `--image` names it.
fn images(images: &Node, overrides: &FileOverrides) -> Node {
    let is_given = |image: &Entry| overrides.images.iter().any(|(name, _)| *name == image.key);
    if images.entries().is_none() {
        return images.clone();
    }
    let images_left = images.members().iter().map(|image| {
        if !is_given(image) || image.value.entries().is_none() {
            return image.clone();
        }
        let is_used = |key: &&Entry| !BUILT.contains(&key.key.as_str()) || !has_references(&key.value);
        let members = image.value.members().iter().filter(is_used).cloned();
        image.with_value(Node::map(image.value.span, members))
    });
    Node::map(images.span, images_left)
}
