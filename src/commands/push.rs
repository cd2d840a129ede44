//! `ecsctl push`: the images, built, pushed and pinned.

use crate::commands::pipeline::Workshop;
use crate::commands::{Context, listing, project, select};
use crate::diagnostic::Failure;
use crate::engine::observe::{Look, observe};
use crate::exit::Exit;
use crate::model::ImageState;
use crate::ui::Line;

/// Build, push, and say under which digests.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let keys = select::images(&opened.loaded().manifest, &context.global.only)?;
    let pinned = context.run(async |sink| {
        let sink = sink.as_ref();
        let (aws, loaded, identity) = opened.connect_as(context).await?;
        let workshop = Workshop::new(&loaded, &keys, Some(&aws), context)?;
        let look = Look {
            manifest: &loaded.manifest,
            services: &[],
            images: workshop.names(),
            registry: workshop.registry_host(),
            identity: identity.as_ref(),
            watched: false,
            reader: &workshop,
            sink,
        };
        let looking = async { Ok(observe(&aws, look).await?) };
        let (observed, built) = futures_util::future::try_join(looking, workshop.build_to_push(sink)).await?;
        // No service was looked at, so what runs isn't known.
        workshop.push(&observed, &built, &[], sink).await
    })?;
    let pinned: Vec<(String, String)> = pinned
        .into_iter()
        .filter_map(|(name, state)| Some((name, reference(&state)?)))
        .collect();
    let document = pinned
        .iter()
        .map(|(name, image)| listing::image(name, "image", image.as_str()));
    context
        .printer
        .present(&listing::document("images", document), |printer| {
            let images = pinned.iter().map(|(_, image)| Line::of(image.clone()));
            images.for_each(|line| printer.result(&line));
        });
    Ok(Exit::Done)
}

fn reference(state: &ImageState) -> Option<String> {
    match state {
        ImageState::Pinned {
            repository, digest, ..
        } => Some(format!("{repository}@{digest}")),
        ImageState::Given { reference } => Some(reference.clone()),
        ImageState::Built { .. } | ImageState::Unbuilt => None,
    }
}
