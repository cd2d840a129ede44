//! `ecsctl build`: the images, built and not pushed.

use serde_json::{Value, json};

use crate::cli::BuildArgs;
use crate::commands::pipeline::{Workshop, at_its_place};
use crate::commands::{Context, listing, project, select};
use crate::diagnostic::Failure;
use crate::docker;
use crate::exit::Exit;
use crate::model::{Image, ImageSource, ImageState};
use crate::ui::{Line, Printer, numbers};

/// Build, or list what a build would send.
pub fn run(args: &BuildArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let keys = select::images(&opened.loaded().manifest, &context.global.only)?;
    if args.list_context {
        let loaded = opened.loaded();
        let images = loaded.manifest.images.values();
        let images: Vec<&Image> = images.filter(|image| keys.contains(&image.name)).collect();
        return list_contexts(&images, context)
            .map_err(|failure| at_its_place(failure, images, &loaded.sources));
    }
    let built = context.run(async |sink| {
        // AWS is asked for base images in ECR only: without a session the build goes ahead.
        let (aws, loaded) = opened.connect_if_possible(context).await?;
        let workshop = Workshop::new(&loaded, &keys, aws.as_ref(), context)?;
        workshop.build(sink.as_ref()).await
    })?;
    let built = built
        .iter()
        .map(|(name, state)| (name.as_str(), reference(state)));
    let built: Vec<(&str, &str)> = built.collect();
    let printer = &context.printer;
    let document = built.iter().map(|(name, id)| listing::image(name, "id", *id));
    printer.present(&listing::document("images", document), |printer| {
        built.iter().for_each(|(_, id)| printer.result(&Line::of(*id)));
    });
    Ok(Exit::Done)
}

/// The image's id; what was given for it where it isn't built.
fn reference(state: &ImageState) -> &str {
    match state {
        ImageState::Built { id, .. } => id.as_str(),
        ImageState::Given { reference } => reference,
        ImageState::Unbuilt | ImageState::Pinned { .. } => "",
    }
}

fn list_contexts(images: &[&Image], context: &Context) -> Result<Exit, Failure> {
    let mut listed = Vec::new();
    for image in images {
        if let ImageSource::Build(build) = &image.source {
            let files = docker::Context::open(&image.name, &build.context, &build.dockerfile)?.list()?;
            listed.push((image.name.as_str(), files));
        }
    }
    let printer = &context.printer;
    let document = listed
        .iter()
        .map(|(name, files)| listing::image(name, "context", as_values(files)));
    printer.present(&listing::document("images", document), |printer| {
        listed.iter().for_each(|(_, files)| print_context(files, printer));
    });
    Ok(Exit::Done)
}

fn print_context(files: &[(String, u64)], printer: &Printer) {
    for (path, size) in files {
        printer.result(&Line::of(format!("{:>10}  {path}", numbers::bytes(*size))));
    }
    let total: u64 = files.iter().map(|(_, size)| size).sum();
    let count = u64::try_from(files.len()).unwrap_or(u64::MAX);
    let sum = format!(
        "{:>10}  in {}",
        numbers::bytes(total),
        numbers::plural(count, "file")
    );
    printer.result(&Line::of(sum));
}

fn as_values(files: &[(String, u64)]) -> Vec<Value> {
    let files = files
        .iter()
        .map(|(path, size)| json!({"path": path, "bytes": size}));
    files.collect()
}
