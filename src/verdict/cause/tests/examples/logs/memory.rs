//! Examples of the causes in `table/logs/memory.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "map-count-too-low",
        &[logged(
            1,
            &[
                "[1]: max virtual memory areas vm.max_map_count [65530] is too low, increase to at \
             least [262144]",
            ],
        )],
    ),
    (
        "java-metaspace-full",
        &[logged(1, &["java.lang.OutOfMemoryError: Metaspace"])],
    ),
    (
        "java-thread-not-started",
        &[
            logged(
                1,
                &[
                    "java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory or \
             process/resource limits reached",
                ],
            ),
            logged(
                1,
                &["java.lang.OutOfMemoryError: unable to create new native thread"],
            ),
        ],
    ),
    (
        "java-heap-full",
        &[logged(1, &["java.lang.OutOfMemoryError: Java heap space"])],
    ),
    (
        "java-without-memory",
        &[
            logged(1, &["Could not reserve enough space for object heap"]),
            logged(
                1,
                &["# There is insufficient memory for the Java Runtime Environment to continue."],
            ),
            logged(
                1,
                &[
                    "OpenJDK 64-Bit Server VM warning: INFO: os::commit_memory(0x0000000731400000, \
             3293577216, 0) failed; error='Cannot allocate memory' (errno=12)",
                ],
            ),
        ],
    ),
    (
        "thread-call-blocked",
        &[logged(
            1,
            &[
                "[0.003s][warning][os,thread] Failed to start thread \"GC Thread#0\" - pthread_create \
             failed (EPERM) for attributes: stacksize: 1024k, guardsize: 4k, detached.",
            ],
        )],
    ),
    (
        "javascript-heap-full",
        &[logged(
            1,
            &[
                "FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript \
             heap out of memory",
            ],
        )],
    ),
    (
        "gunicorn-worker-killed",
        &[logged(
            1,
            &[
                "[2024-11-05 09:26:00 +0000] [16] [ERROR] Worker (pid:17) was sent SIGKILL! Perhaps \
             out of memory?",
            ],
        )],
    ),
    (
        "java-option-refused",
        &[
            logged(1, &["Unrecognized VM option 'UseCGroupMemoryLimitForHeap'"]),
            logged(1, &["Invalid maximum heap size: -Xmx1024MM"]),
            logged(1, &["Invalid initial heap size: -Xms64m -Xmx128m"]),
            logged(
                1,
                &["Initial heap size set to a larger value than the maximum heap size"],
            ),
            logged(
                1,
                &[
                    "Conflicting collector combinations in option list; please refer to the release notes for the combinations allowed",
                ],
            ),
        ],
    ),
    (
        "java-not-created",
        &[
            logged(1, &["Error occurred during initialization of VM"]),
            logged(
                1,
                &[
                    "Error occurred during initialization of VM",
                    "agent library failed to init: instrument",
                ],
            ),
            logged(1, &["Error: Could not create the Java Virtual Machine."]),
        ],
    ),
    (
        "php-memory-limit",
        &[logged(
            1,
            &[
                "PHP Fatal error:  Allowed memory size of 134217728 bytes exhausted (tried to allocate 4096 bytes) in /app/vendor/a.php on line 3",
            ],
        )],
    ),
    (
        "program-without-memory",
        &[
            logged(1, &["bash: fork: Cannot allocate memory"]),
            logged(1, &["Error: spawn ENOMEM"]),
            logged(
                1,
                &["terminate called after throwing an instance of 'std::bad_alloc'"],
            ),
            logged(1, &["fatal error: runtime: out of memory"]),
            logged(1, &["fatal error: runtime: cannot allocate memory"]),
            logged(1, &["memory allocation of 1073741824 bytes failed"]),
            logged(
                1,
                &[
                    "Unhandled exception. System.OutOfMemoryException: Exception of type 'System.OutOfMemoryException' was thrown.",
                ],
            ),
            logged(1, &["NoMemoryError: failed to allocate memory"]),
            logged(
                1,
                &["eheap_alloc: Cannot allocate 1318267840 bytes of memory (of type \"heap\")."],
            ),
        ],
    ),
    (
        "shared-memory-too-small",
        &[
            logged(
                1,
                &[
                    "RuntimeError: DataLoader worker (pid 77) is killed by signal: Bus error. It is possible that dataloader's workers are out of shared memory. Please try to raise your shared memory limit. ERROR: Unexpected bus error encountered in worker. This might be caused by insufficient shared memory (shm).",
                ],
            ),
            logged(
                1,
                &[
                    "ERROR: could not resize shared memory segment \"/PostgreSQL.1804289383\" to 16777216 bytes: No space left on device",
                ],
            ),
        ],
    ),
    (
        "child-killed",
        &[
            logged(
                1,
                &[
                    "2021.06.11 11:30:49 WARN  app[][o.s.a.p.AbstractManagedProcess] Process exited with exit value [es]: 137",
                ],
            ),
            logged(1, &["worker exited with code 137"]),
            logged(1, &["Error: exit status 137"]),
            logged(1, &["error: running ffmpeg: signal: killed"]),
            logged(
                1,
                &["billiard.exceptions.WorkerLostError: Worker exited prematurely: signal 9 (SIGKILL)."],
            ),
            logged(1, &["[alert] 1#1: worker process 23 exited on signal 9"]),
            logged(1, &["child 7 killed by signal 9"]),
            logged(1, &["exited: web (terminated by SIGKILL; not expected)"]),
        ],
    ),
    (
        "descriptor-limit-huge",
        &[logged(1, &["1758397856: OOM allocating 1073741816 fds"])],
    ),
    (
        "memory-minimum",
        &[logged(
            1,
            &[
                "This machine must have at least 3.25 gigabytes of memory to install Microsoft(R) SQL Server(R).",
            ],
        )],
    ),
    (
        "sqlserver-crashed",
        &[
            logged(1, &["     handle-crash.sh"]),
            logged(1, &["FAILED to capture a dump. Details in paldumper log."]),
            logged(
                1,
                &["This program has encountered a fatal error and cannot continue running."],
            ),
        ],
    ),
];
