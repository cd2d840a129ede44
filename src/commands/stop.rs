//! `ecsctl stop`: roll back the deployment in progress, and nothing else.

use crate::cli::StopArgs;
use crate::commands::{Context, confirmation, outcome_report, project, select, wait_options};
use crate::diagnostic::Failure;
use crate::engine::load::ConnectedProject;
use crate::engine::rollback::stop_services;
use crate::engine::{ExistingServices, RollbackRequest, Run, waiting};
use crate::exit::Exit;

/// Stops the deployments, and watches until the previous revision runs again.
pub fn run(args: &StopArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open_names(context)?;
    let keys = select::services(&opened.loaded().names, &context.global.selected(&args.services))?;
    confirmation::require_yes(context, "stop", "stopped", &keys)?;
    let (wait, rollback) = (wait_options(&args.wait), RollbackRequest::default());
    let report = context.run(async |sink| {
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
            report.add(stop_services(run, &found).await);
            report
        };
        Ok(Run::with(&aws, cluster, sink.as_ref(), options, work).await)
    })?;
    Ok(outcome_report::print(&report, context))
}
