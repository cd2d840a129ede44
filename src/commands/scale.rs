//! `ecsctl scale`: change the number of tasks, and nothing else.

use indexmap::IndexMap;

use crate::cli::{ScaleArgs, ScaleTarget};
use crate::commands::{Context, outcome_report, project, select, wait_options};
use crate::diagnostic::Failure;
use crate::engine::load::ConnectedProject;
use crate::engine::service_actions::{CountChange, find_count_changes, scale};
use crate::engine::{RollbackRequest, Run, waiting};
use crate::exit::Exit;
use crate::model::Manifest;
use crate::ui::{self, PromptAnswer};

/// Finds the services, asks for confirmation if autoscaling would undo the counts, sets them, and
/// watches.
pub fn run(args: &ScaleArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let counts = by_key(&opened.loaded().manifest, &args.counts)?;
    let (wait, rollback) = (wait_options(&args.wait), RollbackRequest::default());
    let report = context.run(async |sink| {
        let ConnectedProject { aws, loaded, .. } = project::connect(opened, context).await?;
        let changes = waiting(
            sink.as_ref(),
            "the services",
            find_count_changes(&aws, &loaded.manifest, &counts, sink.as_ref()),
        )
        .await?;
        changes.iter().for_each(|change| change.warn(sink.as_ref()));
        confirm(&changes, context).await?;
        let options = context.run_options(&wait, &rollback);
        let work = async |run: &Run<'_>| scale(run, &changes).await;
        Ok(Run::with(&aws, &loaded.manifest.cluster, sink.as_ref(), options, work).await)
    })?;
    Ok(outcome_report::print(&report, context))
}

/// Returns the counts by service key, in the order of the file, and checks that each service is named once.
fn by_key(manifest: &Manifest, counts: &[ScaleTarget]) -> Result<IndexMap<String, u32>, Failure> {
    let mut by_key = IndexMap::new();
    for count in counts {
        let key = select::service(manifest, &count.service)?;
        if by_key.insert(key.clone(), count.tasks).is_some() {
            return Err(named_twice(key));
        }
    }
    by_key.sort_by_cached_key(|key, _| manifest.services.get_index_of(key));
    Ok(by_key)
}

/// Asks for confirmation of counts that autoscaling would undo.
async fn confirm(changes: &[CountChange], context: &Context) -> Result<(), Failure> {
    let outside: Vec<String> = changes.iter().filter_map(CountChange::outside_bounds).collect();
    if outside.is_empty() {
        return Ok(());
    }
    let (printer, yes) = (&context.printer, context.global.yes);
    match ui::ask(printer, yes, &outside, "Scale anyway?").await {
        PromptAnswer::Yes => Ok(()),
        answer => Err(outside_bounds(&outside, answer == PromptAnswer::No)),
    }
}

/// The failure if a service is given two counts.
fn named_twice(service: String) -> Failure {
    let message = format!("service {service} is given twice");
    Failure::new(Exit::Usage, "named-twice", message).resource(service)
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
