//! The program from outside, with a real Docker daemon, a real registry, and stand-ins for AWS.
//! `scripts/setup` starts them and says in `.ecsctl-dev/env` where they are; without them these tests are skipped,
//! and in CI that is a failure.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod build;
mod deploys;
mod ground;
mod killed;
mod moto;
mod no_docker;
mod preflight;
mod project;
mod push;
mod readme;
mod relay;
mod schedules;
mod scripted_registry;
mod signals;
mod sources;
mod stand_in;
mod step_scaling;
mod stood_in;
mod streams;
#[path = "../support/mod.rs"]
mod support;
