//! `ecsctl wait`: attach to what is in flight.

use crate::cli::WaitArgs;
use crate::commands::pipeline::attend;
use crate::commands::{Context, ends, project, select};
use crate::diagnostic::Failure;
use crate::exit::Exit;

/// Watch, and say what came of it.
pub fn run(args: &WaitArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let keys = select::services(&opened.loaded().manifest, &args.services, &context.global.only)?;
    let ended = context.run(async |sink| {
        let (aws, loaded) = opened.connect(context).await?;
        Ok(attend(&aws, &loaded.manifest, &keys, &args.wait, context, sink.as_ref()).await)
    })?;
    Ok(ends::report(ended, context))
}
