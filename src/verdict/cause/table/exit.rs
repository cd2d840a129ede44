//! Causes of program exits. `exit_code` describes what a code means; these rows say what to do about it.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

/// Ends from outside: whatever the log says did not end the program.
pub(super) const FROM_OUTSIDE: &[Cause] = &[
    Cause {
        id: "out-of-memory",
        when: &[CauseSign::Said("OutOfMemoryError")],
        cause: "the container's processes took more memory than it may have",
        cure: &[
            SuggestionPart::text(
                "raise memory of the container or the task (or lower the program's own limit: -Xmx, \
                 --max-old-space-size), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting OutOfMemoryError errors; \
                 aws/amazon-ecs-agent, agent/dockerclient/dockerapi/errors.go",
    },
    Cause {
        id: "killed",
        when: &[CauseSign::Exited(137)],
        cause: "something killed the program without warning: the instance or the task ran out of memory, \
                or its stop took too long",
        cure: &[SuggestionPart::text(
            "look for growing memory in the service's metrics and raise memory; a program that \
                 ignores SIGTERM needs `stopTimeout` or initProcessEnabled",
        )],
        source: "AWS re:Post, Why is my Amazon ECS task stopped (Common exit codes); moby/moby#21083",
    },
    Cause {
        id: "terminated",
        when: &[CauseSign::Exited(143)],
        cause: "the program was asked to end (SIGTERM) and did; the container never started at all when \
                one that it depends on failed",
        cure: &[
            SuggestionPart::text("check the other containers of the task first: "),
            SuggestionPart::command("tasks", "SERVICE --stopped"),
        ],
        source: "aws/amazon-ecs-agent, agent/engine/task_manager.go (handleTerminalDependencyError reports \
                 143)",
    },
];

/// What the exit code alone tells. A line of the log tells more, and comes before.
pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "segmentation-fault",
        when: &[CauseSign::Exited(139)],
        cause: "native code of the program crashed: a library that doesn't fit the image or its processor, \
                or a defect",
        cure: &[
            SuggestionPart::text(
                "run the same image locally: docker run --rm IMAGE; compare base image and native \
                 libraries with the last version that worked (",
            ),
            SuggestionPart::command("history", "SERVICE"),
            SuggestionPart::text(")"),
        ],
        source: "AWS re:Post, Why is my Amazon ECS task stopped (Common exit codes); 128 + SIGSEGV",
    },
    Cause {
        id: "command-not-invoked",
        when: &[CauseSign::Exited(126)],
        cause: "the command was found and could not be run: no execute permission, or a directory",
        cure: &[
            SuggestionPart::text(
                "chmod +x it in the Dockerfile, or name the program itself in command; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker-container-exec(1), Exit Status; hyperhq/hyperstart d74aaa3 (docker run's exit \
                 codes)",
    },
    Cause {
        id: "command-not-found",
        when: &[CauseSign::Exited(127)],
        cause: "a command was not found, often by the shell that runs the start script: not installed in \
                this image, or not in PATH",
        cure: &[
            SuggestionPart::command("logs", "SERVICE --previous"),
            SuggestionPart::text(" names it; install it in the Dockerfile's last stage, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hyperhq/hyperstart d74aaa3 (docker run's exit codes: 127 if the contained command cannot \
                 be found)",
    },
    Cause {
        id: "program-ended",
        when: &[CauseSign::Exited(0)],
        cause: "the program ended by itself without an error, and an essential container must go on running",
        cure: &[SuggestionPart::text(
            "keep it in the foreground (no daemon mode, no script that returns); for work that \
                 ends, run a task instead of a service: aws ecs run-task",
        )],
        source: "AWS re:Post, Why is my Amazon ECS task stopped (Essential container in task exited)",
    },
    Cause {
        id: "instruction-illegal",
        when: &[CauseSign::Exited(132)],
        cause: "the program uses instructions that the processor does not have (SIGILL): \
                built for a newer processor, or with -march=native",
        cure: &[
            SuggestionPart::text(
                "build for a common one (-march=x86-64-v2 or less), and keep \
                runtimePlatform.cpuArchitecture in step with the image; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "oven-sh/bun#17621; signal(7) (128 + 4)",
    },
    Cause {
        id: "program-failed",
        when: &[CauseSign::Crashed],
        cause: "the program ended by itself; its log says why",
        cure: &[SuggestionPart::command("logs", "SERVICE --previous")],
        source: "AWS re:Post, Why is my Amazon ECS task stopped (Essential container in task exited; \
                 Common exit codes)",
    },
];
