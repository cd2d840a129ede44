//! Causes that stop a running task: its host, Spot, a user, or ECS.

use crate::diagnostic::SuggestionPart;
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
        cure: &[
            SuggestionPart::text("ECS starts a replacement: "),
            SuggestionPart::command("wait", "SERVICE"),
            SuggestionPart::text("; to keep some off Spot give FARGATE a base in capacityProviderStrategy"),
        ],
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
        cure: &[
            SuggestionPart::text("ECS starts a replacement: "),
            SuggestionPart::command("wait", "SERVICE"),
        ],
        source: "Amazon ECS developer guide, Task retirement and maintenance for AWS Fargate",
    },
    Cause {
        id: "instance-gone",
        when: &[CauseSign::Said("Host EC2 (instance *) ")],
        cause: "the instance that the task ran on was stopped or terminated",
        cure: &[
            SuggestionPart::text("ECS starts a replacement where there is room: "),
            SuggestionPart::command("events", "SERVICE"),
            SuggestionPart::text("; find who ended it in CloudTrail (TerminateInstances)"),
        ],
        source: "awsdocs/amazon-ecs-developer-guide, doc_source/stopped-task-errors-classic-console.md",
    },
    Cause {
        id: "instance-deregistered",
        when: &[CauseSign::Said(
            "Container instance deregistration forced by user",
        )],
        cause: "somebody took the instance out of the cluster by force",
        cure: &[
            SuggestionPart::text("register it again or add another; "),
            SuggestionPart::command("events", "SERVICE"),
            SuggestionPart::text(" shows when tasks are placed"),
        ],
        source: "awsdocs/amazon-ecs-developer-guide, doc_source/stopped-task-errors-classic-console.md",
    },
    Cause {
        id: "scaled-in",
        when: &[CauseSign::Said("Scaling activity initiated by")],
        cause: "ECS stopped the task because fewer are wanted, or a newer deployment replaces it; the \
                program is not at fault",
        cure: &[
            SuggestionPart::text("no action needed; "),
            SuggestionPart::command("status", "SERVICE"),
            SuggestionPart::text(" shows desired and running"),
        ],
        source: "awsdocs/amazon-ecs-developer-guide, doc_source/stopped-task-errors-classic-console.md",
    },
    Cause {
        id: "stopped-by-hand",
        when: &[CauseSign::Stopped("UserInitiated")],
        cause: "a person or a program stopped the task",
        cure: &[SuggestionPart::text(
            "find who did it in CloudTrail: aws cloudtrail lookup-events --lookup-attributes \
                 AttributeKey=EventName,AttributeValue=StopTask",
        )],
        source: "AWS re:Post, Why is my Amazon ECS task stopped (Task stopped by user)",
    },
    Cause {
        id: "service-connect-proxy-unhealthy",
        when: &[CauseSign::SaidOf(
            "ecs-service-connect-",
            "failed container health checks",
        )],
        cause: "the Service Connect proxy that ECS adds to the task failed its health check, not \
                 the service's own containers: it lacks CPU or memory, or can't reach ECS",
        cure: &[
            SuggestionPart::text(
                "give the task 256 CPU units and 64 MiB of memory more for the proxy, allow ecs:Poll \
                 to the task role, and on EC2 update the agent (or replace the instance); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Service Connect (proxy's CPU and memory) and Task IAM \
                 role; aws/amazon-ecs-service-connect-agent#41 and #91; aws/amazon-ecs-agent#4397",
    },
];
