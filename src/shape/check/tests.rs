//! Each kind of problem in its words, and what must hold for any value.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::shape::testing::{valid, written};

fn said(operation: Operation, value: Value, options: &CheckOptions) -> String {
    let written = written(&value);
    let mut problems = Problems::default();
    check(&written.node, operation, options, &mut problems);
    written.render(problems)
}

fn definition(container: Value) -> Value {
    json!({"family": "web", "containerDefinitions": [container]})
}

fn of_container(container: Value) -> String {
    said(
        Operation::RegisterTaskDefinition,
        definition(container),
        &CheckOptions::default(),
    )
}

fn of_service(service: Value) -> String {
    let options = CheckOptions {
        supplied: &["serviceName", "cluster"],
        own_keys: &["dependsOn"],
        ..CheckOptions::default()
    };
    said(Operation::CreateService, service, &options)
}

#[test]
fn a_misspelt_member_is_proposed_right() {
    assert_eq!(
        of_container(json!({"portMapping": []})),
        "unknown key `portMapping` in a container definition [portMapping] did you mean `portMappings`?\n  \
         = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"
    );
    assert_eq!(
        of_service(json!({"dependOn": []})),
        "unknown key `dependOn` in a service [dependOn] did you mean `dependsOn`?\n  \
         = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"
    );
}

#[test]
fn a_misplaced_member_is_told_its_place() {
    assert!(
        of_service(json!({"portMappings": []})).contains("[portMappings] belongs in a container definition")
    );
}

#[test]
fn an_unheard_of_member_shows_the_nearest_and_may_be_let_through() {
    let value = json!({"quantumMode": true});
    let said_of = of_service(value.clone());
    assert!(
        said_of
            .starts_with("unknown key `quantumMode` in a service [quantumMode] not a member\n  = nearest: `")
    );
    assert!(said_of.ends_with("hint: a member that AWS has added since passes with --allow-unknown-fields"));
    let options = CheckOptions {
        allow_unknown: true,
        supplied: &["serviceName"],
        ..CheckOptions::default()
    };
    assert_eq!(said(Operation::CreateService, value, &options), "");
    let newer = json!({"launchType": "QUANTUM"});
    assert_eq!(said(Operation::CreateService, newer, &options), "");
}

#[test]
fn wrong_types_show_the_right_spelling() {
    for (container, words) in [
        (
            json!({"image": 1.5}),
            "`image` must be a string, not a number [1.5] write \"1.5\"",
        ),
        (
            json!({"image": true}),
            "`image` must be a string, not a boolean [true] write \"true\"",
        ),
        (
            json!({"memory": "512"}),
            "`memory` must be a whole number, not a string [\"512\"] write 512, without quotes",
        ),
        (
            json!({"memory": 0.5}),
            "`memory` must be a whole number, not 0.5 [0.5] not a whole number",
        ),
        (
            json!({"memory": "image:web"}),
            "`memory` must be a whole number, not a string [\"image:web\"] not a whole number",
        ),
        (
            json!({"memory": 3_000_000_000_u64}),
            "`memory` is too large a number [3000000000] -2147483648 to 2147483647",
        ),
        (
            json!({"memory": u64::MAX}),
            "`memory` must be a whole number, not 18446744073709551615 [18446744073709551615] not a whole number",
        ),
        (
            json!({"essential": "plain:yes"}),
            "`essential` must be `true` or `false`, not a string [\"plain:yes\"] write true",
        ),
        (
            json!({"essential": 0}),
            "`essential` must be `true` or `false`, not a number [0] not `true` or `false`",
        ),
        (
            json!({"command": "ls"}),
            "`command` must be a list, not a string [\"ls\"] write [\"ls\"]",
        ),
        (
            json!({"portMappings": {}}),
            "`portMappings` must be a list, not a mapping [{}] put `- ` before it, to make it the first item",
        ),
        (
            json!({"portMappings": [8080]}),
            "an item of `portMappings` must be a mapping, not a number [8080] write {containerPort: 8080}",
        ),
        (
            json!({"command": ["a", null]}),
            "an item of `command` is null [null] leave the item out",
        ),
        (
            json!({"dockerLabels": {"a": 1}}),
            "`a` must be a string, not a number [1] write \"1\"",
        ),
        (
            json!({"dockerLabels": []}),
            "`dockerLabels` must be a mapping, not a list [[]] write {}",
        ),
    ] {
        assert_eq!(of_container(container), words);
    }
}

/// What stands beside the value of a member.
fn label(operation: Operation, key: &str, value: &Value) -> String {
    let member = match operation {
        Operation::RegisterTaskDefinition => definition(json!({ key: value })),
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
            "put `- ` before it, to make it the first item",
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
    for value in [json!(["var:TOKEN=secret"]), json!("var:A=secret")] {
        let said = of_container(json!({"environment": value}));
        assert!(
            !said
                .replace("var:TOKEN=secret", "")
                .replace("var:A=secret", "")
                .contains("secret"),
            "{said}"
        );
    }
    assert_eq!(
        label(
            Operation::RegisterTaskDefinition,
            "command",
            &json!("var:run secret")
        ),
        "not a list"
    );
}

#[test]
fn what_is_required_is_missed_at_its_parent() {
    assert_eq!(
        of_container(json!({"ulimits": [{"name": "nofile", "softLimit": null}], "healthCheck": {}})),
        "missing `hardLimit` in a ulimit [name] `hardLimit` is required here\n  \
         = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html\n\
         missing `softLimit` in a ulimit [name] `softLimit` is required here\n  \
         = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html\n\
         missing `command` in a health check [healthCheck] `command` is required here\n  \
         = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"
    );
}

#[test]
fn what_the_caller_supplies_is_neither_required_nor_looked_at() {
    assert_eq!(of_service(json!({"cluster": 5})), "");
    assert!(
        said(Operation::CreateService, json!({}), &CheckOptions::default())
            .starts_with("missing `serviceName`")
    );
}

#[test]
fn enum_values_are_held_to_the_list() {
    assert_eq!(
        of_service(json!({"launchType": "fargate", "propagateTags": "ALL"})),
        "unknown value `fargate` for `launchType` [\"fargate\"] did you mean `FARGATE`?\n  \
         = valid: EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES\n\
         unknown value `ALL` for `propagateTags` [\"ALL\"] not a valid value\n  \
         = valid: TASK_DEFINITION, SERVICE, NONE"
    );
}

#[test]
fn ranges_lengths_and_patterns_are_held() {
    for (service, words) in [
        (
            json!({"capacityProviderStrategy": [{"capacityProvider": "a", "weight": 1001}]}),
            "`weight` must be 0 to 1000, not 1001 [1001] 0 to 1000",
        ),
        (
            json!({"tags": [{"key": "", "value": "a"}]}),
            "`key` must have 1 to 128 characters, not 0 [\"\"] 1 to 128 characters",
        ),
        (
            json!({"gatewayConnectors": [{"portName": "a"}, {"portName": "b"}]}),
            "`gatewayConnectors` must have at most 1 item, not 2 [[{portName: \"a\", }, {portName: \"b\", }, ]] at most 1 item",
        ),
        (
            json!({"tags": [{"key": "a#b", "value": "Größe 1"}]}),
            "`key` has a character that AWS refuses [\"a#b\"] refused\n  \
             = the whole has to match ([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)",
        ),
    ] {
        assert_eq!(of_service(service), words);
    }
}

#[test]
fn all_problems_are_found_at_once() {
    let said = of_container(json!({"imag": "x", "memory": "a", "essential": "plain:no", "ulimits": [{}]}));
    assert_eq!(
        said.lines().filter(|line| !line.starts_with("  ")).count(),
        6,
        "{said}"
    );
}

#[test]
fn interpolated_text_becomes_what_the_api_wants() {
    let service = json!({"desiredCount": "var:3", "enableExecuteCommand": "var:true", "platformVersion": "var:1",
        "deploymentConfiguration": {"canaryConfiguration": {"canaryPercent": "var:2.5"}}, "taskDefinition": "image:web"});
    let mut problems = Problems::default();
    let options = CheckOptions {
        supplied: &["serviceName"],
        ..CheckOptions::default()
    };
    let checked = check(
        &written(&service).node,
        Operation::CreateService,
        &options,
        &mut problems,
    );
    assert!(problems.is_empty());
    assert_eq!(
        checked.to_value(&|image| image.to_string()),
        json!({"desiredCount": 3, "enableExecuteCommand": true, "platformVersion": "1",
            "deploymentConfiguration": {"canaryConfiguration": {"canaryPercent": 2.5}}, "taskDefinition": "${images.web}"})
    );
}

#[test]
fn interpolated_text_of_another_kind_is_told() {
    let said = of_service(json!({"desiredCount": "var:many", "enableExecuteCommand": "var:yes"}));
    assert_eq!(
        said,
        "`desiredCount` must be a whole number, not a string [\"var:many\"] not a whole number\n\
         `enableExecuteCommand` must be `true` or `false`, not a string [\"var:yes\"] write true"
    );
}

#[test]
fn documents_take_any_json() {
    let hook = json!({"hookDetails": {"a": [1, null, {"b": true}]}});
    assert_eq!(
        of_service(json!({"deploymentConfiguration": {"lifecycleHooks": [hook]}})),
        ""
    );
}

fn any_value() -> impl Strategy<Value = Value> {
    let key = prop_oneof![
        Just("containerDefinitions".to_owned()),
        Just("environment".to_owned()),
        Just("name".to_owned()),
        Just("portMappings".to_owned()),
        Just("cpu".to_owned()),
        Just("tags".to_owned()),
        ".{0,6}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "(plain:|var:|image:)?.{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map(key.clone(), inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_makes_it_panic(value in any_value(), allow_unknown: bool) {
        let node = written(&value).node;
        for operation in Operation::ALL {
            let options = CheckOptions { allow_unknown, ..CheckOptions::default() };
            check(&node, operation, &options, &mut Problems::default());
        }
    }

    #[test]
    fn a_valid_value_stays_as_it_is(seed: u64) {
        for operation in Operation::ALL {
            let written = written(&valid(operation.input(), seed));
            let mut problems = Problems::default();
            let checked = check(&written.node, operation, &CheckOptions::default(), &mut problems);
            prop_assert_eq!(written.render(problems), "");
            prop_assert_eq!(checked, written.node);
        }
    }
}
