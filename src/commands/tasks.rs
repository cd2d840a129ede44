//! `ecsctl tasks`: show the tasks of services, or why they stopped.

use crate::cli::TasksArgs;
use crate::commands::{Context, inspect, project, select};
use crate::diagnostic::Failure;
use crate::engine::inspect::tasks::{ServiceTasks, alike, tasks};
use crate::engine::load::ConnectedProject;
use crate::exit::Exit;
use crate::model::{LookVerb, TaskList, TaskStatus, cluster_name};
use crate::ui::tasks::TaskListStyle;
use crate::ui::{self, Line, OutputFormat};

/// Reads and shows the tasks.
pub fn run(args: &TasksArgs, context: &Context) -> Result<Exit, Failure> {
    let (opened, keys) = inspect::open(context, LookVerb::Tasks, &context.global.selected(&args.services))?;
    let (list, found) = inspect::once(context, async |sink| {
        let ConnectedProject { aws, loaded, .. } = project::connect(opened, context).await?;
        let names = loaded.names;
        let services = select::names(&names, &keys);
        let found = tasks(&aws, &names.cluster, &services, sink.as_ref()).await?;
        let list = TaskList {
            schema: 1,
            cluster: cluster_name(&names.cluster).to_owned(),
            region: aws.region().to_owned(),
            tasks: found
                .iter()
                .flat_map(|it| chosen(it, args.stopped))
                .cloned()
                .collect(),
        };
        let keyed = found.into_iter().map(|found| {
            let service = services.iter().find(|(_, name)| *name == found.service);
            let key = service.map_or_else(|| found.service.clone(), |(key, _)| key.clone());
            (key, found)
        });
        Ok((list, keyed.collect::<Vec<_>>()))
    })?;
    let printer = &context.printer;
    match printer.settings().form {
        OutputFormat::Json => printer.document(&list),
        OutputFormat::Jsonl => list.tasks.iter().for_each(|task| printer.event(task)),
        OutputFormat::Text => {
            let style = TaskListStyle {
                look: printer.out_look(),
                now: context.clock.now(),
                verbose: printer.settings().verbose,
            };
            printer.results(if args.stopped {
                stopped(&found, style)
            } else {
                live(&found, style)
            });
        }
    }
    Ok(Exit::Done)
}

fn chosen(found: &ServiceTasks, stopped: bool) -> &[TaskStatus] {
    if stopped { &found.stopped } else { &found.live }
}

fn live(found: &[(String, ServiceTasks)], style: TaskListStyle) -> Vec<Line> {
    let all: Vec<TaskStatus> = found.iter().flat_map(|(_, of)| of.live.clone()).collect();
    let mut lines = ui::tasks::live(&all, style);
    for (key, of) in found {
        if of.live.is_empty() {
            lines.push(ui::tasks::none(&of.service, false));
        }
        if !of.stopped.is_empty() {
            lines.push(ui::tasks::also_stopped(&of.service, key, of.stopped.len()));
        }
    }
    lines
}

fn stopped(found: &[(String, ServiceTasks)], style: TaskListStyle) -> Vec<Line> {
    let mut lines = Vec::new();
    for (_, of) in found {
        if of.stopped.is_empty() {
            lines.push(ui::tasks::none(&of.service, true));
        }
        for alike in alike(&of.stopped) {
            lines.extend(ui::tasks::stopped(&alike, style));
        }
    }
    lines
}
