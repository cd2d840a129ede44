//! OCI registries: references, logins, manifests. Knows `model` only.

mod auth;
mod client;
mod error;
mod manifest;
mod reference;
mod registry_override;
mod transport;

pub(crate) use auth::Login;
pub(crate) use client::Registry;
pub(crate) use error::RegistryError;
pub(crate) use manifest::Manifest;
pub(crate) use reference::{Reference, check_tag};
pub(crate) use registry_override::{NotARegistry, RegistryOverride};
