//! Examples of the causes in `table/pull.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::{container_not_started, event, not_started};

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
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
        ],
    ),
    (
        "image-repository-missing",
        &[container_not_started(
            "CannotPullContainerError: API error (404): repository \
             111122223333.dkr.ecr.us-east-1.amazonaws.com/acme/web not found",
        )],
    ),
    (
        "image-not-found",
        &[
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
        ],
    ),
    (
        "image-access-denied",
        &[
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
        ],
    ),
    (
        "disk-full",
        &[container_not_started(
            "CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob111111111: no space left on \
             device",
        )],
    ),
    (
        "image-mixed-compression",
        &[not_started(
            "CannotPullContainerError: ref pull has been retried 1 time(s): number of layers and diffIDs \
             don't match: 3 != 15",
        )],
    ),
    (
        "image-compression-unknown",
        &[container_not_started(
            "CannotPullContainerError: failed to register layer: Error processing tar file(exit status 1): \
             archive/tar: invalid tar header",
        )],
    ),
];
