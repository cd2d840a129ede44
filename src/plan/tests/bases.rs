//! Tests of changes over somebody else's task definition.

use proptest::prelude::*;

use super::*;
use crate::diagnostic::Explain;
use crate::ecs::TaskDefinition;
use crate::exit::Exit;
use crate::model::{DefinitionPlan, ServiceAction};

/// Returns a state in which the owner's `web:1` with two containers runs.
fn owned() -> Ecs {
    let mut ecs = Ecs::default();
    let definition = json!({
        "family": "web", "cpu": "256", "memory": "512", "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"], "tags": [{"key": "owner", "value": "terraform"}],
        "containerDefinitions": [
            {"name": "web", "image": "shop:1", "portMappings": [{"containerPort": 80}],
             "environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
             "secrets": [{"name": "S", "valueFrom": "arn:s"}]},
            {"name": "log", "image": "fluent:1", "essential": false},
        ],
    });
    owner_deploys(&mut ecs, &definition);
    ecs
}

/// Does what Terraform does: registers a revision and updates the service.
fn owner_deploys(ecs: &mut Ecs, definition: &Value) {
    let arn = ecs.register(definition);
    match ecs.services.get_mut("web") {
        Some(service) => service["taskDefinition"] = json!(arn),
        None => ecs.create(&arn, &json!({"serviceName": "web"})),
    }
}

fn live(changes: Value) -> Manifest {
    manifest([based(Base::Live, changes)])
}

/// Returns the input that a plan registers.
fn registered(plan: &Plan) -> &Value {
    match &only(plan).definition {
        DefinitionPlan::Register { input, .. } => input,
        DefinitionPlan::Keep { arn } => panic!("kept {arn}"),
    }
}

fn container<'a>(definition: &'a Value, name: &str) -> &'a Value {
    let containers = definition["containerDefinitions"].as_array().unwrap();
    containers.iter().find(|it| it["name"] == name).unwrap()
}

/// Returns the message and the label of the only error.
fn error_of(ecs: &Ecs, changes: Value) -> (String, String, Exit) {
    let errors = refused(ecs, &live(changes));
    assert_eq!(errors.len(), 1, "{errors:?}");
    let label = errors[0].problem().unwrap().label.unwrap_or_default();
    (errors[0].to_string(), label, errors[0].explain().exit)
}

#[test]
fn only_what_the_file_says_changes() {
    let ecs = owned();
    let manifest = live(json!({"containerDefinitions": {"web": {"image": "shop:2"}}}));
    let plan = planned(&ecs, &manifest, &unbuilt());
    let input = registered(&plan);
    for member in [
        "taskDefinitionArn",
        "revision",
        "status",
        "requiresAttributes",
        "compatibilities",
    ] {
        assert_eq!(input.get(member), None, "{member}");
    }
    assert_eq!(input["tags"], json!([{"key": "owner", "value": "terraform"}]));
    let DefinitionPlan::Register { changes, .. } = &only(&plan).definition else {
        panic!()
    };
    assert_eq!(
        lines(changes),
        ["containerDefinitions.web.image: \"shop:1\" -> \"shop:2\""]
    );
}

#[test]
fn nulls_of_a_described_base_are_not_sent() {
    let mut ecs = owned();
    ecs.definitions[0]["containerDefinitions"][0]["command"] = json!(null);
    ecs.definitions[0]["ipcMode"] = json!(null);
    let manifest = live(json!({"memory": "1024"}));
    let plan = planned(&ecs, &manifest, &unbuilt());
    assert!(
        !registered(&plan).to_string().contains("null"),
        "{}",
        registered(&plan)
    );
}

#[test]
fn variable_that_is_there_twice_is_set_or_removed_once() {
    for (value, left) in [
        (json!("3"), json!([{"name": "A", "value": "3"}])),
        (json!(null), json!([])),
    ] {
        let mut ecs = owned();
        let twice = json!([{"name": "A", "value": "1"}, {"name": "A", "value": "2"}]);
        ecs.definitions[0]["containerDefinitions"][1]["environment"] = twice;
        let name = ecs.definitions[0]["containerDefinitions"][1]["name"].clone();
        let manifest =
            live(json!({"containerDefinitions": {name.as_str().unwrap(): {"environment": {"A": value}}}}));
        let plan = planned(&ecs, &manifest, &unbuilt());
        let input = registered(&plan);
        assert_eq!(container(input, name.as_str().unwrap())["environment"], left);
    }
}

#[test]
fn new_container_without_an_image_is_misspelled() {
    let (message, label, exit) = error_of(
        &owned(),
        json!({"containerDefinitions": {"wbe": {"environment": {"A": "2"}}}}),
    );
    assert_eq!(
        message,
        "web:1 has no container `wbe`, and a new one needs an `image`"
    );
    assert_eq!((label.as_str(), exit), ("did you mean `web`?", Exit::Usage));
}

#[test]
fn base_without_a_container_left_is_refused() {
    let (message, label, _) = error_of(
        &owned(),
        json!({"containerDefinitions": {"web": null, "log": null}}),
    );
    assert_eq!(message, "a task definition needs at least one container");
    assert_eq!(label, "these changes remove all of web:1");
}

#[test]
fn variable_that_becomes_a_secret_must_be_removed() {
    let secret = |environment: Value| json!({"containerDefinitions": {"web": {"secrets": {"A": "arn:a"}, "environment": environment}}});
    let (message, label, exit) = error_of(&owned(), secret(json!({"B": "3"})));
    assert_eq!(
        message,
        "`A` of the container `web` is both an environment variable and a secret"
    );
    assert_eq!(
        (label.as_str(), exit),
        (
            "web:1 has the environment variable: remove it with `environment: {A: ~}`",
            Exit::Usage
        )
    );
    let (_, label, _) = error_of(
        &owned(),
        json!({"containerDefinitions": {"web": {"environment": {"S": "x"}}}}),
    );
    assert_eq!(label, "web:1 has the secret: remove it with `secrets: {S: ~}`");
    planned(&owned(), &live(secret(json!({"A": null}))), &unbuilt());
}

#[test]
fn live_base_needs_a_service_with_a_task_definition() {
    let manifest = live(json!({"memory": "1024"}));
    let errors = |ecs: &Ecs| {
        let errors = refused(ecs, &manifest);
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].explain().exit, Exit::Preflight);
        errors[0].to_string()
    };
    assert_eq!(
        errors(&Ecs {
            draining: true,
            ..Ecs::default()
        }),
        "service web is DRAINING: `base: live` has no task definition to start from"
    );
    let mut ecs = owned();
    ecs.services["web"]["taskDefinition"] =
        json!("arn:aws:ecs:us-east-1:123456789012:task-definition/gone:1");
    assert_eq!(
        errors(&ecs),
        "service web runs no task definition: `base: live` has no task definition to start from"
    );
    // What can't be deployed at all needs no base.
    ecs.services["web"]["deploymentController"] = json!({"type": "EXTERNAL"});
    assert_eq!(
        errors(&ecs),
        "service web is deployed by an external controller, not by ECS"
    );
}

#[test]
fn deregistered_base_is_read_and_not_deployed() {
    for status in ["INACTIVE", "DELETE_IN_PROGRESS"] {
        let mut ecs = owned();
        ecs.services.clear();
        ecs.definitions[0]["status"] = json!(status);
        let base = Base::Revision("web:1".to_owned());
        let plan = planned(&ecs, &manifest([based(base, json!({}))]), &unbuilt());
        assert_eq!(container(registered(&plan), "web")["image"], "shop:1", "{status}");
    }
}

#[test]
fn missing_base_is_shown_with_its_next_step() {
    let hint = |base: Base| {
        let errors = refused(&Ecs::default(), &manifest([based(base, json!({}))]));
        let problem = errors[0].problem().unwrap();
        (problem.label.unwrap(), problem.hint.unwrap().to_string())
    };
    let list = "aws ecs list-task-definitions --family-prefix web";
    let arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7";
    for revision in ["web:7", arn] {
        assert_eq!(
            hint(Base::Revision(revision.to_owned())),
            ("not on AWS".to_owned(), list.to_owned())
        );
    }
    let (label, hint) = hint(Base::Family("web".to_owned()));
    assert_eq!(label, "this family has no ACTIVE revision");
    assert!(
        hint.starts_with("aws ecs list-task-definition-families"),
        "{hint}"
    );
}

/// Generates any definition that an owner may register.
fn any_owned(seed: u64) -> Value {
    let mut definition = any_named_definition(seed);
    let containers = definition["containerDefinitions"].as_array_mut().unwrap();
    for container in containers {
        container["image"] = json!("owner:1");
        // A name is either a variable or a secret.
        for (list, prefix) in [("environment", "E"), ("secrets", "S")] {
            let items = container.get_mut(list).and_then(Value::as_array_mut);
            for (at, item) in items.into_iter().flatten().enumerate() {
                item["name"] = json!(format!("{prefix}{at}"));
            }
        }
    }
    if let Some(Value::Array(tags)) = definition.get_mut("tags") {
        let mut keys = std::collections::HashSet::new();
        tags.retain(|tag| keys.insert(tag["key"].clone()));
    }
    definition
}

/// Generates changes: a value, a removal or nothing for each of a few members, by container and by variable.
fn any_changes() -> impl Strategy<Value = Value> {
    let text = || prop_oneof![Just(json!(null)), "[a-z]{1,3}".prop_map(Value::from)];
    let variables = |prefix: &'static str| {
        let name = (0..4u8).prop_map(move |at| format!("{prefix}{at}"));
        prop::collection::hash_map(name, text(), 0..3)
            .prop_map(|map| Value::Object(map.into_iter().collect()))
    };
    let container = (
        prop::option::of(Just(json!("image:web"))),
        prop::option::of(variables("E")),
        prop::option::of(variables("S")),
        prop::option::of(prop_oneof![Just(json!(null)), Just(json!({"l": "1", "m": null}))]),
        prop::option::of(prop_oneof![
            Just(json!(null)),
            Just(json!([{"containerPort": 81}]))
        ]),
    );
    let container = container.prop_map(|(image, environment, secrets, labels, ports)| {
        members([
            ("image", image),
            ("environment", environment),
            ("secrets", secrets),
            ("dockerLabels", labels),
            ("portMappings", ports),
        ])
    });
    let containers = prop::collection::vec(container, 1..3).prop_map(|containers| {
        let named = containers.into_iter().enumerate().map(|(at, mut container)| {
            if at > 0 {
                // The base may lack it.
                container["image"] = json!("image:web");
            }
            (format!("c{at}"), container)
        });
        Value::Object(named.collect())
    });
    (
        prop::option::of(Just(json!("1024"))),
        prop::option::of(text()),
        containers,
    )
        .prop_map(|(memory, role, containers)| {
            members([
                ("memory", memory),
                ("taskRoleArn", role),
                ("containerDefinitions", Some(containers)),
            ])
        })
}

fn members<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let given = members.into_iter();
    Value::Object(
        given
            .filter_map(|(key, value)| Some((key.to_owned(), value?)))
            .collect(),
    )
}

/// Returns a definition without what the changes name.
fn unnamed(definition: &Value, changes: &Value) -> Value {
    let mut rest = definition.clone();
    let Value::Object(changes) = changes else {
        return rest;
    };
    for (key, change) in changes {
        match (key.as_str(), rest.get_mut(key)) {
            (_, None) => {}
            ("containerDefinitions" | "environment" | "secrets", Some(Value::Array(items))) => {
                items.retain_mut(|item| {
                    let named = item["name"].as_str().and_then(|name| change.get(name));
                    match named {
                        Some(Value::Object(_)) => {
                            *item = unnamed(item, named.unwrap());
                            true
                        }
                        Some(_) => false,
                        None => key == "containerDefinitions" || change.is_object(),
                    }
                });
                // New items are named, too.
                if items.is_empty() {
                    rest.as_object_mut().unwrap().remove(key);
                }
            }
            (_, Some(member)) if change.is_object() && member.is_object() => {
                *member = unnamed(member, change)
            }
            _ => {
                rest.as_object_mut().unwrap().remove(key);
            }
        }
    }
    rest
}

/// Returns what a described definition was registered with: without what only AWS sets, in a fixed order, and
/// without the empty values that mean the same as none.
fn content(described: &Value, changes: &Value) -> Value {
    let mut described = described.clone();
    for member in ["taskDefinitionArn", "revision", "registeredAt", "registeredBy"] {
        described.as_object_mut().unwrap().remove(member);
    }
    ordered(unnamed(&described, changes))
}

fn ordered(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let present = members.into_iter().map(|(key, value)| (key, ordered(value)));
            Value::Object(
                present
                    .filter(|(_, value)| !value.as_object().is_some_and(|it| it.is_empty()))
                    .filter(|(_, value)| !value.as_array().is_some_and(Vec::is_empty))
                    .collect(),
            )
        }
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(ordered).collect();
            items.sort_by_key(|item| item.get("name").map(Value::to_string));
            Value::Array(items)
        }
        scalar => scalar,
    }
}

proptest! {
    #![proptest_config(crate::schema::testing::cases(48))]

    #[test]
    fn a_base_keeps_what_is_not_named(seed: u64, next: u64, changes in any_changes(), is_live: bool) {
        let base = || match is_live {
            true => Base::Live,
            false => Base::Family("web".to_owned()),
        };
        let mut ecs = Ecs::default();
        ecs.deployed.insert(digest('d'), digest('c'));
        owner_deploys(&mut ecs, &any_owned(seed));
        let manifest = manifest([based(base(), changes.clone())]);
        // The owner deploys in between, and ecsctl goes on from there.
        for owner in [None, Some(any_owned(next))] {
            if let Some(definition) = owner {
                owner_deploys(&mut ecs, &definition);
            }
            let before = ecs.definitions.last().unwrap().clone();
            let plan = planned(&ecs, &manifest, &pinned('d', 'c'));
            ecs.apply(&plan);
            let mut after = ecs.definitions.last().unwrap().clone();
            let there = before["containerDefinitions"].as_array().unwrap();
            let is_there = |added: &Value| there.iter().any(|it| it["name"] == added["name"]);
            after["containerDefinitions"].as_array_mut().unwrap().retain(is_there);
            prop_assert_eq!(content(&before, &changes), content(&after, &changes));
            let registered = ecs.definitions.len();
            for images in [built('c'), pinned('d', 'c')] {
                let again = planned(&ecs, &manifest, &images);
                prop_assert!(again.is_empty(), "{:#?}", again.services);
                ecs.apply(&again);
            }
            prop_assert_eq!(ecs.definitions.len(), registered, "a second deploy registers nothing");
        }
    }
}

/// Terraform with `ignore_changes = [task_definition]` registers revisions and leaves the service alone.
#[test]
fn family_as_base_follows_what_its_owner_registers() {
    let mut ecs = owned();
    let manifest = manifest([based(
        Base::Family("web".to_owned()),
        json!({"containerDefinitions": {"web": {"image": "shop:2"}}}),
    )]);
    ecs.apply(&planned(&ecs, &manifest, &unbuilt()));
    assert!(planned(&ecs, &manifest, &unbuilt()).is_empty());
    let mut owners = ecs.definitions[0].clone();
    owners["memory"] = json!("1024");
    ecs.register(&owners);
    let plan = planned(&ecs, &manifest, &unbuilt());
    assert_eq!(registered(&plan)["memory"], "1024");
    assert_eq!(container(registered(&plan), "web")["image"], "shop:2");
    assert!(matches!(only(&plan).action, ServiceAction::Update { .. }));
    ecs.apply(&plan);
    assert!(planned(&ecs, &manifest, &unbuilt()).is_empty());
    let runs = TaskDefinition::read(ecs.definitions.last().unwrap().clone());
    assert_eq!(
        ecs.services["web"]["taskDefinition"].as_str(),
        runs.arn.as_deref()
    );
}
