//! What people write for the API's shapes, and how it is spelled right.

use serde_json::json;

use super::*;
use crate::diagnostic::Problems;
use crate::schema::model::Operation;
use crate::schema::testing::written;
use crate::schema::{CheckOptions, check};

/// What stands beside the value of a member.
fn label(operation: Operation, key: &str, value: &Value) -> String {
    let member = match operation {
        Operation::RegisterTaskDefinition => {
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
fn another_form_is_spelled_in_the_shape_that_the_api_has() {
    const TASK: Operation = Operation::RegisterTaskDefinition;
    const SERVICE: Operation = Operation::CreateService;
    for (operation, key, value, expected) in [
        (
            TASK,
            "environment",
            json!(["A=1"]),
            "write {name: A, value: \"1\"}",
        ),
        (
            TASK,
            "environment",
            json!(["A=x y", "B"]),
            "write {name: A, value: \"x y\"} / write {name: B, value: …}",
        ),
        (TASK, "environment", json!(["A="]), "write {name: A, value: \"\"}"),
        (TASK, "environment", json!("A=b"), "write [{name: A, value: b}]"),
        (
            TASK,
            "secrets",
            json!(["DB=arn:aws:ssm:x"]),
            "write {name: DB, valueFrom: arn:aws:ssm:x}",
        ),
        (TASK, "secrets", json!(["DB"]), "write {name: DB, valueFrom: …}"),
        (
            TASK,
            "systemControls",
            json!({"net.core.somaxconn": 1024}),
            "write [{namespace: net.core.somaxconn, value: \"1024\"}]",
        ),
        (
            TASK,
            "portMappings",
            json!(["80:8080"]),
            "write {containerPort: 8080, hostPort: 80}",
        ),
        (
            TASK,
            "portMappings",
            json!(["53:53/udp"]),
            "write {containerPort: 53, hostPort: 53, protocol: udp}",
        ),
        (
            TASK,
            "portMappings",
            json!(["8000-8010"]),
            "write {containerPortRange: 8000-8010}",
        ),
        (TASK, "portMappings", json!(8080), "write [{containerPort: 8080}]"),
        (
            TASK,
            "portMappings",
            json!(["127.0.0.1:80:80"]),
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
            json!(["data:/data:ro"]),
            "write {sourceVolume: data, containerPath: /data, readOnly: true}",
        ),
        (
            TASK,
            "mountPoints",
            json!(["./data:/data"]),
            "a mapping: `sourceVolume`, `containerPath`, `readOnly`",
        ),
        (
            TASK,
            "volumesFrom",
            json!(["app"]),
            "write {sourceContainer: app}",
        ),
        (
            TASK,
            "dependsOn",
            json!(["db"]),
            "write {containerName: db, condition: START}",
        ),
        (
            TASK,
            "extraHosts",
            json!(["db:10.0.0.1"]),
            "write {hostname: db, ipAddress: \"10.0.0.1\"}",
        ),
        (
            TASK,
            "environmentFiles",
            json!(["arn:aws:s3:::b/k"]),
            "write {value: arn:aws:s3:::b/k, type: s3}",
        ),
        (
            TASK,
            "ulimits",
            json!({"nofile": 1024}),
            "a list of mappings: `hardLimit`, `name`, `softLimit`",
        ),
        (TASK, "command", json!("npm start"), "write [\"npm\", \"start\"]"),
        (
            TASK,
            "command",
            json!("run 'a b' \"c\" d\\ e"),
            "write [\"run\", \"a b\", \"c\", \"d e\"]",
        ),
        (
            TASK,
            "command",
            json!("a && b"),
            "write [\"sh\", \"-c\", \"a && b\"]",
        ),
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
            "one mapping, not a list of them: take the `- ` or the brackets out",
        ),
        (
            SERVICE,
            "tags",
            json!({"a": "b", "team": 7}),
            "write [{key: a, value: b}, {key: team, value: \"7\"}]",
        ),
        (SERVICE, "tags", json!(["a=b"]), "write {key: a, value: b}"),
        (
            SERVICE,
            "tags",
            json!({"key": "a", "value": "b"}),
            "put `- ` before it, or `[` and `]` around it: a list of one",
        ),
        (
            SERVICE,
            "capacityProviderStrategy",
            json!(["FARGATE_SPOT"]),
            "write {capacityProvider: FARGATE_SPOT}",
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
fn what_a_reference_gave_is_not_repeated() {
    const TASK: Operation = Operation::RegisterTaskDefinition;
    let items = label(TASK, "environment", &json!(["var:TOKEN=secret"]));
    assert_eq!(items, "a mapping: `name`, `value`");
    let list = label(TASK, "environment", &json!("var:A=secret"));
    assert_eq!(list, "a list of mappings: `name`, `value`");
    assert_eq!(
        label(
            Operation::RegisterTaskDefinition,
            "command",
            &json!("var:run secret")
        ),
        "not a list"
    );
}
