//! deploy.yaml: from text to a `Manifest`. Pure: files and look-ups are handed in.
//!
//! `Document::parse`, then look up what `references` and `files_needed` ask for, then `Document::load`. As long as
//! the account or the region isn't known, stand-ins take their place and `Loaded::used` says so: a file with
//! mistakes is refused before AWS is asked anything.

mod build;
mod circles;
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
mod rejected;
mod render;
mod service;
mod session;
#[cfg(test)]
mod tests;
mod top;

pub use context::{Files, Overrides};
pub use interpolate::{Git, GitFacts, Lookups};
pub use load::{Document, Input, Loaded};
pub use parse::MAX_BYTES;
pub use rejected::Rejected;
pub use render::render;
pub use session::Settings;
