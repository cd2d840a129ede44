//! The program from outside, against the scripted ECS; and the rules of the house.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod act;
mod back;
mod deploy;
mod frame;
mod generated;
mod github;
mod look;
mod outcomes;
mod readme;
mod render;
mod rooms;
mod screens;
mod scripted;
mod snapshot_names;
mod status;
#[path = "../support/mod.rs"]
mod support;
