//! Explains why a task or deployment failed and what to do about it: a table from what AWS reports about a
//! failure to its usual cause and fix.
//!
//! A row is included only if its text was found in public: in AWS's documentation or in a thread of somebody
//! who had the failure. Its `source` says where. `tests/examples` quote the text (with the placeholders of
//! the documentation filled in), and a test checks that each example matches its own row. A wrong hint is
//! worse than none, so failures that match no row stay unexplained.

mod evidence;
mod failure_facts;
mod indexed_text;
mod matcher;
mod retry_advice;
mod table;
mod translations;

use crate::diagnostic::SuggestionPart;

use evidence::Evidence;
pub use failure_facts::{ContainerFacts, FailureFacts, TargetFacts};
pub use matcher::CauseSign;
use matcher::is_routine;
pub use retry_advice::cure_afterwards;

/// A usual cause of failures.
#[derive(Clone, Copy, Debug)]
pub struct Cause {
    /// A stable, kebab-case name for scripts: `image-not-found`.
    pub id: &'static str,
    /// The signs of the cause; one match is enough.
    pub when: &'static [CauseSign],
    /// The cause, in one line.
    pub cause: &'static str,
    /// The suggested fix, with a command to run if there is one.
    pub cure: &'static [SuggestionPart],
    /// The source of the text and cause: the title of an AWS documentation page, a thread, or a source file.
    pub source: &'static str,
}

/// Returns the usual cause of a failure. The first matching row of the table wins. The table is ordered from
/// most to least specific: what prevented a container from starting, what stopped the task, how its program
/// exited, what the load balancer reports, then networks, placement, the service as a whole,
/// and refused requests.
///
/// Of the log, only lines count that the program does not mark as information. What the C library or PostgreSQL
/// says in another language counts as its English text.
pub fn explain(facts: &FailureFacts<'_>) -> Option<&'static Cause> {
    let telling: Vec<&str> = facts
        .log_tail
        .iter()
        .copied()
        .filter(|line| !is_routine(line))
        .collect();
    let evidence = Evidence::of(&FailureFacts {
        log_tail: &telling,
        ..*facts
    });
    table::rows().find(|row| row.when.iter().any(|when| when.holds(&evidence)))
}

/// Returns the usual cause of a refused request, from AWS's error message. AWS says some things both when it
/// refuses a request and later in a service event or a stopped task, so every row may match.
pub fn explain_refusal(text: &str) -> Option<&'static Cause> {
    explain(&FailureFacts {
        event: Some(text),
        ..FailureFacts::NONE
    })
}

/// Iterates over all fixes in the table.
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
