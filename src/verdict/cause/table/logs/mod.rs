//! Causes that a line of the program's log tells. A line counts only if the container crashed, yet none of these
//! signs may occur in a line of a program that runs well.

mod aws;
mod brokers;
mod certificates;
mod databases;
mod files;
mod general;
mod gpu;
mod libraries;
mod memory;
mod migrations;
mod pointers;
mod ports;
mod proxies;
mod runtimes;
mod servers;
mod settings;
mod surroundings;
mod users;

use crate::verdict::cause::Cause;

/// Words of a failure that a program goes on from: it tries again, does without, or it is another's.
const OVERCOME: &[&str] = &[
    "warn",
    "retry",
    "try again",
    "trying again",
    "tried again",
    "again in",
    "optional",
    "upstream",
    "client",
    "default ",
    "defaults",
    "defaulting",
    "ignor",
    "skip",
    "disabl",
    "fall",
    "erneut",
    "nouvelle tentative",
    "reintent",
    "повтор",
    "重试",
];

/// Words of a line that does not tell why a program stops, though it names a failure: one that it goes on from, a check
/// that went well, or a fault in its own code.
const HEDGED: &[&str] = &joined::<{ OVERCOME.len() + 6 }>(
    OVERCOME,
    &[
        " passed",
        "succeeded",
        "is down",
        "fork/exec",
        "TypeError",
        "SyntaxError",
    ],
);

/// How programs begin to say that they could not do something.
const FAILS: &[&str] = &[
    "unable to",
    "failed to",
    "fails to",
    "failed",
    "failure",
    "cannot",
    "can not",
    "can't",
    "could not",
    "couldn't",
    "not able to",
    "error",
];

/// Words of a failure that the program goes on from, or that a client of a server causes: it asks for what is not there,
/// or sends what is no good.
const ASKED: &[&str] = &joined::<{ OVERCOME.len() + 8 }>(
    OVERCOME,
    &[
        "user",
        "request",
        "upload",
        "recommend",
        "deprecat",
        "HTTP/1",
        "GET /",
        "POST /",
    ],
);

/// The words of both lists, which have `N` together.
const fn joined<const N: usize>(first: &[&'static str], second: &[&'static str]) -> [&'static str; N] {
    assert!(
        first.len() + second.len() == N,
        "N counts the words of both lists"
    );
    let mut words = [""; N];
    let (head, tail) = words.split_at_mut(first.len());
    head.copy_from_slice(first);
    tail.copy_from_slice(second);
    words
}

/// The themes in matching order: what names its cause most closely comes first.
pub(super) const FAMILIES: [&[Cause]; 18] = [
    surroundings::ROWS,
    ports::ROWS,
    users::ROWS,
    proxies::ROWS,
    migrations::ROWS,
    databases::ROWS,
    brokers::ROWS,
    aws::ROWS,
    settings::ROWS,
    memory::ROWS,
    gpu::ROWS,
    libraries::ROWS,
    runtimes::ROWS,
    certificates::ROWS,
    servers::ROWS,
    files::ROWS,
    general::ROWS,
    pointers::ROWS,
];
