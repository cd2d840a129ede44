//! Examples of the causes in `table/pull.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::{container_not_started, event, not_started};

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "attestation-deployed",
        &[
            not_started(
                "CannotPullContainerError: ref pull has been retried 1 time(s): failed to unpack \
                 image on snapshotter overlayfs: failed to extract layer \
                 sha256:c02342326b04a05fa0fc4c703c4aaa8ffb46cc0f2eda269c4a0dee53c8296182: failed to \
                 get stream processor for application/vnd.in-toto+json: no processor for media-type: \
                 unknown",
            ),
            not_started(
                "CannotPullContainerError: failed to get stream processor: no processor for \
                 media-type application/vnd.in-toto+json",
            ),
        ],
    ),
    (
        "image-for-another-system",
        &[
            container_not_started(
                "CannotPullContainerError: failed to register layer: re-exec error: exit status 1: output: ProcessUtilityVMImage \\\\?\\C:\\ProgramData\\docker\\windowsfilter\\351b26b948a8ff7991599d94b7541ed6aa49ca58133303498e7286584597d42e\\UtilityVM: The system cannot find the path specified.",
            ),
            container_not_started(
                "CannotPullContainerError: failed to register layer: failed to start service utility VM (applydiff 954f1a36977b5a715c85cfd830bc51be095e39075f2cc5f5416af6b28d567a08): container 954f1a36977b5a715c85cfd830bc51be095e39075f2cc5f5416af6b28d567a08_svm encountered",
            ),
            container_not_started(
                "CannotPullContainerError: no matching manifest for windows/amd64 10.0.18362 in the \
                 manifest list entries",
            ),
            container_not_started(
                "CannotPullContainerError: no matching manifest for unknown in the manifest list \
                 entries",
            ),
            container_not_started(
                "a Windows version 10.0.20348-based image is incompatible with a 10.0.17763 host",
            ),
            container_not_started(
                "Error response from daemon: hcs::CreateComputeSystem \
                 9c3f1f436ec331838a8acc88bb1c32d2e041d099d42358c80e1b726dd59483bf: The container \
                 operating system does not match the host operating system.",
            ),
            container_not_started(
                "cannot download image with operating system \"windows\" when requesting \"linux\"",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: image operating system \
                 \"linux\" cannot be used on this platform",
            ),
            container_not_started(
                "Error response from daemon: container 9c3f encountered an error during \
                 CreateContainer: failure in a Windows system call: The operating system of the \
                 container does not match the operating system of the host. (0xc0370101)",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: operating system is not \
                supported",
            ),
        ],
    ),
    (
        "image-for-another-platform",
        &[
            event(
                "(service relay-temporal-worker) was unable to place a task. Reason: \
                 CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest \
                 does not contain descriptor matching platform 'linux/amd64'.",
            ),
            not_started("CannotPullContainerError: failed to find a descriptor for platform {linux/amd64}"),
            container_not_started(
                "CannotPullContainerError: no matching manifest for linux/amd64 in the manifest list \
                 entries",
            ),
            container_not_started("no match for platform in manifest: not found"),
            container_not_started(
                "CannotPullContainerError: image Manifest does not contain descriptor matching \
                 platform 'linux/arm64'",
            ),
            container_not_started(
                "Error response from daemon: image with reference myapp:1 was found but its platform \
                 (linux/arm64) does not match the specified platform (linux/amd64)",
            ),
        ],
    ),
    (
        "image-manifest-too-old",
        &[
            container_not_started(
                "not implemented: media type \
                 \"application/vnd.docker.distribution.manifest.v1+prettyjws\" is no longer \
                 supported since containerd v2.1, please rebuild the image as \
                 \"application/vnd.docker.distribution.manifest.v2+json\" or \
                 \"application/vnd.oci.image.manifest.v1+json\"",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: [DEPRECATION NOTICE] Docker \
                 Image Format v1 and Docker Image manifest version 2, schema 1 support is disabled \
                 by default and will be removed in an upcoming release.",
            ),
        ],
    ),
    (
        "image-repository-missing",
        &[
            container_not_started(
                "CannotPullContainerError: API error (404): repository \
             111122223333.dkr.ecr.us-east-1.amazonaws.com/acme/web not found",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: repository \
                 741011674945.dkr.ecr.ap-southeast-2.amazonaws.com/amazia-market not found: name \
                 unknown: The repository with name 'amazia-market' does not exist in the registry \
                 with id '741011674945'",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: repository \
                 741011674945.dkr.ecr.ap-southeast-2.amazonaws.com/amazia-market not found: name unk",
            ),
        ],
    ),
    (
        "image-name-invalid",
        &[
            not_started("InternalError: failed to normalize image reference \"Dockerfile\""),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: invalid reference format: \
                 repository name must be lowercase",
            ),
            container_not_started(
                "CannotCreateContainerError: Error response from daemon: invalid reference format",
            ),
        ],
    ),
    (
        "image-not-found",
        &[
            container_not_started(
                "failed to pull and unpack image \"docker.io/library/nginx:1.91\": failed to resolve reference \"docker.io/library/nginx:1.91\": docker.io/library/nginx:1.91: not found",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to \
                 resolve ref \
                 123456789012.dkr.ecr.eu-west-1.amazonaws.com/example-service:image-tag@sha256:1f0c2a91: \
                 not found",
            ),
            container_not_started(
                "CannotPullContainerError: manifest for acme/web:v2 not found: manifest unknown",
            ),
            container_not_started(
                "CannotPullContainerError: Tag latest not found in repository docker.io/library/owncloud",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to \
                 resolve ref \
                 123456789012.dkr.ecr.ap-southeast-2.amazonaws.com/acme/platform/storefront-web@sha256:abababababababababababababababababababababababababababababababab: \
                 not fou",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: manifest for \
                 nginx:0f6b3cdf5e24f0da3dd932acd84fd90e9786a522 not found",
            ),
            container_not_started(
                "CannotPullImageManifestError: Error response from daemon: manifest unknown: \
                 manifest unknown",
            ),
            not_started(
                "CannotPullContainerError: inspect image has been retried 1 time(s): failed to \
                 resolve ref \"docker.io/acme/web:v2\": unexpected status code [manifests v2]: 404 \
                 Not Found",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to \
                 resolve ref quay.io/acme/web:1: unexpected status from HEAD request to \
                 https://quay.io/v2/acme/web/manifests/1: 404 Not Found",
            ),
            container_not_started("CannotPullContainerError: Error: image acme/web:v2 not found"),
        ],
    ),
    (
        "image-is-only-a-digest",
        &[not_started(
            "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to \
                 resolve ref \
                 docker.io/library/sha256:8795397484604bc67cfcda4f4245dd248b172df523ce9778209e735ffe370426: \
                 pull access denied, repository does not exist or may require authorization: server \
                 message: insufficient_scope: authorization failed",
        )],
    ),
    (
        "image-access-denied",
        &[
            container_not_started(
                "CannotPullContainerError: failed to pull and unpack image \"ghcr.io/user/app:sha-abc\": unexpected status from HEAD request: 403 Forbidden",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: unauthorized: unauthorized to access repository: ci/services/predict-labels, action: pull: unauthorized to access repository: ci/services/predict-labels, action: pull",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: error from registry: unauthorized",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: failed to resolve reference \"ghcr.io/jbenshetler/mcp-ragex:cpu-latest\": unexpected status from HEAD request to https://ghcr.io/v2/jbenshetler/mcp-ragex/manifests/cpu-latest: 403 Forbidden",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to \
                 resolve ref docker.io/library/repository:latest: pull access denied, repository does not \
                 exist or may require authorization: server message: insufficient_scope: authorization \
                 failed",
            ),
            container_not_started(
                "CannotPullContainerError: The task can’t pull the image. Check whether the image exists. \
                 Error response from daemon: pull access denied for some/nonsense, repository does not \
                 exist or may require 'docker login': denied: requested access to the resource is denied",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: repository a1pine not found: \
                 does not exist or no pull access",
            ),
        ],
    ),
    (
        "disk-full",
        &[
            container_not_started(
                "CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob111111111: no space left on \
             device",
            ),
            container_not_started(
                "CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract \
                 layer sha256:20ba09231e05c5bd253427261d27d7f26e7588bfe682b586a2767f0419305236: \
                 hcsshim::ImportLayer - failed failed in Win32: There is not enough space on the \
                 disk. (0x70)",
            ),
            container_not_started(
                "CannotPullContainerError: failed to register layer: ApplyLayer exit status 1 \
                 stdout:  stderr: write /usr/local/src/opencv/x.gch: no space left on device",
            ),
            container_not_started(
                "CannotPullContainerError: failed to register layer: devmapper: Thin Pool \
             has 4446 free data blocks which is less than minimum required 4454 free \
             data blocks. Create more free space in thin pool or use dm.min_free_space \
             option to change behavior",
            ),
        ],
    ),
    (
        "image-mixed-compression",
        &[
            not_started(
                "CannotPullContainerError: ref pull has been retried 1 time(s): number of layers and diffIDs \
             don't match: 3 != 15",
            ),
            container_not_started("mismatched image rootfs and manifest layers"),
        ],
    ),
    (
        "image-compression-unknown",
        &[container_not_started(
            "CannotPullContainerError: failed to register layer: Error processing tar file(exit status 1): \
             archive/tar: invalid tar header",
        )],
    ),
    (
        "image-too-many-layers",
        &[
            container_not_started("max depth exceeded"),
            container_not_started("CannotPullContainerError: failed to register layer: max depth exceeded"),
        ],
    ),
    (
        "image-digest-unknown",
        &[container_not_started(
            "CannotPullImageManifestError: failed to find a repo digest matching \
                 'my-image:latest'",
        )],
    ),
    (
        "image-not-on-instance",
        &[container_not_started(
            "CannotCreateContainerError: Error response from daemon: No such image: myapp:1",
        )],
    ),
    (
        "stopped-before-pull",
        &[container_not_started(
            "TaskStoppedBeforePullBeginError: Task stopped before image pull could begin for \
                 task: \
                 arn:aws:ecs:us-west-2:123456789012:task/default/0123456789abcdef0123456789abcdef",
        )],
    ),
    (
        "instance-disk-faulty",
        &[
            container_not_started(
                "CannotPullContainerError: failed to register layer: write /usr/local/lib/python3.9/dist-packages/sklearn/ensemble/_gradient_boosting.cpython-39-x86_64-linux-gnu.so: input/output error",
            ),
            container_not_started(
                "failed to extract layer \
             sha256:be4eae0b2583281e2cd171c52a0b283a5e6f84e6b86066a18e205a10cb507fcd: \
             failed to mount /var/lib/containerd/tmpmounts/containerd-mount788433525: \
             input/output error: unknown",
            ),
        ],
    ),
    (
        "windows-layer-not-imported",
        &[
            container_not_started(
                "CannotPullContainerError: failed to register layer: re-exec error: exit status 1: output: hcsshim::ImportLayer failed in Win32: The system cannot find the file specified. (0x2) layerId=\\\\?\\C:\\ProgramData\\docker\\windowsfilter\\6bd9e169e251193d3e3b4e82e6fd6b496310cafc0a71",
            ),
            container_not_started(
                "CannotPullContainerError: failed to extract layer sha256:d00f903a379eeaefcb3d589e8fefd8c9b1fe5f7caad260511d6ebb99411b0289: hcsshim::ImportLayer failed in Win32: The process cannot access the file because it is being used by another process. (0x20): unknown",
            ),
        ],
    ),
    (
        "devicemapper-failed",
        &[
            container_not_started(
                "CannotPullContainerError: failed to register layer: devicemapper: Error running deviceResume dm_task_run failed",
            ),
            container_not_started(
                "CannotCreateContainerError: API error (500): devicemapper: Error running deviceResume dm_task_run failed",
            ),
        ],
    ),
    (
        "layer-not-unpacked",
        &[
            container_not_started(
                "CannotPullContainerError: failed to register layer: Error processing tar file(exit status 1): unexpected EOF",
            ),
            container_not_started(
                "CannotPullContainerError: failed to register layer: ApplyLayer exit status 1 stdout:  stderr: unexpected EOF",
            ),
        ],
    ),
    (
        "layer-format-unknown",
        &[not_started(
            "CannotPullContainerError: ref pull has been retried 1 time(s): failed to unpack image on snapshotter overlayfs: failed to extract layer sha256:c02342326b04a05fa0fc4c703c4aaa8ffb46cc0f2eda269c4a0dee53c8296182: failed to get stream processor for application/vnd.",
        )],
    ),
    (
        "image-not-resolved",
        &[
            not_started(
                "CannotPullContainerError: ref pull has been retried 5 time(s): failed to resolve reference 123456789.dkr.ecr.us-east-1.amazonaws.com/my-app:v2.3.1",
            ),
            not_started(
                "CannotPullContainerError: inspect image has been retried 5 time(s): failed to resolve ref 123456789.dkr.ecr.us-east-1.amazonaws.com/my-app:v2.3.1",
            ),
        ],
    ),
];
