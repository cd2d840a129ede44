//! `ecsctl history`: show past deployments.

use crate::cli::HistoryArgs;
use crate::commands::{Context, inspect, project, select};
use crate::diagnostic::Failure;
use crate::engine::inspect::history::{HistoryRequest, history};
use crate::engine::load::ConnectedProject;
use crate::exit::Exit;
use crate::model::{History, LookVerb, cluster_name};
use crate::ui::tasks::TaskListStyle;
use crate::ui::{self, OutputFormat};

/// Reads and shows the deployments.
pub fn run(args: &HistoryArgs, context: &Context) -> Result<Exit, Failure> {
    let (opened, keys) = inspect::open(
        context,
        LookVerb::History,
        &context.global.selected(&args.services),
    )?;
    let shown = inspect::once(context, async |sink| {
        let ConnectedProject { aws, loaded, .. } = project::connect(opened, context).await?;
        let names = loaded.names;
        let services = select::names(&names, &keys);
        let ask = HistoryRequest {
            aws: &aws,
            cluster: &names.cluster,
            services: &services,
            names: &names,
            limit: args.limit,
            sink: sink.as_ref(),
        };
        Ok(History {
            schema: 1,
            cluster: cluster_name(&names.cluster).to_owned(),
            region: aws.region().to_owned(),
            deployments: history(&ask).await?,
        })
    })?;
    let printer = &context.printer;
    match printer.settings().form {
        OutputFormat::Json => printer.document(&shown),
        OutputFormat::Jsonl => printer.events(&shown.deployments),
        OutputFormat::Text => {
            let style = TaskListStyle {
                look: printer.out_look(),
                now: context.clock.now(),
                verbose: printer.settings().verbose,
            };
            printer.results(ui::history::lines(&shown.deployments, style));
        }
    }
    Ok(Exit::Done)
}
