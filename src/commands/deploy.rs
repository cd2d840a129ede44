//! `ecsctl deploy`: the whole way, and what came of it.

use crate::cli::DeployArgs;
use crate::commands::pipeline::{Images, Pipeline};
use crate::commands::{Context, ends, project};
use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::plan::PlanOptions;

/// Build, plan, push, register, roll out, watch.
pub fn run(args: &DeployArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let options = PlanOptions {
        create_cluster: args.create_cluster,
        force: args.force,
        ..PlanOptions::default()
    };
    let ended = context.run(async |sink| {
        let pipeline = Pipeline::connect(opened, options, context, sink.as_ref()).await?;
        let draft = pipeline.draft(Images::Built).await?;
        pipeline.show(&draft);
        let draft = pipeline.pin(draft).await?;
        pipeline
            .carry_out(&draft, &args.wait, args.rollback_on_failure)
            .await
    })?;
    Ok(ends::report(ended, context))
}
