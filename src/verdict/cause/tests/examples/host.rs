//! Examples of the causes in `table/host.rs`.

use crate::verdict::cause::tests::example::stopped;
use crate::verdict::cause::{ContainerFacts, FailureFacts};

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "spot-interrupted",
        &[
            stopped("SpotInterruption", "Your Spot Task was interrupted."),
            stopped("TerminationNotice", "Your Spot Task was interrupted."),
            stopped("TerminationNotice", "SpotInterruptionError: <reason>"),
        ],
    ),
    (
        "host-maintenance",
        &[stopped(
            "ServiceSchedulerInitiated",
            "ECS is performing maintenance on the underlying infrastructure hosting the task",
        )],
    ),
    (
        "instance-gone",
        &[stopped(
            "TerminationNotice",
            "Host EC2 (instance i-0123456789abcdef0) stopped/terminated.",
        )],
    ),
    (
        "instance-deregistered",
        &[stopped(
            "UserInitiated",
            "Container instance deregistration forced by user",
        )],
    ),
    (
        "scaled-in",
        &[stopped(
            "ServiceSchedulerInitiated",
            "Scaling activity initiated by (deployment ecs-svc/1234567890123456789)",
        )],
    ),
    (
        "stopped-by-hand",
        &[stopped("UserInitiated", "Task stopped by user")],
    ),
    (
        "service-connect-proxy-unhealthy",
        &[FailureFacts {
            stop_code: Some("ServiceSchedulerInitiated"),
            stopped_reason: Some("Task failed container health checks"),
            container: Some(ContainerFacts {
                name: "ecs-service-connect-Y84Lt",
                exit_code: Some(137),
                reason: None,
            }),
            ..FailureFacts::NONE
        }],
    ),
];
