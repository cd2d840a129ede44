//! `ecsctl continue`: continue a paused deployment, or roll it back, and watch it.

use crate::cli::ContinueArgs;
use crate::commands::{Context, GoBack, confirmation, outcome_report, project, select, wait_options};
use crate::diagnostic::Failure;
use crate::engine::load::ConnectedProject;
use crate::engine::rollback::{ContinueAction, continue_services};
use crate::engine::{ExistingServices, RollbackRequest, Run, waiting};
use crate::exit::Exit;

/// Continues or rejects paused deployments and watches them. Services that aren't paused are judged as in
/// `wait`.
pub fn run(args: &ContinueArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open_names(context)?;
    let keys = select::services(&opened.loaded().names, &context.global.selected(&args.services))?;
    if args.rollback {
        confirmation::require_yes(context, "continue --rollback", "rolled back", &keys)?;
    }
    let action = match args.rollback {
        true => ContinueAction::Rollback,
        false => ContinueAction::Continue,
    };
    let (wait, rollback) = (wait_options(&args.wait), RollbackRequest::default());
    let report = context.run_with(&GoBack::Rollback(&rollback), async |sink| {
        let ConnectedProject { aws, loaded, .. } = project::connect_to_change(opened, context).await?;
        let cluster = loaded.names.cluster.as_str();
        let names = select::names(&loaded.names, &keys);
        let services = waiting(
            sink.as_ref(),
            "the services",
            ExistingServices::find(&aws, cluster, &names),
        )
        .await
        .named_by(&loaded.names);
        let options = context.run_options(&wait, &rollback);
        let (missing, found) = (services.missing, services.found);
        let work = async |run: &Run<'_>| {
            let mut report = run.publish(missing);
            report.add(continue_services(run, &found, action).await);
            report
        };
        Ok(Run::with(&aws, cluster, sink.as_ref(), options, work).await)
    })?;
    Ok(outcome_report::print(&report, context))
}
