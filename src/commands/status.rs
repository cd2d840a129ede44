//! `ecsctl status`: what runs.

use crate::cli::StatusArgs;
use crate::commands::{Context, project, select};
use crate::diagnostic::Failure;
use crate::engine;
use crate::exit::Exit;
use crate::ui;

/// Looks and shows.
pub fn run(args: &StatusArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let keys = select::services(&opened.loaded().manifest, &args.services, &context.global.only)?;
    let status = context.run(async |_| {
        let (aws, loaded) = opened.connect(context).await?;
        let manifest = loaded.manifest;
        let names = select::names(&manifest, &keys);
        Ok(engine::status::status(&aws, &manifest.cluster, &names).await?)
    })?;
    context.printer.present(&status, |printer| {
        let lines = ui::status::lines(&status, printer.out_look(), context.clock.now());
        lines.iter().for_each(|line| printer.result(line));
    });
    Ok(Exit::Done)
}
