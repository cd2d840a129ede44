//! `ecsctl delete`: services go, what they were made of stays.

use crate::aws::Aws;
use crate::cli::DeleteArgs;
use crate::commands::pipeline::Ends;
use crate::commands::{Context, ends, left, project, select};
use crate::diagnostic::Failure;
use crate::engine::service_actions::{self, Deletion, Found};
use crate::engine::watch::ServiceResult;
use crate::exit::Exit;
use crate::model::{Manifest, cluster_name};
use crate::ui::{self, Answer};

/// Look, ask, delete, wait until the tasks are gone, say what is left.
pub fn run(args: &DeleteArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let only = &context.global.only;
    if args.services.is_empty() && only.is_empty() && !args.all {
        return Err(none_named());
    }
    let keys = select::services(&opened.loaded().manifest, &args.services, only)?;
    let (ended, left) = context.run(async |sink| {
        let (aws, loaded) = opened.connect(context).await?;
        let manifest = loaded.manifest;
        let names = select::names(&manifest, &keys);
        let deletions = service_actions::deletions(&aws, &manifest.cluster, &names).await?;
        agree(&aws, &manifest, &deletions, context).await?;
        let gone = |it: &Deletion| sink.emit(end(it).event());
        let how = (args.timeout, sink.as_ref());
        let ended = service_actions::delete(&aws, &manifest.cluster, &deletions, how, &gone).await;
        let mut ends = Ends::default();
        for (deletion, ended) in deletions.iter().zip(ended) {
            match ended {
                Ok(()) => ends.watched.push(end(deletion)),
                Err(failure) => ends.failures.push(failure),
            }
        }
        let gone: Vec<&Found> = deletions.iter().filter_map(Deletion::found).collect();
        let left = left::left_by(aws.region(), &manifest, &keys, &gone);
        Ok((ends, left))
    })?;
    let exit = ends::report(ended, context);
    if exit == Exit::Done && !left.is_empty() {
        ui::left_behind(&context.printer, &left);
    }
    Ok(exit)
}

/// The end of a service that is gone.
fn end(deletion: &Deletion) -> ServiceResult {
    let name = match deletion {
        Deletion::Absent { name } => name,
        Deletion::Draining(found) | Deletion::Active(found) => &found.name,
    };
    ServiceResult::gone(name, deletion.found().is_some())
}

/// Says what will go, and asks.
async fn agree(
    aws: &Aws,
    manifest: &Manifest,
    deletions: &[Deletion],
    context: &Context,
) -> Result<(), Failure> {
    let going = deletions.iter().filter_map(|deletion| match deletion {
        Deletion::Active(found) => Some(found),
        Deletion::Absent { .. } | Deletion::Draining(_) => None,
    });
    let going: Vec<&Found> = going.collect();
    if going.is_empty() {
        return Ok(());
    }
    let matter: Vec<String> = going.iter().map(|found| what_goes(found)).collect();
    let place = format!("{} in {}", cluster_name(&manifest.cluster), aws.region());
    let question = match going.as_slice() {
        [found] => format!("delete {} of {place}?", found.name),
        several => format!("delete {} services of {place}?", several.len()),
    };
    let names: Vec<&str> = going.iter().map(|found| found.name.as_str()).collect();
    match ui::ask(&context.printer, context.global.yes, &matter, &question).await {
        Answer::Yes => Ok(()),
        answer => Err(not_agreed(&names, answer == Answer::No)),
    }
}

/// `web: web:42, 3 tasks stop`.
fn what_goes(found: &Found) -> String {
    let tasks = match found.service.task_count() {
        0 => "no tasks".to_owned(),
        1 => "1 task stops".to_owned(),
        tasks => format!("{tasks} tasks stop"),
    };
    format!(
        "{}: {}, {tasks}",
        found.name,
        found.service.short_definition().unwrap_or_default()
    )
}

/// Nothing says which services are meant.
fn none_named() -> Failure {
    let message = "delete takes the services' names, or --all";
    Failure::new(Exit::Usage, "none-named", message).hint("ecsctl status shows which there are")
}

/// Nobody said yes. `asked` says whether a person was there to answer.
fn not_agreed(names: &[&str], asked: bool) -> Failure {
    let (exit, code, why) = match asked {
        true => (Exit::Interrupted, "declined", "the answer was no"),
        false => (Exit::Usage, "needs-yes", "nobody was there to say yes"),
    };
    let verb = if names.len() == 1 { "is" } else { "are" };
    let message = format!("{} {verb} not deleted: {why}", names.join(", "));
    Failure::new(exit, code, message).maybe_hint((!asked).then_some("--yes deletes without asking"))
}
