//! The roles of tasks: they exist, tasks may assume them, and the caller may pass them.

use super::CheckContext;
use crate::ecs::PassDecision;
use crate::model::{Finding, Identity};
use crate::plan::EffectiveService;

/// The members that name roles (Amazon ECS API reference: RegisterTaskDefinition).
const MEMBERS: [&str; 2] = ["executionRoleArn", "taskRoleArn"];

/// Returns the roles of a service's tasks: ARNs, or names.
pub fn roles_of(service: &EffectiveService) -> impl Iterator<Item = &str> {
    MEMBERS.into_iter().filter_map(|member| service.role(member))
}

/// Returns the name of a role, which is the last part of its ARN.
pub fn role_name(role: &str) -> &str {
    role.rsplit_once('/').map_or(role, |(_, name)| name)
}

/// Returns the user or role whose policies decide what the caller may do, for SimulatePrincipalPolicy: it takes no
/// session of a role (IAM API reference). A session's ARN lacks the role's path. None for the root user.
pub fn caller_principal(caller: &Identity) -> Option<String> {
    let (head, rest) = caller
        .arn
        .split_once(":assumed-role/")
        .unwrap_or((&caller.arn, ""));
    match rest.split('/').next().filter(|role| !role.is_empty()) {
        Some(role) => Some(format!("{}:role/{role}", head.replacen(":sts:", ":iam:", 1))),
        None => Some(caller.arn.clone()).filter(|arn| arn.contains(":user/")),
    }
}

/// Each role exists, and its trust policy names `ecs-tasks.amazonaws.com` (Amazon ECS Developer Guide, "Amazon ECS task
/// execution IAM role" and "Amazon ECS task IAM role").
pub(super) fn exist(service: &EffectiveService, context: CheckContext<'_>) -> Option<Vec<Finding>> {
    let mut is_read = false;
    let mut findings = Vec::new();
    for member in MEMBERS {
        let Some(role) = service.role(member) else {
            continue;
        };
        let Some(found) = context.reads.roles.get(role) else {
            continue;
        };
        is_read = true;
        let name = role_name(role);
        findings.extend(match found {
            None => Some(missing(role, name, member)),
            Some(found) if found.trusts_tasks == Some(false) => Some(untrusting(role, name)),
            Some(_) => None,
        });
    }
    is_read.then_some(findings)
}

fn missing(role: &str, name: &str, member: &str) -> Finding {
    let message = format!("role {name} doesn't exist");
    let hint = format!("create it, or name another role in {member}");
    Finding::error("role-not-found", message).on(role).hint(hint)
}

fn untrusting(role: &str, name: &str) -> Finding {
    let message =
        format!("tasks can't assume role {name}: its trust policy doesn't name ecs-tasks.amazonaws.com");
    let hint = format!(
        "allow sts:AssumeRole to the service ecs-tasks.amazonaws.com: aws iam update-assume-role-policy --role-name {name} \
         --policy-document file://trust-policy.json"
    );
    Finding::error("role-trust", message).on(role).hint(hint)
}

/// The caller may pass each role to tasks: RegisterTaskDefinition needs iam:PassRole (Amazon ECS Developer Guide,
/// "Amazon ECS task execution IAM role").
pub(super) fn can_be_passed(service: &EffectiveService, context: CheckContext<'_>) -> Option<Vec<Finding>> {
    let decisions = roles_of(service).filter_map(|role| Some((role, context.reads.passes.get(role)?)));
    let decisions: Vec<_> = decisions.collect();
    let denied = decisions
        .iter()
        .filter(|(_, decision)| **decision == PassDecision::Denied);
    let findings = denied.map(|(role, _)| {
        let name = role_name(role);
        let message = format!("the caller may not pass role {name} to tasks");
        let hint = format!("allow iam:PassRole on {role} to the caller");
        Finding::error("pass-role", message).on(*role).hint(hint)
    });
    let findings = findings.collect();
    (!decisions.is_empty()).then_some(findings)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{codes, planned, reads};
    use super::*;
    use crate::ecs::IamRole;

    const ROLE: &str = "arn:aws:iam::123456789012:role/path/web";

    fn role(trusts_tasks: Option<bool>) -> Option<IamRole> {
        Some(IamRole {
            arn: ROLE.to_owned(),
            trusts_tasks,
        })
    }

    #[test]
    fn roles_must_exist_and_trust_tasks() {
        let service = planned(
            serde_json::json!({"executionRoleArn": ROLE}),
            serde_json::json!({}),
        );
        for (found, expected) in [
            (role(Some(true)), &[][..]),
            (role(None), &[]),
            (role(Some(false)), &["role-trust"]),
            (None, &["role-not-found"]),
        ] {
            let mut reads = reads();
            reads.roles.insert(ROLE.to_owned(), found);
            assert_eq!(codes(&service, &reads, exist).unwrap(), expected);
        }
        assert_eq!(codes(&service, &reads(), exist), None);
    }

    #[test]
    fn sessions_belong_to_their_role() {
        let principal = |arn: &str| {
            caller_principal(&Identity {
                account: "123456789012".parse().unwrap(),
                arn: arn.to_owned(),
            })
        };
        assert_eq!(
            principal("arn:aws:sts::123456789012:assumed-role/deploy/i-1").unwrap(),
            "arn:aws:iam::123456789012:role/deploy"
        );
        assert_eq!(
            principal("arn:aws:iam::123456789012:user/ci").unwrap(),
            "arn:aws:iam::123456789012:user/ci"
        );
        assert_eq!(principal("arn:aws:iam::123456789012:root"), None);
    }
}
