//! `ecsctl build`: the images, built and not pushed.

use crate::cli::BuildArgs;
use crate::commands::pipeline::Workshop;
use crate::commands::{Context, project, select};
use crate::diagnostic::Failure;
use crate::docker;
use crate::exit::Exit;
use crate::model::{Image, ImageSource, ImageState};
use crate::ui::{Form, Line, numbers};

/// Build, or list what a build would send.
pub fn run(args: &BuildArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let keys = select::images(&opened.loaded().manifest, &context.global.only)?;
    if args.list_context {
        let images = &opened.loaded().manifest.images;
        let images = images.values().filter(|image| keys.contains(&image.name));
        return list_contexts(images, context);
    }
    let built = context.run(async |sink| {
        // AWS is asked for base images in ECR only: without a session the build goes ahead.
        let (aws, loaded) = opened.connect_if_possible(context).await?;
        let workshop = Workshop::new(&loaded.manifest, &keys, aws.as_ref(), context)?;
        workshop.build(sink.as_ref()).await
    })?;
    let built = built
        .iter()
        .map(|(name, state)| (name.as_str(), reference(state)));
    let built: Vec<(&str, &str)> = built.collect();
    let printer = &context.printer;
    let document = || {
        let images = built
            .iter()
            .map(|(name, id)| serde_json::json!({"name": name, "id": id}));
        serde_json::json!({"schema": 1, "images": images.collect::<Vec<_>>()})
    };
    match printer.settings().form {
        Form::Json => printer.document(&document()),
        Form::Jsonl => printer.event(&document()),
        Form::Text => built.iter().for_each(|(_, id)| printer.result(&Line::of(*id))),
    }
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

fn list_contexts<'a>(images: impl Iterator<Item = &'a Image>, context: &Context) -> Result<Exit, Failure> {
    let mut listed = Vec::new();
    for image in images {
        if let ImageSource::Build(build) = &image.source {
            let files = docker::Context::open(&image.name, &build.context, &build.dockerfile)?.list()?;
            listed.push((image.name.as_str(), files));
        }
    }
    let printer = &context.printer;
    match printer.settings().form {
        Form::Json => printer.document(&as_document(&listed)),
        Form::Jsonl => printer.event(&as_document(&listed)),
        Form::Text => listed.iter().for_each(|(_, files)| {
            files.iter().for_each(|(path, size)| {
                printer.result(&Line::of(format!("{:>10}  {path}", numbers::bytes(*size))));
            });
            let total: u64 = files.iter().map(|(_, size)| size).sum();
            let count = u64::try_from(files.len()).unwrap_or(u64::MAX);
            let sum = format!(
                "{:>10}  in {}",
                numbers::bytes(total),
                numbers::plural(count, "file")
            );
            printer.result(&Line::of(sum));
        }),
    }
    Ok(Exit::Done)
}

fn as_document(listed: &[(&str, Vec<(String, u64)>)]) -> serde_json::Value {
    let images = listed.iter().map(|(name, files)| {
        let files = files
            .iter()
            .map(|(path, size)| serde_json::json!({"path": path, "bytes": size}));
        serde_json::json!({"name": name, "context": files.collect::<Vec<_>>()})
    });
    serde_json::json!({"schema": 1, "images": images.collect::<Vec<_>>()})
}
