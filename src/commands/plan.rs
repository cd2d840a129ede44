//! `ecsctl plan`: show what deploy would change.

use crate::cli::PlanArgs;
use crate::commands::{Context, hidden_values, project, select};
use crate::diagnostic::{Failure, Suggestion};
use crate::engine::deploy::{ImageStep, Pipeline, PipelineOptions};
use crate::exit::Exit;
use crate::model::Plan;
use crate::plan::{self, PlanOptions};
use crate::ui::plan::PlanStyle;
use crate::ui::{self, Line};
use crate::verdict::IfInProgress;

/// Builds unless disabled, then computes and shows the plan. Writes nothing to AWS. A plan that `deploy` would
/// refuse is shown, too, and exits as `deploy` does.
pub fn run(args: &PlanArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let images = match args.no_build {
        true => ImageStep::Skip,
        false => ImageStep::Build,
    };
    let options = PipelineOptions {
        plan: PlanOptions {
            create_cluster: args.create_cluster,
            only: select::services(&opened.service_names(), &context.global.selected(&args.services))?,
            ..PlanOptions::default()
        },
        registry: context.registry()?,
        hide: hidden_values::hide_secrets,
        reads_secrets: true,
        timeout: None,
        if_in_progress: IfInProgress::default(),
        estimate: true,
    };
    let plan = context
        .run(async |sink| {
            let connected = project::connect(opened, context).await?;
            let pipeline = Pipeline::new(connected, options, sink.as_ref());
            Ok(pipeline.build_and_plan(images).await?.plan)
        })
        .map_err(|failure| match failure.code {
            "no-docker" => without_docker(failure),
            _ => failure,
        })?;
    let refusal = plan::refusal(&plan).map(Failure::from);
    print(&plan, refusal.as_ref(), context);
    Ok(match refusal {
        Some(refusal) => refusal.exit,
        None if args.exit_code && !plan.is_empty() => Exit::Changes,
        None => Exit::Done,
    })
}

fn print(plan: &Plan, refusal: Option<&Failure>, context: &Context) {
    let settings = context.printer.settings();
    if let Some(github) = context.printer.github() {
        let refused = refusal.map(|refusal| ui::error::outcome(&context.printer, refusal));
        github.plan(&context.printer, plan, refused.as_ref());
    }
    let shown = ui::plan::document(plan, settings.show_values);
    context.printer.present(&shown, |printer| {
        let style = PlanStyle {
            look: printer.out_look(),
            verbose: settings.verbose,
            columns: printer.out_look().width,
        };
        let lines = ui::plan::lines(plan, style);
        lines.iter().for_each(|line| printer.result(line));
        printer.result(&Line::new().command(ui::plan::conclusion(plan)));
    });
}

/// Adds to the hint how to plan without Docker.
fn without_docker(mut failure: Failure) -> Failure {
    let without = Suggestion::command("plan", "--no-build").then(" plans without Docker");
    failure.hint = Some(match failure.hint.take() {
        Some(hint) => hint.then("\n").then(without),
        None => without,
    });
    failure
}
