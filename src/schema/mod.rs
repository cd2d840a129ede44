//! The shapes of the ECS API: what AWS's service model says of each member that ecsctl sends, and what reads it.
//!
//! `ecs.json` is made by `scripts/shapes` from botocore's data. It is parsed when first asked for, never at start.

mod check;
mod cure;
mod hide;
mod model;
mod read_only;
mod redact;
mod suggest;
#[cfg(test)]
pub(crate) mod testing;
mod words;
mod wrong;

pub use check::{CheckOptions, check};
pub use cure::said_boolean;
pub use hide::{hide, holds_secret, secrets_of};
pub use model::{Kind, Operation, Shape, model};
pub use read_only::READ_ONLY;
pub use redact::{redact, redact_shape};
pub use suggest::{nearest, suggest};
pub use words::{in_words, places_of};
pub use wrong::refused_item;
