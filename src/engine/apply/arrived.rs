//! Whether a task definition that is there is the one that was sent.

use crate::model::Value;

/// Whether AWS's description says all that was sent. It may say more (defaults, read-only members) and in another
/// order (containers, environment and secrets may be re-ordered); it must not say anything else.
/// Where AWS spells a value differently the answer is a safe no.
pub(super) fn is_what_was_sent(sent: &Value, described: &Value) -> bool {
    match (sent, described) {
        (Value::Object(sent), Value::Object(described)) => sent.iter().all(|(key, value)| {
            is_nothing(value)
                || described
                    .get(key)
                    .is_some_and(|described| is_what_was_sent(value, described))
        }),
        (Value::Array(sent), Value::Array(described)) => {
            sent.len() == described.len()
                && sent.iter().all(|item| {
                    described
                        .iter()
                        .any(|described| is_what_was_sent(item, described))
                })
        }
        _ => sent == described,
    }
}

/// What AWS may drop.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn more_and_reordered_is_the_same_and_else_is_not() {
        let sent = json!({
            "family": "web", "cpu": "256", "volumes": [],
            "containerDefinitions": [{"name": "a", "environment": [{"name": "X", "value": "1"}, {"name": "Y", "value": "2"}]}],
        });
        let mut described = json!({
            "family": "web", "cpu": "256", "revision": 3, "status": "ACTIVE",
            "containerDefinitions": [{"name": "a", "cpu": 0, "environment": [{"name": "Y", "value": "2"}, {"name": "X", "value": "1"}]}],
        });
        assert!(is_what_was_sent(&sent, &described));
        described["containerDefinitions"][0]["environment"][0]["value"] = json!("3");
        assert!(!is_what_was_sent(&sent, &described));
        assert!(!is_what_was_sent(&json!({"a": [1, 2]}), &json!({"a": [1, 2, 3]})));
        assert!(!is_what_was_sent(&json!({"a": 1}), &json!({})));
    }
}
