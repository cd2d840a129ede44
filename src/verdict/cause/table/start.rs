//! Causes of failures to start the container's program.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "command-in-one-string",
        when: &[
            CauseSign::Said("exec: *\"* *\": executable file not found in $PATH"),
            CauseSign::Said("exec: \"/* -*\": stat /"),
        ],
        cause: "the whole command line was taken for the name of a program: command or entryPoint is one \
                string instead of a list",
        cure: &[
            SuggestionPart::text(
                "write each word as its own item: `command: [node, index.js, -t, x]` (for `&&` or \
                 `|`: [sh, -c, \"a && b\"]); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-cli#78; Hsn723/postfix_exporter#61",
    },
    Cause {
        id: "option-run-as-program",
        when: &[CauseSign::Said("exec: \"-*\": executable file not found")],
        cause: "an option was run as the program: command starts with one, and the image has no \
                entry point",
        cure: &[
            SuggestionPart::text("set entryPoint to the program, or put the program first in command; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "jenkinsci/amazon-ecs-plugin#258",
    },
    Cause {
        id: "command-not-in-image",
        when: &[
            CauseSign::Said("exec: \"*\": executable file not found in"),
            CauseSign::Said("container process caused*executable file not found in"),
            CauseSign::Said("crun: executable file `*not found"),
            CauseSign::Said("encountered an error during CreateProcess*cannot find the file specified"),
            CauseSign::Said("hcs::System::CreateProcess*cannot find the file specified"),
            CauseSign::Said("hcsshim::System::CreateProcess*cannot find the file specified"),
        ],
        cause: "the image has no program by that name in its PATH: a misspelt command, or another image \
                than expected",
        cure: &[
            SuggestionPart::text(
                "docker run --rm --entrypoint sh IMAGE -c 'command -v NAME'; correct command, \
                 entryPoint or the Dockerfile, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-cli#1136; jenkinsci/amazon-ecs-plugin#258; \
                 Freika/dawarich#738; containers/crun#1688; docker/for-win#4320; \
                 containerd/containerd#6300",
    },
    Cause {
        id: "command-file-missing",
        when: &[
            CauseSign::Said("exec: \"*\": stat *no such file"),
            CauseSign::Said("container process caused*exec: *stat *no such file"),
            CauseSign::SaidBut("exec: \"*\": stat /", &["permission denied", "not a directory"]),
        ],
        cause: "the file to run is not there: not in the image, or hidden by a volume mounted over its \
                directory",
        cure: &[SuggestionPart::text(
            "docker run --rm --entrypoint ls IMAGE -l PATH; if it exists, check mountPoints for a \
                 containerPath above it",
        )],
        source: "aws/amazon-ecs-agent#2954",
    },
    Cause {
        id: "command-is-directory",
        when: &[CauseSign::Said("exec: \"*\": is a directory")],
        cause: "command or entryPoint names a directory instead of a program",
        cure: &[
            SuggestionPart::text("name the program itself, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "opencontainers/runc (Go's exec.LookPath)",
    },
    Cause {
        id: "command-not-executable",
        when: &[
            CauseSign::Said("exec: \"*\": permission denied"),
            CauseSign::Said("unable to start container process: exec /*: permission denied"),
            CauseSign::Logged("exec user process caused*permission denied"),
            CauseSign::SaidBut(
                "container process caused*exec: *permission denied",
                &["/attr/exec: "],
            ),
            CauseSign::Said("open executable: Permission denied"),
            CauseSign::Said("open executable: Operation not permitted"),
            CauseSign::Logged("tini (*exec * failed: Permission denied"),
            CauseSign::LoggedAs("exec /*: permission denied"),
            CauseSign::Logged("exec /*failed: Permission denied"),
        ],
        cause: "the file to run has no execute permission in the image, or the container's user may not \
                run it",
        cure: &[
            SuggestionPart::text("in the Dockerfile RUN chmod +x FILE (or COPY --chmod=755), then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "DataDog/docker-dd-agent#102; aminvakil/docker-ocserv#52; \
                appleboy/scp-action#164 (Docker's words); aws/amazon-ecs-agent#1568; \
                wso2/docker-apim#189; earthly/earthly#2267; containers/crun#1694; \
                ahmetb/cloud-run-static-outbound-ip#1; GewoonJaap/codex-openai-wrapper#14; \
                factoriotools/factorio-docker#87",
    },
    Cause {
        id: "command-missing",
        when: &[CauseSign::Said("no command specified")],
        cause: "neither the image nor the task definition names a program to run",
        cure: &[
            SuggestionPart::text(
                "set command or entryPoint of the container, or CMD or ENTRYPOINT in the Dockerfile; \
                 then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby, daemon/create.go",
    },
    Cause {
        id: "directory-not-accessible",
        when: &[CauseSign::Said("chdir to cwd (")],
        cause: "the container's user may not enter the working directory",
        cure: &[
            SuggestionPart::text(
                "give it to the user in the Dockerfile (RUN chown or chmod of WORKDIR), or set \
                 `workingDirectory: /`; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "suborbital/e2core#197; jimmidyson/configmap-reload#110",
    },
    Cause {
        id: "directory-relative",
        when: &[CauseSign::Said("the working directory '*' is invalid")],
        cause: "workingDirectory is not an absolute path",
        cure: &[
            SuggestionPart::text("set `workingDirectory: /app`, beginning with /, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby, daemon/container.go",
    },
    Cause {
        id: "exec-format-error",
        when: &[
            CauseSign::Logged("exec *: exec format error"),
            CauseSign::Logged("exec user process caused*exec format error"),
            CauseSign::Said("unable to start container process*exec format error"),
            CauseSign::Said("container process caused*exec format error"),
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
        when: &[
            CauseSign::LoggedAs("exec /*.sh: no such file or directory"),
            CauseSign::Logged("^M: bad interpreter"),
            CauseSign::Logged("tini (*exec *.sh failed: No such file"),
            CauseSign::Logged("\\r’: No such file"),
            CauseSign::Logged("\\r': No such file"),
            CauseSign::Logged("to pass options in shebang lines"),
            CauseSign::LoggedAs("exec *.sh: no such file or directory"),
            CauseSign::LoggedAs("': No such file or directory"),
            CauseSign::LoggedAs("’: No such file or directory"),
        ],
        cause: "the script is there, but its interpreter is not: most often Windows line endings turn \
                #!/bin/sh into a name with a \\r",
        cure: &[
            SuggestionPart::text(
                "save it with LF (`*.sh text eol=lf` in .gitattributes), check that the image has the \
                 #! program, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/graph-explorer#85; ericc-ch/copilot-api#137; \
                Tiryoh/docker-ros2-desktop-vnc#147; cedya77/aiometadata#578; \
                puckel/docker-airflow#597; kartoza/docker-postgis#106; \
                Unstructured-IO/unstructured-api#261; infiniflow/ragflow#266; \
                ericc-ch/copilot-api#137; Cap-Coding/symfony_docker#1",
    },
    Cause {
        id: "program-loader-missing",
        when: &[
            CauseSign::LoggedAs("exec /*: no such file or directory"),
            CauseSign::Logged("exec user process caused*no such file or directory"),
            CauseSign::Said("unable to start container process: exec /*: no such file"),
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
        id: "memory-too-low-to-start",
        when: &[
            CauseSign::Said("memory.limit_in_bytes"),
            CauseSign::Said("memory.memsw.limit_in_bytes"),
            CauseSign::Said("cannot start a container that has stopped"),
            CauseSign::Said("cannot start a stopped process"),
            CauseSign::Said("copying bootstrap data to pipe"),
            CauseSign::Said("getting the final child's pid from pipe"),
            CauseSign::Said("container init was OOM-killed"),
            CauseSign::Said("unable to set memory limit to"),
        ],
        cause: "the container was killed before its program ran: its memory limit is too low even \
                 for the runtime",
        cure: &[
            SuggestionPart::text(
                "raise the container's memory in the task definition (to 64 MiB or more), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby#38921, #41168 and #41164; opencontainers/runc#2736, \
                 libcontainer (OOM-killed); opencontainers/runc#2812",
    },
    Cause {
        id: "memory-below-docker-minimum",
        when: &[CauseSign::Said("Minimum memory limit allowed is")],
        cause: "Docker refuses to create the container: its memory is below Docker's minimum, 6 MiB (4 MiB \
                 before Docker 20.10)",
        cure: &[
            SuggestionPart::text(
                "raise memory in the container definition to what the program needs, 6 MiB at least; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby, daemon/daemon_unix.go (verifyPlatformContainerResources); ECS API reference, \
                 ContainerDefinition (memory)",
    },
    Cause {
        id: "capability-unknown",
        when: &[
            CauseSign::Said("invalid CapAdd"),
            CauseSign::Said("invalid CapDrop"),
            CauseSign::Said("capability not supported by your kernel"),
        ],
        cause: "linuxParameters.capabilities names a capability that does not exist, or that the \
                 instance's kernel does not know",
        cure: &[
            SuggestionPart::text("correct or remove it, or use a newer AMI; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby, daemon/container.go, daemon/pkg/oci/caps/utils.go",
    },
    Cause {
        id: "seccomp-filters-full",
        when: &[CauseSign::Said("loading seccomp filter*errno 524")],
        cause: "the host's kernel has no memory left for seccomp filters (net.core.bpf_jit_limit)",
        cure: &[
            SuggestionPart::text(
                "on EC2 raise it on the instance with sudo sysctl -w net.core.bpf_jit_limit=…, or ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
            SuggestionPart::text(" to start on other hosts"),
        ],
        source: "hiifeng/V2ray-for-Doprax#34",
    },
    Cause {
        id: "ulimit-too-high",
        when: &[CauseSign::Said("error setting rlimit")],
        cause: "ulimits asks for more than the host allows",
        cure: &[
            SuggestionPart::text(
                "lower `ulimits` of the container, or raise the limits of Docker on the instance; \
                 then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "opencontainers/runc, libcontainer/init_linux.go (setupRlimits)",
    },
    Cause {
        id: "sysctl-of-host",
        when: &[
            CauseSign::Said("is not in a separate kernel namespace"),
            CauseSign::Said("not allowed in host network namespace"),
        ],
        cause: "systemControls sets a kernel value that belongs to the whole host",
        cure: &[
            SuggestionPart::text(
                "remove it from systemControls and set it on the instance (sudo sysctl -w), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker/compose#5802; containerd/containerd#5281; opencontainers/runc#2693",
    },
    Cause {
        id: "sysctl-not-writable",
        when: &[
            CauseSign::Said("write sysctl key*permission denied"),
            CauseSign::Said("write sysctl key*no such file"),
            CauseSign::Said("container init*open /proc/sys/*no such file"),
            CauseSign::Said("write sysctl key*invalid argument"),
        ],
        cause: "the kernel has no value by the name in systemControls, refuses what it is set to, or does not let a container set it",
        cure: &[
            SuggestionPart::text(
                "correct or remove the entry of systemControls (ls /proc/sys on the instance \
                shows the names), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker/docs#9631; nestybox/sysbox#503; opencontainers/runc#2091",
    },
    Cause {
        id: "host-port-in-use",
        when: &[
            CauseSign::Said("programming external connectivity*port is already allocated"),
            CauseSign::Said("Bind for *failed: port is already"),
            CauseSign::Said("programming external connectivity*address already in use"),
        ],
        cause: "another container or program on the instance already has this host port",
        cure: &[
            SuggestionPart::text("set `hostPort: 0`, or `networkMode: awsvpc`; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "microsoft/vscode-docker#1309; docker/for-mac#1114 (Docker's words)",
    },
    Cause {
        id: "root-read-only",
        when: &[
            CauseSign::SaidBut("CannotStartContainerError*read-only file system", &["cgroup"]),
            CauseSign::SaidBut("rootfs_linux.go:*read-only file system", &["cgroup"]),
        ],
        cause: "something has to be made in the container's file system, such as a mount's \
                 directory, and its root is read-only",
        cure: &[
            SuggestionPart::text(
                "make the directory in the Dockerfile, or leave out readonlyRootFilesystem; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "opencontainers/runc, libcontainer/rootfs_linux.go (the kernel's words, \
                EROFS); aws/amazon-ecs-agent#951",
    },
    Cause {
        id: "instance-out-of-memory",
        when: &[
            CauseSign::SaidBut("CannotStartContainerError*cannot allocate memory", &["cgroup"]),
            CauseSign::SaidBut("CannotCreateContainerError*cannot allocate memory", &["cgroup"]),
        ],
        cause: "the instance has no memory left to start the container",
        cure: &[
            SuggestionPart::text(
                "run fewer tasks on the instance or use larger ones (memoryReservation lower than \
                 what the programs take overfills it); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby (the kernel's words, ENOMEM)",
    },
    Cause {
        id: "mount-does-not-fit",
        when: &[
            CauseSign::Said("trying to mount a directory onto a file"),
            CauseSign::Said("to rootfs at *not a directory"),
            CauseSign::SaidBut(
                "rootfs_linux.go:*mounting ",
                &[
                    "cgroup",
                    "mqueue",
                    "procfs",
                    "sysfs",
                    "no space left",
                    "permission denied",
                    "operation not permitted",
                ],
            ),
        ],
        cause: "a volume does not fit its containerPath: its source is missing, or is a directory \
                 where the container has a file, or the other way round",
        cure: &[
            SuggestionPart::text(
                "check the source path on the instance (Docker makes a missing one a directory), or \
                 mount its directory instead of a single file; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent#712 (cut off by ECS); dwaaan/HRConvert2-Docker#11",
    },
    Cause {
        id: "gpu-missing",
        when: &[CauseSign::Said("no cuda-capable device")],
        cause: "the container asks for a GPU, and the instance has none",
        cure: &[
            SuggestionPart::text(
                "use instances with a GPU and the ECS GPU-optimized AMI: aws ssm get-parameter \
                 --name /aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "NVIDIA/nvidia-docker (prestart hook); Amazon ECS developer guide, Task definitions \
                 for GPU workloads",
    },
    Cause {
        id: "gpu-runtime-missing",
        when: &[
            CauseSign::Said("could not select device driver"),
            CauseSign::Said("Unknown runtime specified nvidia"),
            CauseSign::Said("Runtime is not set for GPU containers"),
            CauseSign::Said("invalid runtime name: nvidia"),
        ],
        cause: "the instance's Docker has no NVIDIA runtime for a container that asks for a GPU",
        cure: &[
            SuggestionPart::text(
                "use the ECS GPU-optimized AMI: aws ssm get-parameter --name \
                 /aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "NVIDIA/nvidia-docker#1034; infiniflow/ragflow#9573; rapidsai/node#324; \
                 aws/amazon-ecs-agent, agent/api/task/task.go \
                 (overrideContainerRuntime); moby/moby, daemon/runtime_unix.go",
    },
    Cause {
        id: "gpu-driver-failed",
        when: &[
            CauseSign::Said("nvidia-container-cli"),
            CauseSign::Said("Auto-detected mode as 'legacy'"),
        ],
        cause: "NVIDIA's hook could not set up the GPU: the instance's driver is missing, too old \
                 for the image, or in a bad state",
        cure: &[
            SuggestionPart::text(
                "use the current ECS GPU-optimized AMI and reboot or replace the instance \
                 (nvidia-smi on it shows the driver); then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "NVIDIA/libnvidia-container#103 and #177; bottlerocket-os/bottlerocket#3513; \
                NVIDIA/nvidia-docker#1785",
    },
    Cause {
        id: "gpu-assigned-wrongly",
        when: &[
            CauseSign::Said("could not associate multiple containers to GPU"),
            CauseSign::Said("for associating GPU"),
        ],
        cause: "resourceRequirements give one GPU to several containers, or to one that the task \
                 does not have",
        cure: &[
            SuggestionPart::text("give each container GPUs of its own in resourceRequirements, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/api/task/task.go (addGPUResource)",
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
        id: "dependency-never-started",
        when: &[CauseSign::Said("because dependency will never start")],
        cause: "the container waits with dependsOn for another, which failed before it started",
        cure: &[
            SuggestionPart::text("look at the other container's reason: "),
            SuggestionPart::command("tasks", "SERVICE --stopped"),
        ],
        source: "aws/amazon-ecs-agent, agent/engine/dependencygraph/graph.go \
                 (verifyContainerOrderingStatusResolvable)",
    },
    Cause {
        id: "dependency-circle",
        when: &[
            CauseSign::Said("Task dependencies cannot be resolved"),
            CauseSign::Said("container ordering dependency*does not exist"),
        ],
        cause: "the containers wait for each other in a circle (dependsOn, links, volumesFrom), or \
                 for one that does not exist",
        cure: &[
            SuggestionPart::text("break the circle in dependsOn, links and volumesFrom, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/engine/errors.go (TaskDependencyError)",
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
        id: "health-check-without-command",
        when: &[CauseSign::Said("docker health check is nil")],
        cause: "the container has a health check without a command",
        cure: &[
            SuggestionPart::text("set healthCheck.command (`[CMD-SHELL, \"…\"]`), then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/api/task/task.go (dockerConfig)",
    },
    Cause {
        id: "instance-storage-full",
        when: &[
            CauseSign::Said("CannotCreateContainerError*devmapper: Thin Pool has"),
            CauseSign::SaidBut("CannotCreateContainerError*no space left", &["cgroup"]),
            CauseSign::SaidBut("CannotStartContainerError*no space left", &["cgroup"]),
        ],
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
        cause: "the container runtime did not create, start or stop the container in time",
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
    Cause {
        id: "service-connect-on-windows",
        when: &[CauseSign::Said("ServiceConnect is only supported on linux")],
        cause: "Service Connect works only on Linux instances",
        cure: &[
            SuggestionPart::text(
                "place the tasks on Linux (`runtimePlatform: {operatingSystemFamily: LINUX}`), or \
                 remove serviceConnectConfiguration; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/engine/serviceconnect/manager_other.go",
    },
    Cause {
        id: "service-connect-host-network",
        when: &[CauseSign::Said("service connect does not support for host")],
        cause: "Service Connect does not work in the network mode host",
        cure: &[
            SuggestionPart::text("set `networkMode: awsvpc` (or bridge), then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/api/serviceconnect/service_connect_validator.go",
    },
    Cause {
        id: "service-connect-ports-collide",
        when: &[
            CauseSign::Said("intercept port collision"),
            CauseSign::Said("port collision detected in the"),
        ],
        cause: "two ports of the service's Service Connect configuration are the same",
        cure: &[
            SuggestionPart::text(
                "give each of portMappings a containerPort and a name of its own, and each \
                 ingressPortOverride too; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/api/serviceconnect/service_connect_validator.go \
                 (portCollisionFormat)",
    },
    Cause {
        id: "service-connect-config-invalid",
        when: &[
            CauseSign::Said("service connect config validation failed"),
            CauseSign::Said("service connect container not found in task"),
        ],
        cause: "the task's Service Connect configuration does not fit its containers and ports",
        cure: &[
            SuggestionPart::text(
                "compare serviceConnectConfiguration with the ports and their names in portMappings, then ",
            ),
            SuggestionPart::command("deploy", "--force"),
        ],
        source: "aws/amazon-ecs-agent, agent/api/serviceconnect/service_connect_validator.go",
    },
    Cause {
        id: "proxy-type-not-supported",
        when: &[CauseSign::Said("does not support proxy type other than app mesh")],
        cause: "proxyConfiguration has another type than APPMESH, the only one that the agent \
                supports",
        cure: &[
            SuggestionPart::text("set type: APPMESH, or remove proxyConfiguration; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, ecs-agent/netlib/model/appmesh/appmesh.go",
    },
    Cause {
        id: "agent-too-old",
        when: &[
            CauseSign::Said("volume configuration does not match the type"),
            CauseSign::Said("Unable to decode given host config"),
            CauseSign::Said("cannot setup netns - only valid for SC"),
            CauseSign::Said("UnrecogniedTaskError: Error loading task"),
            CauseSign::Said("unable to decode given docker config"),
        ],
        cause: "the agent on the instance does not understand the task that ECS sent it; mostly it \
                 is too old",
        cure: &[
            SuggestionPart::text(
                "aws ecs update-container-agent --cluster CLUSTER --container-instance ID, then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "aws/amazon-ecs-agent, agent/acs/session/error.go, agent/api/task/task.go and \
                 task_attachment_handler.go, agent/engine/docker_task_engine.go",
    },
    Cause {
        id: "agent-lost-container",
        when: &[
            CauseSign::Said("not recognized by agent"),
            CauseSign::Said("belongs to unrecognized task"),
            CauseSign::Said("Container not recorded as created"),
            CauseSign::Said("ContainerVanishedError"),
            CauseSign::Said("is marked for removal and cannot be started"),
            CauseSign::Said("Cannot transition to "),
            CauseSign::Said("NoSuchContainerError"),
        ],
        cause: "the agent no longer knows the container: somebody or a clean-up removed it, or the \
                 agent restarted in between",
        cure: &[
            SuggestionPart::text(
                "leave ECS's containers alone (docker rm, docker system prune); on the instance sudo \
                 systemctl restart ecs, then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "aws/amazon-ecs-agent, agent/engine/docker_task_engine.go (getDockerID, \
                 startContainer), agent/engine/errors.go; moby/moby, daemon/start.go",
    },
    Cause {
        id: "bridge-full",
        when: &[
            CauseSign::Said("to bridge*failed: exchange full"),
            CauseSign::Said("to \"br0\": exchange full"),
            CauseSign::Said("to bridge: exchange full"),
        ],
        cause: "the instance's Docker bridge has no free port: it takes about a thousand \
                containers, and Docker sometimes leaves the interfaces of old ones behind",
        cure: &[
            SuggestionPart::text(
                "use networkMode awsvpc, or replace the instance: aws ecs \
                update-container-instances-state --cluster CLUSTER --container-instances ID \
                --status DRAINING, then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "moby/moby#31100 and #18814; weaveworks/weave#3258; aws/amazon-ecs-agent#3250",
    },
    Cause {
        id: "kernel-updated-without-restart",
        when: &[CauseSign::Said("pair interfaces: operation not supported")],
        cause: "the instance's kernel can't make a container's network interface, mostly because \
                the kernel was updated and the instance not restarted since",
        cure: &[
            SuggestionPart::text(
                "restart the instance (aws ec2 reboot-instances --instance-ids ID) or replace it; \
                then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "moby/moby#27426 and #42229; blakeblackshear/frigate#1558",
    },
    Cause {
        id: "cgroups-full",
        when: &[
            CauseSign::Said("cgroup configuration*mkdir /sys/fs/cgroup*no space left on device"),
            CauseSign::Said("cgroup configuration*mkdir /sys/fs/cgroup*cannot allocate memory"),
        ],
        cause: "the instance's kernel has no room for another cgroup: it leaks those of old \
                containers; neither the disk nor the task's memory is at fault",
        cure: &[
            SuggestionPart::text(
                "grep memory /proc/cgroups on the instance (65535 is the most); use an image with \
                a newer kernel, and replace the instance: aws ecs \
                update-container-instances-state --cluster CLUSTER --container-instances ID \
                --status DRAINING, then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "moby/moby#29638; docker/for-linux#841; microsoft/pai#1904",
    },
    Cause {
        id: "apparmor-profile-missing",
        when: &[
            CauseSign::Said("unable to apply apparmor profile"),
            CauseSign::Said("apply apparmor profile: apparmor failed"),
            CauseSign::Said("profile could not be loaded"),
            CauseSign::Said("apparmor failed to apply profile"),
            CauseSign::Said("set apparmor profile"),
        ],
        cause: "the instance's kernel has no such AppArmor profile loaded, lacks the tool that loads it, or does not let Docker apply it",
        cure: &[
            SuggestionPart::text(
                "on the instance sudo aa-status lists the profiles; load it with apparmor_parser, \
                or take the apparmor: entry out of dockerSecurityOptions; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby#25488, #26823 and #9059; bigbluebutton/bbb-install#601; docker/for-linux#1129 and #1199; moby/moby, daemon (AppArmor enabled on system but the docker-default profile could not be loaded)",
    },
    Cause {
        id: "instance-processes-full",
        when: &[
            CauseSign::Said("failed to start shim*resource temporarily unavailable"),
            CauseSign::Said("fork/exec *: resource temporarily unavailable"),
            CauseSign::Said("failed to create new OS thread"),
        ],
        cause: "the instance's limit of processes and threads is reached, so Docker can't start \
                another",
        cure: &[
            SuggestionPart::text(
                "ps -eLf | wc -l on the instance shows how many run, and `TasksMax` of \
                docker.service and containerd.service limits them; look for a container that \
                leaves processes behind; then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "awslabs/amazon-eks-ami#239; moby/moby#22690; mailcow/mailcow-dockerized#3423; golang/go, src/runtime/os_linux.go (failed to create new OS thread); systemd.resource-control(5), TasksMax",
    },
    Cause {
        id: "docker-broken-on-instance",
        when: &[
            CauseSign::Said("oci runtime error: rootfs (*does not exist"),
            CauseSign::Said("error creating systemd unit"),
            CauseSign::Said("Cannot connect to the Docker daemon"),
            CauseSign::Said("programming external connectivity*iptables failed"),
            CauseSign::Said("could not find bridge docker0"),
            CauseSign::Said("error during connect: "),
            CauseSign::Said("containerd: container not started"),
            CauseSign::Said("daemon: shim error: "),
            CauseSign::Said("from daemon: ttrpc: closed"),
            CauseSign::Said("from daemon: *transport is closing"),
            CauseSign::Said("tmp/GetImageBlob*no such file or directory"),
        ],
        cause: "Docker or systemd on the instance is in a bad state",
        cure: &[
            SuggestionPart::text(
                "replace the instance: aws ecs update-container-instances-state --cluster CLUSTER \
                 --container-instances ID --status DRAINING, then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "aws/amazon-ecs-agent#419; opencontainers/runc#3312; aws/amazon-ecs-agent#222; \
                aws/amazon-ecs-agent#3165; aws/amazon-ecs-agent#1708; moby/moby, distribution/pull_v2.go (GetImageBlob) and libcontainerd; containerd/ttrpc, errors.go; moby/moby#22690; intel/cc-oci-runtime#154",
    },
    Cause {
        id: "address-family-missing",
        when: &[CauseSign::Said("IPv6-only but")],
        cause: "the network has only IPv6, and the task got no IPv6 address or gateway",
        cure: &[
            SuggestionPart::text(
                "give the subnet an IPv6 range (aws ec2 describe-subnets --subnet-ids SUBNET) or use \
                 a dual-stack one; in bridge mode turn on IPv6 of the instance's Docker; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/api/task/task.go, agent/ecscni/netconfig_linux.go",
    },
    Cause {
        id: "windows-container-network-not-set-up",
        when: &[CauseSign::Said(
            "ContainerNetworkingError: startContainer: cni plugin invocation failed",
        )],
        cause: "the agent could not connect the container to the task's network on the Windows instance, which \
                 it does for each container after its start",
        cure: &[
            SuggestionPart::text(
                "C:\\ProgramData\\Amazon\\ECS\\log\\cni\\vpc-eni.log on the instance says why; replace the instance: \
                 aws ecs update-container-instances-state --cluster CLUSTER --container-instances ID --status \
                 DRAINING, then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "aws/amazon-ecs-agent, agent/engine/docker_task_engine.go (startContainer), \
                 agent/engine/docker_task_engine_windows.go (invokePluginsForContainer), \
                 agent/ecscni/plugin_windows.go (vpcCNIPluginPath)",
    },
    Cause {
        id: "container-network-not-set-up",
        when: &[
            CauseSign::Said("ContainerNetworkingError"),
            CauseSign::Said("cni setup: invoke *plugin failed"),
        ],
        cause: "the agent could not set up the task's network on the instance: its interface, or \
                 the container that holds it, was gone",
        cure: &[
            SuggestionPart::text(
                "the instance's /var/log/ecs/ecs-agent.log and /var/log/ecs/vpc-branch-eni.log (on Windows those \
                 in C:\\ProgramData\\Amazon\\ECS\\log) say why; replace the instance: aws ecs update-container-instances-state --cluster \
                 CLUSTER --container-instances ID --status DRAINING, then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "aws/amazon-ecs-agent, agent/engine/docker_task_engine.go \
                 (provisionContainerResourcesAwsvpc, startContainer), agent/ecscni/plugin_windows.go; \
                 aws/amazon-ecs-agent#3853; aws/amazon-ecs-cni-plugins#93",
    },
    Cause {
        id: "windows-host-short-of-memory",
        when: &[
            CauseSign::Said("CreateComputeSystem*resource is in use"),
            CauseSign::Said("Insufficient system resources exist"),
            CauseSign::Said("Virtual Machine hosting the Container"),
            CauseSign::Said("paging file is too small"),
        ],
        cause: "the Windows host has too little free memory for the container",
        cure: &[
            SuggestionPart::text(
                "lower the container's memory, run fewer tasks on an instance or use larger ones; \
                 then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "microsoft/navcontainerhelper#1661; microsoft/hcsshim#869; docker/for-win#767",
    },
    Cause {
        id: "windows-container-died",
        when: &[
            CauseSign::Said("compute system exited unexpectedly"),
            CauseSign::Said("virtual machine or container exited unexpectedly"),
        ],
        cause: "the Windows container ended while it started: a fault of the host, or an image that \
                 does not fit the host's Windows build",
        cure: &[
            SuggestionPart::text(
                "compare the image's Windows build with the host's, or replace the instance: aws ecs \
                 update-container-instances-state --cluster CLUSTER --container-instances ID \
                 --status DRAINING; then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "microsoft/hcsshim#598",
    },
    Cause {
        id: "runtime-internal-error",
        when: &[CauseSign::Said("ContainerRuntimeError")],
        cause: "the container runtime failed on its own; the program is not at fault",
        cure: &[
            SuggestionPart::command("restart", "SERVICE"),
            SuggestionPart::text(
                " starts the tasks again; if this persists, contact AWS Support with the task ID",
            ),
        ],
        source: "Amazon ECS developer guide, Troubleshooting ContainerRuntimeError errors",
    },
    Cause {
        id: "container-name-in-use",
        when: &[CauseSign::Said("Conflict. The container name")],
        cause: "a leftover container of that name is on the instance, mostly after a \
                 create request that timed out",
        cure: &[SuggestionPart::text(
            "on the instance, docker rm -f NAME, or wait until the service starts \
                 the task on another instance",
        )],
        source: "zebrunner/mcloud-agent#64",
    },
    Cause {
        id: "seccomp-not-supported",
        when: &[
            CauseSign::Said("config provided but seccomp not supported"),
            CauseSign::Said("seccomp is not enabled in your kernel"),
            CauseSign::Said("seccomp profiles are not supported on this daemon"),
            CauseSign::Said("loading seccomp filter into kernel: invalid argument"),
        ],
        cause: "the instance's kernel or its runc is built without seccomp, so a profile can't \
                be applied",
        cure: &[
            SuggestionPart::text(
                "use another image for the instance (the ECS-optimized one has it), or take the \
                seccomp: entry out of dockerSecurityOptions; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby#18946 and #19217; NixOS/nixpkgs#24550; solita/docker-systemd#17; seccomp(2), EINVAL",
    },
    Cause {
        id: "seccomp-profile-too-new",
        when: &[CauseSign::Said("empty string is not a valid syscall")],
        cause: "the seccomp profile has a newer format than the instance's Docker reads",
        cure: &[SuggestionPart::text(
            "use a current ECS-optimized AMI, or the profile of the same Docker version",
        )],
        source: "moby/moby#27224 and #27978",
    },
    Cause {
        id: "image-files-damaged",
        when: &[CauseSign::Said("could not verify layer data for")],
        cause: "the image's files on the instance are damaged",
        cure: &[SuggestionPart::text(
            "on the instance, docker rmi IMAGE, or replace the instance",
        )],
        source: "moby/moby, daemon/internal/layer/ro_layer.go",
    },
    Cause {
        id: "windows-layer-incomplete",
        when: &[CauseSign::Said(
            "encountered an error during CreateContainer*cannot find the path",
        )],
        cause: "a path of the container does not exist on the Windows instance, or the \
                 image's layers there are incomplete",
        cure: &[SuggestionPart::text(
            "check the host paths of the volumes; else remove the image on the \
                 instance (docker rmi IMAGE) or replace the instance",
        )],
        source: "moby/moby#31469",
    },
    Cause {
        id: "cgroup-not-frozen",
        when: &[CauseSign::Said("cgroup config*unable to freeze")],
        cause: "the host's runtime could not freeze the container's cgroup; mostly \
                 this passes by itself",
        cure: &[SuggestionPart::text(
            "wait, as the service starts another task by itself; replace the \
                 instance if it recurs",
        )],
        source: "kubernetes/kubernetes#131087",
    },
    Cause {
        id: "device-filter-not-loaded",
        when: &[
            CauseSign::Said("can't load program: operation not permitted"),
            CauseSign::Said("failed to load program: operation not permitted"),
        ],
        cause: "the instance's runc may not load its device filter: it is too old for \
                 cgroup v2",
        cure: &[SuggestionPart::text(
            "update runc and Docker on the instance, or use the current ECS-optimized AMI",
        )],
        source: "opencontainers/runc#2792; opencontainers/runc#2167",
    },
    Cause {
        id: "cpus-beyond-host",
        when: &[CauseSign::Said("Range of CPUs is from")],
        cause: "the container asks for more processors than the instance has; the message names \
                both",
        cure: &[
            SuggestionPart::text("lower cpu of the container, or use a larger instance type; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby, daemon/daemon_unix.go (Range of CPUs is from)",
    },
    Cause {
        id: "swap-below-memory",
        when: &[CauseSign::Said(
            "Minimum memoryswap limit should be larger than memory limit",
        )],
        cause: "the container's memory with swap is smaller than its memory alone",
        cure: &[
            SuggestionPart::text("raise maxSwap in linuxParameters, or take it out; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby, daemon/daemon_unix.go (Minimum memoryswap limit)",
    },
    Cause {
        id: "reservation-too-low",
        when: &[CauseSign::Said("Minimum memory reservation allowed is")],
        cause: "the container's memoryReservation is below Docker's minimum of 6 MB",
        cure: &[
            SuggestionPart::text("raise memoryReservation of the container to 6 or more; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby, daemon/daemon_unix.go",
    },
    Cause {
        id: "container-init-not-set-up",
        when: &[
            CauseSign::Said("getting pipe fds for pid"),
            CauseSign::Said("running exec setns process for init"),
        ],
        cause: "runc could not set up the container's first process: the instance's kernel \
                lacks something that runc uses, or is short of memory",
        cure: &[
            SuggestionPart::text("replace the instance, with a current ECS-optimized AMI; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "opencontainers/runc#1343; opencontainers/runc#2707; moby/moby#29669",
    },
    Cause {
        id: "selinux-label-refused",
        when: &[CauseSign::Said("/attr/keycreate")],
        cause: "the instance's SELinux does not take the label that the runtime sets: runc, \
                container-selinux and the kernel do not fit together",
        cure: &[
            SuggestionPart::text(
                "update them together on the instance, or replace it with a current \
                ECS-optimized AMI; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "opencontainers/runc#2030",
    },
    Cause {
        id: "hyper-v-missing",
        when: &[CauseSign::Said("required feature is not installed")],
        cause: "the container is to run with Hyper-V isolation, which EC2 instances other \
                than bare metal ones do not have",
        cure: &[
            SuggestionPart::text(
                "run it with process isolation: build the image from a base of the instance's \
                own Windows version; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker/for-win#6730; Microsoft, Windows containers (isolation modes)",
    },
    Cause {
        id: "windows-network-failed",
        when: &[
            CauseSign::Said("HNS failed with error"),
            CauseSign::Said("hnsCall failed in Win32"),
        ],
        cause: "the Windows instance's network service (HNS) could not connect the container: \
                its port is taken, or leftovers of an earlier container are in the way",
        cure: &[
            SuggestionPart::text(
                "restart the service on the instance (Restart-Service hns) or replace the \
                instance; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "sixeyed/dockerfiles-windows#8; eksctl-io/eksctl#5118",
    },
    Cause {
        id: "host-path-not-made",
        when: &[CauseSign::Said("error while creating mount source path")],
        cause: "Docker can't make the host path of a volume on the instance: its file system \
                is read-only or a network share",
        cure: &[
            SuggestionPart::text(
                "make the path in the user data of the instance, or name one on a writable \
                disk as host.sourcePath; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "traktuner/docker-proton-drive-backup#20; philhawthorne/ha-dockermon#32",
    },
    Cause {
        id: "cgroups-not-usable",
        when: &[
            CauseSign::Said("mountpoint for cgroup not found"),
            CauseSign::Said("resulting devices cgroup doesn't match target mode"),
            CauseSign::Said("cgroup configuration*mkdir /sys/fs/cgroup/*permission denied"),
            CauseSign::Said("container process: stat /sys/fs/cgroup/"),
            CauseSign::Said("cgroup namespaces aren't enabled in the kernel"),
            CauseSign::Said("namespace {\"cgroup\" \"\"} does not exist"),
        ],
        cause: "Docker or runc and the instance's system do not agree about cgroups: they are not \
                 mounted where runc looks, or it may not change them",
        cure: &[
            SuggestionPart::text(
                "use a current ECS-optimized AMI; on another system update Docker, containerd and runc together and reboot; then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "docker/cli#1228; lobaro/restic-backup-docker#86; nextcloud/docker#1827; \
                 moby/moby#22108; mgksu/dockerd#1; moby/moby#46776; docker/for-linux#1198",
    },
    Cause {
        id: "capabilities-not-permitted",
        when: &[CauseSign::Said("unable to apply caps: operation not permitted")],
        cause: "the instance does not let Docker set the container's capabilities, mostly because \
                 Docker itself runs in a container (LXC)",
        cure: &[
            SuggestionPart::text(
                "run the task on a virtual or physical machine, or take linuxParameters.capabilities out; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "cym1102/nginxWebUI#58",
    },
    Cause {
        id: "host-port-not-opened",
        when: &[CauseSign::Said("driver failed programming external connectivity")],
        cause: "Docker could not open the container's port on the instance, mostly because another \
                 container or program has it; ECS has cut off the reason",
        cure: &[
            SuggestionPart::text(
                "set `hostPort: 0`, or `networkMode: awsvpc` (sudo ss -ltnp on the instance shows what has the port); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby, daemon/libnetwork/endpoint.go (driver failed programming external \
                 connectivity); docker/for-mac#1114",
    },
    Cause {
        id: "start-hook-failed",
        when: &[
            CauseSign::Said("error running hook"),
            CauseSign::Said("running prestart hook"),
            CauseSign::Said("error running prestart hook"),
        ],
        cause: "a hook that the instance runs before the program failed: on instances with GPUs \
                 mostly NVIDIA's; ECS has cut off the reason",
        cure: &[
            SuggestionPart::text(
                "on instances with GPUs use the current ECS GPU-optimized AMI (nvidia-smi on it shows the driver), else replace the instance; then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "bottlerocket-os/bottlerocket#3513; opencontainers/runc, \
                 libcontainer/process_linux.go (error running hook)",
    },
    Cause {
        id: "shared-namespace-gone",
        when: &[CauseSign::Said("namespace path: lstat /proc/")],
        cause: "the container shares the network, IPC or process namespace of another one, which had \
                 ended by then (with awsvpc the pause container)",
        cure: &[
            SuggestionPart::text("look for the other container's end: "),
            SuggestionPart::command("tasks", "SERVICE --stopped"),
            SuggestionPart::text(
                "; if it is the pause container's, the instance is short of memory or its Docker fails",
            ),
        ],
        source: "moby/moby#46490; containerd/containerd#9160",
    },
    Cause {
        id: "container-root-not-prepared",
        when: &[
            CauseSign::Said("container init caused*rootfs_linux.go"),
            CauseSign::Said("container init: error mounting"),
        ],
        cause: "the container's file system could not be put together, mostly because a \
                volume does not fit its containerPath",
        cure: &[
            SuggestionPart::text(
                "check containerPath of each mount, and for EFS that rootDirectory (or the \
                access point's) is a directory; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent#2442; opencontainers/runc, rootfs_linux.go",
    },
    Cause {
        id: "container-not-initialized",
        when: &[
            CauseSign::Said("starting container process caused*container init"),
            CauseSign::Said("unable to start container process: error during container init"),
        ],
        cause: "the container's start fails while its file system, limits and rights are set \
                up; ECS may have cut off the end of the message, which says at what",
        cure: &[
            SuggestionPart::text(
                "look at mountPoints, ulimits, linuxParameters and readonlyRootFilesystem of \
                the container, and at its image with docker run --rm IMAGE; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "crazy-max/docker-rtorrent-rutorrent#206; opencontainers/runc, init_linux.go",
    },
];
