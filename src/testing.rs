//! What property tests share.

use proptest::prelude::ProptestConfig;

/// Returns a configuration with this number of cases, unless proptest's own `PROPTEST_CASES` sets another.
pub fn cases(number: u32) -> ProptestConfig {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default(),
        None => ProptestConfig::with_cases(number),
    }
}
