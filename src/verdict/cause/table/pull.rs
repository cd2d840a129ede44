//! Causes in the image: missing, damaged, or built for another platform.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "image-for-another-platform",
        when: &[
            CauseSign::Said("CannotPull*does not contain descriptor matching platform"),
            CauseSign::Said("CannotPull*failed to find a descriptor for platform"),
            CauseSign::Said("CannotPull*no matching manifest for linux/"),
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
        source: "aviswerdlow/relay#71; aws/containers-roadmap#1120; vllm-project/aibrix#1120",
    },
    Cause {
        id: "image-repository-missing",
        when: &[CauseSign::Said(
            "CannotPull*API error (404): repository*not found",
        )],
        cause: "there is no such repository in that registry: a misspelt name, account or region in the \
                image",
        cure: &[
            SuggestionPart::text(
                "aws ecr describe-repositories --repository-names NAME --region REGION, correct the \
                 image, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "awsdocs/amazon-ecs-developer-guide, doc_source/task_cannot_pull_image.md (Image not found)",
    },
    Cause {
        id: "image-not-found",
        when: &[
            CauseSign::Said("CannotPull*failed to resolve ref*: not found"),
            CauseSign::Said("CannotPull*manifest unknown"),
            CauseSign::Said("CannotPull*not found in repository"),
        ],
        cause: "the repository has no image by that tag or digest: never pushed, or taken away by a \
                lifecycle rule",
        cure: &[
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text(
                " builds and pushes missing images; aws ecr list-images --repository-name NAME lists \
                 the existing ones",
            ),
        ],
        source: "Amazon ECS developer guide, CannotPullContainer task errors (failed to resolve ref); \
                 devopsaitoolkit.com, ECS Task Image Pull Failures (manifest unknown); \
                 aws/amazon-ecs-agent#422",
    },
    Cause {
        id: "image-access-denied",
        when: &[
            CauseSign::Said("pull access denied"),
            CauseSign::Said("denied: requested access to the resource is denied"),
        ],
        cause: "the registry has no such image, or shows it to nobody without a login; a name without a \
                host means Docker Hub",
        cure: &[SuggestionPart::text(
            "write the image with its registry (ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME), or set \
                 repositoryCredentials for a private one",
        )],
        source: "Amazon ECS developer guide, CannotPullContainer task errors (pull access denied); \
                 aws/amazon-ecs-agent, agent/api/errormessages/error_messages_test.go",
    },
    Cause {
        id: "disk-full",
        when: &[CauseSign::Said("CannotPull*no space left on device")],
        cause: "the disk is full before the image is unpacked: other images and container logs (EC2), or \
                an image larger than the task's storage (Fargate)",
        cure: &[SuggestionPart::text(
            "Fargate: `ephemeralStorage: {sizeInGiB: 50}` in the task definition; EC2: on the \
                 instance docker system prune -a, and options: {max-size: …} for json-file logs",
        )],
        source: "Amazon ECS developer guide, CannotPullContainer task errors (no space left on device)",
    },
    Cause {
        id: "image-mixed-compression",
        when: &[CauseSign::Said("number of layers and diffIDs don't match")],
        cause: "some of the image's layers are compressed with gzip, some with zstd, and Fargate takes \
                only one kind",
        cure: &[SuggestionPart::text(
            "use one compression for all layers: docker buildx build --output \
                 type=image,oci-mediatypes=true,compression=zstd,force-compression=true,push=true …",
        )],
        source: "vrnithinkumar.github.io, AWS ECS Task failure due to CannotPullContainerError (17 Feb \
                 2025)",
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
];
