//! A system that gives no thread, timer or signal handler.

use std::io;

use crate::diagnostic::Failure;
use crate::exit::Exit;

/// The system gave no thread, timer or signal handler.
pub fn no_runtime(error: io::Error) -> Failure {
    let message = "the program can't start its work on this system";
    Failure::new(Exit::Unexpected, "no-runtime", message).said("system", error.to_string())
}
