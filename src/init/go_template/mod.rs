//! Templates of Go's text/template in a file of JSON or YAML, so that the rest of the file can be parsed
//! (pkg.go.dev/text/template).
//!
//! `scan` finds the actions, `action` reads them, and `mask` puts marks of the same length in their place.

mod action;
mod control;
mod expression;
mod mask;
mod mask_control;
mod masked_file;
mod scan;
mod token;

pub(super) use expression::TemplateExpression;
pub(super) use mask::mask;
pub(super) use masked_file::{MaskedFile, TemplateSource, TemplateVariables, Translate};
