//! `ecsctl build`: build the images without pushing them.

use serde::Serialize;

use crate::cli::BuildArgs;
use crate::commands::{Context, hidden_values::hide_secrets, project, select};
use crate::diagnostic::Failure;
use crate::engine::images::{ContextFiles, ImageSet, context_files};
use crate::exit::Exit;
use crate::model::{ImageState, plural};
use crate::ui::{Line, Printer, list_document, numbers};

/// Builds the images, or lists the files of their build contexts.
pub fn run(args: &BuildArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let keys = select::images(&opened.image_names(), &context.global.selected(&args.names))?;
    if args.list_context {
        let loaded = match opened.is_incomplete() {
            true => project::complete(opened, context)?,
            false => opened.into_loaded(),
        };
        print_contexts(&context_files(&loaded, &keys)?, &context.printer);
        return Ok(Exit::Done);
    }
    let registry = context.registry()?;
    let built = context.run(async |sink| {
        // AWS is needed for base images in ECR only: without a session, the build continues.
        let (aws, loaded) = project::connect_if_possible(opened, context).await?;
        let images = ImageSet::new(&loaded, &keys, aws, registry, hide_secrets);
        images.build(sink.as_ref()).await
    })?;
    let built = built
        .iter()
        .map(|(name, state)| (name.as_str(), reference(state)));
    let built: Vec<(&str, &str)> = built.collect();
    let printer = &context.printer;
    let document = built
        .iter()
        .map(|(name, id)| list_document::image(name, "id", *id));
    printer.present(&list_document::document("images", document), |printer| {
        built.iter().for_each(|(_, id)| printer.result(&Line::of(*id)));
    });
    Ok(Exit::Done)
}

/// Returns the image's id, or the given reference if it isn't built.
fn reference(state: &ImageState) -> &str {
    match state {
        ImageState::Built { id, .. } => id.as_str(),
        ImageState::Given { reference } => reference,
        ImageState::Unbuilt | ImageState::Pinned { .. } => "",
    }
}

/// The document of `--list-context`. It borrows from the list, as a context may have hundreds of thousands of files.
#[derive(Serialize)]
struct ContextList<'a> {
    schema: u8,
    images: Vec<ListedContext<'a>>,
}

#[derive(Serialize)]
struct ListedContext<'a> {
    name: &'a str,
    context: Vec<ListedFile<'a>>,
}

#[derive(Serialize)]
struct ListedFile<'a> {
    path: &'a str,
    bytes: u64,
}

fn print_contexts(contexts: &[ContextFiles], printer: &Printer) {
    let images = contexts.iter().map(|it| ListedContext {
        name: &it.image,
        context: it
            .files
            .iter()
            .map(|(path, bytes)| ListedFile { path, bytes: *bytes })
            .collect(),
    });
    let document = ContextList {
        schema: 1,
        images: images.collect(),
    };
    printer.present(&document, |printer| {
        contexts.iter().for_each(|it| print_context(&it.files, printer));
    });
}

fn print_context(files: &[(String, u64)], printer: &Printer) {
    for (path, size) in files {
        printer.result(&Line::of(format!("{:>10}  {path}", numbers::bytes(*size))));
    }
    let total: u64 = files.iter().map(|(_, size)| size).sum();
    let count = u64::try_from(files.len()).unwrap_or(u64::MAX);
    let sum = format!("{:>10}  in {}", numbers::bytes(total), plural(count, "file"));
    printer.result(&Line::of(sum));
}
