//! Examples of the causes in `table/placement.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::{event, not_started};

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "cluster-without-instances",
        &[event(
            "service authentication_services was unable to place a task because no container instance met \
             all of its requirements. Reason: No Container Instances were found in your cluster.",
        )],
    ),
    (
        "provider-without-instances",
        &[
            event(
                "(service web) was unable to reach steady state. Reason: No Container Instances were found \
                 in your capacity provider.",
            ),
            not_started("TaskFailedToStart: EMPTY CAPACITY PROVIDER"),
            not_started("TaskFailedToStart: NO ACTIVE INSTANCES"),
        ],
    ),
    (
        "host-port-taken",
        &[
            event(
                "(service web) was unable to place a task because no container instance met all of its \
                 requirements. The closest matching (container-instance \
                 47d5cb9a-6e38-495e-9777-5ae6d02a3720) is already using a port required by your task. For \
                 more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
            ),
            event("RESOURCE:PORTS"),
        ],
    ),
    (
        "not-enough-memory",
        &[
            event(
                "service httpd-web-SRZPVERKQOL was unable to place a task because no container instance \
                 met all of its requirements. The closest matching container-instance \
                 b1a73168-f8a6-4ed9-b69e-94adc7a0f1e0 has insufficient memory available. For more \
                 information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
            ),
            event("RESOURCE:MEMORY"),
        ],
    ),
    (
        "not-enough-cpu",
        &[
            event(
                "(service web) was unable to place a task because no container instance met all of its \
                 requirements. The closest matching (container-instance 1a2b3c4d) has insufficient CPU \
                 units available.",
            ),
            event("RESOURCE:CPU"),
        ],
    ),
    (
        "no-network-interface-left",
        &[event(
            "service appmesh-dev-ecs-colorapp-TcpEchoService-14M0PCTB9QFKJ was unable to place a task because \
             no container instance met all of its requirements. The closest matching container-instance \
             acf43593-6b86-4838-86e5-46d896fdc8b3 encountered error \"RESOURCE:ENI\". For more information, \
             see the Troubleshooting section.",
        )],
    ),
    (
        "not-enough-gpus",
        &[
            event(
                "service gpu was unable to place a task because no container instance met all of its requirements. The closest matching container-instance c48416e2f1e64ccf85f15be3909dd3d2 has insufficient GPU resource available.",
            ),
            event("RESOURCE:GPU"),
        ],
    ),
    (
        "instance-attribute-missing",
        &[
            event(
                "service web was unable to place a task because no container instance met all of its \
                 requirements. The closest matching container-instance 1a2b3c4d is missing an attribute \
                 required by your task. For more information, see the Troubleshooting section.",
            ),
            not_started("TaskFailedToStart: ATTRIBUTE"),
        ],
    ),
    (
        "placement-constraint-unmet",
        &[event(
            "Reasons : [\"MemberOf placement constraint unsatisfied.\",\"AGENT\"].",
        )],
    ),
    (
        "agent-disconnected",
        &[
            event(
                "(service web) was unable to place a task because no container instance met all of its \
                 requirements. The closest matching container-instance 1a2b3c4d encountered error \"AGENT\".",
            ),
            not_started("TaskFailedToStart: AGENT"),
            event(
                "(service web) Timed out waiting for Amazon ECS Agent to start. Please check logs at \
                 /var/log/ecs/ecs-agent.log\".",
            ),
            event(
                "(service web) was unable to place a task because no container instance met all of its \
                 requirements. The closest matching (container-instance 3a09814c860f4d3fb05f6f14c6489eb3) \
                 doesn't have the agent connected.",
            ),
        ],
    ),
    (
        "fargate-without-capacity",
        &[
            event(
                "(service web) was unable to place a task. Reason: Capacity is unavailable at this time. \
             Please try again later or in a different availability zone.",
            ),
            event("RESOURCE:FARGATE"),
        ],
    ),
    (
        "quota-of-vcpus",
        &[event(
            "(service web) was unable to place a task. Reason: You’ve reached the limit on the number of \
             vCPUs you can run concurrently.",
        )],
    ),
    (
        "quota-of-tasks",
        &[
            event(
                "(service web) was unable to place a task. Reason: You've reached the limit on the number of spot tasks you can run concurrently. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
            ),
            event(
                "(service web) was unable to place a task. Reason: You've reached the limit on the number of \
             tasks you can run concurrently",
            ),
        ],
    ),
    (
        "quota-of-task-size",
        &[
            event(
                "(service web) was unable to place a task. Reason: The requested CPU configuration is \
                 above your limit.",
            ),
            event(
                "(service web) was unable to place a task. Reason: The requested MEMORY configuration is \
                 above your limit.",
            ),
        ],
    ),
    (
        "too-many-provisioning",
        &[
            event("ClientException: Tasks provisioning capacity limit exceeded."),
            event(
                "(service web) was unable to place tasks in your cluster because the tasks provisioning \
             capacity limit was exceeded.",
            ),
        ],
    ),
    (
        "zone-not-supported",
        &[event(
            "(service web) was unable to place a task. Reason: Internal error.",
        )],
    ),
    (
        "no-instance-fits",
        &[
            event(
                "(service web) was unable to place a task because no container instance met all of its \
                 requirements.",
            ),
            event("(service 80) was unable to place a task because the resources could not be found."),
        ],
    ),
    (
        "instance-role-not-passable",
        &[event(
            "service ecs-control was unable to place a task. Reason: ResourceInitializationError: \
             Unable to launch instance(s) for capacity provider test-managed. \
             UnauthorizedOperation: You are not authorized to perform this operation. User: \
             arn:aws:sts::123456789012:assumed-role/ecsInfrastructureRole/ECSFargateManagedInstances \
             is not authorized to perform: iam:PassRole on resource: \
             arn:aws:iam::123456789012:role/ecsInstanceProfileRole because no identity-based \
             policy allows the iam:PassRole action.",
        )],
    ),
    (
        "instances-denied",
        &[event(
            "(service web) was unable to place a task. Reason: ResourceInitializationError: Unable \
             to launch instance(s) for capacity provider web. UnauthorizedOperation: You are not \
             authorized to perform this operation. User: \
             arn:aws:sts::123456789012:assumed-role/infra/ECSManagedInstances is not authorized to \
             perform: ec2:CreateFleet on resource: arn:aws:ec2:us-east-1:123456789012:fleet/* \
             because no identity-based policy allows the ec2:CreateFleet action.",
        )],
    ),
    (
        "instance-quota",
        &[
            event(
                "(service web) was unable to place a task. Reason: ResourceInitializationError: Unable \
             to launch instance(s) for capacity provider web. VcpuLimitExceeded: You have \
             requested more vCPU capacity than your current vCPU limit allows.",
            ),
            event(
                "(service af-stack-image) was unable to place a task. Reason: \
             ResourceInitializationError: Unable to launch instance(s) for capacity provider \
             af-stack-image-spot. MaxSpotInstanceCountExceeded: Max spot instance count exceeded. \
             RequestId: 3495893a",
            ),
            event("VcpuLimitExceeded"),
        ],
    ),
    (
        "instances-without-capacity",
        &[
            event(
                "(service web) was unable to place a task. Reason: ResourceInitializationError: Unable \
             to launch instance(s) for capacity provider web-spot. UnfulfillableCapacity: Unable \
             to fulfill capacity due to your request configuration. Please adjust your request and \
             try again.",
            ),
            event(
                "(service web) was unable to place a task. Reason: ResourceInitializationError: Unable \
             to launch instance(s) for capacity provider web. InsufficientInstanceCapacity: We \
             currently do not have sufficient capacity in the Availability Zone you requested.",
            ),
        ],
    ),
    (
        "zone-without-fitting-instance",
        &[event(
            "(service web) is unable to place a task in us-east-1c because no container instance \
             met all of its requirements.",
        )],
    ),
    (
        "zone-without-capacity",
        &[event("(service web) is unable to place a task in us-east-1c.")],
    ),
    (
        "tasks-partly-launched",
        &[event(
            "(service web) could not launch 3 tasks for deployment ecs-svc/1234567890123456789.",
        )],
    ),
];
