//! Memory that does not suffice, by what a runtime says.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "map-count-too-low",
        when: &[CauseSign::Logged("max virtual memory areas vm.max_map_count")],
        cause: "Elasticsearch wants a higher vm.max_map_count of its host",
        cure: &[SuggestionPart::text(
            "on EC2 sysctl -w vm.max_map_count=262144 in the instance's user data; on Fargate \
                 set node.store.allow_mmap=false and discovery.type=single-node",
        )],
        source: "rekibnikufesin/nodejs-api-swagger#5",
    },
    Cause {
        id: "java-option-refused",
        when: &[
            CauseSign::Logged("Unrecognized VM option"),
            CauseSign::Logged("Invalid maximum heap size"),
            CauseSign::Logged("Invalid initial heap size"),
            CauseSign::Logged("Initial heap size set to a larger value"),
            CauseSign::Logged("Conflicting collector combinations"),
        ],
        cause: "the JVM does not take one of its options: this Java version no longer has it, \
                or its value is malformed",
        cure: &[
            SuggestionPart::text(
                "correct JAVA_OPTS or JAVA_TOOL_OPTIONS (heap by the task's memory: \
                -XX:MaxRAMPercentage=75); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "UniversalMediaServer/UniversalMediaServer#3050; \
                linuxserver-archive/docker-unifi-controller#177; zeroturnaround/zt-exec#73; \
                JDK documentation, The java command",
    },
    Cause {
        id: "java-metaspace-full",
        when: &[CauseSign::Logged("OutOfMemoryError: Metaspace")],
        cause: "Java reached its limit for class metadata",
        cure: &[
            SuggestionPart::text("raise or remove -XX:MaxMetaspaceSize and give the task more memory; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "davpin/cf-SpringBootTrader#27",
    },
    Cause {
        id: "java-thread-not-started",
        when: &[
            CauseSign::Logged("unable to create native thread"),
            CauseSign::Logged("unable to create new native thread"),
        ],
        cause: "Java could not start a thread: the limit of processes or the memory outside the \
                heap is used up",
        cure: &[
            SuggestionPart::text(
                "look for a thread leak; lower -Xmx or raise memory, on EC2 also ulimits nproc; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "observabilitystack/geoip-api#141",
    },
    Cause {
        id: "java-heap-full",
        when: &[CauseSign::Logged("java.lang.OutOfMemoryError")],
        cause: "Java's heap is full",
        cure: &[
            SuggestionPart::text(
                "raise memory and -Xmx (-XX:MaxRAMPercentage=75), or look for a leak; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Java troubleshooting guide, Understand the OutOfMemoryError exception",
    },
    Cause {
        id: "java-without-memory",
        when: &[
            CauseSign::Logged("There is insufficient memory for the Java Runtime"),
            CauseSign::Logged("os::commit_memory(*failed"),
            CauseSign::Logged("Could not reserve enough space for"),
        ],
        cause: "Java got less memory from the system than -Xms or -Xmx asks for",
        cure: &[
            SuggestionPart::text("lower -Xms and -Xmx (-XX:MaxRAMPercentage=75) or raise memory; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "tchiotludo/akhq#1199; tobert/cassandra-docker#8; sixeyed/dockerfiles-windows#8",
    },
    Cause {
        id: "thread-call-blocked",
        when: &[CauseSign::Logged("pthread_create failed (EPERM)")],
        cause: "an old Docker on the instance blocks clone3, which the image's newer C library \
                uses for threads",
        cure: &[SuggestionPart::text(
            "use a newer ECS-optimized AMI (a newer Docker), or an image on an older distribution",
        )],
        source: "bitnami/containers#63496",
    },
    Cause {
        id: "javascript-heap-full",
        when: &[CauseSign::Logged("JavaScript heap out of memory")],
        cause: "Node.js reached the limit of its own heap",
        cure: &[
            SuggestionPart::text(
                "set NODE_OPTIONS=--max-old-space-size=MB below the container's memory and raise \
                 memory, or look for a leak; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "FlowiseAI/Flowise#4769",
    },
    Cause {
        id: "gunicorn-worker-killed",
        when: &[CauseSign::Logged("was sent SIGKILL! Perhaps out of memory")],
        cause: "a gunicorn worker was killed: out of memory, or it did not end after its timeout",
        cure: &[
            SuggestionPart::text(
                "raise memory or lower --workers; if WORKER TIMEOUT comes before, raise --timeout; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "open-runtimes/open-runtimes#330",
    },
    Cause {
        id: "java-not-created",
        when: &[
            CauseSign::Logged("Error: Could not create the Java Virtual Machine"),
            CauseSign::Logged("Error occurred during initialization of VM"),
            CauseSign::Logged("agent library failed to init"),
        ],
        cause: "the JVM can't start with its options or in the memory of the container; the \
                line before says which",
        cure: &[
            SuggestionPart::text("correct JAVA_OPTS or JAVA_TOOL_OPTIONS, or raise memory; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "JDK, java launcher (java.c)",
    },
    Cause {
        id: "php-memory-limit",
        when: &[CauseSign::Logged("Allowed memory size of")],
        cause: "PHP reached its own memory_limit, not the container's",
        cure: &[
            SuggestionPart::text(
                "raise memory_limit in php.ini (PHP_MEMORY_LIMIT, or a file in conf.d) below \
                the container's memory; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "PHP manual, memory_limit",
    },
    Cause {
        id: "program-without-memory",
        when: &[
            CauseSign::Logged("Cannot allocate memory"),
            CauseSign::Logged("ENOMEM"),
            CauseSign::Logged("std::bad_alloc"),
            CauseSign::Logged("fatal error: runtime: out of memory"),
            CauseSign::Logged("fatal error: runtime: cannot allocate memory"),
            CauseSign::Logged("memory allocation of * bytes failed"),
            CauseSign::Logged("System.OutOfMemoryException"),
            CauseSign::Logged("NoMemoryError"),
            CauseSign::Logged("eheap_alloc: Cannot allocate"),
        ],
        cause: "the program asked for more memory than there is",
        cure: &[
            SuggestionPart::text(
                "raise memory of the container or the task, or lower what the program takes \
                (workers, caches); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "fork(2), ENOMEM; Go, runtime/malloc.go; Rust, alloc::handle_alloc_error; .NET \
                and Ruby documentation; erlang/otp, erl_alloc.c",
    },
    Cause {
        id: "shared-memory-too-small",
        when: &[
            CauseSign::Logged("insufficient shared memory"),
            CauseSign::Logged("could not resize shared memory segment"),
        ],
        cause: "/dev/shm is 64 MB by default, and the program wants more",
        cure: &[
            SuggestionPart::text(
                "on EC2 set linuxParameters.sharedMemorySize; on Fargate, which does not have \
                it, use fewer workers (DataLoader num_workers=0); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "pytorch/pytorch, torch/utils/data/_utils/signal_handling.py; Amazon ECS API \
                Reference, LinuxParameters (sharedMemorySize)",
    },
    Cause {
        id: "child-killed",
        when: &[
            CauseSign::Logged("exit value *: 137"),
            CauseSign::Logged("exited with code 137"),
            CauseSign::Logged("exit status 137"),
            CauseSign::Logged(": signal: killed"),
            CauseSign::Logged("signal 9 (SIGKILL)"),
            CauseSign::Logged("exited on signal 9"),
            CauseSign::Logged("killed by signal 9"),
            CauseSign::Logged("terminated by SIGKILL"),
        ],
        cause: "a child process of the program was killed, almost always as the container's \
                memory was used up",
        cure: &[
            SuggestionPart::text("raise memory of the container or the task, or run fewer workers; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "SonarSource/docker-sonarqube#491; signal(7) (128 + SIGKILL); celery/billiard#273",
    },
    Cause {
        id: "descriptor-limit-huge",
        when: &[CauseSign::Logged("OOM allocating * fds")],
        cause: "the program reserves memory for each file that it may open, and the container's \
                limit (nofile) is huge",
        cure: &[
            SuggestionPart::text(
                "set ulimits nofile (softLimit and hardLimit 65536) on the container; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "EVerest/EVerest-archived#267; Amazon ECS API Reference, Ulimit",
    },
    Cause {
        id: "memory-minimum",
        when: &[CauseSign::LoggedPhrase(
            &[
                &["at least"],
                &["megabytes", "gigabytes", "mb", "gb", "mib", "gib"],
                &["of memory", "memory", "of ram", "ram"],
            ],
            &["recommend", "warn"],
        )],
        cause: "the program refuses to start with less memory than the line names",
        cure: &[
            SuggestionPart::text("raise memory of the container and the task to that; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "microsoft/mssql-docker#70 and #593",
    },
    Cause {
        id: "sqlserver-crashed",
        when: &[
            CauseSign::Logged("handle-crash.sh"),
            CauseSign::Logged("FAILED to capture a dump"),
            CauseSign::Logged("This program has encountered a fatal error and cannot continue running"),
        ],
        cause: "SQL Server crashed while it started: it has less than 2 GB of memory, may not \
                write /var/opt/mssql, or runs on a kernel or processor that it does not support",
        cure: &[
            SuggestionPart::text(
                "give the task 4 GB, and the volume to user 10001 (chown in an init container or \
                the EFS access point); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "microsoft/mssql-docker#290, #593 and #836; SQL Server documentation, Install on \
                Linux (system requirements)",
    },
];
