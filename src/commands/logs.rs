//! `ecsctl logs`: what the containers of services wrote.

use std::cell::RefCell;

use crate::aws::Aws;
use crate::cli::{LogsArgs, Since};
use crate::commands::{Context, look, project, select};
use crate::config::Loaded;
use crate::diagnostic::Failure;
use crate::engine::inspect::logs::{self, Ask, Choice, Extent};
use crate::exit::Exit;
use crate::model::{LogLine, Manifest, Sink};
use crate::ui::Form;
use crate::ui::logs::{Prefixes, plain};

/// The last lines that are shown of each container, unless something else is asked for.
const TAIL: usize = 100;

/// Looks and shows, once or on and on.
pub fn run(args: &LogsArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let keys = select::services(&opened.loaded().manifest, &args.services, &context.global.only)?;
    if args.follow {
        return look::follow(context, async |sink| {
            let (aws, Loaded { manifest, .. }) = opened.connect(context).await?;
            let look = Look::new(args, &manifest, &keys, context);
            let ask = look.ask(&aws, &manifest, sink.as_ref());
            logs::follow(&ask, |lines| look.show(&lines)).await
        });
    }
    look::once(context, async |sink| {
        let (aws, Loaded { manifest, .. }) = opened.connect(context).await?;
        let look = Look::new(args, &manifest, &keys, context);
        let ask = look.ask(&aws, &manifest, sink.as_ref());
        if context.printer.settings().form != Form::Json {
            logs::once(&ask, |lines| look.show(&lines)).await?;
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

/// What is asked for, and how it is shown.
struct Look<'a> {
    args: &'a LogsArgs,
    context: &'a Context,
    services: Vec<(String, String)>,
    matches: Box<dyn Fn(&str) -> bool + 'a>,
    prefixes: RefCell<Prefixes>,
}

impl<'a> Look<'a> {
    fn new(args: &'a LogsArgs, manifest: &Manifest, keys: &[String], context: &'a Context) -> Self {
        let services = select::names(manifest, keys);
        let matches: Box<dyn Fn(&str) -> bool> = match &args.grep {
            Some(pattern) => Box::new(|message| pattern.is_match(&plain(message))),
            None => Box::new(|_| true),
        };
        let prefixes = Prefixes::new(services.len() > 1, context.printer.settings().verbose);
        Self {
            args,
            context,
            services,
            matches,
            prefixes: RefCell::new(prefixes),
        }
    }

    fn ask<'b>(&'b self, aws: &'b Aws, manifest: &'b Manifest, sink: &'b dyn Sink) -> Ask<'b> {
        let args = self.args;
        let choice = match args.previous {
            true => Choice::Previous,
            false if !args.tasks.is_empty() => Choice::Named(args.tasks.clone()),
            false => Choice::Live,
        };
        let since = |since: Since| Extent::Since(since.from(self.context.clock.now()));
        let tail = |count| Extent::Tail(usize::try_from(count).unwrap_or(usize::MAX));
        let otherwise = if args.previous {
            Extent::All
        } else {
            Extent::Tail(TAIL)
        };
        Ask {
            aws,
            cluster: &manifest.cluster,
            services: &self.services,
            choice,
            containers: &args.containers,
            extent: args.since.map(since).or(args.tail.map(tail)).unwrap_or(otherwise),
            matches: self.matches.as_ref(),
            show_values: self.context.global.show_values,
            clock: &self.context.clock,
            sink,
        }
    }

    /// Prints them; false when nobody reads any more.
    fn show(&self, lines: &[LogLine]) -> bool {
        let printer = &self.context.printer;
        if printer.settings().form == Form::Text {
            let (look, now) = (printer.out_look(), self.context.clock.now());
            let mut prefixes = self.prefixes.borrow_mut();
            printer.results(lines.iter().flat_map(|line| prefixes.lines(line, look, now)));
        } else {
            printer.events(lines);
        }
        !printer.is_broken()
    }
}
