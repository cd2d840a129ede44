//! `ecsctl register`: build, push and register task definitions, without deploying them.

use crate::cli::RegisterArgs;
use crate::commands::{Context, hidden_values, project, select};
use crate::diagnostic::Failure;
use crate::engine::deploy::{Pipeline, PipelineOptions};
use crate::exit::Exit;
use crate::model::{DefinitionId, DefinitionPlan, Plan};
use crate::plan::PlanOptions;
use crate::ui::{self, Line};
use crate::verdict::IfInProgress;

/// Builds, plans, pushes and registers. Doesn't touch services, so neither their state nor whether the
/// cluster exists matters.
pub fn run(args: &RegisterArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let options = PipelineOptions {
        plan: PlanOptions {
            definitions_only: true,
            only: select::services(&opened.service_names(), &context.global.selected(&args.services))?,
            ..PlanOptions::default()
        },
        registry: context.registry()?,
        hide: hidden_values::hide_secrets,
        reads_secrets: false,
        timeout: None,
        if_in_progress: IfInProgress::default(),
        estimate: false,
    };
    let (plan, arns) = context.run(async |sink| {
        let connected = project::connect(opened, context).await?;
        Pipeline::new(connected, options, sink.as_ref()).register().await
    })?;
    print(&plan, &arns, context);
    Ok(Exit::Done)
}

fn print(plan: &Plan, arns: &[String], context: &Context) {
    context.printer.present(&document(plan, arns), |printer| {
        for arn in arns {
            let id = DefinitionId::parse(arn).map_or_else(|| arn.clone(), |id| id.to_string());
            printer.result(&Line::of(id));
        }
    });
}

fn document(plan: &Plan, arns: &[String]) -> serde_json::Value {
    let services = plan.services.iter().zip(arns);
    let services = services.map(|(service, arn)| {
        let registered = matches!(service.definition, DefinitionPlan::Register { .. });
        serde_json::json!({"name": service.name, "taskDefinition": arn, "registered": registered})
    });
    ui::list_document::document("services", services)
}
