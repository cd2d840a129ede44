//! What the load balancer, or the container health check, thinks of a task that runs.

use crate::verdict::cause::example::{event, stopped, target};
use crate::verdict::cause::{Cause, Facts, When};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "target-answers-otherwise",
        when: &[
            When::Target("Target.ResponseCodeMismatch"),
            When::Said("is unhealthy in*due to (reason Health checks failed with these codes"),
        ],
        cause: "the program answers the health check, but not with the status that the target group expects",
        cure: "make the health check's path answer 200, or correct path and matcher: aws elbv2 \
               modify-target-group --target-group-arn ARN --health-check-path /health --matcher HttpCode=200",
        source: "Elastic Load Balancing API reference, TargetHealth; Amazon ECS service unhealthy event \
                 messages",
        examples: &[
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
    },
    Cause {
        id: "target-times-out",
        when: &[
            When::Target("Target.Timeout"),
            When::Said("is unhealthy in*due to (reason Request timed out)"),
        ],
        cause: "the health check gets no answer in time: a security group between load balancer and task, \
                or a program that is slow to start",
        cure: "let the load balancer's security group in on the container's port; for a slow start set \
               healthCheckGracePeriodSeconds, then ecsctl deploy",
        source: "Elastic Load Balancing API reference, TargetHealth; aws/amazon-ecs-agent#1872; Amazon ECS \
                 developer guide, Troubleshooting service load balancers",
        examples: &[
            target("Target.Timeout", Some("Request timed out")),
            event(
                "service example-service (instance i-016b0a460d9974567) (port 1047) is unhealthy in \
                 target-group example-service due to (reason Request timed out)",
            ),
        ],
    },
    Cause {
        id: "target-no-connection",
        when: &[
            When::Target("Target.FailedHealthChecks"),
            When::Said("is unhealthy in*due to (reason Health checks failed)"),
        ],
        cause: "the health check gets no connection or no valid answer: nothing listens on the container's \
                port at 0.0.0.0, or it speaks another protocol",
        cure: "compare containerPort of loadBalancers with the port that the log names (not 127.0.0.1), \
               and HTTP or HTTPS of the target group",
        source: "Elastic Load Balancing API reference, TargetHealth (error while connecting, or a \
                 malformed response)",
        examples: &[
            target("Target.FailedHealthChecks", Some("Health checks failed")),
            event(
                "(service web) (task d977478a) (port 8000) is unhealthy in (target-group \
                 arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/blue/1111111111111111) due \
                 to (reason Health checks failed)",
            ),
        ],
    },
    Cause {
        id: "target-zone-not-enabled",
        when: &[
            When::TargetSaid(
                "Target.NotInUse",
                "Availability Zone that is not enabled for the load balancer",
            ),
            When::Said(
                "is unhealthy in*Target is in an Availability Zone that is not enabled for the load \
                 balancer",
            ),
        ],
        cause: "the task runs in a zone in which the load balancer has no subnet",
        cure: "aws elbv2 set-subnets --load-balancer-arn ARN --subnets ALL…, or keep the service to the \
               load balancer's zones in networkConfiguration",
        source: "Elastic Load Balancing API reference, TargetHealth; Amazon ECS developer guide, \
                 Troubleshooting service load balancers",
        examples: &[
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
    },
    Cause {
        id: "target-group-unused",
        when: &[When::Target("Target.NotInUse")],
        cause: "no listener of a load balancer uses the target group, so nothing checks it; or the task's \
                zone is not enabled for the load balancer",
        cure: "aws elbv2 describe-target-groups --target-group-arns ARN --query \
               'TargetGroups[].LoadBalancerArns'; add a listener or rule that forwards to it",
        source: "Elastic Load Balancing API reference, TargetHealth",
        examples: &[target("Target.NotInUse", None)],
    },
    Cause {
        id: "target-address-unusable",
        when: &[When::Target("Target.IpUnusable")],
        cause: "the task got an address that a load balancer has for itself",
        cure: "ecsctl restart SERVICE gives its tasks new addresses",
        source: "Elastic Load Balancing API reference, TargetHealth",
        examples: &[target("Target.IpUnusable", None)],
    },
    Cause {
        id: "load-balancer-internal-error",
        when: &[When::Target("Elb.InternalError")],
        cause: "the load balancer's own health checking failed; the program is not at fault",
        cure: "ecsctl wait SERVICE; when it stays so, AWS's health dashboard or support",
        source: "Elastic Load Balancing API reference, TargetHealth",
        examples: &[target("Elb.InternalError", None)],
    },
    Cause {
        id: "target-still-checked",
        when: &[
            When::Target("Elb.RegistrationInProgress"),
            When::Target("Elb.InitialHealthChecking"),
        ],
        cause: "the load balancer has not finished its first health checks; with a Network Load Balancer \
                these take minutes",
        cure: "ecsctl wait SERVICE",
        source: "Elastic Load Balancing API reference, TargetHealth; aws/containers-roadmap#469",
        examples: &[
            target("Elb.RegistrationInProgress", None),
            target("Elb.InitialHealthChecking", None),
        ],
    },
    Cause {
        id: "target-group-gone",
        when: &[When::Said(
            "is not healthy in target-group*TARGET GROUP IS NOT FOUND",
        )],
        cause: "the service's target group was deleted",
        cure: "ecsctl delete SERVICE and ecsctl deploy with a target group that exists: a service whose \
               group is gone can't be mended",
        source: "Amazon ECS service event messages (TARGET GROUP IS NOT FOUND)",
        examples: &[event(
            "(service web) task set (ecs-svc/1234567890123456789) (task 3f2a91c0) is not healthy in \
             target-group \
             (arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/web/1111111111111111)) due to \
             TARGET GROUP IS NOT FOUND.",
        )],
    },
    Cause {
        id: "load-balancer-check-failed",
        when: &[
            When::Said("Task failed ELB health checks in"),
            When::Said("is unhealthy in (elb*UnhealthyThreshold number of health checks"),
        ],
        cause: "the load balancer's health check failed too often in a row: wrong path or port, a security \
                group, or a slow start",
        cure: "let the load balancer's security group in on the container's port, and set \
               healthCheckGracePeriodSeconds longer than the program needs to start",
        source: "AWS re:Post, Why is my Amazon ECS task stopped (Task failed ELB health checks); Amazon \
                 ECS service event messages",
        examples: &[
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
    },
    Cause {
        id: "container-check-failed",
        when: &[When::Unhealthy, When::Said("failed container health checks")],
        cause: "the container's own healthCheck command failed too often: the program isn't ready, or the \
                image lacks the command (curl, wget)",
        cure: "run it by hand: aws ecs execute-command --task TASK --interactive --command COMMAND; give startPeriod more \
               seconds for a slow start",
        source: "AWS re:Post, Why is my Amazon ECS task stopped (Failed container health checks)",
        examples: &[
            Facts {
                health_check_failed: true,
                ..Facts::NONE
            },
            stopped("ServiceSchedulerInitiated", "Task failed container health checks"),
        ],
    },
];
