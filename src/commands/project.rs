//! Opens deploy.yaml as selected by the flags, and the AWS session that it needs.

use crate::aws::Aws;
use crate::commands::hidden_values::sensitive;
use crate::commands::session::{mfa_prompt, session};
use crate::commands::{Context, connection_notes, hidden_values};
use crate::config::{LoadedFile, LoadedNames};
use crate::diagnostic::Failure;
use crate::engine::load::{ConnectedProject, FileContent, FileOptions, OpenedProject};
use crate::model::Manifest;

/// Finds, reads and checks the file, and prints its warnings.
pub fn open(context: &Context) -> Result<OpenedProject, Failure> {
    read(context, context.file_options()?)
}

/// Like `open`, but reads only what a command needs that doesn't deploy.
pub fn open_names(context: &Context) -> Result<OpenedProject<LoadedNames>, Failure> {
    read(context, context.file_options()?)
}

/// Returns the whole file for a command that needs only its names and has use for the rest; `None` if the file
/// is invalid.
pub async fn manifest_if_valid(aws: &Aws, context: &Context) -> Option<Manifest> {
    let options = context.file_options().ok()?;
    let opened = OpenedProject::<LoadedFile>::open(&options, &sensitive(context)).ok()?;
    Some(
        opened
            .resolve(aws.clone(), &sensitive(context))
            .await
            .ok()?
            .loaded
            .manifest,
    )
}

/// Like `open`, with these options.
pub fn read<C: FileContent>(context: &Context, options: FileOptions) -> Result<OpenedProject<C>, Failure> {
    context.check_references()?;
    hidden_values::hide_vars(context);
    let opened = OpenedProject::<C>::open(&options, &sensitive(context));
    hidden_values::hide_opened(&opened, context);
    let opened = opened?;
    if opened.project().is_without_file() {
        context.printer.has_no_file();
    }
    context.set_order(opened.service_names().services.into_values());
    if !opened.is_incomplete() {
        connection_notes::of_file(opened.loaded(), context);
    }
    Ok(opened)
}

/// Returns the file with the values that only a session provides.
pub fn complete(opened: OpenedProject, context: &Context) -> Result<LoadedFile, Failure> {
    context.run(async |_| Ok(connect(opened, context).await?.loaded))
}

/// Opens the AWS session, and fills in the values that it provides.
pub async fn connect<C: FileContent>(
    opened: OpenedProject<C>,
    context: &Context,
) -> Result<ConnectedProject<C>, Failure> {
    let session = session(&opened, context, mfa_prompt(context));
    let aws = context.waiting("AWS credentials", session).await?;
    connection_notes::of_session(&aws, context);
    connection_notes::of_location(&aws, opened.loaded().cluster(), context);
    let (what, is_incomplete) = match opened.is_incomplete() {
        true => ("the values that the file refers to", true),
        false => ("the AWS account", false),
    };
    let hide = sensitive(context);
    let connected = context.waiting(what, opened.resolve(aws, &hide)).await?;
    hidden_values::hide_file(&connected.loaded, context);
    if is_incomplete {
        connection_notes::of_location(&connected.aws, connected.loaded.cluster(), context);
        connection_notes::of_file(&connected.loaded, context);
    }
    Ok(connected)
}

/// Like `connect`, for a command that changes services: fails if the account isn't the file's.
pub async fn connect_to_change(
    opened: OpenedProject<LoadedNames>,
    context: &Context,
) -> Result<ConnectedProject<LoadedNames>, Failure> {
    let connected = connect(opened, context).await?;
    let check = connected.check_account();
    context.waiting("the AWS account", check).await?;
    Ok(connected)
}

/// Like `connect` if the file needs a session; otherwise connects only if a session opens without a question.
pub async fn connect_if_possible(
    opened: OpenedProject,
    context: &Context,
) -> Result<(Option<Aws>, LoadedFile), Failure> {
    if opened.needs_session() {
        let ConnectedProject { aws, loaded, .. } = connect(opened, context).await?;
        return Ok((Some(aws), loaded));
    }
    let aws = session(&opened, context, None).await.ok();
    Ok((aws, opened.into_loaded()))
}
