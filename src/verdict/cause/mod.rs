//! Why a task or a deployment fails, and what to do about it: a table from what AWS shows of a failure to its usual
//! cause and cure.
//!
//! A row is there only if its text was found in public: in AWS's documentation or in a thread of somebody who had it.
//! Its `source` says where; `tests/examples` quote it (ids and places of the documentation filled in), and a test holds
//! each example to its own row. A hint that is wrong is worse than none, so what no row knows stays unexplained.

mod failure_facts;
mod matcher;
mod retry_advice;
mod table;

use crate::diagnostic::SuggestionPart;

pub use failure_facts::{ContainerFacts, FailureFacts, TargetFacts};
pub use matcher::CauseSign;
pub use retry_advice::cure_afterwards;

/// A usual cause of failure.
#[derive(Clone, Copy, Debug)]
pub struct Cause {
    /// A stable, kebab-case name for scripts: `image-not-found`.
    pub id: &'static str,
    /// What it is told by: one of these is enough.
    pub when: &'static [CauseSign],
    /// What usually is behind it, in one line.
    pub cause: &'static str,
    /// The next thing to do, with a command that can be typed where there is one.
    pub cure: &'static [SuggestionPart],
    /// Where text and cause were found: a page of AWS's documentation by its title, a thread, a source file.
    pub source: &'static str,
}

/// The usual cause of a failure. The first row of the table that knows it wins, and the table goes from what says
/// most to what says least: what kept a container from starting, who took the task away, how its program ended, what
/// the load balancer thinks of it, then networks, placement and the service as a whole.
pub fn explain(facts: &FailureFacts<'_>) -> Option<&'static Cause> {
    table::rows().find(|row| row.when.iter().any(|when| when.holds(facts)))
}

/// What the table tells people to do.
#[cfg(test)]
pub fn cures() -> impl Iterator<Item = crate::diagnostic::Suggestion> {
    let afterwards = table::rows().filter_map(|row| cure_afterwards(row.id));
    table::rows()
        .map(|row| row.cure)
        .chain(afterwards)
        .map(Into::into)
}

#[cfg(test)]
mod tests;
