//! Structures of which the file names some members, beside those that others set: only the named ones are
//! compared, and the others are sent along, because AWS may replace the structure whole.

use super::normalise::{NormaliseContext, normalise};
use crate::model::{Object, Value};
use crate::schema::{Shape, ShapeType, model};

/// Structures that are compared and sent whole, because the meaning of a member depends on another: log
/// options belong to a log driver, and a threshold's value to its type (ECS API, LogConfiguration and
/// ThresholdConfiguration).
const WHOLE: [&str; 2] = ["LogConfiguration", "ThresholdConfiguration"];

/// Returns the existing value with only those members of its structures that `wanted` names. `shape` is
/// `None` for a structure that this version doesn't know.
pub(super) fn named_only(there: &Value, wanted: &Value, shape: Option<&'static str>) -> Value {
    let (Value::Object(there), Value::Object(wanted), true) = (there, wanted, is_partial(shape)) else {
        return there.clone();
    };
    let named = there.iter().filter_map(|(key, value)| {
        let wanted = wanted.get(key).filter(|wanted| !wanted.is_null())?;
        Some((key.clone(), named_only(value, wanted, member_of(shape, key))))
    });
    Value::Object(named.collect())
}

/// Returns `wanted` with those members of the existing structures that it doesn't name, except values that
/// are the same as absence.
pub(super) fn with_unnamed(
    there: &Value,
    wanted: &Value,
    shape: Option<&'static str>,
    context: &NormaliseContext,
) -> Value {
    let (Value::Object(existing), Value::Object(named), true) = (there, wanted, is_partial(shape)) else {
        return wanted.clone();
    };
    let mut merged = Object::new();
    for (key, value) in named.iter().filter(|(_, value)| !value.is_null()) {
        let value = match existing.get(key) {
            Some(there) => with_unnamed(there, value, member_of(shape, key), context),
            None => value.clone(),
        };
        merged.insert(key.clone(), value);
    }
    let significant = shape.map_or_else(|| there.clone(), |shape| normalise(there, shape, context));
    for (key, value) in existing {
        if !merged.contains_key(key) && !value.is_null() && significant.get(key).is_some() {
            merged.insert(key.clone(), value.clone());
        }
    }
    Value::Object(merged)
}

fn shape_of(name: Option<&'static str>) -> Option<&'static Shape> {
    model().shape(name?)
}

fn is_partial(name: Option<&'static str>) -> bool {
    let is_whole = name.is_some_and(|name| WHOLE.contains(&name));
    let is_structure =
        shape_of(name).is_none_or(|shape| shape.kind == ShapeType::Structure && !shape.document);
    is_structure && !is_whole
}

fn member_of(name: Option<&'static str>, member: &str) -> Option<&'static str> {
    shape_of(name)?.member_shape(member)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const DEPLOYMENT: Option<&str> = Some("DeploymentConfiguration");

    fn sent(there: &Value, wanted: &Value, shape: Option<&'static str>) -> Value {
        with_unnamed(there, wanted, shape, &NormaliseContext::of_service(false))
    }

    #[test]
    fn named_members_are_compared_at_any_depth() {
        let there = json!({"deploymentCircuitBreaker": {"enable": true, "resetOnHealthyTask": false}, "strategy": "CANARY"});
        let wanted = json!({"deploymentCircuitBreaker": {"enable": true, "rollback": null}});
        let expected = json!({"deploymentCircuitBreaker": {"enable": true}});
        assert_eq!(named_only(&there, &wanted, DEPLOYMENT), expected);
    }

    #[test]
    fn lists_and_maps_are_owned_whole() {
        let there = json!({"alarms": {"alarmNames": ["a", "b"], "enable": true}});
        let wanted = json!({"alarms": {"alarmNames": ["a"]}});
        let expected = json!({"alarms": {"alarmNames": ["a", "b"]}});
        assert_eq!(named_only(&there, &wanted, DEPLOYMENT), expected);
        let expected = json!({"alarms": {"alarmNames": ["a"], "enable": true}});
        assert_eq!(sent(&there, &wanted, DEPLOYMENT), expected);
        let labels = Some("DockerLabelsMap");
        assert_eq!(
            named_only(&json!({"a": "1", "b": "2"}), &json!({"a": "1"}), labels),
            json!({"a": "1", "b": "2"})
        );
    }

    #[test]
    fn members_that_depend_on_each_other_are_owned_whole() {
        let shape = Some("ServiceConnectConfiguration");
        let there =
            json!({"enabled": true, "logConfiguration": {"logDriver": "awslogs", "options": {"a": "b"}}});
        let wanted = json!({"enabled": true, "logConfiguration": {"logDriver": "json-file"}});
        assert_eq!(named_only(&there, &wanted, shape), there);
        assert_eq!(sent(&there, &wanted, shape), wanted);
    }

    #[test]
    fn members_unknown_to_this_version_are_sent_along() {
        let there = json!({"enable": true, "rollback": true, "cleverness": {"a": 1}});
        let wanted = json!({"enable": true, "rollback": false});
        let expected = json!({"enable": true, "rollback": false, "cleverness": {"a": 1}});
        assert_eq!(sent(&there, &wanted, Some("DeploymentCircuitBreaker")), expected);
    }

    #[test]
    fn values_that_mean_absence_are_not_sent_along() {
        let there = json!({"awsvpcConfiguration": {"subnets": ["a"], "securityGroups": [], "assignPublicIp": "DISABLED"}});
        let wanted = json!({"awsvpcConfiguration": {"subnets": ["b"]}});
        assert_eq!(sent(&there, &wanted, Some("NetworkConfiguration")), wanted);
    }
}
