//! The Docker daemon: finding it, building, pushing. Depends on `model` only.

mod build;
mod connect;
mod context;
mod daemon;
#[cfg(test)]
pub(crate) mod daemon_tests;
mod endpoint;
mod error;
mod failed_endpoints;
mod hints;
mod ignore;
mod image;
mod json_lines;
mod logins;
mod push;
mod query_string;
mod session;
mod transport;

pub(crate) use build::BuildSpec;
pub(crate) use context::{BuildContext, dockerfile_at};
pub(crate) use daemon::Daemon;
pub(crate) use endpoint::DockerEnvironment;
pub(crate) use error::DockerError;
pub(crate) use image::BuiltImage;
pub(crate) use logins::{DockerCredentials, FindLogin, Logins};

#[cfg(any(test, fuzzing))]
pub(crate) use ignore::fuzzed_ignore;
