//! Examples of the causes in `table/network.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::{event, not_started};

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "interface-timed-out",
        &[not_started(
            "Timeout waiting for network interface provisioning to complete.",
        )],
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
        "managed-instances-denied",
        &[
            event(
                "(service web) was unable to place a task. Reason: ResourceInitializationError: \
                 Unable to launch instance(s) for capacity provider test-managed. \
                 UnauthorizedOperation: You are not authorized to perform this operation. User: \
                 arn:aws:sts::123456789012:assumed-role/ecsInfrastructureRole/ECSManagedInstances is \
                 not authorized to perform: iam:PassRole on resource: \
                 arn:aws:iam::123456789012:role/ecsInstanceProfileRole because no identity-based \
                 policy allows the iam:PassRole action",
            ),
            event(
                "(service web) was unable to place a task. Reason: ResourceInitializationError: \
                 Unable to launch instance(s) for capacity provider test-managed. User: \
                 arn:aws:sts::123456789012:assumed-role/ecsInfrastructureRole/ECSManagedInstances is \
                 not authorized to perform: ec2:RunInstances",
            ),
        ],
    ),
];
