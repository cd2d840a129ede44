//! Tests the message of each kind of problem, and properties that hold for any value.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::schema::testing::{valid, written};

fn said(operation: EcsOperation, value: Value, options: &CheckOptions) -> String {
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
        EcsOperation::RegisterTaskDefinition,
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
    said(EcsOperation::CreateService, service, &options)
}

#[test]
fn typos_in_members_get_a_suggestion() {
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
fn misplaced_members_are_reported_with_their_place() {
    assert!(
        of_service(json!({"portMappings": []})).contains("[portMappings] belongs in a container definition")
    );
}

#[test]
fn unknown_members_can_be_allowed() {
    let value = json!({"quantumMode": true});
    let said_of = of_service(value.clone());
    assert!(
        said_of
            .starts_with("unknown key `quantumMode` in a service [quantumMode] not a member\n  = nearest: `")
    );
    assert!(said_of.ends_with("hint: for a member that AWS added later, pass --allow-unknown-fields"));
    let options = CheckOptions {
        allow_unknown: true,
        supplied: &["serviceName"],
        ..CheckOptions::default()
    };
    assert_eq!(said(EcsOperation::CreateService, value, &options), "");
    let newer = json!({"launchType": "QUANTUM"});
    assert_eq!(said(EcsOperation::CreateService, newer, &options), "");
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
            "`memory` is too large [3000000000] -2147483648 to 2147483647",
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
            "`portMappings` must be a list, not a mapping [{}] write a list: put `- ` before it, or `[` and `]` around it",
        ),
        (
            json!({"portMappings": [8080]}),
            "an item of `portMappings` must be a mapping, not a number [8080] a mapping: `containerPort`, `hostPort`, `protocol`, `name`, …",
        ),
        (
            json!({"command": ["a", null]}),
            "an item of `command` is null [null] remove the item",
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

#[test]
fn missing_members_are_reported_at_their_parent() {
    assert_eq!(
        of_container(json!({"ulimits": [{"name": "nofile", "softLimit": null}], "healthCheck": {}})),
        "missing `hardLimit` in a ulimit [name] add `hardLimit:`\n  \
         = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html\n\
         missing `softLimit` in a ulimit [name] add `softLimit:`\n  \
         = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html\n\
         missing `command` in a health check [healthCheck] add `command:`\n  \
         = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"
    );
}

#[test]
fn supplied_members_are_not_checked() {
    assert_eq!(of_service(json!({"cluster": 5})), "");
    assert!(
        said(EcsOperation::CreateService, json!({}), &CheckOptions::default())
            .starts_with("missing `serviceName`")
    );
}

#[test]
fn enum_values_must_be_listed() {
    assert_eq!(
        of_service(json!({"launchType": "fargate", "propagateTags": "ALL"})),
        "unknown value `fargate` for `launchType` [\"fargate\"] did you mean `FARGATE`?\n  \
         = valid: EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES\n\
         unknown value `ALL` for `propagateTags` [\"ALL\"] not a valid value\n  \
         = valid: TASK_DEFINITION, SERVICE, NONE"
    );
}

#[test]
fn an_empty_enum_value_counts_as_absent() {
    assert_eq!(
        of_service(json!({"launchType": "", "capacityProviderStrategy": []})),
        "`launchType` is empty [\"\"] treated as absent"
    );
}

#[test]
fn read_only_members_are_reported_as_such() {
    let said = of_service(json!({"pendingCount": 0}));
    assert!(said.contains("it is read-only: remove it"), "{said}");
}

#[test]
fn ranges_lengths_and_patterns_are_checked() {
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
            "`key` has a character that AWS rejects [\"a#b\"] refused\n  \
             = it must match ([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)",
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
fn interpolated_text_is_converted_to_the_api_type() {
    let service = json!({"desiredCount": "var:3", "enableExecuteCommand": "var:true", "platformVersion": "var:1",
        "deploymentConfiguration": {"canaryConfiguration": {"canaryPercent": "var:2.5"}}, "taskDefinition": "image:web"});
    let mut problems = Problems::default();
    let options = CheckOptions {
        supplied: &["serviceName"],
        ..CheckOptions::default()
    };
    let checked = check(
        &written(&service).node,
        EcsOperation::CreateService,
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
fn interpolated_text_of_the_wrong_type_is_reported() {
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
    #![proptest_config(crate::schema::testing::cases(48))]

    #[test]
    fn no_input_panics(value in any_value(), allow_unknown: bool) {
        let node = written(&value).node;
        for operation in EcsOperation::ALL {
            let options = CheckOptions { allow_unknown, ..CheckOptions::default() };
            check(&node, operation, &options, &mut Problems::default());
        }
    }

    #[test]
    fn valid_values_are_unchanged(seed: u64) {
        for operation in EcsOperation::ALL {
            let written = written(&valid(operation.input(), seed));
            let mut problems = Problems::default();
            let checked = check(&written.node, operation, &CheckOptions::default(), &mut problems);
            prop_assert_eq!(written.render(problems), "");
            prop_assert_eq!(checked, written.node);
        }
    }
}
