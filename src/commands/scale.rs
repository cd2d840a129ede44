//! `ecsctl scale`: change the number of tasks, and nothing else.

use crate::cli::ScaleArgs;
use crate::commands::{Context, outcome_report, project, select, wait_options};
use crate::diagnostic::Failure;
use crate::engine::load::ConnectedProject;
use crate::engine::service_actions::{CountChange, find_count_changes, scale};
use crate::engine::{RollbackRequest, Run, waiting};
use crate::exit::Exit;
use crate::model::Sink;
use crate::ui::{self, PromptAnswer};

/// Finds the services, asks for confirmation of unlikely counts, sets them, and watches.
pub fn run(args: &ScaleArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open_names(context)?;
    let counts = select::counts(&opened.loaded().names, &args.counts)?;
    let (wait, rollback) = (wait_options(&args.wait), RollbackRequest::default());
    let report = context.run(async |sink| {
        let ConnectedProject { aws, loaded, .. } = project::connect_to_change(opened, context).await?;
        let names = loaded.names;
        let manifest = project::manifest_if_valid(&aws, context).await;
        let found = find_count_changes(&aws, &names, manifest.as_ref(), &counts, sink.as_ref());
        let changes = match waiting(sink.as_ref(), "the services", found).await {
            Ok(changes) => changes,
            Err(refused) => return Ok(refused),
        };
        changes.iter().for_each(|change| change.warn(sink.as_ref()));
        confirm(&changes, context, sink.as_ref()).await?;
        let options = context.run_options(&wait, &rollback);
        let work = async |run: &Run<'_>| scale(run, &changes).await;
        Ok(Run::with(&aws, &names.cluster, sink.as_ref(), options, work).await)
    })?;
    Ok(outcome_report::print(&report, context))
}

/// Asks for confirmation of counts that autoscaling would undo, and of steep increases. Where nobody can be asked,
/// an increase is only warned about.
async fn confirm(changes: &[CountChange], context: &Context, sink: &dyn Sink) -> Result<(), Failure> {
    let (printer, yes) = (&context.printer, context.global.yes);
    let outside: Vec<String> = changes.iter().filter_map(CountChange::outside_bounds).collect();
    let steep = changes.iter().filter_map(CountChange::steep_increase);
    let steep: Vec<String> = steep.filter(|_| !yes).collect();
    let matter = match ui::can_ask(printer) {
        true => [outside.clone(), steep].concat(),
        false => {
            steep.into_iter().for_each(|words| sink.warn(None, words, None));
            outside.clone()
        }
    };
    if matter.is_empty() {
        return Ok(());
    }
    match ui::ask(printer, yes, &matter, "Scale anyway?").await {
        PromptAnswer::Yes => Ok(()),
        _ if outside.is_empty() => Err(declined()),
        answer => Err(outside_bounds(&outside, answer == PromptAnswer::No)),
    }
}

/// The failure if the user declined.
fn declined() -> Failure {
    let message = "not scaled: nothing was changed";
    Failure::new(Exit::Interrupted, "declined", message).hint("pass --yes to skip the confirmation")
}

/// The failure for counts that autoscaling would undo. `asked` says whether a user was prompted.
fn outside_bounds(services: &[String], asked: bool) -> Failure {
    let (exit, hint) = match asked {
        true => (Exit::Interrupted, None),
        false => (
            Exit::Preflight,
            Some("pass --yes to scale anyway, or change the scaling bounds where autoscaling is configured"),
        ),
    };
    Failure::new(exit, "outside-scaling-bounds", services.join("; "))
        .details(["nothing was changed".to_owned()])
        .maybe_hint(hint)
}
