//! `ecsctl open`: open the address of a service, or print it.

use crate::cli::OpenArgs;
use crate::commands::{Context, inspect, project, select};
use crate::diagnostic::Failure;
use crate::engine::inspect::address;
use crate::engine::load::ConnectedProject;
use crate::exit::Exit;
use crate::model::LookVerb;
use crate::ui;

/// Finds the addresses of a service, and opens or prints the best one.
pub fn run(args: &OpenArgs, context: &Context) -> Result<Exit, Failure> {
    let named = args.service.as_ref().map(std::slice::from_ref);
    let (opened, keys) = inspect::open(context, LookVerb::Open, named.unwrap_or(&context.global.only))?;
    let found = inspect::once(context, async |_| {
        let ConnectedProject { aws, loaded, .. } = project::connect(opened, context).await?;
        let services = select::names(&loaded.names, &keys);
        address::find(&aws, &loaded.names.cluster, &services).await
    })?;
    ui::open(&context.printer, &found);
    Ok(Exit::Done)
}
