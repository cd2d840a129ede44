//! `ecsctl delete`: delete services; leaves images, task definitions and log groups.

use crate::aws::Aws;
use crate::cli::DeleteArgs;
use crate::commands::{Context, confirmation, outcome_report, project, select};
use crate::diagnostic::{Failure, Suggestion};
use crate::engine::load::ConnectedProject;
use crate::engine::service_actions::{Deletion, delete, find_deletions, left_behind};
use crate::engine::{ExistingService, RollbackRequest, Run, WaitOptions, waiting};
use crate::exit::Exit;
use crate::model::cluster_name;
use crate::ui::{self, PromptAnswer};

/// Finds the services, asks for confirmation, deletes them, waits until their tasks have stopped, and
/// reports what is left.
pub fn run(args: &DeleteArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open_names(context)?;
    let keys = select::services(&opened.loaded().names, &named(args, context)?)?;
    confirmation::require_yes(context, "delete", "deleted", &keys)?;
    let (wait, rollback) = (WaitOptions::default(), RollbackRequest::default());
    let (report, left) = context.run(async |sink| {
        let ConnectedProject { aws, loaded, .. } = project::connect_to_change(opened, context).await?;
        let cluster = loaded.names.cluster.as_str();
        let names = select::names(&loaded.names, &keys);
        let found = find_deletions(&aws, cluster, &names);
        let deletions = match waiting(sink.as_ref(), "the services", found).await {
            Ok(deletions) => deletions,
            Err(refused) => return Ok((refused, None)),
        };
        confirm(&aws, cluster, &deletions, context).await?;
        let options = context.run_options(&wait, &rollback);
        let work = async |run: &Run<'_>| delete(run, &deletions, args.timeout).await;
        let report = Run::with(&aws, cluster, sink.as_ref(), options, work).await;
        let deleted: Vec<&ExistingService> = deletions.iter().filter_map(Deletion::existing).collect();
        let manifest = project::manifest_if_valid(&aws, context).await;
        let left = manifest.map(|manifest| left_behind(aws.region(), &manifest, &keys, &deleted));
        Ok((report, left))
    })?;
    let exit = outcome_report::print(&report, context);
    if exit == Exit::Done {
        ui::left_behind(&context.printer, left.as_deref());
    }
    Ok(exit)
}

/// Shows what will be deleted, and asks for confirmation.
async fn confirm(aws: &Aws, cluster: &str, deletions: &[Deletion], context: &Context) -> Result<(), Failure> {
    let active: Vec<&ExistingService> = deletions.iter().filter_map(Deletion::active).collect();
    if active.is_empty() {
        return Ok(());
    }
    let details: Vec<String> = active.iter().map(|it| it.deletion_consequence()).collect();
    let place = format!("{} in {}", cluster_name(cluster), aws.region());
    let question = match active.as_slice() {
        [existing] => format!("delete {} of {place}?", existing.name),
        several => format!("delete {} services of {place}?", several.len()),
    };
    let names: Vec<&str> = active.iter().map(|existing| existing.name.as_str()).collect();
    match ui::ask(&context.printer, context.global.yes, &details, &question).await {
        PromptAnswer::Yes => Ok(()),
        PromptAnswer::No | PromptAnswer::Nobody => Err(declined(&names)),
    }
}

/// Returns the services named on the command line; empty for all. ECSCTL_ONLY neither names services to delete
/// nor limits --all.
fn named(args: &DeleteArgs, context: &Context) -> Result<Vec<String>, Failure> {
    let names = context.global.named(&args.services);
    let message = match (args.all, names.is_empty()) {
        (true, false) => "--all and --only can't be combined",
        (false, true) => "delete needs service names or --all",
        _ => return Ok(names),
    };
    Err(Failure::new(Exit::Usage, "none-named", message)
        .hint(Suggestion::command("status", "").then(" lists them")))
}

/// The failure if the user declined.
fn declined(names: &[&str]) -> Failure {
    let verb = if names.len() == 1 { "is" } else { "are" };
    let message = format!("{} {verb} not deleted: you answered no", names.join(", "));
    Failure::new(Exit::Interrupted, "declined", message)
}
