//! Users and owners that a start script may not change.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "user-not-switched",
        when: &[
            CauseSign::Logged("setgroups: Operation not permitted"),
            CauseSign::Logged("cannot set groups: Operation not permitted"),
            CauseSign::Logged("Could not set groups of effective user"),
            CauseSign::Logged("Can't drop privilege as nonroot user"),
            CauseSign::Logged("failed switching to \"*operation not permitted"),
            CauseSign::Logged("setgid(*failed (1: Operation not permitted)"),
            CauseSign::Logged("initgroups*Operation not permitted"),
            CauseSign::Logged("PermissionError: [Errno 1] Operation not permitted"),
        ],
        cause: "the image's start script switches to another user, which only root may, and \
                with SETUID and SETGID only",
        cure: &[
            SuggestionPart::text(
                "take `user` out of the container definition (and SETUID, SETGID out of \
                capabilities.drop), or start the program without switching; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "factoriotools/factorio-docker#187; ncopa/su-exec#2; \
                RotherOSS/otobo-docker#26; GeiserX/genieacs-container#34; \
                phusion/baseimage-docker#266; tianon/gosu, main.go; nginx, \
                src/os/unix/ngx_process_cycle.c; capabilities(7), CAP_SETGID",
    },
    Cause {
        id: "owner-not-changed",
        when: &[
            CauseSign::Logged("chown: changing ownership of '"),
            CauseSign::Logged("chown: *: Operation not permitted"),
        ],
        cause: "the start script changes the owner of files, and may not: the container does \
                not run as root, or the EFS access point enforces its own user",
        cure: &[
            SuggestionPart::text(
                "set the owner in the Dockerfile (COPY --chown) and on the access point \
                (posixUser, rootDirectory.creationInfo), or leave `user` unset; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "rw4lll/laravel-docker-examples#15; Amazon EFS User Guide, Enforcing a user \
                identity using an access point; chown(2), EPERM",
    },
];
