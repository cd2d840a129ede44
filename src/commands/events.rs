//! `ecsctl events`: show the service events of ECS.

use crate::aws::Aws;
use crate::cli::EventsArgs;
use crate::commands::{Context, inspect, project, select};
use crate::diagnostic::Failure;
use crate::engine::inspect::events::EventReader;
use crate::engine::load::ConnectedProject;
use crate::exit::Exit;
use crate::model::{LookVerb, ServiceMessage, ServiceMessages, cluster_name};
use crate::ui::{self, OutputFormat};

/// Reads and shows the events, once or continuously.
pub fn run(args: &EventsArgs, context: &Context) -> Result<Exit, Failure> {
    let (opened, keys) = inspect::open(
        context,
        LookVerb::Events,
        &context.global.selected(&args.services),
    )?;
    let since = args.since.map(|since| since.from(context.clock.now()));
    if args.follow {
        return inspect::follow(context, async |sink| {
            let ConnectedProject { aws, loaded, .. } = project::connect(opened, context).await?;
            let names = loaded.names;
            let services = select::names(&names, &keys);
            let events = EventReader::new(&aws, &names.cluster, &services, since);
            let each = |messages: Vec<ServiceMessage>| show(&messages, &services, context);
            events.follow(&context.clock, sink.as_ref(), each).await
        });
    }
    inspect::once(context, async |sink| {
        let ConnectedProject { aws, loaded, .. } = project::connect(opened, context).await?;
        let names = loaded.names;
        let services = select::names(&names, &keys);
        let events = EventReader::new(&aws, &names.cluster, &services, since);
        let messages = events.once(sink.as_ref()).await?;
        if context.printer.settings().form == OutputFormat::Json {
            context
                .printer
                .document(&document(&aws, &names.cluster, messages));
        } else {
            show(&messages, &services, context);
        }
        Ok(Exit::Done)
    })
}

fn document(aws: &Aws, cluster: &str, events: Vec<ServiceMessage>) -> ServiceMessages {
    ServiceMessages {
        schema: 1,
        cluster: cluster_name(cluster).to_owned(),
        region: aws.region().to_owned(),
        events,
    }
}

/// Prints the messages; returns false if stdout is closed.
fn show(messages: &[ServiceMessage], services: &[(String, String)], context: &Context) -> bool {
    let printer = &context.printer;
    if printer.settings().form == OutputFormat::Text {
        let names: Vec<String> = services.iter().map(|(_, name)| name.clone()).collect();
        let (look, now) = (printer.out_look(), context.clock.now());
        let lines = |message| ui::events::lines(message, &names, look, now);
        printer.results(messages.iter().flat_map(lines));
    } else {
        messages.iter().for_each(|message| printer.event(message));
    }
    !printer.is_broken()
}
