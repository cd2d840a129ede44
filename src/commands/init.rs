//! `ecsctl init`: write a deploy.yaml from what somebody has.

use crate::cli::InitArgs;
use crate::commands::Context;
use crate::diagnostic::Failure;
use crate::engine::init::{DraftTarget, draft_head, draft_of_task_definition};
use crate::exit::Exit;
use crate::init::{Draft, yaml_text};
use crate::ui::init::{WrittenDraft, print};

/// Reads the source, writes the file, and prints what is left to decide.
pub fn run(args: &InitArgs, context: &Context) -> Result<Exit, Failure> {
    let global = &context.global;
    let target = DraftTarget::choose(global.file.as_deref(), global.yes)?;
    let draft = draft(args, context)?;
    let text = yaml_text(&draft.root);
    target.write(&text)?;
    let written = WrittenDraft {
        file: target.file(),
        services: draft.services,
        undecided: draft.root.todos(),
        text,
    };
    print(&context.printer, &written);
    Ok(Exit::Done)
}

fn draft(args: &InitArgs, context: &Context) -> Result<Draft, Failure> {
    let global = &context.global;
    let head = draft_head(global.cluster.as_deref(), global.region.as_deref());
    draft_of_task_definition(&args.task_definition, &head, global.allow_unknown_fields)
}
