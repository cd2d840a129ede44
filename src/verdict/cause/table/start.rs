//! Causes of failures to start the container's program.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "command-in-one-string",
        when: &[CauseSign::Said(
            "exec: \"* *\": executable file not found in $PATH",
        )],
        cause: "the whole command line was taken for the name of a program: command or entryPoint is one \
                string instead of a list",
        cure: &[
            SuggestionPart::text(
                "write each word as its own item: `command: [node, index.js, -t, x]`, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-cli#78",
    },
    Cause {
        id: "command-not-in-image",
        when: &[CauseSign::Said("exec: \"*\": executable file not found in")],
        cause: "the image has no program by that name in its PATH: a misspelt command, or another image \
                than expected",
        cure: &[
            SuggestionPart::text(
                "docker run --rm --entrypoint sh IMAGE -c 'command -v NAME'; correct command, \
                 entryPoint or the Dockerfile, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-cli#1136; jenkinsci/amazon-ecs-plugin#258",
    },
    Cause {
        id: "command-file-missing",
        when: &[CauseSign::Said("exec: \"*\": stat *no such file or dir")],
        cause: "the file to run is not there: not in the image, or hidden by a volume mounted over its \
                directory",
        cure: &[SuggestionPart::text(
            "docker run --rm --entrypoint ls IMAGE -l PATH; if it exists, check mountPoints for a \
                 containerPath above it",
        )],
        source: "aws/amazon-ecs-agent#2954",
    },
    Cause {
        id: "command-not-executable",
        when: &[
            CauseSign::Said("exec: \"*\": permission denied"),
            CauseSign::Said("unable to start container process: exec /*: permission denied"),
            CauseSign::Logged("exec user process caused*permission denied"),
        ],
        cause: "the file to run has no execute permission in the image, or the container's user may not \
                run it",
        cure: &[
            SuggestionPart::text("in the Dockerfile RUN chmod +x FILE (or COPY --chmod=755), then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "DataDog/docker-dd-agent#102; aminvakil/docker-ocserv#52; appleboy/scp-action#164 (Docker's \
                 words); aws/amazon-ecs-agent#1568",
    },
    Cause {
        id: "exec-format-error",
        when: &[
            CauseSign::Logged("exec *: exec format error"),
            CauseSign::Logged("exec user process caused*exec format error"),
        ],
        cause: "the program is built for another processor than the task's (arm64 for an x86 task, often), \
                or a script lacks its #! line",
        cure: &[
            SuggestionPart::text(
                "build for the task: `build: {context: ., platform: linux/amd64}`, or set \
                 runtimePlatform: {cpuArchitecture: ARM64}; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws-samples/amazon-bedrock-serverless-prompt-chaining#213; \
                 KevinSeghetti/aws-terraform-ecs#1; aws-containers/ecs-anywhere-tutorial#2",
    },
    Cause {
        id: "script-interpreter-missing",
        when: &[CauseSign::LoggedAs("exec /*.sh: no such file or directory")],
        cause: "the script is there, but its interpreter is not: most often Windows line endings turn \
                #!/bin/sh into a name with a \\r",
        cure: &[
            SuggestionPart::text(
                "save it with LF (`*.sh text eol=lf` in .gitattributes), check that the image has the \
                 #! program, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/graph-explorer#85; ericc-ch/copilot-api#137",
    },
    Cause {
        id: "program-loader-missing",
        when: &[
            CauseSign::LoggedAs("exec /*: no such file or directory"),
            CauseSign::Logged("exec user process caused*no such file or directory"),
        ],
        cause: "the file is there, but not what runs it: the loader that a program linked against glibc \
                asks for (Alpine has none), or the #! program of a script (with Windows line endings its \
                name ends in \\r)",
        cure: &[
            SuggestionPart::text(
                "link it statically, or use the base image that it was built on; save a script with LF; \
                 then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "n0-computer/iroh#4212; ClickHouse/clickhouse_exporter#84; foxdalas/sphinx_exporter#14; \
                 elastic/elasticsearch-docker#191",
    },
    Cause {
        id: "dependency-failed",
        when: &[CauseSign::Said(
            "failed to resolve container ordering dependency*as dependency did not exit successfully",
        )],
        cause: "the container waits with dependsOn for another to end with SUCCESS, and that one ended \
                with an error",
        cure: &[
            SuggestionPart::text("check the other container's log: "),
            SuggestionPart::command("logs", "SERVICE --previous --container NAME"),
        ],
        source: "aws/amazon-ecs-agent, agent/engine/dependencygraph/graph.go and task_manager.go \
                 (CannotStartContainerError, exit code 143)",
    },
    Cause {
        id: "dependency-timed-out",
        when: &[CauseSign::Said("container ordering dependency*has timed out")],
        cause: "the container waits with dependsOn for another, which did not get there within its \
                startTimeout",
        cure: &[
            SuggestionPart::text("check the other container ("),
            SuggestionPart::command("logs", "SERVICE --previous --container NAME"),
            SuggestionPart::text("), or give it a longer startTimeout"),
        ],
        source: "aws/amazon-ecs-agent, agent/engine/dependencygraph/graph.go",
    },
    Cause {
        id: "instance-storage-full",
        when: &[CauseSign::Said(
            "CannotCreateContainerError*devmapper: Thin Pool has",
        )],
        cause: "the instance's Docker storage is full",
        cure: &[SuggestionPart::text(
            "on the instance docker system prune -a, or replace it with one that has a larger volume",
        )],
        source: "awsdocs/amazon-ecs-developer-guide, doc_source/CannotCreateContainerError.md",
    },
    Cause {
        id: "runtime-timed-out",
        when: &[CauseSign::Said(
            "Could not transition to *; timed out after waiting",
        )],
        cause: "the container runtime did not get the container there in time",
        cure: &[
            SuggestionPart::text("ECS retries: "),
            SuggestionPart::command("wait", "SERVICE"),
            SuggestionPart::text(
                "; on EC2 look at the instance's Docker and disk load (journalctl -u docker)",
            ),
        ],
        source: "Amazon ECS developer guide, Troubleshooting ContainerRuntimeTimeoutError errors; \
                 aws/amazon-ecs-agent, agent/dockerclient/dockerapi/errors.go (DockerTimeoutError)",
    },
    Cause {
        id: "container-status-unknown",
        when: &[CauseSign::Said(
            "CannotStartContainerError: failed to get container status",
        )],
        cause: "the container was gone as soon as it started; AWS names too little memory as the usual \
                reason",
        cure: &[
            SuggestionPart::text("raise the container's memory in the task definition, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting CannotStartContainerError errors",
    },
];
