//! Examples of the causes in `table/logs/users.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "user-not-switched",
        &[
            logged(1, &["su-exec: setgroups: Operation not permitted"]),
            logged(1, &["su: cannot set groups: Operation not permitted"]),
            logged(1, &["Error: Could not set groups of effective user"]),
            logged(1, &["Error: Can't drop privilege as nonroot user"]),
            logged(
                1,
                &["error: failed switching to \"postgres\": operation not permitted"],
            ),
            logged(
                1,
                &["nginx: [emerg] setgid(101) failed (1: Operation not permitted)"],
            ),
            logged(
                1,
                &["nginx: [emerg] initgroups(nginx, 101) failed (1: Operation not permitted)"],
            ),
            logged(1, &["PermissionError: [Errno 1] Operation not permitted"]),
        ],
    ),
    (
        "owner-not-changed",
        &[
            logged(
                1,
                &[
                    "chown: changing ownership of '/var/www/tests/Unit/ExampleTest.php': Operation not permitted",
                ],
            ),
            logged(1, &["chown: /data: Operation not permitted"]),
        ],
    ),
];
