//! A deploy: build → plan → push → apply → watch. `Pipeline` has the steps of a run, `ServiceDeploy` those of
//! one service, `ServiceTurn` its place among the deployments of others.

mod moved_base;
mod moved_tags;
mod pipeline;
mod scheduled_jobs;
mod service;
mod service_jobs;
mod turn;

pub use pipeline::{ImageStep, Pipeline, PipelineOptions};
