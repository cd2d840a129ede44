//! AWS's messages for each cause, quoted verbatim from its sources, at least once for each sign.

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

use crate::verdict::cause::FailureFacts;

/// A cause's id and its examples.
type Example = (&'static str, &'static [FailureFacts<'static>]);

const FAMILIES: [&[Example]; 12] = [
    registry::EXAMPLES,
    pull::EXAMPLES,
    secrets::EXAMPLES,
    init::EXAMPLES,
    start::EXAMPLES,
    host::EXAMPLES,
    exit::EXAMPLES,
    target::EXAMPLES,
    network::EXAMPLES,
    placement::EXAMPLES,
    deployment::EXAMPLES,
    refusals::EXAMPLES,
];

/// Returns the examples of a cause by its id.
pub fn examples_of(id: &str) -> &'static [FailureFacts<'static>] {
    let found = all().find(|(known, _)| *known == id);
    found.map_or(&[], |(_, examples)| examples)
}

/// Iterates over every cause id and its examples.
pub fn all() -> impl Iterator<Item = &'static Example> {
    FAMILIES.into_iter().chain(logs::THEMES).flatten()
}
