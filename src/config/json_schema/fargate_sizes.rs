//! The sizes that Fargate needs, in the JSON Schema.

use serde_json::json;

use crate::config::launch::OTHERS;
use crate::model::Value;

/// Requires `cpu` and `memory` of a task definition in deploy.yaml if its service or job runs on Fargate.
pub(super) fn fargate_sizes() -> Value {
    let present = json!({"not": {"type": "null"}});
    json!({
        "if": {
            "required": ["taskDefinition"],
            "properties": {
                "launchType": {"enum": ["FARGATE", null]},
                "schedulingStrategy": {"not": {"const": "DAEMON"}},
                "capacityProviderStrategy": {
                    "type": ["array", "null"],
                    "items": {"properties": {"capacityProvider": {"enum": ["FARGATE", "FARGATE_SPOT"]}}},
                },
                "taskDefinition": {
                    "type": "object",
                    "not": {"required": ["base"], "properties": {"base": {"type": "string"}}},
                    "properties": {
                        "networkMode": {"const": "awsvpc"},
                        "requiresCompatibilities": {
                            "type": "array",
                            "contains": {"const": "FARGATE"},
                            "not": {"contains": {"enum": OTHERS}},
                        },
                    },
                },
            },
        },
        "then": {
            "properties": {"taskDefinition": {
                "required": ["cpu", "memory"],
                "properties": {"cpu": present, "memory": present},
            }},
        },
    })
}
