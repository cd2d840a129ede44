//! `ecsctl wait`: watch the deployment in progress.

use crate::cli::WaitArgs;
use crate::commands::{Context, GoBack, outcome_report, project, select, wait_options};
use crate::diagnostic::Failure;
use crate::engine::load::ConnectedProject;
use crate::engine::rollback::wait_for_services;
use crate::engine::{RollbackRequest, Run};
use crate::exit::Exit;

/// Watches the services, and reports the result.
pub fn run(args: &WaitArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open_names(context)?;
    let keys = select::services(&opened.loaded().names, &context.global.selected(&args.services))?;
    let (wait, rollback) = (wait_options(&args.wait), RollbackRequest::default());
    let report = context.run_with(&GoBack::Rollback(&rollback), async |sink| {
        let ConnectedProject { aws, loaded, .. } = project::connect_to_change(opened, context).await?;
        let services = select::names(&loaded.names, &keys).into_iter();
        let services: Vec<_> = services
            .map(|(_, name)| (loaded.names.code_deploy(&name), name))
            .collect();
        let options = context.run_options(&wait, &rollback);
        let (cluster, sink) = (loaded.names.cluster.as_str(), sink.as_ref());
        Ok(Run::with(&aws, cluster, sink, options, async |run| {
            wait_for_services(run, &services).await
        })
        .await)
    })?;
    Ok(outcome_report::print(&report, context))
}
