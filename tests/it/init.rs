//! `ecsctl init`: a deploy.yaml from what somebody has.

mod target;
mod task_definition;
