//! The rows of the table, one file per family.

mod deployment;
mod exit;
mod host;
mod init;
mod logs;
mod network;
mod placement;
mod pull;
mod refusals;
mod registry;
mod secrets;
mod start;
mod target;

use super::Cause;

/// The families in matching order. Within a family, rows match in their own order.
const FAMILIES: [&[Cause]; 7] = [
    registry::ROWS,
    pull::ROWS,
    secrets::ROWS,
    init::ROWS,
    start::ROWS,
    host::ROWS,
    exit::FROM_OUTSIDE,
];

/// The families after those of the log.
const FAMILIES_AFTER_LOGS: [&[Cause]; 6] = [
    exit::ROWS,
    target::ROWS,
    network::ROWS,
    placement::ROWS,
    deployment::ROWS,
    refusals::ROWS,
];

/// Iterates over all rows, most specific first.
pub fn rows() -> impl Iterator<Item = &'static Cause> {
    let families = FAMILIES
        .into_iter()
        .chain(logs::FAMILIES)
        .chain(FAMILIES_AFTER_LOGS);
    families.flatten()
}
