//! `ecsctl restart`: every task anew, of the same definition.

use futures_util::future::join;

use crate::aws::Aws;
use crate::cli::{RestartArgs, WaitOptions};
use crate::commands::pipeline::{Ends, aims};
use crate::commands::{Context, ends, project, select};
use crate::diagnostic::Failure;
use crate::engine::service_actions::{self, Found, ServiceChange};
use crate::engine::watch::StartState;
use crate::exit::Exit;
use crate::model::{Event, Sink};
use crate::verdict::WatchTarget;

/// Look, force a deployment of each, watch.
pub fn run(args: &RestartArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let keys = select::services(&opened.loaded().manifest, &args.services, &context.global.only)?;
    let ended = context.run(async |sink| {
        let (aws, loaded) = opened.connect(context).await?;
        let cluster = &loaded.manifest.cluster;
        let names = select::names(&loaded.manifest, &keys);
        let found = service_actions::find(&aws, cluster, &names, ServiceChange::Restart).await?;
        let begin = found
            .iter()
            .map(|found| begin(&aws, cluster, found, &args.wait, sink.as_ref()));
        let mut ends = Ends::default();
        ends.follow(&aws, cluster, begin, sink.as_ref(), context).await;
        Ok(ends)
    })?;
    Ok(ends::report(ended, context))
}

async fn begin(
    aws: &Aws,
    cluster: &str,
    found: &Found,
    wait: &WaitOptions,
    sink: &dyn Sink,
) -> Result<StartState, Failure> {
    let (definition, reply) = join(
        found.definition(aws),
        service_actions::restart(aws, cluster, found),
    )
    .await;
    let reply = reply?;
    sink.emit(Event::Changed {
        service: found.name.clone(),
    });
    let target = WatchTarget::of_reply(found.service.primary_id(), &reply);
    let aim = aims::of_kept(&found.name, target, &reply, definition.as_ref(), wait);
    Ok(StartState::Watch(Box::new(aim)))
}
