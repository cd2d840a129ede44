//! Examples of the causes in `table/network.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::{container_not_started, not_started};

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "interface-timed-out",
        &[
            not_started("Timeout waiting for network interface provisioning to complete."),
            not_started(
                "Network interface provision complete error timeout wait for network \
             interface provision.",
            ),
        ],
    ),
    (
        "storage-timed-out",
        &[not_started(
            "Timeout waiting for EphemeralStorage provisioning to complete.",
        )],
    ),
    (
        "subnet-full",
        &[
            not_started(
                "Unexpected EC2 error while attempting to Create Network Interface with public IP \
                 assignment enabled in subnet 'subnet-0123456789abcdef0'",
            ),
            not_started(
                "Unexpected EC2 error while attempting to Create Network Interface in subnet '': \
                 InsufficientFreeAddressesInSubnet",
            ),
        ],
    ),
    (
        "interface-index-used",
        &[not_started(
            "Unable to attach network interface to unused device index",
        )],
    ),
    (
        "compute-not-compatible",
        &[not_started(
            "The selected task definition is not compatible with the selected compute strategy",
        )],
    ),
    ("ecs-internal-error", &[not_started("InternalError: <reason>")]),
    (
        "container-not-inspected",
        &[container_not_started("CannotInspectContainerError")],
    ),
    (
        "container-not-stopped",
        &[container_not_started(
            "CannotStopContainerError: failed sending SIGTERM to container",
        )],
    ),
    (
        "task-not-stopped",
        &[not_started(
            "TaskStateError: Agent could not progress task's state to stopped",
        )],
    ),
    (
        "interface-not-configured",
        &[
            not_started("Unexpected EC2 error while attempting to attach network interface to instance"),
            not_started(
                "ResourceInitializationError: failed to configure ENI: failed to setup regular eni: netplugin failed with no error message",
            ),
        ],
    ),
    (
        "tag-policy-refuses",
        &[not_started(
            "Unexpected EC2 error while attempting to tag the network interface: TagPolicyViolation",
        )],
    ),
];
