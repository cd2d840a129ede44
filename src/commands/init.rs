//! `ecsctl init`: write a deploy.yaml, for a new service or from what somebody has.

use crate::cli::InitArgs;
use crate::commands::session::{mfa_prompt, session};
use crate::commands::{Context, init_questions};
use crate::config::json_schema;
use crate::diagnostic::Failure;
use crate::engine::init::{
    DraftTarget, draft_head, draft_of_compose, draft_of_copilot, draft_of_ecspresso, draft_of_service,
    draft_of_task_definition, draft_of_workflow, source_options,
};
use crate::engine::load::{FileContent, OpenedProject};
use crate::engine::waiting;
use crate::exit::Exit;
use crate::init::{Draft, DraftHead, SourceOptions, yaml_text};
use crate::ui::init::{WrittenDraft, print};

/// Reads the source, writes the file, and prints what is left to decide.
pub fn run(args: &InitArgs, context: &Context) -> Result<Exit, Failure> {
    let global = &context.global;
    let target = DraftTarget::choose(global.file.as_deref(), global.yes)?;
    let head = draft_head(global.cluster.as_deref(), global.region.as_deref());
    let draft = match args {
        InitArgs {
            service: Some(name), ..
        } => of_service(name, &head, context)?,
        InitArgs {
            task_definition: Some(path),
            ..
        } => draft_of_task_definition(path, &head, global.allow_unknown_fields)?,
        InitArgs {
            compose: Some(path), ..
        } => draft_of_compose(path, &target.folder(), &head)?,
        InitArgs {
            copilot: Some(path), ..
        } => draft_of_copilot(path, &target.folder(), &head)?,
        InitArgs {
            ecspresso: Some(path),
            ..
        } => draft_of_ecspresso(path, &target.folder(), &options(context))?,
        InitArgs {
            github: Some(path), ..
        } => draft_of_workflow(path, &target.folder(), &options(context))?,
        _ => init_questions::draft(&target.folder(), head, context),
    };
    let mut root = draft.root;
    if let Some(schema) = target.schema() {
        root.point_to_schema(schema);
    }
    let text = yaml_text(&root);
    target.write(&text)?;
    target.write_schema(&json_schema())?;
    let written = WrittenDraft {
        file: target.file(),
        services: draft.services,
        undecided: root.todos(),
        left_out: root.all_left_out(),
        environment: root.required_environment().map(str::to_owned),
        schema: target.schema(),
        text,
    };
    print(&context.printer, &written);
    Ok(Exit::Done)
}

fn options(context: &Context) -> SourceOptions {
    let global = &context.global;
    let (cluster, region) = (global.cluster.as_deref(), global.region.as_deref());
    source_options(cluster, region, global.allow_unknown_fields)
}

fn of_service(name: &str, head: &DraftHead, context: &Context) -> Result<Draft, Failure> {
    let opened = OpenedProject::of_service(&context.file_options()?, name)?;
    let head = DraftHead {
        cluster: Some(opened.loaded().cluster().to_owned()),
        ..head.clone()
    };
    context.run(async |sink| {
        let session = session(&opened, context, mfa_prompt(context));
        let aws = context.waiting("AWS credentials", session).await?;
        let draft = draft_of_service(&aws, opened.loaded().cluster(), name, &head);
        waiting(sink.as_ref(), "the service", draft).await
    })
}
