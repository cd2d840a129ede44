//! Tests the program from outside, against the scripted ECS; and the rules of the crate layout.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod account_guard;
mod check;
mod coming_from;
mod command_line;
mod completions;
mod deploy;
mod deploy_file;
mod deployment_outcomes;
mod env_files;
mod environments;
mod examples;
mod exec;
mod generated_files;
mod github_actions;
mod hostile_input;
mod init;
mod inspect;
mod logging;
mod module_rules;
mod names_only;
mod output;
mod planted_secrets;
mod readme_examples;
mod render;
mod rollback;
mod run_jobs;
mod schema;
mod scripted_ecs;
mod selection;
mod service_actions;
mod snapshot_names;
mod sources;
mod status;
#[path = "../support/mod.rs"]
mod support;
