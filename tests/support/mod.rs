//! Shared by both test binaries: a scripted ECS, and a way to run the program.
//!
//! `Scripted` is an HTTP server on loopback that emulates ECS, ECR (with its registry), STS, CloudWatch Logs,
//! Application Auto Scaling and Elastic Load Balancing, as far as a deploy uses them. It keeps state as AWS
//! does. Rollouts are written in scenarios (`tests/scenarios/*.yaml`, explained in `scenario.rs`) and advance
//! per poll, never by time.

// Two test binaries share this module, and each uses only part of it.
#![allow(dead_code, unused_imports, unused_macros)]

pub mod aws_models;
pub mod capture;
pub mod cli;
pub mod client;
pub mod command;
pub mod container_logs;
pub mod deploys;
pub mod fault;
pub mod files;
pub mod http;
pub mod log;
pub mod protocol;
pub mod quota;
pub mod readme;
pub mod rollbacks;
pub mod scenario;
pub mod scenario_file;
pub mod scenario_tests;
pub mod screen;
pub mod server;
pub mod service_state;
pub mod two_services;
pub mod world;

/// Defines one `#[test]` per case, so that each runs and fails separately:
/// `cases! { check { name(arguments); … } }` defines tests `check::name`, which call `check(arguments)`.
macro_rules! cases {
    ($check:ident { $($case:ident($($argument:expr),* $(,)?);)+ }) => {
        mod $check {
            #[allow(unused_imports)]
            use super::*;
            $(
                #[test]
                fn $case() {
                    super::$check($($argument),*);
                }
            )+
        }
    };
}

pub(crate) use cases;
pub use cli::{Ecsctl, Output};
pub use fault::Fault;
pub use scenario::Scenario;
pub use server::{Cut, Scripted};
