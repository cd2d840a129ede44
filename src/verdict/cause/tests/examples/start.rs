//! Examples of the causes in `table/start.rs`.

use crate::verdict::cause::tests::example::{container_not_started, logged, not_started};
use crate::verdict::cause::{ContainerFacts, FailureFacts};

/// A container that never started because of another one that it depends on, as the agent reports it.
const fn never_started(reason: &'static str) -> FailureFacts<'static> {
    FailureFacts {
        stop_code: Some("EssentialContainerExited"),
        stopped_reason: Some("Essential container in task exited"),
        container: Some(ContainerFacts {
            name: "web",
            exit_code: Some(143),
            reason: Some(reason),
        }),
        ..FailureFacts::NONE
    }
}

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "command-in-one-string",
        &[container_not_started(
            "CannotStartContainerError: API error (500): Cannot start container 54b6caa1f3d8: [8] System \
             error: exec: \"node index.js -t sockets_transport -i 0\": executable file not found in $PATH",
        )],
    ),
    (
        "command-not-in-image",
        &[
            container_not_started(
                "CannotStartContainerError: Error response from daemon: OCI runtime create failed: \
                 container_linux.go:380: starting container process caused: exec: \"python\": executable \
                 file not found in $PATH: unknown",
            ),
            not_started(
                "CannotStartContainerError: ResourceInitializationError: failed to create new container \
                 runtime task: failed to create shim: OCI runtime create failed: container_linux.go:380: \
                 starting container process caused: exec: \"-url\": executable file not found in",
            ),
        ],
    ),
    (
        "command-file-missing",
        &[container_not_started(
            "CannotStartContainerError: ResourceInitializationError: failed to create new container \
             runtime task: OCI runtime create failed: container_linux.go:370: starting container process \
             caused: exec: \"/opt/sonarqube/bin/run.sh\": stat /opt/sonarqube/bin/run.sh: no such file or \
             directory",
        )],
    ),
    (
        "command-not-executable",
        &[
            container_not_started(
                "CannotStartContainerError: API error (500): Cannot start container 0e7230dc3eef: [8] \
                 System error: exec: \"/entrypoint.sh\": permission denied",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to create shim task: OCI \
                 runtime create failed: runc create failed: unable to start container process: exec \
                 /bin/entrypoint.sh: permission denied: unknown",
            ),
            logged(
                1,
                &["standard_init_linux.go:190: exec user process caused \"permission denied\""],
            ),
        ],
    ),
    (
        "exec-format-error",
        &[
            logged(1, &["exec /usr/local/bin/streamlit: exec format error"]),
            logged(
                1,
                &["standard_init_linux.go:228: exec user process caused: exec format error"],
            ),
        ],
    ),
    (
        "script-interpreter-missing",
        &[logged(1, &["exec /entrypoint.sh: no such file or directory"])],
    ),
    (
        "program-loader-missing",
        &[
            logged(1, &["exec /iroh-relay: no such file or directory"]),
            logged(
                1,
                &["standard_init_linux.go:228: exec user process caused: no such file or directory"],
            ),
        ],
    ),
    (
        "dependency-failed",
        &[never_started(
            "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency \
             [migrate] for target [web] as dependency did not exit successfully.",
        )],
    ),
    (
        "dependency-timed-out",
        &[never_started(
            "CannotStartContainerError: dependency graph: container ordering dependency [db] for target \
             [web] has timed out.",
        )],
    ),
    (
        "instance-storage-full",
        &[container_not_started(
            "CannotCreateContainerError: API error (500): devmapper: Thin Pool has 4350 free data blocks \
             which is less than minimum required 4454 free data blocks. Create more free space in thin pool \
             or use dm.min_free_space option to change behavior",
        )],
    ),
    (
        "runtime-timed-out",
        &[container_not_started(
            "ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 1m: \
             <reason>",
        )],
    ),
    (
        "container-status-unknown",
        &[container_not_started(
            "CannotStartContainerError: failed to get container status: <reason>",
        )],
    ),
];
