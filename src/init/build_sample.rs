//! Lines that a person may take to have ecsctl build an image that something else builds today.

use super::draft::DraftMap;
use super::draft_images::repository_in;
use super::names::{ecs_name, repository_name};
use super::open_values::OpenValues;
use crate::model::{Object, Value};

/// Adds a sample of `images:` for the first image of a definition that is filled in at deploy time.
pub(super) fn put_build_sample(root: &mut DraftMap, definition: Option<&Object>, values: &OpenValues) {
    let containers = definition.and_then(|it| it.get("containerDefinitions")?.as_array());
    let image = |container: &Value| {
        let image = container["image"].as_str().filter(|image| values.is_in(image))?;
        let name = container["name"].as_str().unwrap_or_default();
        Some((
            ecs_name(&values.value(name).literals(), "app"),
            values.written(image),
        ))
    };
    let Some((name, image)) = containers.into_iter().flatten().find_map(image) else {
        return;
    };
    let repository = repository_in(&image).unwrap_or_else(|| repository_name(&name, "app"));
    root.comment(format!(
        "ecsctl can build and push the image: take these lines, and write `image: ${{images.{name}}}` in the \
         container"
    ));
    root.sample(&[
        "images:",
        &format!("  {name}:"),
        &format!("    repository: {repository}"),
        "    build: .",
    ]);
}
