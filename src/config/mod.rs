//! deploy.yaml: from text to a `Manifest`. Pure: files and look-ups are handed in.

mod parse;

pub use parse::{MAX_BYTES, parse};
