//! The roles of a task definition.

use crate::config::typed_values;
use crate::diagnostic::{Problem, Problems};
use crate::model::{AccountId, Arn, Node};

const ROLES: [&str; 2] = ["executionRoleArn", "taskRoleArn"];

/// Reports roles that look like an ARN and aren't a role's. RegisterTaskDefinition also accepts a short name
/// (API reference).
pub(super) fn check(definition: &Node, problems: &mut Problems) {
    for key in ROLES {
        let Some(entry) = definition.entry(key) else {
            continue;
        };
        if typed_values::is_reported(Some(entry), problems) {
            continue;
        }
        let Some(text) = entry.value.as_str() else {
            continue;
        };
        if text.starts_with("arn:") && !is_role(text) {
            let message = format!("`{key}` is not the ARN of an IAM role");
            problems.push(
                Problem::error("not-a-role", message, entry.value.span)
                    .label("write arn:aws:iam::ACCOUNT:role/NAME, with a 12-digit account ID"),
            );
        }
    }
}

fn is_role(text: &str) -> bool {
    text.parse::<Arn>().is_ok_and(|arn| {
        let name = arn.resource.strip_prefix("role/");
        arn.service == "iam"
            && arn.account.parse::<AccountId>().is_ok()
            && name.is_some_and(|name| !name.is_empty())
    })
}
