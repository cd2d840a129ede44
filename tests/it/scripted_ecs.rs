//! Tests of the scripted ECS itself, which has to behave like ECS.

mod api;
mod conformance;
mod faults;
mod lifecycle_hooks;
mod registry;
mod rollouts;
mod run_task;
mod service_operations;
