//! Examples of the causes in `table/target.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::{event, stopped, target};

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "target-answers-otherwise",
        &[
            target(
                "Target.ResponseCodeMismatch",
                Some("Health checks failed with these codes: [404]"),
            ),
            event(
                "(service web) (instance i-0123456789abcdef0) (port 32875) is unhealthy in (target-group \
                 arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/devel/1111111111111111) \
                 due to (reason Health checks failed with these codes: [400])",
            ),
        ],
    ),
    (
        "target-times-out",
        &[
            target("Target.Timeout", Some("Request timed out")),
            event(
                "service example-service (instance i-016b0a460d9974567) (port 1047) is unhealthy in \
                 target-group example-service due to (reason Request timed out)",
            ),
        ],
    ),
    (
        "target-no-connection",
        &[
            target("Target.FailedHealthChecks", Some("Health checks failed")),
            event(
                "(service web) (task d977478a) (port 8000) is unhealthy in (target-group \
                 arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/blue/1111111111111111) due \
                 to (reason Health checks failed)",
            ),
        ],
    ),
    (
        "target-instance-stopped",
        &[target(
            "Target.InvalidState",
            Some("Target is in the stopped state"),
        )],
    ),
    (
        "target-not-registered",
        &[target(
            "Target.NotRegistered",
            Some("Target is not registered to the target group"),
        )],
    ),
    (
        "target-zone-not-enabled",
        &[
            target(
                "Target.NotInUse",
                Some("Target is in an Availability Zone that is not enabled for the load balancer"),
            ),
            event(
                "(service api) (task 3f2a91c0) (port 3000) is unhealthy in (target-group \
                 arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/api/1111111111111111) due \
                 to (reason Target is in an Availability Zone that is not enabled for the load balancer)",
            ),
        ],
    ),
    ("target-group-unused", &[target("Target.NotInUse", None)]),
    ("target-address-unusable", &[target("Target.IpUnusable", None)]),
    (
        "load-balancer-internal-error",
        &[target("Elb.InternalError", None)],
    ),
    (
        "target-still-checked",
        &[
            target("Elb.RegistrationInProgress", None),
            target("Elb.InitialHealthChecking", None),
        ],
    ),
    (
        "target-group-gone",
        &[event(
            "(service web) task set (ecs-svc/1234567890123456789) (task 3f2a91c0) is not healthy in \
             target-group \
             (arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/web/1111111111111111)) due to \
             TARGET GROUP IS NOT FOUND.",
        )],
    ),
    (
        "load-balancer-check-failed",
        &[
            event(
                "service frontend (instance i-12121211) is unhealthy in elb frontend-sb-v2 due to (reason Instance has failed at least the UnhealthyThreshold number of health checks consecutively.)",
            ),
            stopped(
                "ServiceSchedulerInitiated",
                "Task failed ELB health checks in (target-group \
                 arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/alb-target-group/856238e446c9a134)",
            ),
            event(
                "(service web) (instance i-0123456789abcdef0) is unhealthy in (elb web) due to (reason \
                 Instance has failed at least the UnhealthyThreshold number of health checks consecutively.)",
            ),
        ],
    ),
    (
        "container-check-failed",
        &[
            FailureFacts {
                health_check_failed: true,
                ..FailureFacts::NONE
            },
            stopped("ServiceSchedulerInitiated", "Task failed container health checks"),
        ],
    ),
    (
        "target-in-another-vpc",
        &[event(
            "(service demo-web-dev) failed to register targets in (target-group \
             arn:aws:elasticloadbalancing:us-west-2:111111111111:targetgroup/demo-Targe-H7QJOLZK1CDM/3cc9518a30c0f229) \
             with (error The following targets are not in the target group VPC 'vpc-11111111': \
             'i-0381a63c79abcf413')",
        )],
    ),
    (
        "unhealthy-tasks-replaced",
        &[event(
            "(service api-service) has started 2 tasks: (task 8378fd0fc0d744109128c8d6a0b71524). \
             Amazon ECS replaced 2 tasks due to an unhealthy status.",
        )],
    ),
];
