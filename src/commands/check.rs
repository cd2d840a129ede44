//! `ecsctl check`: find out what a deploy would stumble over.

use crate::cli::CheckArgs;
use crate::commands::{Context, hidden_values, project, select};
use crate::diagnostic::Failure;
use crate::engine::deploy::{Pipeline, PipelineOptions};
use crate::engine::preflight;
use crate::exit::Exit;
use crate::plan::PlanOptions;
use crate::ui;
use crate::verdict::IfInProgress;

/// Reads, checks and shows all findings. Writes nothing to AWS, and builds nothing.
pub fn run(args: &CheckArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let options = PipelineOptions {
        plan: PlanOptions {
            only: select::services(&opened.service_names(), &context.global.selected(&args.services))?,
            ..PlanOptions::default()
        },
        reads_secrets: false,
        registry: context.registry()?,
        hide: hidden_values::hide_secrets,
        timeout: None,
        if_in_progress: IfInProgress::default(),
        estimate: true,
    };
    let document = context.run(async |sink| {
        let connected = project::connect(opened, context).await?;
        let pipeline = Pipeline::new(connected, options, sink.as_ref());
        preflight::check(&pipeline).await
    })?;
    context.printer.present(&document, |printer| {
        printer.results(ui::check::lines(&document));
    });
    Ok(match document.errors {
        0 => Exit::Done,
        _ => Exit::Preflight,
    })
}
