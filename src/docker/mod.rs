//! The Docker daemon: where it is, building, pushing. Knows `model` only.

mod connect;
mod daemon;
mod endpoint;
mod error;
mod ignore;
mod query;
mod transport;

pub(crate) use daemon::Daemon;
pub(crate) use endpoint::Surroundings;
pub(crate) use error::DockerError;
