//! `ecsctl init`: a deploy.yaml from what somebody has.

mod compose;
mod copilot;
mod ecspresso;
mod github;
pub mod live_service;
mod new;
mod target;
mod task_definition;
