//! Examples of the causes in `table/logs/pointers.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "gunicorn-worker-late",
        &[logged(
            1,
            &["[2024-01-09 13:24:39 +0000] [1637] [CRITICAL] WORKER TIMEOUT (pid:7214)"],
        )],
    ),
    (
        "gunicorn-worker-not-started",
        &[logged(
            1,
            &["gunicorn.errors.HaltServer: <HaltServer 'Worker failed to boot.' 3>"],
        )],
    ),
    (
        "uwsgi-program-not-loaded",
        &[
            logged(1, &["*** no app loaded. GAME OVER ***"]),
            logged(
                1,
                &["unable to load app 0 (mountpoint='') (callable not found or import error)"],
            ),
        ],
    ),
    (
        "spring-bean-failed",
        &[
            logged(
                1,
                &["org.springframework.beans.factory.UnsatisfiedDependencyException: Error in bean"],
            ),
            logged(
                1,
                &[
                    "org.springframework.context.ApplicationContextException: Failed to start bean 'webServerStartStop'",
                ],
            ),
            logged(
                1,
                &[
                    "org.springframework.beans.factory.BeanCreationException: Error creating bean with name 'entityManagerFactory'",
                ],
            ),
            logged(1, &["APPLICATION FAILED TO START"]),
        ],
    ),
    (
        "program-panicked",
        &[
            logged(1, &["thread 'main' panicked at src/main.rs:12:10:"]),
            logged(1, &["goroutine 1 [running]:"]),
        ],
    ),
    (
        "erlang-application-failed",
        &[
            logged(
                1,
                &[
                    "Kernel pid terminated (application_controller) ({application_start_failure,web,{bad_return,...}})",
                ],
            ),
            logged(
                1,
                &[
                    "** (Mix) Could not start application web: Web.Application.start(:normal, []) returned an error",
                ],
            ),
        ],
    ),
];
