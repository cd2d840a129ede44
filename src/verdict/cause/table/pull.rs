//! Causes in the image: missing, damaged, or built for another platform.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "attestation-deployed",
        when: &[
            CauseSign::Said("stream processor for application/vnd.in-toto"),
            CauseSign::Said("no processor for media-type*in-toto"),
        ],
        cause: "what was pulled is a build's attestation (provenance), which an image index lists \
                 beside the image",
        cure: &[
            SuggestionPart::text(
                "use the tag, or the digest of the index or the platform's image (aws ecr \
                 batch-get-image shows the manifests), or push again with docker buildx build \
                 --provenance=false; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby#45600; Docker documentation, Attestation storage",
    },
    Cause {
        id: "image-for-another-system",
        when: &[
            CauseSign::Said("no matching manifest for windows"),
            CauseSign::Said("no matching manifest for unknown"),
            CauseSign::Said("-based image is incompatible with a *host"),
            CauseSign::Said("container operating system does not match the host"),
            CauseSign::Said("cannot download image with operating system"),
            CauseSign::Said("cannot be used on this platform"),
            CauseSign::Said("does not match the operating system of the host"),
            CauseSign::Said("ProcessUtilityVMImage "),
            CauseSign::Said("failed to start service utility VM"),
            CauseSign::Said("CannotPull*operating system is not supported"),
        ],
        cause: "the image is built for another operating system than the host's, or for another \
                 Windows version",
        cure: &[
            SuggestionPart::text(
                "set runtimePlatform: {operatingSystemFamily: …} to the image's system, or build the \
                 image on the base of the host's Windows version (ltsc2019, ltsc2022); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker/for-win#2764; docker-archive-public/docker.kitematic#5350; \
                microsoft/Windows-Containers#227; moby/moby, \
                daemon/internal/distribution/pull_v2.go and pull_v2_windows.go; \
                aws/amazon-ecs-agent#1392; docker-archive-public/docker.kitematic#3411",
    },
    Cause {
        id: "image-for-another-platform",
        when: &[
            CauseSign::Said("does not contain descriptor matching platform"),
            CauseSign::Said("failed to find a descriptor for platform"),
            CauseSign::Said("no matching manifest for linux/"),
            CauseSign::Said("no match for platform in manifest"),
            CauseSign::Said("was found but its platform"),
            CauseSign::Said("does not match the specified platform"),
        ],
        cause: "the image has no variant for the task's processor: built on arm64 (Apple silicon) for an \
                x86 task, or the other way round",
        cure: &[
            SuggestionPart::text(
                "build it for the task: `build: {context: ., platform: linux/amd64}`, or set \
                 runtimePlatform: {cpuArchitecture: ARM64}; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aviswerdlow/relay#71; aws/containers-roadmap#1120; vllm-project/aibrix#1120; \
                 containerd/containerd, core/images/handlers.go; moby/moby, daemon/images/image.go",
    },
    Cause {
        id: "image-manifest-too-old",
        when: &[
            CauseSign::Said("vnd.docker.distribution.manifest.v1+"),
            CauseSign::Said("manifest version 2, schema 1"),
        ],
        cause: "the image has a manifest of the old schema 1, which the runtime no longer takes",
        cure: &[
            SuggestionPart::text(
                "build the image again with a current Docker and push it, or use a newer tag; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "containerd/containerd, client/pull.go (fetch); moby/moby, distribution/pull_v2.go",
    },
    Cause {
        id: "image-repository-missing",
        when: &[
            CauseSign::SaidBut("CannotPull*: repository *not found", &["not found: does not"]),
            CauseSign::Said("The repository with name '*does not exist in the registry"),
        ],
        cause: "there is no such repository in that registry: a misspelt name, account or region in the \
                image",
        cure: &[
            SuggestionPart::text(
                "aws ecr describe-repositories --repository-names NAME --region REGION, correct the \
                 image, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "awsdocs/amazon-ecs-developer-guide, doc_source/task_cannot_pull_image.md (Image not \
                 found); ECR's own words (name unknown)",
    },
    Cause {
        id: "image-name-invalid",
        when: &[
            CauseSign::Said("CannotPull*invalid reference format"),
            CauseSign::Said("CannotCreate*invalid reference format"),
            CauseSign::Said("failed to normalize image reference"),
        ],
        cause: "the image's name is not one: capitals in the repository, spaces, a scheme such as \
                 https://, or an empty variable",
        cure: &[
            SuggestionPart::text("correct `image` (REGISTRY/NAME:TAG in lower case), then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, CannotPullContainer task errors; \
                distribution/reference (ErrReferenceInvalidFormat); aws/copilot-cli#2584",
    },
    Cause {
        id: "image-not-found",
        when: &[
            CauseSign::Said("CannotPull*failed to resolve ref*: not f"),
            CauseSign::Said("CannotPull*manifest unknown"),
            CauseSign::Said("CannotPull*not found in repository"),
            CauseSign::Said("CannotPull*manifest for * not found"),
            CauseSign::Said("CannotPull*unexpected status code*manifests*404"),
            CauseSign::Said("CannotPull*unexpected status*404 Not Found"),
            CauseSign::Said("CannotPull*Error: image * not found"),
            CauseSign::Said("failed to pull and unpack image*failed to resolve reference*: not f"),
        ],
        cause: "the repository (Docker Hub's, for a name without a host) has no image by that tag or digest: \
                never pushed, or taken away by a lifecycle rule",
        cure: &[
            SuggestionPart::text(
                "push the image or correct its tag (aws ecr list-images --repository-name NAME lists the \
                 existing ones), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, CannotPullContainer task errors (failed to resolve \
                 ref); devopsaitoolkit.com, ECS Task Image Pull Failures (manifest unknown); \
                 aws/amazon-ecs-agent#422; aws/amazon-ecs-agent, \
                 agent/engine/engine_unix_integ_test.go (TestInvalidImageInteg)",
    },
    Cause {
        id: "image-is-only-a-digest",
        when: &[CauseSign::Said("docker.io/library/sha256:")],
        cause: "the image is only a digest, which the runtime takes for a repository on Docker Hub",
        cure: &[
            SuggestionPart::text("write the whole reference: `image: REGISTRY/REPOSITORY@sha256:…`, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws-actions/amazon-ecs-deploy-task-definition#584",
    },
    Cause {
        id: "image-access-denied",
        when: &[
            CauseSign::Said("pull access denied"),
            CauseSign::Said("denied: requested access to the resource is denied"),
            CauseSign::Said("not found: does not exist or no pull access"),
            CauseSign::Said("unauthorized to access repository"),
            CauseSign::Said("error from registry: unauthorized"),
            CauseSign::Said("CannotPull*unexpected status from HEAD request to *403 Forbidden"),
            CauseSign::SaidBut(
                "CannotPull*unexpected status from HEAD request: 403 Forbidden",
                &[".dkr.ecr."],
            ),
        ],
        cause: "the registry has no such image, or shows it to nobody without a login; a name without a \
                host means Docker Hub",
        cure: &[SuggestionPart::text(
            "write the image with its registry (ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME), or set \
                 repositoryCredentials for a private one",
        )],
        source: "Amazon ECS developer guide, CannotPullContainer task errors (pull access \
                denied); aws/amazon-ecs-agent, \
                agent/api/errormessages/error_messages_test.go; moby/moby, \
                distribution/errors.go (older words); goharbor/harbor#17713; \
                ogham-mcp/ogham-mcp#5; jbenshetler/mcp-ragex#2",
    },
    Cause {
        id: "disk-full",
        when: &[
            CauseSign::Said("CannotPull*no space left on device"),
            CauseSign::Said("not enough space on the disk"),
            CauseSign::Said("failed to register layer*no space left"),
            CauseSign::Said("CannotPull*devmapper: Thin Pool has"),
        ],
        cause: "the disk is full before the image is unpacked: other images and container logs (EC2), or \
                an image larger than the task's storage (Fargate)",
        cure: &[SuggestionPart::text(
            "Fargate: `ephemeralStorage: {sizeInGiB: 50}` in the task definition; EC2: on the \
                 instance docker system prune -a, and options: {max-size: …} for json-file logs",
        )],
        source: "Amazon ECS developer guide, CannotPullContainer task errors (no space \
                 left on device); aws/containers-roadmap#1598; \
                 aws/amazon-ecs-agent#1434; hackoregon/civic-devops#132",
    },
    Cause {
        id: "image-mixed-compression",
        when: &[
            CauseSign::Said("number of layers and diffIDs don't match"),
            CauseSign::Said("mismatched image rootfs and manifest layers"),
        ],
        cause: "some of the image's layers are compressed with gzip, some with zstd, and Fargate takes \
                only one kind",
        cure: &[SuggestionPart::text(
            "use one compression for all layers: docker buildx build --output \
                 type=image,oci-mediatypes=true,compression=zstd,force-compression=true,push=true …",
        )],
        source: "vrnithinkumar.github.io, AWS ECS Task failure due to CannotPullContainerError (17 \
                 Feb 2025); containerd/containerd, client/image.go",
    },
    Cause {
        id: "image-compression-unknown",
        when: &[CauseSign::Said(
            "failed to register layer*archive/tar: invalid tar header",
        )],
        cause: "the image's layers are compressed with zstd, which the instance's Docker (before 23.0) \
                can't read",
        cure: &[SuggestionPart::text(
            "build with gzip layers, or move the instances to an AMI with a newer Docker: docker \
                 version on the instance",
        )],
        source: "aws/amazon-ecs-agent#4179 (Docker 20.10); MekayelAnik/ispyagentdvr-docker#51",
    },
    Cause {
        id: "image-too-many-layers",
        when: &[CauseSign::Said("max depth exceeded")],
        cause: "the image has more layers than Docker can stack (about 125)",
        cure: &[
            SuggestionPart::text(
                "join RUN and COPY lines in the Dockerfile, or copy the result into a last stage; \
                 then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby, daemon/internal/layer/layer.go (ErrMaxDepthExceeded)",
    },
    Cause {
        id: "image-digest-unknown",
        when: &[CauseSign::Said("failed to find a repo digest matching")],
        cause: "the image was taken from the instance's cache, which knows no digest of its \
                 repository",
        cure: &[
            SuggestionPart::text(
                "name the image by its digest (`image: NAME@sha256:…`), or push it to a registry and \
                 set ECS_IMAGE_PULL_BEHAVIOR=always in /etc/ecs/ecs.config; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/engine/docker_task_engine.go (pullContainerManifest)",
    },
    Cause {
        id: "image-not-on-instance",
        when: &[CauseSign::Said("CannotCreateContainerError*No such image")],
        cause: "the image is not on the instance: its pull failed before, or a clean-up took it away",
        cure: &[
            SuggestionPart::text("look for the pull's own error: "),
            SuggestionPart::command("tasks", "SERVICE --stopped"),
            SuggestionPart::text("; if there is none, spare the image from docker system prune"),
        ],
        source: "moby/moby, daemon/images/image.go",
    },
    Cause {
        id: "stopped-before-pull",
        when: &[CauseSign::Said("TaskStoppedBeforePullBeginError")],
        cause: "the task was told to stop before this container's image was pulled: another \
                 container failed first, or a deployment replaced the task",
        cure: &[
            SuggestionPart::text("see why the task was stopped: "),
            SuggestionPart::command("tasks", "SERVICE --stopped"),
        ],
        source: "aws/amazon-ecs-agent, agent/engine/errors.go (TaskStoppedBeforePullBeginError)",
    },
    Cause {
        id: "instance-disk-faulty",
        when: &[
            CauseSign::Said("failed to extract layer*input/output error"),
            CauseSign::Said("failed to register layer*input/output error"),
        ],
        cause: "the disk that holds the images is full or faulty",
        cure: &[SuggestionPart::text(
            "on the instance, check df -h and the kernel log (dmesg), or replace \
                 the instance",
        )],
        source: "containerd/containerd#5022; jeroenjanssens/data-science-at-the-command-line#153",
    },
    Cause {
        id: "windows-layer-not-imported",
        when: &[CauseSign::Said("hcsshim::ImportLayer")],
        cause: "the Windows instance could not unpack a layer of the image: another process \
                (mostly an antivirus program) holds its files, or the image store is damaged",
        cure: &[
            SuggestionPart::text(
                "exclude Docker's data folder from the virus scan, or replace the instance; \
                then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby#32814; eksctl-io/eksctl#5118",
    },
    Cause {
        id: "devicemapper-failed",
        when: &[CauseSign::Said("dm_task_run failed")],
        cause: "Docker's old storage driver devicemapper failed on the instance",
        cure: &[
            SuggestionPart::text(
                "replace the instance by one with a current ECS-optimized AMI, which uses \
                overlay2; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent#222; Docker documentation, Storage drivers (devicemapper \
                is deprecated)",
    },
    Cause {
        id: "layer-not-unpacked",
        when: &[CauseSign::Said("failed to register layer*unexpected EOF")],
        cause: "a layer of the image ended too early while Docker unpacked it: the instance's disk \
                 is full, or the download was cut short",
        cure: &[
            SuggestionPart::text(
                "on the instance df -h shows the room and docker system prune makes some; larger disks (the launch template's volume size) last; then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "sickcodes/Docker-OSX#314 (out of disk space); Termix-SSH/Termix#373; moby/moby#11079",
    },
    Cause {
        id: "layer-format-unknown",
        when: &[CauseSign::Said("failed to get stream processor for application/")],
        cause: "a layer of the image has a format that the container runtime can't unpack: an \
                 encrypted layer, or an attestation in place of the image",
        cure: &[
            SuggestionPart::text(
                "push the image again with docker buildx build --provenance=false and without encryption; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby#45600; containerd/containerd, core/diff/apply (failed to get stream \
                 processor)",
    },
    Cause {
        id: "image-not-resolved",
        when: &[
            CauseSign::Said("CannotPull*failed to resolve reference "),
            CauseSign::Said("CannotPull*failed to resolve ref "),
        ],
        cause: "the registry gave no image for this name, or was not reached; ECS has cut off which",
        cure: &[
            SuggestionPart::text(
                "check that the repository has the tag (aws ecr describe-images --repository-name NAME) and that the task reaches the registry (assignPublicIp, NAT gateway or VPC endpoints); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "linden.consulting, ECS task stopped; Amazon ECS developer guide, CannotPullContainer \
                 task errors",
    },
];
