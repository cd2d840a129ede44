//! `ecsctl delete`: services go, what they were made of stays.

use std::borrow::Cow;

use crate::aws::Aws;
use crate::cli::DeleteArgs;
use crate::commands::pipeline::Ends;
use crate::commands::{Context, ends, left, project, select};
use crate::diagnostic::{Explain, Failure};
use crate::engine::service_actions::{self, Deletion, Found};
use crate::engine::watch::Watched;
use crate::exit::Exit;
use crate::model::{Manifest, Value, cluster_name};
use crate::ui::{self, Answer};
use crate::verdict::short_definition;

/// Look, ask, delete, wait until the tasks are gone, say what is left.
pub fn run(args: &DeleteArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let only = &context.global.only;
    if args.services.is_empty() && only.is_empty() && !args.all {
        return Err(NoneNamed.into());
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
fn end(deletion: &Deletion) -> Watched {
    let name = match deletion {
        Deletion::Absent { name } => name,
        Deletion::Draining(found) | Deletion::Active(found) => &found.name,
    };
    Watched::gone(name, deletion.found().is_some())
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
    let names = going.iter().map(|found| found.name.clone()).collect();
    match ui::ask(&context.printer, context.global.yes, &matter, &question).await {
        Answer::Yes => Ok(()),
        answer => Err(NotAgreed {
            names,
            asked: answer == Answer::No,
        }
        .into()),
    }
}

/// `web: web:42, 3 tasks stop`.
fn what_goes(found: &Found) -> String {
    let count = |key: &str| found.service.get(key).and_then(Value::as_u64).unwrap_or(0);
    let tasks = match count("runningCount").saturating_add(count("pendingCount")) {
        0 => "no tasks".to_owned(),
        1 => "1 task stops".to_owned(),
        tasks => format!("{tasks} tasks stop"),
    };
    format!("{}: {}, {tasks}", found.name, runs(found).unwrap_or_default())
}

/// `web:42`.
fn runs(found: &Found) -> Option<&str> {
    let arn = found.service.get("taskDefinition").and_then(Value::as_str)?;
    Some(short_definition(arn))
}

/// Nothing says which services are meant.
#[derive(Debug, thiserror::Error)]
#[error("delete takes the services' names, or --all")]
struct NoneNamed;

impl Explain for NoneNamed {
    fn exit(&self) -> Exit {
        Exit::Usage
    }

    fn code(&self) -> &'static str {
        "none-named"
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        Some("ecsctl status shows which there are".into())
    }
}

/// Nobody said yes.
#[derive(Debug, thiserror::Error)]
#[error("{} not deleted: {}", are(names), if *asked { "the answer was no" } else { "nobody was there to say yes" })]
struct NotAgreed {
    names: Vec<String>,
    /// Whether a person was asked.
    asked: bool,
}

fn are(names: &[String]) -> String {
    let verb = if names.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", names.join(", "))
}

impl Explain for NotAgreed {
    fn exit(&self) -> Exit {
        match self.asked {
            true => Exit::Interrupted,
            false => Exit::Usage,
        }
    }

    fn code(&self) -> &'static str {
        match self.asked {
            true => "declined",
            false => "needs-yes",
        }
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        (!self.asked).then(|| "--yes deletes without asking".into())
    }
}
