//! `ecsctl plan`: what deploy would do.

use crate::cli::PlanArgs;
use crate::commands::pipeline::{Images, Pipeline};
use crate::commands::{Context, project};
use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::model::Plan;
use crate::plan::PlanOptions;
use crate::ui::plan::PlanStyle;
use crate::ui::{self, Line};

/// Build unless told otherwise, look, and show. Nothing is written to AWS.
pub fn run(args: &PlanArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let images = if args.no_build {
        Images::Unbuilt
    } else {
        Images::Built
    };
    let options = PlanOptions {
        create_cluster: true,
        ..PlanOptions::default()
    };
    let plan = context
        .run(async |sink| {
            let pipeline = Pipeline::connect(opened, options, context, sink.as_ref()).await?;
            Ok(pipeline.draft(images).await?.plan)
        })
        .map_err(|failure| match failure.code {
            "no-docker" => without_docker(failure),
            _ => failure,
        })?;
    print(&plan, context);
    Ok(match args.exit_code && !plan.is_empty() {
        true => Exit::Changes,
        false => Exit::Done,
    })
}

fn print(plan: &Plan, context: &Context) {
    let settings = context.printer.settings();
    if let Some(github) = context.printer.github() {
        github.plan(&context.printer, plan);
    }
    let shown = ui::plan::document(plan, settings.show_values);
    context.printer.present(&shown, |printer| {
        let style = PlanStyle {
            look: printer.out_look(),
            verbose: settings.verbose,
        };
        let lines = ui::plan::lines(plan, style);
        lines.iter().for_each(|line| printer.result(line));
        printer.result(&Line::new().command(ui::plan::conclusion(plan)));
    });
}

/// Adds to the hint how to plan without Docker.
fn without_docker(mut failure: Failure) -> Failure {
    let without = "ecsctl plan --no-build plans without Docker";
    failure.hint = Some(match &failure.hint {
        Some(hint) => format!("{hint}\n{without}"),
        None => without.to_owned(),
    });
    failure
}
