//! OCI registries: references, credentials, manifests. Depends on `model` only.

mod auth;
mod client;
mod error;
mod manifest;
mod registry_override;
mod transport;

pub(crate) use auth::RegistryCredentials;
pub(crate) use client::Registry;
pub(crate) use error::RegistryError;
pub(crate) use manifest::{RegistryManifest, children};
pub(crate) use registry_override::{InvalidRegistry, RegistryOverride};

#[cfg(any(test, fuzzing))]
pub(crate) use transport::fuzzed_reply;
