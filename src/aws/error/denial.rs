//! Parses AWS's message about a missing permission.

use crate::model::prefixed;

/// A denied permission: the caller, action, resource and reason
/// (IAM user guide, "Troubleshoot access denied error messages").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// The ARN of the caller.
    pub caller: Option<String>,
    /// The denied action: `iam:PassRole`; it may differ from the action of the operation that was called.
    pub action: String,
    /// The resource: an ARN or `*`.
    pub resource: Option<String>,
    /// Whether a policy denies it explicitly, which no other policy can override.
    pub explicit: bool,
    /// The type of policy that denies or doesn't allow it: `identity-based policy`, `service control policy`.
    pub policy: Option<String>,
}

const NOT_AUTHORIZED: &str = "is not authorized to perform: ";

impl Denial {
    /// Parses the message. None when it isn't about a permission.
    pub fn read(message: &str) -> Option<Self> {
        let (before, after) = message.split_once(NOT_AUTHORIZED)?;
        let caller = before
            .rsplit_once("User: ")
            .map(|(_, caller)| caller.trim().to_owned())
            .filter(|caller| !caller.is_empty());
        let action = first_word(after)?;
        let resource = after
            .split_once("on resource: ")
            .and_then(|(_, rest)| first_word(rest));
        let explicit = after.contains("with an explicit deny");
        let policy = [
            "service control policy",
            "resource control policy",
            "permissions boundary",
            "session policy",
            "resource-based policy",
            "VPC endpoint policy",
            "identity-based policy",
        ]
        .into_iter()
        .find(|policy| after.contains(policy))
        .map(str::to_owned);
        Some(Self {
            caller,
            action,
            resource,
            explicit,
            policy,
        })
    }

    /// Returns the permission to add in IAM. `operation` is the refused call: it determines which service a role
    /// is passed to.
    pub fn hint(&self, operation: &str) -> String {
        let on = match &self.resource {
            Some(resource) if self.action == "iam:PassRole" => format!(" on {resource}"),
            Some(resource) if resource != "*" => format!(" on {resource}"),
            _ => String::new(),
        };
        let to = prefixed(" to ", self.caller.as_ref());
        if self.explicit {
            let policy = self.policy.as_deref().unwrap_or("policy");
            return format!(
                "a {policy} denies {}{on}{to}: no other policy can allow it",
                self.action
            );
        }
        // IAM user guide, "Grant a user permissions to pass a role": the condition for least privilege. A task
        // definition's roles are passed to tasks, a schedule's role to EventBridge Scheduler; a service has several kinds
        // of roles, each with its own service principal.
        let with = match (self.action.as_str(), operation) {
            ("iam:PassRole", "RegisterTaskDefinition") => {
                ", with iam:PassedToService ecs-tasks.amazonaws.com"
            }
            ("iam:PassRole", "CreateSchedule" | "UpdateSchedule") => {
                ", with iam:PassedToService scheduler.amazonaws.com"
            }
            _ => "",
        };
        let by = match self.policy.as_deref() {
            None | Some("identity-based policy") => String::new(),
            Some(policy) => format!(", in the {policy}"),
        };
        format!("allow {}{on}{to}{with}{by}", self.action)
    }
}

fn first_word(text: &str) -> Option<String> {
    // S3 puts the resource in quotation marks.
    let word = text.split_whitespace().next()?.trim_start_matches('"');
    let word = word.trim_end_matches(['.', ',', '"']);
    (!word.is_empty()).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_action_may_be_another_than_the_operation() {
        let denial = Denial::read(
            "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/web because no identity-based policy allows the iam:PassRole action",
        )
        .unwrap();
        assert_eq!(denial.action, "iam:PassRole");
        assert_eq!(
            denial.hint("RegisterTaskDefinition"),
            "allow iam:PassRole on arn:aws:iam::123456789012:role/web to arn:aws:iam::123456789012:user/ci, with iam:PassedToService ecs-tasks.amazonaws.com"
        );
    }

    #[test]
    fn an_explicit_deny_can_not_be_allowed_away() {
        let denial = Denial::read(
            "User: arn:aws:sts::1:assumed-role/a/b is not authorized to perform: ecs:UpdateService on resource: arn:aws:ecs:us-east-1:1:service/c/web with an explicit deny in a service control policy",
        )
        .unwrap();
        assert!(denial.explicit);
        assert_eq!(
            denial.hint("UpdateService"),
            "a service control policy denies ecs:UpdateService on arn:aws:ecs:us-east-1:1:service/c/web to arn:aws:sts::1:assumed-role/a/b: no other policy can allow it"
        );
    }

    #[test]
    fn a_boundary_is_named() {
        let denial = Denial::read(
            "User: u is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no permissions boundary allows the ecr:GetAuthorizationToken action",
        )
        .unwrap();
        assert_eq!(
            denial.hint("UpdateService"),
            "allow ecr:GetAuthorizationToken to u, in the permissions boundary"
        );
    }

    #[test]
    fn a_quoted_resource_is_named() {
        let denial = Denial::read(
            "User: u is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::states/a.tfstate\" because no identity-based policy allows the s3:GetObject action",
        )
        .unwrap();
        assert_eq!(
            denial.hint("GetObject"),
            "allow s3:GetObject on arn:aws:s3:::states/a.tfstate to u"
        );
    }

    #[test]
    fn other_texts_are_none() {
        assert_eq!(Denial::read("Access denied"), None);
        assert_eq!(Denial::read("x is not authorized to perform: "), None);
    }
}
