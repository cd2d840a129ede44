//! Examples of the causes in `table/deployment.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::event;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "role-not-assumable",
        &[event(
            "service MythicalMysfits-Service failed to launch a task with (error ECS was unable to assume \
             the role 'arn:aws:iam::123456789012:role/MythicalMysfitsCoreStack-ECSTaskRole-FXO3A6J08BN' \
             that was provided for this task. Please verify that the role being passed has the proper trust \
             relationship and permissions and that your IAM user has permissions to pass this role.).",
        )],
    ),
    (
        "service-linked-role-missing",
        &[event(
            "Unable to assume the service linked role. Please verify that the ECS service linked role \
             exists.",
        )],
    ),
    (
        "role-trust-changed",
        &[event(
            "IAM trust relationship has been misconfigured or changed, and ECS can no longer maintain your \
             service",
        )],
    ),
    (
        "role-permissions-changed",
        &[event(
            "IAM permissions policies have been misconfigured or changed, and ECS can no longer maintain \
             your service",
        )],
    ),
    (
        "no-room-to-deploy",
        &[event(
            "(service web) was unable to stop or start tasks during a deployment because of the service \
             deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try \
             again.",
        )],
    ),
    (
        "tasks-protected",
        &[event(
            "(service web) was unable to reach steady state because task set (ecs-svc/1234567890123456789) \
             was unable to scale in. Reason: The number of protected tasks are more than the desired count \
             of tasks.",
        )],
    ),
    (
        "service-throttled",
        &[event(
            "(service web) operations are being throttled. Will try again later.",
        )],
    ),
    (
        "tasks-keep-failing",
        &[
            event(
                "(service relay-temporal-worker) is unable to consistently start tasks successfully. For \
                 more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
            ),
            event(
                "(service web) (deployment ecs-svc/1234567890123456789) deployment failed: tasks failed to \
                 start.",
            ),
            event("ECS deployment circuit breaker: tasks failed to start."),
        ],
    ),
];
