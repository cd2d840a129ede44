//! `ecsctl status`: show the status of services.

use crate::cli::StatusArgs;
use crate::commands::{Context, inspect, project, select};
use crate::diagnostic::Failure;
use crate::engine;
use crate::engine::load::ConnectedProject;
use crate::exit::Exit;
use crate::model::LookVerb;
use crate::ui::{self, StatusView};

/// Reads and shows the status, once or continuously.
pub fn run(args: &StatusArgs, context: &Context) -> Result<Exit, Failure> {
    let (opened, keys) = inspect::open(
        context,
        LookVerb::Status,
        &context.global.selected(&args.services),
    )?;
    if args.watch {
        return inspect::follow(context, async |sink| {
            let ConnectedProject { aws, loaded, .. } = project::connect(opened, context).await?;
            let names = select::names(&loaded.names, &keys);
            let mut view = StatusView::new(&context.printer);
            let each = |status| view.show(&status, context.clock.now());
            engine::inspect::status::watch(&aws, &loaded.names.cluster, &names, sink.as_ref(), each).await
        });
    }
    let status = inspect::once(context, async |_| {
        let ConnectedProject { aws, loaded, .. } = project::connect(opened, context).await?;
        let names = select::names(&loaded.names, &keys);
        Ok(engine::inspect::status::status(&aws, &loaded.names.cluster, &names).await?)
    })?;
    context.printer.present(&status, |printer| {
        let lines = ui::status::lines(&status, printer.out_look(), context.clock.now());
        printer.results(lines);
    });
    Ok(Exit::Done)
}
