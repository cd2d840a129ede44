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
        when: &[CauseSign::Said("Unable to assume the service linked role")],
        cause: "the account has no service-linked role for ECS yet, or it was made moments ago",
        cure: &[
            SuggestionPart::text(
                "aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "blog.jurabi.jp, notes-on-building-an-ecs-with-cloudformation; Amazon ECS developer guide, \
                 Using service-linked roles for Amazon ECS",
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
        when: &[CauseSign::Said(
            "was unable to stop or start tasks during a deployment because of the service deployment \
             configuration",
        )],
        cause: "minimumHealthyPercent and maximumPercent leave ECS neither a task to stop nor one to start",
        cure: &[
            SuggestionPart::text(
                "for few tasks, use deploymentConfiguration: {minimumHealthyPercent: 100, \
                 maximumPercent: 200}, or 0 and 100 if tasks must not overlap; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS service event messages (service deployment configuration)",
    },
    Cause {
        id: "tasks-protected",
        when: &[CauseSign::Said(
            "The number of protected tasks are more than the desired count",
        )],
        cause: "more tasks are protected from scale-in than are wanted, so ECS can't stop the old ones",
        cure: &[SuggestionPart::text(
            "wait for the protection to end, or aws ecs update-task-protection --cluster CLUSTER \
                 --tasks … --no-protection-enabled",
        )],
        source: "Amazon ECS service event messages (protected tasks)",
    },
    Cause {
        id: "service-throttled",
        when: &[CauseSign::Said(
            "operations are being throttled. Will try again later",
        )],
        cause: "ECS is held back by the account's API rate limits",
        cure: &[
            SuggestionPart::text("ECS continues on its own: "),
            SuggestionPart::command("wait", "SERVICE"),
            SuggestionPart::text("; deploying fewer services at once helps"),
        ],
        source: "Amazon ECS service event messages (operations are being throttled)",
    },
    Cause {
        id: "tasks-keep-failing",
        when: &[
            CauseSign::Said("is unable to consistently start tasks successfully"),
            CauseSign::Said("deployment failed: tasks failed to start"),
            CauseSign::Said("deployment circuit breaker: tasks failed to start"),
        ],
        cause: "tasks failed one after the other; ECS waits longer between its tries, or has given up",
        cure: &[
            SuggestionPart::command("tasks", "SERVICE --stopped"),
            SuggestionPart::text(" shows why they stopped"),
        ],
        source: "Amazon ECS service event messages (unable to consistently start tasks; deployment failed); \
                 aws/containers-roadmap#1488",
    },
];
