//! `ecsctl push`: the images, built, pushed and pinned.

use crate::commands::pipeline::Workshop;
use crate::commands::{Context, project, select};
use crate::diagnostic::Failure;
use crate::engine::observe::{Look, observe};
use crate::exit::Exit;
use crate::model::ImageState;
use crate::ui::{Form, Line};

/// Build, push, and say under which digests.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let keys = select::images(&opened.loaded().manifest, &context.global.only)?;
    let pinned = context.run(async |sink| {
        let sink = sink.as_ref();
        let (aws, loaded) = opened.connect(context).await?;
        let workshop = Workshop::new(&loaded.manifest, &keys, Some(&aws), context)?;
        let look = Look {
            manifest: &loaded.manifest,
            services: &[],
            images: workshop.names(),
            registry: workshop.registry_host(),
            identity: false,
            reader: &workshop,
            sink,
        };
        let looking = async { Ok(observe(&aws, look).await?) };
        let (observed, built) = futures_util::future::try_join(looking, workshop.build_to_push(sink)).await?;
        workshop.push(&observed, &built, sink).await
    })?;
    let pinned: Vec<(String, String)> = pinned
        .into_iter()
        .filter_map(|(name, state)| Some((name, reference(&state)?)))
        .collect();
    let printer = &context.printer;
    let document = || {
        let images = pinned
            .iter()
            .map(|(name, image)| serde_json::json!({"name": name, "image": image}));
        serde_json::json!({"schema": 1, "images": images.collect::<Vec<_>>()})
    };
    match printer.settings().form {
        Form::Json => printer.document(&document()),
        Form::Jsonl => printer.event(&document()),
        Form::Text => pinned
            .iter()
            .for_each(|(_, image)| printer.result(&Line::of(image.clone()))),
    }
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
