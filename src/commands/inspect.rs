//! Helpers shared by the read-only commands. Their warnings go to stderr in every output format: stdout
//! has only the result.

use std::future::Future;
use std::sync::Arc;

use crate::cli::Output;
use crate::commands::context::{TerminatedBySignal, interrupted};
use crate::commands::{Context, project, select};
use crate::config::LoadedNames;
use crate::diagnostic::Failure;
use crate::engine::load::OpenedProject;
use crate::exit::Exit;
use crate::model::{Event, LookVerb, Sink};
use crate::ui::{self, RunSummary};

/// Opens deploy.yaml to inspect the named services, and returns their keys. Where there is no file, the names and
/// `--cluster` are enough.
pub fn open(
    context: &Context,
    verb: LookVerb,
    names: &[String],
) -> Result<(OpenedProject<LoadedNames>, Vec<String>), Failure> {
    let opened: OpenedProject<LoadedNames> =
        project::read(context, context.file_options()?.looking_at(verb, names))?;
    let keys = select::services(&opened.loaded().names, names)?;
    Ok((opened, keys))
}

/// Runs a read-only command to its end. A signal is an error.
pub fn once<T, W>(context: &Context, work: impl FnOnce(Arc<dyn Sink>) -> W) -> Result<T, Failure>
where
    W: Future<Output = Result<T, Failure>>,
{
    match context.block_on(work(notes(context)))? {
        Ok(result) => result,
        Err(TerminatedBySignal(exit)) => Err(interrupted(exit, &RunSummary::default())),
    }
}

/// Runs a read-only command that continues until a signal arrives or stdout is closed; neither is an
/// error.
pub fn follow<W>(context: &Context, work: impl FnOnce(Arc<dyn Sink>) -> W) -> Result<Exit, Failure>
where
    W: Future<Output = Result<(), Failure>>,
{
    if context.global.output == Output::Json {
        return Err(not_a_document());
    }
    let looks_on = async {
        tokio::select! {
            result = work(notes(context)) => result,
            () = ui::reader_gone(&context.printer) => Ok(()),
        }
    };
    match context.block_on(looks_on)? {
        Ok(result) => result.map(|()| Exit::Done),
        Err(TerminatedBySignal(exit)) => Ok(exit),
    }
}

fn notes(context: &Context) -> Arc<dyn Sink> {
    let printer = Arc::clone(&context.printer);
    Arc::new(move |event: Event| {
        if let Event::Warning {
            resource,
            message,
            hint,
            ..
        } = event
        {
            let message = match resource {
                Some(resource) if !message.contains(&resource) => format!("{resource}: {message}"),
                _ => message,
            };
            ui::error::print_warning(&printer, &message, hint.as_ref());
        }
    })
}

/// The failure if endless output is requested as one JSON document.
fn not_a_document() -> Failure {
    Failure::new(
        Exit::Usage,
        "usage",
        "--output json can't be combined with following: the output never ends",
    )
    .hint("use -o jsonl, which prints one object per line")
}
