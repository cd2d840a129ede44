//! `ecsctl stop`: undo what is in flight, and nothing else.

use crate::cli::StopArgs;
use crate::commands::pipeline::{Ends, Present, Retreat, present, waiting};
use crate::commands::{Context, ends, project, select};
use crate::diagnostic::Failure;
use crate::engine::rollback::{RollbackPlan, in_flight, undoing};
use crate::engine::watch::ServiceResult;
use crate::exit::Exit;
use crate::verdict::{Figures, Verdict, WatchTarget};

/// Stop, and watch until what ran before runs again.
pub fn run(args: &StopArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let keys = select::services(&opened.loaded().manifest, &args.services, &context.global.only)?;
    let ended = context.run(async |sink| {
        let (aws, loaded) = opened.connect(context).await?;
        let cluster = loaded.manifest.cluster.as_str();
        let mut ends = Ends::default();
        let mut legs: Vec<RollbackPlan> = Vec::new();
        for it in present(&aws, &loaded.manifest, &keys, &mut ends).await? {
            match in_flight(&aws, cluster, &it.name, &it.service).await {
                Ok(Some(flight)) => match undoing(&aws, (&it.key, &it.name), &it.service, flight).await {
                    Ok(leg) => legs.push(leg),
                    Err(error) => ends.failures.push(error.into()),
                },
                Ok(None) => {
                    let end = at_rest(&it, args);
                    sink.emit(end.event());
                    ends.watched.push(end);
                }
                Err(error) => ends.failures.push(error.into()),
            }
        }
        let retreat = Retreat {
            aws: &aws,
            cluster,
            wait: &args.wait,
            sink: sink.as_ref(),
            context,
            verb: "stop",
        };
        ends.add(retreat.go_and_tell(&legs).await);
        Ok(ends)
    })?;
    Ok(ends::report(ended, context))
}

/// Nothing is in flight.
fn at_rest(it: &Present, args: &StopArgs) -> ServiceResult {
    let exercised = it.service.desired_count.is_some_and(|desired| desired > 0);
    let aim = waiting(&it.name, WatchTarget::InFlight, &args.wait);
    let end = ServiceResult::new(
        &aim,
        &Figures::of(&it.service),
        Vec::new(),
        Verdict::Unchanged { exercised },
    );
    ServiceResult {
        summary: format!("{}: nothing is in flight", it.name),
        ..end
    }
}
