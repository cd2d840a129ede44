//! `ecsctl status`: show the status of services.

use crate::cli::StatusArgs;
use crate::commands::{Context, inspect, project, select};
use crate::diagnostic::Failure;
use crate::engine;
use crate::engine::inspect::status::{ScheduleNames, StatusRequest};
use crate::engine::load::ConnectedProject;
use crate::exit::Exit;
use crate::model::{LookVerb, ServiceNames};
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
            let schedules = schedules(&loaded.names, &keys);
            let request = request(&loaded.names, &names, &schedules);
            let mut view = StatusView::new(&context.printer);
            let each = |status| view.show(&status, context.clock.now());
            engine::inspect::status::watch(&aws, request, sink.as_ref(), each).await
        });
    }
    let status = inspect::once(context, async |_| {
        let ConnectedProject { aws, loaded, .. } = project::connect(opened, context).await?;
        let names = select::names(&loaded.names, &keys);
        let schedules = schedules(&loaded.names, &keys);
        let request = request(&loaded.names, &names, &schedules);
        Ok(engine::inspect::status::status(&aws, request).await?)
    })?;
    context.printer.present(&status, |printer| {
        let lines = ui::status::lines(&status, printer.out_look(), context.clock.now());
        printer.results(lines);
    });
    Ok(Exit::Done)
}

fn request<'a>(
    known: &'a ServiceNames,
    services: &'a [(String, String)],
    schedules: &'a ScheduleNames,
) -> StatusRequest<'a> {
    StatusRequest {
        cluster: &known.cluster,
        services,
        schedules,
    }
}

/// Returns the schedules that belong to the services with these keys.
fn schedules(known: &ServiceNames, keys: &[String]) -> ScheduleNames {
    let is_whole = keys.len() == known.services.len();
    let schedules = known.schedules.as_ref().map(|known| ScheduleNames {
        group: known.group.clone(),
        names: known.of(keys, is_whole),
    });
    schedules.unwrap_or_default()
}
