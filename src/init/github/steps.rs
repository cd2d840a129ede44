//! The steps that deploy: AWS's actions, and the chain of steps that makes each task definition.

use super::script;
use super::values::{ValueScope, WorkflowValues};
use super::workflow::{Workflow, WorkflowStep};
use crate::config::ConfigError;
use crate::config::invalid_file;
use crate::diagnostic::Problem;

/// The actions (github.com/aws-actions).
const RENDER: &str = "aws-actions/amazon-ecs-render-task-definition";
const DEPLOY: &str = "aws-actions/amazon-ecs-deploy-task-definition";

/// A step that deploys.
#[derive(Debug)]
pub(super) struct WorkflowDeploy<'a> {
    pub scope: ValueScope<'a>,
    pub step: &'a WorkflowStep,
    /// The steps that change its task definition, in order.
    pub renders: Vec<&'a WorkflowStep>,
    pub definition: DefinitionSource,
}

/// Where a task definition comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DefinitionSource {
    /// A file, from the repository's root.
    File(String),
    /// A family, a revision or an ARN: AWS has it. Marks stand for what only a deploy knows.
    Aws(String),
}

/// Finds the steps that deploy; fails if there are none.
pub(super) fn deploy_steps<'a>(
    workflow: &'a Workflow,
    text: &str,
    values: &mut WorkflowValues<'_>,
) -> Result<Vec<WorkflowDeploy<'a>>, ConfigError> {
    let mut found = Vec::new();
    for (job, step) in workflow.steps().filter(|(_, step)| step.action == DEPLOY) {
        found.push(deploy_step(workflow, job, step, values));
    }
    match found.is_empty() {
        false => Ok(found),
        true => Err(invalid_file(&workflow.name, text, 0..0, |span| {
            let message = format!("{} has no step that uses {DEPLOY}", workflow.name);
            Problem::error("no-deploy-step", message, span).label(
                "looked for `uses: aws-actions/amazon-ecs-deploy-task-definition` in the steps of its jobs",
            )
        })),
    }
}

fn deploy_step<'a>(
    workflow: &'a Workflow,
    job: &'a str,
    step: &'a WorkflowStep,
    values: &mut WorkflowValues<'_>,
) -> WorkflowDeploy<'a> {
    let mut renders: Vec<&WorkflowStep> = Vec::new();
    let mut of = step;
    while let Some(former) = rendered_by(workflow, job, of) {
        if renders.iter().any(|known| std::ptr::eq(*known, former)) {
            break;
        }
        renders.insert(0, former);
        of = former;
    }
    let scope = ValueScope { job, step: Some(of) };
    WorkflowDeploy {
        scope: ValueScope {
            job,
            step: Some(step),
        },
        step,
        renders,
        definition: source(workflow, of, scope, values),
    }
}

/// Returns the step that makes a step's task definition.
fn rendered_by<'a>(workflow: &'a Workflow, job: &str, step: &WorkflowStep) -> Option<&'a WorkflowStep> {
    let written = step.input("task-definition")?;
    let steps = &workflow.jobs.get(job)?.steps;
    let is_named = |it: &&WorkflowStep| {
        it.action == RENDER && !it.id.is_empty() && written.contains(&format!("steps.{}.outputs", it.id))
    };
    steps.iter().find(is_named)
}

fn source(
    workflow: &Workflow,
    step: &WorkflowStep,
    scope: ValueScope<'_>,
    values: &mut WorkflowValues<'_>,
) -> DefinitionSource {
    if let Some(file) = step.input("task-definition") {
        let path = values.text(file, scope);
        return match downloaded(workflow, &path, scope, values) {
            Some(family) => DefinitionSource::Aws(family),
            None => DefinitionSource::File(path),
        };
    }
    let mut input = |name: &str| step.input(name).map(|text| values.text(text, scope));
    if let Some(arn) = input("task-definition-arn") {
        return DefinitionSource::Aws(arn);
    }
    let family = input("task-definition-family").unwrap_or_default();
    match input("task-definition-revision") {
        Some(revision) => DefinitionSource::Aws(format!("{family}:{revision}")),
        None => DefinitionSource::Aws(family),
    }
}

/// Returns the task definition that a step of the job writes to a file: `aws ecs describe-task-definition … > FILE`.
fn downloaded(
    workflow: &Workflow,
    file: &str,
    scope: ValueScope<'_>,
    values: &mut WorkflowValues<'_>,
) -> Option<String> {
    let job = workflow.jobs.get(scope.job)?;
    let file_name = file.rsplit('/').next().unwrap_or(file);
    for step in &job.steps {
        let scope = ValueScope {
            step: Some(step),
            ..scope
        };
        if !step.run.contains(file_name) {
            continue;
        }
        for command in script::commands(&step.run) {
            if !command.iter().any(|word| word == "describe-task-definition") {
                continue;
            }
            let mut words = command.iter();
            let is_option = |word: &&String| word.trim_start_matches('-').starts_with("task-definition");
            let named = words.find(is_option)?;
            let named = match named.split_once('=') {
                Some((_, value)) => value.to_owned(),
                None => words.next()?.clone(),
            };
            return Some(values.word(&named, scope));
        }
    }
    None
}
