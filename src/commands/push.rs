//! `ecsctl push`: build the images, push them, and pin their digests.

use crate::cli::PushArgs;
use crate::commands::{Context, hidden_values, project, select};
use crate::diagnostic::Failure;
use crate::engine::images::build_and_push;
use crate::exit::Exit;
use crate::model::ImageState;
use crate::ui::{Line, list_document};

/// Builds and pushes the images, and reports their digests.
pub fn run(args: &PushArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let keys = select::images(&opened.image_names(), &context.global.selected(&args.names))?;
    let registry = context.registry()?;
    let pinned = context.run(async |sink| {
        let connected = project::connect(opened, context).await?;
        build_and_push(
            connected,
            &keys,
            registry,
            hidden_values::hide_secrets,
            sink.as_ref(),
        )
        .await
    })?;
    let pinned: Vec<(String, String)> = pinned
        .into_iter()
        .filter_map(|(name, state)| Some((name, reference(&state)?)))
        .collect();
    let document = pinned
        .iter()
        .map(|(name, image)| list_document::image(name, "image", image.as_str()));
    context
        .printer
        .present(&list_document::document("images", document), |printer| {
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
