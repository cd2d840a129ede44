//! `ecsctl deploy`: build, push, register and deploy, and wait for the result.

use crate::cli::{DeployArgs, InProgressAction};
use crate::commands::{Context, GoBack, hidden_values, outcome_report, project, select, wait_options};
use crate::diagnostic::Failure;
use crate::engine::RollbackRequest;
use crate::engine::deploy::{Pipeline, PipelineOptions};
use crate::exit::Exit;
use crate::plan::PlanOptions;
use crate::verdict::IfInProgress;

/// Builds, plans, pushes, applies and watches.
pub fn run(args: &DeployArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let (wait, rollback) = (wait_options(&args.wait), RollbackRequest::default());
    let options = PipelineOptions {
        plan: PlanOptions {
            create_cluster: args.create_cluster,
            force: args.force,
            restart_on_secret_change: args.restart_on_secret_change,
            prune: args.prune,
            only: select::services(&opened.service_names(), &context.global.selected(&args.services))?,
            ..PlanOptions::default()
        },
        registry: context.registry()?,
        hide: hidden_values::hide_secrets,
        reads_secrets: args.restart_on_secret_change,
        timeout: wait.timeout,
        estimate: false,
        if_in_progress: match args.if_in_progress {
            InProgressAction::Replace => IfInProgress::Replace,
            InProgressAction::Wait => IfInProgress::Wait,
            InProgressAction::Fail => IfInProgress::Fail,
        },
    };
    let report = context.run_with(&GoBack::Rollback(&rollback), async |sink| {
        let connected = project::connect(opened, context).await?;
        let pipeline = Pipeline::new(connected, options, sink.as_ref());
        let run = context.run_options(&wait, &rollback);
        pipeline.deploy(run, args.rollback_on_failure).await
    })?;
    Ok(outcome_report::print(&report, context))
}
