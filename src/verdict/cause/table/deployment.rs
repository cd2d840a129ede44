//! Causes that concern the service and its deployment as a whole.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "role-not-assumable",
        when: &[CauseSign::Said("ECS was unable to assume the role")],
        cause: "the task or execution role does not exist, or does not trust ecs-tasks.amazonaws.com; a \
                role made seconds ago needs a moment",
        cure: &[SuggestionPart::text(
            "aws iam get-role --role-name ROLE --query Role.AssumeRolePolicyDocument; allow \
                 sts:AssumeRole to ecs-tasks.amazonaws.com",
        )],
        source: "aws-samples/aws-modern-application-workshop#88 and #232; boto/boto3#1878",
    },
    Cause {
        id: "service-linked-role-missing",
        when: &[
            CauseSign::Said("Unable to assume the service linked role"),
            CauseSign::Said("ECS Service Linked Role does not exist"),
        ],
        cause: "the account has no service-linked role for ECS yet, or it was made moments ago",
        cure: &[
            SuggestionPart::text(
                "aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "blog.jurabi.jp, notes-on-building-an-ecs-with-cloudformation; Amazon ECS \
                developer guide, Using service-linked roles for Amazon ECS; \
                aws-samples/aws-scalable-big-blue-button-example#36",
    },
    Cause {
        id: "role-trust-changed",
        when: &[CauseSign::Said(
            "IAM trust relationship has been misconfigured or changed",
        )],
        cause: "a role of the service no longer trusts ECS",
        cure: &[SuggestionPart::text(
            "aws iam get-role --role-name ROLE --query Role.AssumeRolePolicyDocument; trust \
                 ecs-tasks.amazonaws.com again",
        )],
        source: "Amazon ECS service event messages (IAM trust relationship)",
    },
    Cause {
        id: "role-permissions-changed",
        when: &[CauseSign::Said(
            "IAM permissions policies have been misconfigured or changed",
        )],
        cause: "a role of the service lost permissions that ECS needs",
        cure: &[SuggestionPart::text(
            "aws iam list-attached-role-policies --role-name ROLE; attach the missing policies again",
        )],
        source: "Amazon ECS service event messages (IAM permissions policies)",
    },
    Cause {
        id: "no-room-to-deploy",
        when: &[
            CauseSign::Said(
                "was unable to stop or start tasks during a deployment because of the service deployment \
                 configuration",
            ),
            CauseSign::Said("cannot be 100 as this will block deployments"),
        ],
        cause: "minimumHealthyPercent and maximumPercent leave ECS neither a task to stop nor one to start",
        cure: &[
            SuggestionPart::text(
                "for few tasks, use deploymentConfiguration: {minimumHealthyPercent: 100, \
                 maximumPercent: 200}, or 0 and 100 if tasks must not overlap; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS service event messages (service deployment configuration); \
                 badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "tasks-protected",
        when: &[
            CauseSign::Said("The number of protected tasks are more than the desired count"),
            CauseSign::Said("was unable to scale in due to *under protection"),
        ],
        cause: "more tasks are protected from scale-in than are wanted, so ECS can't stop any of them",
        cure: &[SuggestionPart::text(
            "wait for the protection to end, or aws ecs update-task-protection --cluster CLUSTER \
                 --tasks … --no-protection-enabled",
        )],
        source: "Amazon ECS service event messages (protected tasks)",
    },
    Cause {
        id: "service-throttled",
        when: &[
            CauseSign::Said("operations are being throttled. Will try again later"),
            CauseSign::Said("operations are being throttled on"),
        ],
        cause: "ECS is held back by the account's API rate limits",
        cure: &[
            SuggestionPart::text("ECS continues on its own: "),
            SuggestionPart::command("wait", "SERVICE"),
            SuggestionPart::text("; deploying fewer services at once helps"),
        ],
        source: "Amazon ECS service event messages (operations are being throttled)",
    },
    Cause {
        id: "infrastructure-role-not-assumable",
        when: &[
            CauseSign::Said("ECS was unable to assume the configured ECS Infrastructure Role"),
            CauseSign::Said("ServiceAccessDeniedException for ECSInfrastructureRole"),
        ],
        cause: "the infrastructure role (for volumes or load balancers) does not exist, or does \
                not trust ecs.amazonaws.com",
        cure: &[SuggestionPart::text(
            "aws iam get-role --role-name ROLE --query Role.AssumeRolePolicyDocument; allow \
                 sts:AssumeRole to ecs.amazonaws.com",
        )],
        source: "Amazon ECS developer guide, Status reasons for Amazon EBS volume attachment to \
                 Amazon ECS tasks; Amazon ECS developer guide, Amazon ECS infrastructure IAM role",
    },
    Cause {
        id: "load-balancer-permissions-missing",
        when: &[
            CauseSign::Said("unable to manage the ELB resources due to missing permissions"),
            CauseSign::Said("is not authorized to perform: elasticloadbalancing:"),
        ],
        cause: "the role that ECS uses for the load balancer (roleArn of advancedConfiguration) \
                lacks a permission, or does not trust ecs.amazonaws.com",
        cure: &[
            SuggestionPart::text(
                "aws iam attach-role-policy --role-name ROLE --policy-arn \
                 arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers; check \
                 its trust of ecs.amazonaws.com; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Permission issues); Amazon ECS infrastructure IAM role for load balancers",
    },
    Cause {
        id: "both-target-groups-serve",
        when: &[CauseSign::Said(
            "should have exactly one target group serving traffic",
        )],
        cause: "before a deployment only one of the two target groups may get traffic, and the \
                listener rule gives both a weight above 0",
        cure: &[
            SuggestionPart::text(
                "set the idle target group's weight to 0: aws elbv2 modify-rule --rule-arn RULE \
                 --actions …; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Target group configuration errors)",
    },
    Cause {
        id: "foreign-target-group-serves",
        when: &[CauseSign::Said("forwarding traffic to unexpected target group")],
        cause: "the production listener rule forwards to a target group that the service doesn't name",
        cure: &[
            SuggestionPart::text(
                "let the rule forward to the service's two target groups only: aws elbv2 \
                 modify-rule --rule-arn RULE --actions …; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Target group configuration errors)",
    },
    Cause {
        id: "target-group-not-in-rules",
        when: &[
            CauseSign::Said("must be associated with the productionListenerRule or testListenerRule"),
            CauseSign::Said("is not associated with either productionListenerRule or testListenerRule"),
        ],
        cause: "the production and test listener rules leave out one of the service's two target groups",
        cure: &[
            SuggestionPart::text(
                "add it to a rule: aws elbv2 modify-rule --rule-arn RULE --actions …; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Listener rule configuration errors); Migrate CodeDeploy blue/green deployments \
                 to Amazon ECS blue/green deployments",
    },
    Cause {
        id: "hook-role-not-assumable",
        when: &[CauseSign::Said("hook(s) failed. ECS was unable to assume role")],
        cause: "the lifecycle hook's role does not trust ecs.amazonaws.com",
        cure: &[
            SuggestionPart::text(
                "aws iam get-role --role-name ROLE --query Role.AssumeRolePolicyDocument; allow \
                 sts:AssumeRole to ecs.amazonaws.com, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Lifecycle hook issues)",
    },
    Cause {
        id: "hook-not-invoked",
        when: &[CauseSign::Said("ECS was unable to invoke hook target")],
        cause: "ECS could not call the lifecycle hook's function, most often as the hook's role may not",
        cure: &[
            SuggestionPart::text(
                "allow lambda:InvokeFunction on the function's ARN to the hook's role, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Lifecycle hook issues)",
    },
    Cause {
        id: "hook-answer-malformed",
        when: &[CauseSign::Said(
            "hook(s) failed. ECS was unable to parse the response",
        )],
        cause: "the lifecycle hook's function ended without a valid answer, or ran into its timeout",
        cure: &[
            SuggestionPart::text(
                "let it return {\"hookStatus\": \"SUCCEEDED\"} (or FAILED, IN_PROGRESS) and raise \
                 its timeout; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Lifecycle hook issues)",
    },
    Cause {
        id: "hook-said-no",
        when: &[CauseSign::Said(
            "lifecycle hook(s) failed. Lifecycle hook target*returned FAILED",
        )],
        cause: "the lifecycle hook's function checked the new version and refused it",
        cure: &[SuggestionPart::text(
            "its log says why: aws logs tail /aws/lambda/FUNCTION --since 1h",
        )],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Lifecycle hook issues)",
    },
    Cause {
        id: "hook-failed",
        when: &[
            CauseSign::Said("lifecycle hook(s) failed"),
            CauseSign::Said("hook execution failure(s) detected"),
        ],
        cause: "a lifecycle hook's function failed, or ECS could not call it",
        cure: &[SuggestionPart::text(
            "aws logs tail /aws/lambda/FUNCTION --since 1h; check the hook's role \
                 (lambda:InvokeFunction, trust of ecs.amazonaws.com)",
        )],
        source: "aws/containers-roadmap#2664; Amazon ECS developer guide, Troubleshooting Amazon \
                 ECS blue/green deployments (Lifecycle hook issues)",
    },
    Cause {
        id: "pause-ran-out",
        when: &[CauseSign::Said("pause hook timed out")],
        cause: "nobody continued the deployment before the pause hook's timeout",
        cure: &[
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text(", then "),
            SuggestionPart::command("continue", "SERVICE"),
            SuggestionPart::text(
                " in time; or raise timeoutInMinutes, or set timeoutConfiguration: {action: CONTINUE}",
            ),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Lifecycle hook issues)",
    },
    Cause {
        id: "alarm-detected",
        when: &[CauseSign::Said("deployment failed: alarm detected")],
        cause: "a CloudWatch alarm of the service's deploymentConfiguration went off during the \
                deployment",
        cure: &[
            SuggestionPart::text(
                "aws cloudwatch describe-alarm-history --alarm-name ALARM shows when and why; ",
            ),
            SuggestionPart::command("logs", "SERVICE --previous"),
            SuggestionPart::text(" shows the new version's log"),
        ],
        source: "Amazon ECS developer guide, How CloudWatch alarms detect Amazon ECS deployment failures",
    },
    Cause {
        id: "listener-rule-missing",
        when: &[CauseSign::Said("One or more rules not found")],
        cause: "a listener rule that the service names was deleted, or made anew with another ARN",
        cure: &[
            SuggestionPart::text(
                "put the rule's ARN into productionListenerRule or testListenerRule (aws elbv2 describe-rules --listener-arn LISTENER lists them); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Elastic Load Balancing API reference, DescribeRules (RuleNotFound); Amazon ECS API \
                 reference, AdvancedConfiguration",
    },
    Cause {
        id: "tasks-keep-failing",
        when: &[
            CauseSign::Said("is unable to consistently start tasks successfully"),
            CauseSign::Said("deployment failed: tasks failed to start"),
            CauseSign::Said("deployment circuit breaker: tasks failed to start"),
            CauseSign::Said("because the circuit breaker threshold was exceeded"),
            CauseSign::Said("deployment circuit breaker: task failed to start"),
            CauseSign::Said("deployment circuit breaker: rolling back to"),
            CauseSign::Said("Deployment Circuit Breaker was triggered"),
        ],
        cause: "tasks failed one after the other; ECS waits longer between its tries, or has given up",
        cure: &[
            SuggestionPart::command("tasks", "SERVICE --stopped"),
            SuggestionPart::text(" shows why they stopped"),
        ],
        source: "Amazon ECS service event messages (unable to consistently start tasks; \
                deployment failed); aws/containers-roadmap#1488; \
                hashicorp/terraform-provider-aws, internal/service/ecs/service_test.go; \
                Amazon ECS developer guide, Amazon ECS events; daroczig/CEU-R-prod#7",
    },
];
