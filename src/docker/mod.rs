//! The Docker daemon: where it is, building, pushing. Knows `model` only.

mod build;
mod connect;
mod context;
mod daemon;
mod endpoint;
mod error;
mod hints;
mod ignore;
mod image;
mod lines;
#[cfg(test)]
pub(crate) mod live;
mod logins;
mod push;
mod query;
mod session;
mod transport;
mod tried;

pub(crate) use build::BuildSpec;
pub(crate) use context::Context;
pub(crate) use daemon::Daemon;
pub(crate) use endpoint::Surroundings;
pub(crate) use error::DockerError;
pub(crate) use image::BuiltImage;
pub(crate) use logins::{FindLogin, Login, Logins};
