//! Examples of the causes in `table/exit.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::exited;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "out-of-memory",
        &[exited(
            137,
            Some("OutOfMemoryError: Container killed due to memory usage"),
        )],
    ),
    ("killed", &[exited(137, None)]),
    ("segmentation-fault", &[exited(139, None)]),
    ("terminated", &[exited(143, None)]),
    ("command-not-invoked", &[exited(126, None)]),
    ("command-not-found", &[exited(127, None)]),
    ("program-ended", &[exited(0, None)]),
    (
        "program-failed",
        &[exited(1, None), exited(42, None), exited(255, None)],
    ),
    ("instruction-illegal", &[exited(132, None)]),
];
