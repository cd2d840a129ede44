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

/// Words of a line that does not tell why a program stops, though it names a failure: a trouble that the program goes
/// on from, or that it has with a client.
const HEDGED: &[&str] = &[
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
    " passed",
    "succeeded",
    "is down",
    "fork/exec",
    "TypeError",
    "SyntaxError",
];

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

/// `HEDGED`, and what a client of a server has done wrong: it asks for what is not there, or sends what is no good.
const ASKED: &[&str] = &[
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
    "user",
    "request",
    "upload",
    "recommend",
    "deprecat",
    "HTTP/1",
    "GET /",
    "POST /",
];

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
