//! `ecsctl register`: as far as the task definitions.

use crate::commands::pipeline::{Images, Pipeline};
use crate::commands::{Context, project};
use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::model::{DefinitionId, Plan};
use crate::plan::PlanOptions;
use crate::ui::{Form, Line};

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
    let printer = &context.printer;
    let document = document(plan, arns);
    match printer.settings().form {
        Form::Json => printer.document(&document),
        Form::Jsonl => printer.event(&document),
        Form::Text => arns.iter().for_each(|arn| {
            let id = DefinitionId::parse(arn).map_or_else(|| arn.clone(), |id| id.to_string());
            printer.result(&Line::of(id));
        }),
    }
}

fn document(plan: &Plan, arns: &[String]) -> serde_json::Value {
    let services = plan.services.iter().zip(arns);
    let services: Vec<_> = services
        .map(|(service, arn)| {
            let registered = matches!(service.definition, crate::model::DefinitionPlan::Register { .. });
            serde_json::json!({"name": service.name, "taskDefinition": arn, "registered": registered})
        })
        .collect();
    serde_json::json!({"schema": 1, "services": services})
}
