//! Replies of registries.

use crate::registry::fuzzed_reply;

/// A reply is read as a manifest, as an error and as a challenge, and what is shown of it is bounded.
pub fn registry_reply(input: &[u8]) {
    let shown = fuzzed_reply(input);
    assert!(shown.chars().count() <= 600, "{shown}");
}
