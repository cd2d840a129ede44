//! `ecsctl register`: as far as the task definitions.

use crate::commands::pipeline::{Images, Pipeline};
use crate::commands::{Context, listing, project};
use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::model::{DefinitionId, DefinitionPlan, Plan};
use crate::plan::PlanOptions;
use crate::ui::Line;

/// Build, plan, push, register. No service is touched, so neither what it is nor whether its cluster is there matters.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let options = PlanOptions {
        definitions_only: true,
        ..PlanOptions::default()
    };
    let (plan, arns) = context.run(async |sink| {
        let pipeline = Pipeline::connect(opened, options, context, sink.as_ref()).await?;
        let draft = pipeline.draft(Images::Built).await?;
        let draft = pipeline.pin(draft).await?;
        let arns = pipeline.register(&draft).await?;
        Ok((draft.plan, arns))
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
    listing::document("services", services)
}
