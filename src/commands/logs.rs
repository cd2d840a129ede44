//! `ecsctl logs`: show the container logs of services.

use crate::aws::Aws;
use crate::cli::{LogsArgs, StartTime};
use crate::commands::{Context, inspect, project, select};
use crate::diagnostic::Failure;
use crate::engine::inspect::logs::{self, LogExtent, LogsRequest, TaskSelection};
use crate::engine::load::ConnectedProject;
use crate::exit::Exit;
use crate::model::{LookVerb, Sink};
use crate::ui::logs::plain;
use crate::ui::{LogView, OutputFormat};

/// The default number of last lines shown per container.
const TAIL: usize = 100;

/// Reads and shows the logs, once or continuously.
pub fn run(args: &LogsArgs, context: &Context) -> Result<Exit, Failure> {
    let (opened, keys) = inspect::open(context, LookVerb::Logs, &context.global.selected(&args.services))?;
    let matches = |message: &str| {
        let pattern = args.grep.as_ref();
        pattern.is_none_or(|pattern| pattern.is_match(&plain(message)))
    };
    let mut view = LogView::new(&context.printer, keys.len() > 1);
    if args.follow {
        return inspect::follow(context, async |sink| {
            let ConnectedProject { aws, loaded, .. } = project::connect(opened, context).await?;
            let services = select::names(&loaded.names, &keys);
            let of = (&aws, loaded.names.cluster.as_str(), services.as_slice());
            let ask = ask(args, of, &matches, context, sink.as_ref());
            logs::follow(&ask, |lines| view.show(&lines, context.clock.now())).await
        });
    }
    inspect::once(context, async |sink| {
        let ConnectedProject { aws, loaded, .. } = project::connect(opened, context).await?;
        let services = select::names(&loaded.names, &keys);
        let of = (&aws, loaded.names.cluster.as_str(), services.as_slice());
        let ask = ask(args, of, &matches, context, sink.as_ref());
        if context.printer.settings().form != OutputFormat::Json {
            logs::once(&ask, |lines| view.show(&lines, context.clock.now())).await?;
            return Ok(Exit::Done);
        }
        let mut all = Vec::new();
        logs::once(&ask, |lines| {
            all.extend(lines);
            true
        })
        .await?;
        context.printer.document(&all);
        Ok(Exit::Done)
    })
}

/// Converts the flags to a log query.
fn ask<'a>(
    args: &'a LogsArgs,
    (aws, cluster, services): (&'a Aws, &'a str, &'a [(String, String)]),
    matches: &'a dyn Fn(&str) -> bool,
    context: &'a Context,
    sink: &'a dyn Sink,
) -> LogsRequest<'a> {
    let choice = match args.previous {
        true => TaskSelection::Previous,
        false if !args.tasks.is_empty() => TaskSelection::Named(args.tasks.clone()),
        false => TaskSelection::Live,
    };
    let since = |since: StartTime| LogExtent::Since(since.from(context.clock.now()));
    let tail = |count| LogExtent::Tail(usize::try_from(count).unwrap_or(usize::MAX));
    let otherwise = match args.previous {
        true => LogExtent::All,
        false => LogExtent::Tail(TAIL),
    };
    LogsRequest {
        aws,
        cluster,
        services,
        choice,
        containers: &args.containers,
        extent: args.since.map(since).or(args.tail.map(tail)).unwrap_or(otherwise),
        matches,
        show_values: context.global.show_values,
        clock: &context.clock,
        sink,
    }
}
