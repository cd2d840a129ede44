//! The rows, a family a file.

mod deployment;
mod exit;
mod host;
mod init;
mod network;
mod placement;
mod pull;
mod registry;
mod secrets;
mod start;
mod target;

use super::Cause;

/// The families in the order in which they are asked. Within one the order is the rows' own.
const FAMILIES: [&[Cause]; 11] = [
    registry::ROWS,
    pull::ROWS,
    secrets::ROWS,
    init::ROWS,
    start::ROWS,
    host::ROWS,
    exit::ROWS,
    target::ROWS,
    network::ROWS,
    placement::ROWS,
    deployment::ROWS,
];

/// Every row, the one that says most first.
pub fn rows() -> impl Iterator<Item = &'static Cause> {
    FAMILIES.into_iter().flatten()
}
