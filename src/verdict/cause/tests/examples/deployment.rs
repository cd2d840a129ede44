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
        &[
            event(
                "Invalid request provided: CreateCapacityProvider error: ECS Service Linked Role does not exist. Please create a Service linked",
            ),
            event(
                "Unable to assume the service linked role. Please verify that the ECS service linked role \
             exists.",
            ),
        ],
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
        &[
            event(
                "(service web) was unable to stop or start tasks during a deployment because of the service \
             deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try \
             again.",
            ),
            event(
                "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments",
            ),
        ],
    ),
    (
        "tasks-protected",
        &[
            event(
                "(service web) was unable to reach steady state because task set (ecs-svc/1234567890123456789) \
             was unable to scale in. Reason: The number of protected tasks are more than the desired count \
             of tasks.",
            ),
            event(
                "(service api-service) was unable to reach steady state because (taskSet ecs-svc/1111111111111111111) was unable to scale in due to (reason 2 tasks under protection)",
            ),
        ],
    ),
    (
        "service-throttled",
        &[
            event("(service web) operations are being throttled. Will try again later."),
            event("(service web) operations are being throttled on elb. Will try again later."),
        ],
    ),
    (
        "tasks-keep-failing",
        &[
            event(
                "Resource handler returned message: \"Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.\"",
            ),
            event(
                "(service relay-temporal-worker) is unable to consistently start tasks successfully. For \
                 more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
            ),
            event(
                "(service web) (deployment ecs-svc/1234567890123456789) deployment failed: tasks failed to \
                 start.",
            ),
            event("ECS deployment circuit breaker: tasks failed to start."),
            event("Service deployment rolled back because the circuit breaker threshold was exceeded."),
            event("ECS deployment circuit breaker: task failed to start."),
            event(
                "ECS deployment circuit breaker: rolling back to deploymentId \
             ecs-svc/1234567890123456789.",
            ),
        ],
    ),
    (
        "infrastructure-role-not-assumable",
        &[
            event(
                "CreateCapacityProvider error: Caught ServiceAccessDeniedException for ECSInfrastructureRole[arn:aws:iam::123456789012:role/RunnerStack-InfraRole]",
            ),
            event(
                "ECS was unable to assume the configured ECS Infrastructure Role \
             'arn:aws:iam::111122223333:role/ecsInfrastructureRole'. Please verify that the role \
             being passed has the proper trust relationship with Amazon ECS",
            ),
        ],
    ),
    (
        "load-balancer-permissions-missing",
        &[
            event(
                "Service deployment rolled back because of invalid networking configuration. ECS was \
             unable to manage the ELB resources due to missing permissions on ECS Infrastructure \
             Role 'arn:aws:iam::123456789012:role/Admin'.",
            ),
            event(
                "service myService failed to describe target health on target-group myTargetGroup with \
             (error User: arn:aws:sts::123456789012:assumed-role/myELBRole/ecs-service-scheduler \
             is not authorized to perform: elasticloadbalancing:DescribeTargetHealth because no \
             identity-based policy allows the elasticloadbalancing:DescribeTargetHealth action)",
            ),
        ],
    ),
    (
        "both-target-groups-serve",
        &[event(
            "Service deployment rolled back because of invalid networking configuration. \
             productionListenerRule \
             arn:aws:elasticloadbalancing:us-west-2:123456789012:listener-rule/app/my-alb/abc123/def456/ghi789 \
             should have exactly one target group serving traffic but found 2 target groups which \
             are serving traffic",
        )],
    ),
    (
        "foreign-target-group-serves",
        &[event(
            "Service deployment rolled back because of invalid networking configuration. \
             Production listener rule is forwarding traffic to unexpected target group \
             arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/random-nlb-tg/abc123. \
             Expected traffic to be forwarded to either targetGroupArn: x or \
             alternateTargetGroupArn: y",
        )],
    ),
    (
        "target-group-not-in-rules",
        &[
            event(
                "Service deployment rolled back because of invalid networking configuration. Both \
             targetGroup and alternateTargetGroup must be associated with the \
             productionListenerRule or testListenerRule.",
            ),
            event(
                "Service deployment rolled back because of invalid networking configuration: Target \
             group \
             arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/myAlternateTG/abc123 \
             is not associated with either productionListenerRule or testListenerRule.",
            ),
        ],
    ),
    (
        "hook-role-not-assumable",
        &[event(
            "Service deployment rolled back because TEST_TRAFFIC_SHIFT lifecycle hook(s) failed. \
             ECS was unable to assume role arn:aws:iam::123456789012:role/Admin",
        )],
    ),
    (
        "hook-not-invoked",
        &[event(
            "Service deployment rolled back because TEST_TRAFFIC_SHIFT lifecycle hook(s) failed. \
             ECS was unable to invoke hook target \
             arn:aws:lambda:us-west-2:123456789012:function:myHook due to User: \
             arn:aws:sts::123456789012:assumed-role/myLambdaRole/ECS-Lambda-Execution is not \
             authorized to perform: lambda:InvokeFunction on resource: \
             arn:aws:lambda:us-west-2:123456789012:function:myHook because no identity-based \
             policy allows the lambda:InvokeFunction action",
        )],
    ),
    (
        "hook-answer-malformed",
        &[event(
            "Service deployment rolled back because TEST_TRAFFIC_SHIFT lifecycle hook(s) failed. \
             ECS was unable to parse the response from \
             arn:aws:lambda:us-west-2:123456789012:function:myHook due to HookStatus must not be \
             null",
        )],
    ),
    (
        "hook-said-no",
        &[event(
            "Service deployment rolled back because TEST_TRAFFIC_SHIFT lifecycle hook(s) failed. \
             Lifecycle hook target arn:aws:lambda:us-west-2:123456789012:function:myHook returned \
             FAILED status.",
        )],
    ),
    (
        "hook-failed",
        &[
            event("Service deployment rolled back because POST_SCALE_UP lifecycle hook(s) failed."),
            event("deployment failed: hook execution failure(s) detected."),
        ],
    ),
    (
        "pause-ran-out",
        &[event(
            "Service deployment rolled back because POST_TEST_TRAFFIC_SHIFT pause hook timed out.",
        )],
    ),
    (
        "alarm-detected",
        &[event(
            "(service fraud-api-prod) (deployment ecs-svc/8028111111111111111) deployment failed: \
             alarm detected.",
        )],
    ),
    (
        "listener-rule-missing",
        &[event(
            "deployment failed: Service deployment rolled back because of invalid networking configuration. One or more rules not found",
        )],
    ),
];
