//! What took the task away: its host, Spot, a person, or ECS.

use crate::verdict::cause::{Cause, CauseSign};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "spot-interrupted",
        when: &[
            CauseSign::Stopped("SpotInterruption"),
            CauseSign::Said("Your Spot Task was interrupted"),
            CauseSign::Said("SpotInterruptionError"),
        ],
        cause: "AWS took the Spot capacity back; the program is not at fault",
        cure: "ECS starts a replacement: ecsctl wait SERVICE; to keep some off Spot give FARGATE a base in \
               capacityProviderStrategy",
        source: "Amazon ECS developer guide, Troubleshooting SpotInterruption errors and stopped tasks \
                 error messages (SpotInterruptionError); AWS Fargate capacity \
                 providers",
    },
    Cause {
        id: "host-maintenance",
        when: &[CauseSign::Said(
            "ECS is performing maintenance on the underlying infrastructure",
        )],
        cause: "AWS retired the task's host for maintenance; the program is not at fault",
        cure: "ECS starts a replacement: ecsctl wait SERVICE",
        source: "Amazon ECS developer guide, Task retirement and maintenance for AWS Fargate",
    },
    Cause {
        id: "instance-gone",
        when: &[CauseSign::Said("Host EC2 (instance *) ")],
        cause: "the instance that the task ran on was stopped or terminated",
        cure: "ECS starts a replacement where there is room: ecsctl events SERVICE; see who ended it in \
               CloudTrail (TerminateInstances)",
        source: "awsdocs/amazon-ecs-developer-guide, doc_source/stopped-task-errors-classic-console.md",
    },
    Cause {
        id: "instance-deregistered",
        when: &[CauseSign::Said(
            "Container instance deregistration forced by user",
        )],
        cause: "somebody took the instance out of the cluster by force",
        cure: "register it again or add another; ecsctl events SERVICE shows when tasks find room",
        source: "awsdocs/amazon-ecs-developer-guide, doc_source/stopped-task-errors-classic-console.md",
    },
    Cause {
        id: "scaled-in",
        when: &[CauseSign::Said("Scaling activity initiated by")],
        cause: "ECS stopped the task because fewer are wanted, or a newer deployment replaces it; the \
                program is not at fault",
        cure: "nothing to do; ecsctl status SERVICE shows desired and running",
        source: "awsdocs/amazon-ecs-developer-guide, doc_source/stopped-task-errors-classic-console.md",
    },
    Cause {
        id: "stopped-by-hand",
        when: &[CauseSign::Stopped("UserInitiated")],
        cause: "a person or a program stopped the task",
        cure: "see who in CloudTrail: aws cloudtrail lookup-events --lookup-attributes \
               AttributeKey=EventName,AttributeValue=StopTask",
        source: "AWS re:Post, Why is my Amazon ECS task stopped (Task stopped by user)",
    },
];
