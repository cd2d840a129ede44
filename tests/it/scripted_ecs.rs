//! The scripted ECS itself: it has to be right before it may judge anybody.

mod api;
mod conformance;
mod faults;
mod lifecycle_hooks;
mod registry;
mod rollouts;
mod run_task;
mod service_operations;
