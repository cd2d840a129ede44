//! The shapes of the ECS API: what AWS's service model says of each member that ecsctl sends, and what reads it.
//!
//! `ecs.json` is made by `scripts/shapes` from botocore's data. It is parsed when first asked for, never at start.

mod check;
mod log_masking;
mod model;
mod read_only;
mod sensitive_values;
mod similar_names;
mod suggestion;
#[cfg(test)]
pub(crate) mod testing;
mod type_errors;
mod type_names;

pub use check::{CheckOptions, check};
pub use log_masking::{holds_secret, mask_secrets, secrets_of};
pub use model::{EcsOperation, Shape, ShapeType, model};
pub use read_only::READ_ONLY;
pub use sensitive_values::{redact, redact_shape};
pub use similar_names::{nearest, similar_name};
pub use suggestion::said_boolean;
pub use type_errors::refused_item;
pub use type_names::{in_words, places_of};
