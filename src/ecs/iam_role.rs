//! A role of AWS IAM, and what a policy simulation says about passing it.

use serde_json::Value;

use super::reply::{list, text};

/// The service principal that assumes the roles of tasks (Amazon ECS Developer Guide, "Amazon ECS task IAM role").
const TASKS: &str = "ecs-tasks.amazonaws.com";

/// A role (IAM API reference: Role).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IamRole {
    /// Its ARN.
    pub arn: String,
    /// Whether its trust policy lets tasks assume it. None if the policy can't be read.
    pub trusts_tasks: Option<bool>,
}

/// Whether a principal may pass a role to tasks (IAM API reference: EvaluationResult, `EvalDecision`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassDecision {
    /// `allowed`
    Allowed,
    /// `implicitDeny` or `explicitDeny`
    Denied,
}

impl IamRole {
    /// Reads a reply of GetRole, whose policy is JSON that is URL-encoded (IAM API reference: Role).
    pub fn read(reply: &Value) -> Option<Self> {
        let role = reply.get("GetRoleResult")?.get("Role")?;
        let policy = text(role, "AssumeRolePolicyDocument").map(|policy| decoded(&policy));
        let policy: Option<Value> = policy.and_then(|policy| serde_json::from_slice(&policy).ok());
        Some(Self {
            arn: text(role, "Arn")?,
            trusts_tasks: policy.map(|policy| trusts_tasks(&policy)),
        })
    }
}

impl PassDecision {
    /// Reads a reply of SimulatePrincipalPolicy for one action on one resource. None if a policy has conditions that the
    /// simulation can't decide.
    pub fn read(reply: &Value) -> Option<Self> {
        let result = reply.get("SimulatePrincipalPolicyResult")?;
        let result = list(result, "EvaluationResults").first()?;
        // Without a value, a condition is not met (IAM API reference: EvaluationResult, `MissingContextValues`).
        let is_complete = list(result, "MissingContextValues").is_empty();
        match text(result, "EvalDecision")?.as_str() {
            "allowed" => Some(Self::Allowed),
            "implicitDeny" | "explicitDeny" if is_complete => Some(Self::Denied),
            _ => None,
        }
    }
}

/// Whether a statement allows tasks to assume the role. Conditions are not evaluated.
fn trusts_tasks(policy: &Value) -> bool {
    let statements = policy.get("Statement").map(one_or_many).unwrap_or_default();
    statements.iter().any(|statement| {
        let principals = statement.get("Principal");
        let services = principals.and_then(|it| it.get("Service")).map(one_or_many);
        statement.get("Effect").and_then(Value::as_str) == Some("Allow")
            && services.is_some_and(|names| names.iter().any(|name| name.as_str() == Some(TASKS)))
    })
}

/// An element of a policy: one value, or a list (IAM User Guide, "Grammar of the IAM JSON policy language").
fn one_or_many(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        one => vec![one],
    }
}

/// Decodes `%7B`; what isn't an escape stays.
fn decoded(text: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, after @ ..] = rest {
        let hex = match (first, after) {
            (b'%', [high, low, ..]) => std::str::from_utf8(&[*high, *low])
                .ok()
                .and_then(|hex| u8::from_str_radix(hex, 16).ok()),
            _ => None,
        };
        bytes.push(hex.unwrap_or(*first));
        rest = match hex {
            Some(_) => after.get(2..).unwrap_or_default(),
            None => after,
        };
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn trust_policies_name_the_service() {
        let allow = |principal: Value| json!({"Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}]});
        for (policy, expected) in [
            (allow(json!({"Service": "ecs-tasks.amazonaws.com"})), true),
            (
                allow(json!({"Service": ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"]})),
                true,
            ),
            (allow(json!({"Service": "ecs.amazonaws.com"})), false),
            (allow(json!("*")), false),
            (
                json!({"Statement": {"Effect": "Deny", "Principal": {"Service": TASKS}}}),
                false,
            ),
            (json!({}), false),
        ] {
            let encoded: String = policy
                .to_string()
                .bytes()
                .map(|byte| format!("%{byte:02X}"))
                .collect();
            let reply = json!({"GetRoleResult": {"Role": {"Arn": "r", "AssumeRolePolicyDocument": encoded}}});
            assert_eq!(
                IamRole::read(&reply).unwrap().trusts_tasks,
                Some(expected),
                "{policy}"
            );
        }
        let unreadable = json!({"GetRoleResult": {"Role": {"Arn": "r", "AssumeRolePolicyDocument": "%7"}}});
        assert_eq!(IamRole::read(&unreadable).unwrap().trusts_tasks, None);
    }

    proptest! {
        #[test]
        fn no_policy_panics(text in any::<String>()) {
            let _ = decoded(&text);
        }
    }
}
