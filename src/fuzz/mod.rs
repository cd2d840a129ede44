//! What holds for any input, as functions of bytes. Property tests run them over mutations of `tests/corpus`
//! (`scripts/test`, `scripts/fuzz`), and libFuzzer over its own (`fuzz/`). A broken property panics.

mod config;
mod docker;
mod ecs;
mod registry;
#[cfg(test)]
mod tests;

pub use config::{deploy_yaml, task_definition};
pub use docker::dockerignore;
pub use ecs::ecs_reply;
pub use registry::registry_reply;
