//! `ecsctl register`: as far as the task definitions.

use crate::commands::{Context, project, select};
use crate::diagnostic::Failure;
use crate::engine::deploy::{Pipeline, PipelineOptions};
use crate::exit::Exit;
use crate::model::{DefinitionId, DefinitionPlan, Plan};
use crate::plan::PlanOptions;
use crate::ui::{self, Line};

/// Build, plan, push, register. No service is touched, so neither what it is nor whether its cluster is there matters.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let options = PipelineOptions {
        plan: PlanOptions {
            definitions_only: true,
            only: select::services(&opened.loaded().manifest, &[], &context.global.only)?,
            ..PlanOptions::default()
        },
        registry: context.registry()?,
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
