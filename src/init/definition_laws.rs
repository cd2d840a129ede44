//! Property tests: nothing of a task definition is lost on the way through a draft, and nothing added.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::config::{Lookups, definition_input};
use crate::init::rendered_draft::rendered_draft;
use crate::model::{Object, Value};
use crate::schema::testing::cases;

/// Returns what `render` prints of the definition in the draft of a file.
fn through_init(file: &str) -> Value {
    let input = definition_input("td.json", file, false).expect("a task definition");
    let draft = from_task_definition(&input, "td.json", &DraftHead::default());
    rendered_draft(&draft, &Lookups::default(), None)["services"][&draft.services[0]]["taskDefinition"]
        .clone()
}

/// What is left of a definition: containers are essential unless they say otherwise (ECS API, ContainerDefinition,
/// `essential`), and members have no order.
pub(super) fn normalised(definition: &Value) -> Value {
    let mut definition = definition.clone();
    for container in definition["containerDefinitions"]
        .as_array_mut()
        .into_iter()
        .flatten()
    {
        if container.get("essential").is_none() {
            container["essential"] = true.into();
        }
    }
    definition
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 ${}:#'\"%<>_./-]{1,16}",
        "\\PC{1,8}",
        "[a-z]{1,6}",
        "[0-9.]{1,5}"
    ]
    .prop_filter("not blank", |text| !text.trim().is_empty())
}

/// Generates members of which any may be absent.
pub(super) fn some_of(members: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Object> {
    let members: Vec<_> = members
        .into_iter()
        .map(|(key, value)| prop::option::of(value.prop_map(move |value| (key.to_owned(), value))))
        .collect();
    members
        .prop_map(|members| members.into_iter().flatten().collect())
        .boxed()
}

fn pairs(member: &'static str, value: BoxedStrategy<String>) -> BoxedStrategy<Value> {
    let pair = ("[A-Z_]{1,4}", value).prop_map(move |(name, value)| json!({"name": name, member: value}));
    prop::collection::vec(pair, 1..4).prop_map(Value::Array).boxed()
}

fn container() -> BoxedStrategy<Object> {
    some_of(vec![
        ("essential", Just(json!(true)).boxed()),
        ("environment", pairs("value", text().boxed())),
        (
            "command",
            prop::collection::vec(text(), 1..4)
                .prop_map(|it| json!(it))
                .boxed(),
        ),
        (
            "dockerLabels",
            (text(), text())
                .prop_map(|(key, value)| json!({key: value}))
                .boxed(),
        ),
        (
            "portMappings",
            (1..9000u16)
                .prop_map(|port| json!([{"containerPort": port, "protocol": "tcp"}]))
                .boxed(),
        ),
        (
            "logConfiguration",
            text()
                .prop_map(|it| json!({"logDriver": "json-file", "options": {"tag": it}}))
                .boxed(),
        ),
        (
            "ulimits",
            Just(json!([{"name": "nofile", "softLimit": 1024, "hardLimit": 4096}])).boxed(),
        ),
        ("workingDirectory", text().prop_map(Value::from).boxed()),
        ("stopTimeout", (2..120u32).prop_map(Value::from).boxed()),
        (
            "healthCheck",
            text()
                .prop_map(|it| json!({"command": ["CMD-SHELL", it], "interval": 30}))
                .boxed(),
        ),
        (
            "readonlyRootFilesystem",
            any::<bool>().prop_map(Value::from).boxed(),
        ),
    ])
}

pub(super) fn definition() -> impl Strategy<Value = Value> {
    let platform = prop::sample::select(vec![
        json!({"requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512"}),
        json!({"networkMode": "awsvpc", "cpu": "256", "memory": "512"}),
        json!({"requiresCompatibilities": ["EC2"], "networkMode": "bridge", "memory": "512"}),
        json!({"requiresCompatibilities": ["EC2", "FARGATE"], "networkMode": "awsvpc", "cpu": "512", "memory": "1024"}),
        json!({"memory": "300", "networkMode": "none"}),
        json!({"memory": "300"}),
    ]);
    let rest = some_of(vec![
        (
            "executionRoleArn",
            Just(json!("arn:aws:iam::123456789012:role/execution")).boxed(),
        ),
        (
            "tags",
            "[a-zA-Z0-9 _.:/=+@-]{1,9}"
                .prop_map(|it| json!([{"key": "team", "value": it}]))
                .boxed(),
        ),
        ("volumes", Just(json!([{"name": "data"}])).boxed()),
    ]);
    let containers = prop::collection::vec(container(), 1..3);
    ("[a-zA-Z][a-zA-Z0-9_-]{0,8}", platform, rest, containers).prop_map(
        |(family, platform, rest, containers)| {
            let named = containers.into_iter().enumerate().map(|(at, mut container)| {
                container.insert("name".to_owned(), format!("c{at}").into());
                container.insert("image".to_owned(), "nginx:1.27".into());
                // Containers of a task share its ports: two can't map the same one.
                if let Some(mapping) = container.get_mut("portMappings") {
                    let port = mapping[0]["containerPort"].as_u64().unwrap_or_default();
                    mapping[0]["containerPort"] = (port + 9_000 * at as u64).into();
                }
                Value::Object(container)
            });
            let mut definition = json!({"family": family, "containerDefinitions": named.collect::<Vec<_>>()});
            for part in [platform, Value::Object(rest)] {
                let members = part.as_object().cloned().unwrap_or_default();
                definition.as_object_mut().unwrap().extend(members);
            }
            definition
        },
    )
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn nothing_is_lost_and_nothing_added(definition in definition()) {
        let rendered = through_init(&definition.to_string());
        prop_assert_eq!(rendered, normalised(&definition));
    }
}

#[test]
fn fixtures_pass_unchanged() {
    let plain = include_str!("../../tests/corpus/task_definition/plain.json");
    let described = include_str!("../../tests/corpus/task_definition/described.json");
    for file in [plain, described] {
        let input = definition_input("td.json", file, false).unwrap();
        assert_eq!(through_init(file), normalised(&Value::Object(input)));
    }
}
