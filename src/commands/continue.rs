//! `ecsctl continue`: answer a pause, and watch what follows.

use std::sync::Arc;

use futures_util::future::join;

use crate::aws::Aws;
use crate::cli::{ContinueArgs, WaitOptions};
use crate::commands::pipeline::{Ends, Follow, Present, Retreat, present, waiting};
use crate::commands::{Context, ends, project, select};
use crate::diagnostic::Failure;
use crate::engine::rollback::{Answer, RollbackPlan, answer, in_flight, undoing};
use crate::engine::watch::StartState;
use crate::exit::Exit;
use crate::model::{Event, Sink};
use crate::verdict::{WatchRequest, WatchTarget};

/// Answer, and watch. A service that nothing pauses is judged as `wait` does.
pub fn run(args: &ContinueArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let keys = select::services(&opened.loaded().manifest, &args.services, &context.global.only)?;
    let ended = context.run(async |sink| {
        let (aws, loaded) = opened.connect(context).await?;
        let cluster = loaded.manifest.cluster.as_str();
        let mut ends = Ends::default();
        let (mut legs, mut aims) = (Vec::new(), Vec::new());
        for it in present(&aws, &loaded.manifest, &keys, &mut ends).await? {
            match paused(&aws, cluster, &it, args, sink.as_ref()).await {
                Ok(Next::Back(leg)) => legs.push(*leg),
                Ok(Next::On(aim)) => aims.push(*aim),
                Err(failure) => ends.failures.push(failure),
            }
        }
        let retreat = Retreat {
            aws: &aws,
            cluster,
            wait: &args.wait,
            sink: sink.as_ref(),
            context,
            verb: "rollback",
        };
        let follow = Follow {
            aws: &aws,
            cluster,
            wait: &args.wait,
            context,
            sink: sink.as_ref(),
            back_on_failure: false,
            reach: Arc::default(),
        };
        let on = aims
            .into_iter()
            .map(async |aim| Ok(StartState::Watch(Box::new(aim))));
        let (back, on) = join(retreat.go_and_tell(&legs), follow.to_the_end(on)).await;
        ends.add(back);
        ends.add(on);
        Ok(ends)
    })?;
    Ok(ends::report(ended, context))
}

enum Next {
    /// Refused: back.
    Back(Box<RollbackPlan>),
    /// It goes on, or was not paused.
    On(Box<WatchRequest>),
}

/// Finds the pause of one service. One that is to go on is answered here; one that is to go back, by its retreat.
async fn paused(
    aws: &Aws,
    cluster: &str,
    it: &Present,
    args: &ContinueArgs,
    sink: &dyn Sink,
) -> Result<Next, Failure> {
    let say = |what: String| {
        sink.emit(Event::Asked {
            verb: "continue",
            service: it.name.clone(),
            what,
        });
    };
    let flight = in_flight(aws, cluster, &it.name, &it.service).await?;
    let paused = flight.and_then(|flight| flight.pause().map(|pause| (flight, pause)));
    let Some((flight, pause)) = paused else {
        say("nothing is paused".to_owned());
        return Ok(Next::On(Box::new(watching(it, &args.wait))));
    };
    if args.rollback {
        let leg = undoing(aws, (&it.key, &it.name), &it.service, flight).await?;
        return Ok(Next::Back(Box::new(leg)));
    }
    answer(aws, &it.name, &flight, &pause.hook, Answer::Continue).await?;
    sink.emit(Event::Changed {
        service: it.name.clone(),
    });
    let stage = pause.stage.as_deref().map(|stage| format!(" from {stage}"));
    say(format!("the deployment goes on{}", stage.unwrap_or_default()));
    Ok(Next::On(Box::new(WatchRequest {
        definition: flight.brings.clone(),
        target: flight.target(&it.service),
        answered: Some(pause),
        ..watching(it, &args.wait)
    })))
}

fn watching(it: &Present, wait: &WaitOptions) -> WatchRequest {
    waiting(&it.name, WatchTarget::InFlight, wait)
}
