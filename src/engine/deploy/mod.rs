//! A deploy: build → plan → push → apply → watch. `Pipeline` has the steps of a run, `ServiceDeploy` what one service goes
//! through.

mod pipeline;
mod service;

pub use pipeline::{ImageStep, Pipeline, PipelineOptions};
