//! `init --github`: a workflow of GitHub Actions that deploys with AWS's actions, and the task definitions that it names
//! (github.com/aws-actions: amazon-ecs-render-task-definition and amazon-ecs-deploy-task-definition).

mod builds;
mod draft;
mod expression;
mod images;
mod inputs;
mod render;
mod run_task;
mod script;
mod steps;
mod values;
mod workflow;

pub use draft::{WorkflowSources, from_workflow, workflow_definitions};
