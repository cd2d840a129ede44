//! Refusals that pass by themselves: what ECS and EventBridge Scheduler say until a role, a cluster or a listener made moments ago is
//! known everywhere.

use crate::aws::AwsError;
use crate::diagnostic::Suggestion;

/// A refusal that passes by itself. The request was not carried out.
pub struct PassingError {
    operations: &'static [&'static str],
    code: &'static str,
    /// Part of AWS's message; empty where the code says it all.
    fragment: &'static str,
    /// What is waited for, as a sentence about a service or a cluster.
    pub reason: &'static str,
    /// Whether it passes only if this run created the cluster; otherwise the cluster doesn't exist.
    new_cluster_only: bool,
    /// What helps if it doesn't pass, given AWS's message.
    hint: Option<fn(&str) -> Suggestion>,
    /// Where the message, and that it passes, were seen.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "read by people and by the test of the table")
    )]
    source: &'static str,
}

const SERVICE_WRITES: &[&str] = &["CreateService", "UpdateService"];

/// The refusals. The first row that matches counts.
const ROWS: &[PassingError] = &[
    PassingError {
        operations: &["CreateCluster", "CreateService"],
        code: "InvalidParameterException",
        fragment: "unable to assume the service linked role",
        reason: "ECS can't assume its service-linked role yet",
        new_cluster_only: false,
        hint: Some(create_service_linked_role),
        source: "terraform-provider-aws internal/service/ecs (cluster.go, service.go) and #15452; \
                 1Password/scim-examples#356 and run-selenium-tests-at-scale-using-ecs-fargate#2 (CreateCluster)",
    },
    PassingError {
        operations: &["CreateService"],
        code: "ClusterNotFoundException",
        fragment: "",
        reason: "ECS doesn't know the new cluster everywhere yet",
        new_cluster_only: true,
        hint: None,
        source: "terraform-provider-aws internal/service/ecs/service.go, retryServiceCreate",
    },
    PassingError {
        operations: SERVICE_WRITES,
        code: "InvalidParameterException",
        fragment: "verify that the ecs service role being passed has the proper permissions",
        reason: "ECS can't use the service's role yet",
        new_cluster_only: false,
        hint: Some(check_target_group),
        source: "terraform-provider-aws internal/service/ecs/service.go; terraform#2869 and #2880",
    },
    PassingError {
        operations: SERVICE_WRITES,
        code: "InvalidParameterException",
        fragment: "does not have an associated load balancer",
        reason: "the target group isn't attached to a load balancer yet",
        new_cluster_only: false,
        hint: Some(create_listener),
        source: "terraform-provider-aws internal/service/ecs/service.go and #3495; \
                 cloudformation-coverage-roadmap#1868 (UpdateService)",
    },
    PassingError {
        operations: &["RegisterTaskDefinition"],
        code: "ClientException",
        fragment: "role is not valid",
        reason: "ECS doesn't know the task definition's roles yet",
        new_cluster_only: false,
        hint: Some(get_role),
        source: "bradford-hamilton/terraform-ecs-fargate#8; IAM user guide, Troubleshoot IAM: changes that I \
                 make are not always immediately visible",
    },
    PassingError {
        operations: SERVICE_WRITES,
        code: "InvalidParameterException",
        fragment: "unable to assume the configured ecs infrastructure role",
        reason: "ECS can't assume the infrastructure role yet",
        new_cluster_only: false,
        hint: Some(get_role),
        source: "terraform-provider-aws#38538",
    },
    PassingError {
        operations: SERVICE_WRITES,
        code: "InvalidParameterException",
        fragment: "unable to assume the role",
        reason: "ECS can't assume a role of the service yet",
        new_cluster_only: false,
        hint: Some(get_role),
        source: "pulumi-awsx#927 (the same words in an event, gone 30 s later)",
    },
    PassingError {
        operations: SERVICE_WRITES,
        code: "ClientException",
        fragment: "unable to assume the role",
        reason: "ECS can't assume a role of the service yet",
        new_cluster_only: false,
        hint: Some(get_role),
        source: "boto3#1878 (the same words from RunTask)",
    },
    PassingError {
        operations: &["CreateSchedule", "UpdateSchedule"],
        code: "ValidationException",
        fragment: "must allow aws eventbridge scheduler to assume the role",
        reason: "EventBridge Scheduler can't assume the schedule's role yet",
        new_cluster_only: false,
        hint: Some(get_scheduler_role),
        source: "terraform-provider-aws internal/service/scheduler/schedule.go, retryWhenIAMNotPropagated; \
                 aws-sdk-js-v3#6494",
    },
];

impl PassingError {
    /// Returns the row of an error. `is_new_cluster` says whether this run created the cluster.
    pub fn of(error: &AwsError, is_new_cluster: bool) -> Option<&'static Self> {
        let message = error.message().unwrap_or_default().to_lowercase();
        ROWS.iter().find(|row| {
            row.operations.contains(&error.operation())
                && error.aws_code() == Some(row.code)
                && message.contains(row.fragment)
                && (is_new_cluster || !row.new_cluster_only)
        })
    }

    /// Returns what helps against an error that did not pass, if it is one of these.
    pub fn hint(error: &AwsError) -> Option<Suggestion> {
        let hint = Self::of(error, true)?.hint?;
        Some(hint(error.message().unwrap_or_default()))
    }
}

/// Amazon ECS developer guide, Using service-linked roles for Amazon ECS.
fn create_service_linked_role(_: &str) -> Suggestion {
    Suggestion::from("aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com, then ")
        .run("deploy", "")
}

fn check_target_group(_: &str) -> Suggestion {
    "aws elbv2 describe-target-groups shows whether the target group exists; the service's role must be \
     allowed to register targets with it"
        .into()
}

/// Elastic Load Balancing: a target group belongs to a load balancer once a listener, or a rule of one,
/// forwards to it. ECS names the target group, but no load balancer.
fn create_listener(message: &str) -> Suggestion {
    let arn = message
        .split_whitespace()
        .find(|word| word.contains(":targetgroup/"));
    let arn = arn.map_or("TARGET_GROUP_ARN", |arn| arn.trim_matches(['"', '\'', '.', ',']));
    format!(
        "forward to it from a listener of a load balancer: aws elbv2 create-listener --load-balancer-arn \
         LOAD_BALANCER_ARN --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn={arn}"
    )
    .into()
}

fn get_role(_: &str) -> Suggestion {
    "aws iam get-role --role-name ROLE shows whether the role exists, and whom it trusts".into()
}

/// EventBridge Scheduler user guide, "Set up the execution role".
fn get_scheduler_role(_: &str) -> Suggestion {
    "aws iam get-role --role-name ROLE shows whether the role exists, and whether it trusts scheduler.amazonaws.com"
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_lower_case_fragments_and_sources() {
        for row in ROWS {
            assert_eq!(row.fragment, row.fragment.to_lowercase());
            assert!(
                !row.source.is_empty() && !row.operations.is_empty(),
                "{}",
                row.reason
            );
        }
    }

    #[test]
    fn hint_names_the_target_group() {
        let message = "The target group with targetGroupArn arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/w/9 \
                       does not have an associated load balancer.";
        let hint = create_listener(message).to_string();
        assert!(
            hint.ends_with("TargetGroupArn=arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/w/9"),
            "{hint}"
        );
    }
}
