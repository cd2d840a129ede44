//! Tests common misspellings of the API's shapes, and the suggested corrections.

use serde_json::json;

use super::*;
use crate::diagnostic::Problems;
use crate::schema::model::EcsOperation;
use crate::schema::testing::written;
use crate::schema::{CheckOptions, check};

/// Returns the label for the value of a member.
fn label(operation: EcsOperation, key: &str, value: &Value) -> String {
    let member = match operation {
        EcsOperation::RegisterTaskDefinition => {
            json!({"family": "web", "containerDefinitions": [{ key: value }]})
        }
        _ => json!({ key: value }),
    };
    let written = written(&member);
    let mut problems = Problems::default();
    let options = CheckOptions {
        supplied: &["serviceName"],
        ..CheckOptions::default()
    };
    check(&written.node, operation, &options, &mut problems);
    let labels = problems.iter().filter_map(|problem| problem.label.clone());
    labels.collect::<Vec<_>>().join(" / ")
}

#[test]
fn other_forms_are_shown_in_the_shape_of_the_api() {
    const TASK: EcsOperation = EcsOperation::RegisterTaskDefinition;
    const SERVICE: EcsOperation = EcsOperation::CreateService;
    for (operation, key, value, expected) in [
        (TASK, "environment", json!(["A=1"]), "a mapping: `name`, `value`"),
        (
            TASK,
            "environment",
            json!("A=b"),
            "a list of mappings: `name`, `value`",
        ),
        (
            TASK,
            "portMappings",
            json!(["80:8080"]),
            "a mapping: `containerPort`, `hostPort`, `protocol`, `name`, …",
        ),
        (
            TASK,
            "portMappings",
            json!({"80": 80}),
            "a list of mappings: `containerPort`, `hostPort`, `protocol`, `name`, …",
        ),
        (
            TASK,
            "mountPoints",
            json!(["./data:/data"]),
            "a mapping: `sourceVolume`, `containerPath`, `readOnly`",
        ),
        (
            TASK,
            "ulimits",
            json!({"nofile": 1024}),
            "a list of mappings: `hardLimit`, `name`, `softLimit`",
        ),
        (TASK, "command", json!("npm start"), "write [\"npm\", \"start\"]"),
        (TASK, "command", json!("a && b"), "not a list"),
        (TASK, "command", json!("echo 'a"), "not a list"),
        (
            TASK,
            "healthCheck",
            json!({"command": "curl -f http://localhost/"}),
            "write [\"CMD-SHELL\", \"curl -f http://localhost/\"]",
        ),
        (TASK, "dnsServers", json!(5), "write [\"5\"]"),
        (
            TASK,
            "dockerLabels",
            json!(["a=b", "c=1"]),
            "write {a: \"b\", c: \"1\"}",
        ),
        (TASK, "image", json!(["nginx"]), "write \"nginx\""),
        (
            TASK,
            "logConfiguration",
            json!([{"logDriver": "awslogs"}]),
            "write one mapping: remove the `- ` or the brackets",
        ),
        (
            SERVICE,
            "tags",
            json!({"a": "b", "team": 7}),
            "a list of mappings: `key`, `value`",
        ),
        (
            SERVICE,
            "tags",
            json!({"key": "a", "value": "b"}),
            "write a list: put `- ` before it, or `[` and `]` around it",
        ),
        (
            SERVICE,
            "placementConstraints",
            json!(["distinctInstance"]),
            "a mapping: `type`, `expression`",
        ),
        (
            SERVICE,
            "loadBalancers",
            json!(["arn:tg"]),
            "a mapping: `targetGroupArn`, `loadBalancerName`, `containerName`, `containerPort`, …",
        ),
        (
            SERVICE,
            "networkConfiguration",
            json!({"awsvpcConfiguration": {"subnets": "subnet-1, subnet-2"}}),
            "write [\"subnet-1\", \"subnet-2\"]",
        ),
    ] {
        assert_eq!(label(operation, key, &value), expected, "{key}: {value}");
    }
}

#[test]
fn interpolated_values_are_not_repeated() {
    const TASK: EcsOperation = EcsOperation::RegisterTaskDefinition;
    let items = label(TASK, "environment", &json!(["var:TOKEN=secret"]));
    assert_eq!(items, "a mapping: `name`, `value`");
    let list = label(TASK, "environment", &json!("var:A=secret"));
    assert_eq!(list, "a list of mappings: `name`, `value`");
    assert_eq!(
        label(
            EcsOperation::RegisterTaskDefinition,
            "command",
            &json!("var:run secret")
        ),
        "not a list"
    );
}
