//! What a flag or its variable overrides: references in it aren't resolved, because nothing uses them.

use super::context::FileOverrides;
use super::interpolate::has_references;
use crate::model::{Entry, Node};

/// The keys of an image that only building and pushing it use.
const BUILT: [&str; 2] = ["build", "tags"];

/// Returns the file without the references in overridden values. Everything else stays, so that it is checked.
pub(super) fn without_overridden(mut root: Node, overrides: &FileOverrides) -> Node {
    root.retain(|entry| {
        let is_overridden = match entry.key.as_str() {
            "cluster" => overrides.cluster.is_some(),
            "region" => overrides.region.is_some(),
            "profile" => overrides.profile.is_some(),
            "assumeRole" => overrides.assume_role.is_some(),
            _ => false,
        };
        !is_overridden || !has_references(&entry.value)
    });
    // What isn't built because `--image` names it.
    let is_given = |image: &Entry| overrides.images.iter().any(|(name, _)| *name == image.key);
    let images = root
        .get_mut("images")
        .map(Node::members_mut)
        .into_iter()
        .flatten();
    for image in images.filter(|image| is_given(image)) {
        image
            .value
            .retain(|entry| !BUILT.contains(&entry.key.as_str()) || !has_references(&entry.value));
    }
    root
}
