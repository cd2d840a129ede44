//! `ecsctl restart`: replace all tasks, with the same task definition.

use crate::cli::RestartArgs;
use crate::commands::{Context, outcome_report, project, select, wait_options};
use crate::diagnostic::Failure;
use crate::engine::load::ConnectedProject;
use crate::engine::service_actions::{find_restarts, restart};
use crate::engine::{RollbackRequest, Run, waiting};
use crate::exit::Exit;

/// Finds the services, forces a new deployment of each, and watches them.
pub fn run(args: &RestartArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open_names(context)?;
    let keys = select::services(&opened.loaded().names, &context.global.selected(&args.services))?;
    let (wait, rollback) = (wait_options(&args.wait), RollbackRequest::default());
    let report = context.run(async |sink| {
        let ConnectedProject { aws, loaded, .. } = project::connect_to_change(opened, context).await?;
        let cluster = loaded.names.cluster.as_str();
        let names = select::names(&loaded.names, &keys);
        let found = find_restarts(&aws, cluster, &names);
        let services = match waiting(sink.as_ref(), "the services", found).await {
            Ok(services) => services.into_iter().map(|it| it.named_by(&loaded.names)),
            Err(refused) => return Ok(refused),
        };
        let services: Vec<_> = services.collect();
        let options = context.run_options(&wait, &rollback);
        let work = async |run: &Run<'_>| restart(run, &services).await;
        Ok(Run::with(&aws, cluster, sink.as_ref(), options, work).await)
    })?;
    Ok(outcome_report::print(&report, context))
}
