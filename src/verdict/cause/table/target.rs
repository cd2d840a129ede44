//! Causes of failed load balancer or container health checks of a running task.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "target-in-another-vpc",
        when: &[CauseSign::Said("are not in the target group VPC")],
        cause: "the target group belongs to another VPC than the service's subnets or instances",
        cure: &[SuggestionPart::text(
            "a target group's VPC can't be changed: aws elbv2 create-target-group --name NAME \
                 --protocol HTTP --port 80 --vpc-id VPC --target-type ip; forward to it, and name \
                 it in loadBalancers",
        )],
        source: "tongueroo/ufo, docs (Debugging Failed to Register Targets)",
    },
    Cause {
        id: "target-answers-otherwise",
        when: &[
            CauseSign::Target("Target.ResponseCodeMismatch"),
            CauseSign::Said("is unhealthy in*due to (reason Health checks failed with these codes"),
        ],
        cause: "the program answers the health check, but not with the status that the target group expects",
        cure: &[SuggestionPart::text(
            "make the health check path return 200, or correct path and matcher: aws elbv2 \
                 modify-target-group --target-group-arn ARN --health-check-path /health --matcher \
                 HttpCode=200",
        )],
        source: "Elastic Load Balancing API reference, TargetHealth; Amazon ECS service unhealthy event \
                 messages",
    },
    Cause {
        id: "target-times-out",
        when: &[
            CauseSign::Target("Target.Timeout"),
            CauseSign::Said("is unhealthy in*due to (reason Request timed out)"),
        ],
        cause: "the health check gets no answer in time: a security group between load balancer and task, \
                or a program that is slow to start",
        cure: &[
            SuggestionPart::text(
                "let the load balancer's security group in on the container's port; for a slow start \
                 set healthCheckGracePeriodSeconds, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Elastic Load Balancing API reference, TargetHealth; aws/amazon-ecs-agent#1872; Amazon ECS \
                 developer guide, Troubleshooting service load balancers",
    },
    Cause {
        id: "target-no-connection",
        when: &[
            CauseSign::Target("Target.FailedHealthChecks"),
            CauseSign::Said("is unhealthy in*due to (reason Health checks failed)"),
        ],
        cause: "the health check gets no connection or no valid answer: nothing listens on the container's \
                port at 0.0.0.0, or it speaks another protocol",
        cure: &[SuggestionPart::text(
            "compare containerPort of loadBalancers with the port that the log names (not \
                 127.0.0.1), and HTTP or HTTPS of the target group",
        )],
        source: "Elastic Load Balancing API reference, TargetHealth (error while connecting, or a \
                 malformed response)",
    },
    Cause {
        id: "target-instance-stopped",
        when: &[CauseSign::Target("Target.InvalidState")],
        cause: "the instance that the target group names is stopped or terminated",
        cure: &[
            SuggestionPart::text(
                "aws ecs list-container-instances --cluster CLUSTER shows those that are left; \
                start it or another, then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "Elastic Load Balancing API reference, TargetHealth",
    },
    Cause {
        id: "target-not-registered",
        when: &[CauseSign::Target("Target.NotRegistered")],
        cause: "the target group does not have the task's address yet, or no longer; ECS \
                registers a task only while its container runs",
        cure: &[
            SuggestionPart::text(
                "aws elbv2 describe-target-health --target-group-arn ARN lists what is \
                registered; if nothing is, ",
            ),
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text(" with this group in loadBalancers"),
        ],
        source: "Elastic Load Balancing API reference, TargetHealth",
    },
    Cause {
        id: "target-zone-not-enabled",
        when: &[
            CauseSign::TargetSaid(
                "Target.NotInUse",
                "Availability Zone that is not enabled for the load balancer",
            ),
            CauseSign::Said(
                "is unhealthy in*Target is in an Availability Zone that is not enabled for the load \
                 balancer",
            ),
        ],
        cause: "the task runs in a zone in which the load balancer has no subnet",
        cure: &[SuggestionPart::text(
            "aws elbv2 set-subnets --load-balancer-arn ARN --subnets ALL…, or keep the service to \
                 the load balancer's zones in networkConfiguration",
        )],
        source: "Elastic Load Balancing API reference, TargetHealth; Amazon ECS developer guide, \
                 Troubleshooting service load balancers",
    },
    Cause {
        id: "target-group-unused",
        when: &[CauseSign::Target("Target.NotInUse")],
        cause: "no listener of a load balancer uses the target group, so nothing checks it; or the task's \
                zone is not enabled for the load balancer",
        cure: &[SuggestionPart::text(
            "aws elbv2 describe-target-groups --target-group-arns ARN --query \
                 'TargetGroups[].LoadBalancerArns'; add a listener or rule that forwards to it",
        )],
        source: "Elastic Load Balancing API reference, TargetHealth",
    },
    Cause {
        id: "target-address-unusable",
        when: &[CauseSign::Target("Target.IpUnusable")],
        cause: "the task got an address that a load balancer has for itself",
        cure: &[
            SuggestionPart::command("restart", "SERVICE"),
            SuggestionPart::text(" gives its tasks new addresses"),
        ],
        source: "Elastic Load Balancing API reference, TargetHealth",
    },
    Cause {
        id: "load-balancer-internal-error",
        when: &[CauseSign::Target("Elb.InternalError")],
        cause: "the load balancer's own health checking failed; the program is not at fault",
        cure: &[
            SuggestionPart::command("wait", "SERVICE"),
            SuggestionPart::text("; if this persists, check the AWS Health Dashboard or contact AWS Support"),
        ],
        source: "Elastic Load Balancing API reference, TargetHealth",
    },
    Cause {
        id: "target-still-checked",
        when: &[
            CauseSign::Target("Elb.RegistrationInProgress"),
            CauseSign::Target("Elb.InitialHealthChecking"),
        ],
        cause: "the load balancer has not finished its first health checks; with a Network Load Balancer \
                these take minutes",
        cure: &[SuggestionPart::command("wait", "SERVICE")],
        source: "Elastic Load Balancing API reference, TargetHealth; aws/containers-roadmap#469",
    },
    Cause {
        id: "target-group-gone",
        when: &[CauseSign::Said(
            "is not healthy in target-group*TARGET GROUP IS NOT FOUND",
        )],
        cause: "the service's target group was deleted",
        cure: &[
            SuggestionPart::command("delete", "SERVICE"),
            SuggestionPart::text(" and "),
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text(
                " with an existing target group: a service can't be repaired once its target group is \
                 deleted",
            ),
        ],
        source: "Amazon ECS service event messages (TARGET GROUP IS NOT FOUND)",
    },
    Cause {
        id: "load-balancer-check-failed",
        when: &[
            CauseSign::Said("Task failed ELB health checks in"),
            CauseSign::Said("is unhealthy in (elb*UnhealthyThreshold number of health checks"),
            CauseSign::Said("is unhealthy in elb *UnhealthyThreshold number of health checks"),
        ],
        cause: "the load balancer's health check failed too often in a row: wrong path or port, a security \
                group, or a slow start",
        cure: &[SuggestionPart::text(
            "let the load balancer's security group in on the container's port, and set \
                 healthCheckGracePeriodSeconds to more than the start time of the program",
        )],
        source: "AWS re:Post, Why is my Amazon ECS task stopped (Task failed ELB health \
                checks); Amazon ECS service event messages; fabfuel/ecs-deploy#5",
    },
    Cause {
        id: "container-check-failed",
        when: &[
            CauseSign::Unhealthy,
            CauseSign::Said("failed container health checks"),
        ],
        cause: "the container's own healthCheck command failed too often: the program isn't ready, or the \
                image lacks the command (curl, wget)",
        cure: &[SuggestionPart::text(
            "run the check manually: aws ecs execute-command --task TASK --interactive --command \
                 COMMAND; raise startPeriod for a slow start",
        )],
        source: "AWS re:Post, Why is my Amazon ECS task stopped (Failed container health checks)",
    },
    Cause {
        id: "unhealthy-tasks-replaced",
        when: &[CauseSign::Said("tasks due to an unhealthy status")],
        cause: "tasks failed the health check of the load balancer or of their container, and ECS \
                replaced them",
        cure: &[
            SuggestionPart::command("tasks", "SERVICE --stopped"),
            SuggestionPart::text(
                " shows which check failed; for a slow start raise healthCheckGracePeriodSeconds or \
                 startPeriod",
            ),
        ],
        source: "Amazon ECS developer guide, Amazon ECS service event messages",
    },
];
