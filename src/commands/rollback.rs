//! `ecsctl rollback`: roll services back to a previous revision (`docs/design.md` §5.11).

use crate::cli::RollbackArgs;
use crate::commands::{Context, confirmation, outcome_report, project, select, wait_options};
use crate::diagnostic::{Failure, Suggestion};
use crate::engine::load::ConnectedProject;
use crate::engine::rollback::{RollbackPlan, as_plan, find_plans, roll_back_services};
use crate::engine::{ExistingServices, RollbackRequest, Run, RunReport, waiting};
use crate::exit::Exit;
use crate::model::{Event, short_definition};
use crate::ui;

/// Finds the previous revisions of services, shows the changes, asks for confirmation, rolls back, and
/// watches.
pub fn run(args: &RollbackArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open_names(context)?;
    let keys = select::services(&opened.loaded().names, &context.global.selected(&args.services))?;
    if args.to.is_some() && keys.len() != 1 {
        return Err(one_revision());
    }
    confirmation::require_yes(context, "rollback", "rolled back", &keys)?;
    let (connected, rollbacks, failed) = context.run(async |sink| {
        let connected = project::connect_to_change(opened, context).await?;
        let ConnectedProject { aws, loaded, .. } = &connected;
        let cluster = loaded.names.cluster.as_str();
        let names = select::names(&loaded.names, &keys);
        let services = waiting(
            sink.as_ref(),
            "the services",
            ExistingServices::find(aws, cluster, &names),
        )
        .await
        .named_by(&loaded.names);
        let (rollbacks, failed) = waiting(
            sink.as_ref(),
            "the previous revisions",
            find_plans(aws, cluster, &services.found, args.to.as_deref()),
        )
        .await;
        if let Some(plan) = as_plan(cluster, aws.region(), &rollbacks) {
            sink.emit(Event::Planned { plan: Box::new(plan) });
        }
        Ok((connected, rollbacks, RunReport::join([services.missing, failed])))
    })?;
    if !confirm(&rollbacks, context)? {
        return Err(declined());
    }
    let (wait, rollback) = (wait_options(&args.wait), RollbackRequest::default());
    let report = context.run(async |sink| {
        let cluster = connected.loaded.names.cluster.as_str();
        let options = context.run_options(&wait, &rollback);
        let work = async |run: &Run<'_>| {
            let mut report = run.publish(failed);
            report.add(roll_back_services(run, &rollbacks).await);
            report
        };
        Ok(Run::with(&connected.aws, cluster, sink.as_ref(), options, work).await)
    })?;
    Ok(outcome_report::print(&report, context))
}

/// Asks for confirmation, unless `--yes` was given. A run of its own, so that the plan is on the screen
/// before the question.
fn confirm(rollbacks: &[RollbackPlan], context: &Context) -> Result<bool, Failure> {
    let changing: Vec<&RollbackPlan> = rollbacks.iter().filter(|it| it.changes_service()).collect();
    let question = match changing.as_slice() {
        [] => return Ok(true),
        [one] => match one.to.as_deref() {
            Some(to) => format!("Roll {} back to {}?", one.name, short_definition(to)),
            None => format!("Roll {} back?", one.name),
        },
        several => format!("Roll back {} services?", several.len()),
    };
    let (printer, yes) = (&context.printer, context.global.yes);
    let answer = context.run(async |_| Ok(ui::ask(printer, yes, &[], &question).await))?;
    Ok(answer == ui::PromptAnswer::Yes)
}

/// The failure if one revision is given for several services.
fn one_revision() -> Failure {
    Failure::new(Exit::Usage, "usage", "--to takes the revision of one service")
        .hint(Suggestion::from("name the service: ").run("rollback", "SERVICE --to REVISION"))
}

/// The failure if the user declined.
fn declined() -> Failure {
    let message = "not rolled back: nothing was changed";
    Failure::new(Exit::Interrupted, "declined", message).hint("pass --yes to skip the confirmation")
}
