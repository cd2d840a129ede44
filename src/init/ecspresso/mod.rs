//! `init --ecspresso`: ecspresso's configuration, its service definition and its task definition, with their templates
//! (github.com/kayac/ecspresso, README).

mod config;
mod definitions;
mod draft;
mod functions;
#[cfg(test)]
mod laws;
mod path;
mod plugins;
mod settings;
mod sources;
mod state;

pub use draft::from_ecspresso;
pub use sources::{EcspressoPaths, EcspressoSources};
