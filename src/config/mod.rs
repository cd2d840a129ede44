//! deploy.yaml: from text to a `Manifest`. Pure: files and look-ups are handed in.
//!
//! `Document::parse`, then look up what `references` and `files_needed` ask for, then `Document::load`. As long as
//! the account or the region isn't known, stand-ins take their place and `Loaded::used` says so: a file with
//! mistakes is refused before AWS is asked anything.

mod build;
mod conflicts;
mod context;
mod definition;
mod images;
mod interpolate;
mod keys;
mod launch;
mod links;
mod load;
mod merge;
mod order;
mod parse;
mod platform;
mod read;
mod render;
mod service;
#[cfg(test)]
mod tests;

pub use context::{Files, Overrides};
pub use interpolate::{Git, GitFacts, Lookups};
pub use load::{Document, Input, Loaded, Rejected, Settings};
pub use parse::MAX_BYTES;
pub use render::render;
