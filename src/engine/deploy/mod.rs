//! A deploy: build → plan → push → apply → watch. `Pipeline` has the steps of a run, `ServiceDeploy` those of
//! one service.

mod moved_base;
mod moved_tags;
mod pipeline;
mod service;

pub use pipeline::{ImageStep, Pipeline, PipelineOptions};
