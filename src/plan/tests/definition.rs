//! Tests of which revision a service gets.

use super::*;
use crate::ecs::TaskDefinition;
use crate::model::{DefinitionPlan, DisplayValue, ImageAttribute, ImageRef, ServiceAction};

/// Returns a state in which `web` runs web:1 with the image with config `c` and manifest `d`.
fn running() -> (Ecs, Manifest) {
    let (mut ecs, manifest) = (Ecs::default(), manifest([web()]));
    deploy(&mut ecs, &manifest, 'c', 'd');
    (ecs, manifest)
}

fn web_with(change: impl FnOnce(&mut Value)) -> Manifest {
    let mut definition = web_definition();
    change(&mut definition);
    manifest([service("web", definition, json!({"desiredCount": 2}))])
}

fn changes(plan: &Plan) -> Vec<String> {
    match &only(plan).definition {
        DefinitionPlan::Register { changes, .. } => lines(changes),
        DefinitionPlan::Keep { arn } => vec![format!("keep {arn}")],
    }
}

const KEEP_1: &str = "keep arn:aws:ecs:us-east-1:123456789012:task-definition/web:1";

#[test]
fn the_first_deploy_registers_and_creates() {
    let (ecs, manifest) = (Ecs::default(), manifest([web()]));
    let plan = planned(&ecs, &manifest, &built('c'));
    let web = only(&plan);
    let DefinitionPlan::Register {
        family,
        input,
        baseline,
        changes,
        pending,
    } = &web.definition
    else {
        panic!("{:?}", web.definition);
    };
    assert_eq!((family.as_str(), baseline, changes.len()), ("web", &None, 0));
    assert_eq!(input["containerDefinitions"][0]["image"], "${images.web}");
    assert_eq!(
        *pending,
        [ImageRef {
            image: "web".to_owned(),
            attribute: ImageAttribute::Uri
        }]
    );
    assert!(
        matches!(&web.action, ServiceAction::Create { input, draining: false }
        if *input == json!({"serviceName": "web", "desiredCount": 2}))
    );
    assert_eq!(
        (plan.changes(), plan.account.as_deref()),
        (2, Some("123456789012"))
    );
}

#[test]
fn an_unchanged_image_changes_nothing_on_either_image_store() {
    let (ecs, manifest) = running();
    // overlay2: the ID is the config's digest; the containerd store: the manifest's.
    for images in [built('c'), built('d'), pinned('d', 'c'), pinned('e', 'c')] {
        let plan = planned(&ecs, &manifest, &images);
        assert!(plan.is_empty(), "{plan:?}");
        assert_eq!(plan.images[0].deployed, Some(digest('d')));
    }
}

#[test]
fn another_image_is_a_change_before_and_after_its_push() {
    let (ecs, manifest) = running();
    let before = format!("\"{REPOSITORY}@{}\"", digest('d'));
    let pending = format!("containerDefinitions.web.image: {before} -> pending ${{images.web}}");
    assert_eq!(
        changes(&planned(&ecs, &manifest, &built('e'))),
        [pending.as_str()]
    );
    assert_eq!(changes(&planned(&ecs, &manifest, &unbuilt())), [pending.as_str()]);
    let pushed = planned(&ecs, &manifest, &pinned('f', 'e'));
    let after = format!("\"{REPOSITORY}@{}\"", digest('f'));
    assert_eq!(
        changes(&pushed),
        [format!("containerDefinitions.web.image: {before} -> {after}")]
    );
}

#[test]
fn a_given_image_is_used_as_it_stands() {
    let (ecs, manifest) = running();
    let plan = planned(&ecs, &manifest, &given("nginx:1.27"));
    assert!(changes(&plan)[0].ends_with("-> \"nginx:1.27\""));
    assert!(!plan.images[0].create_repository);
}

#[test]
fn environment_values_are_hidden_in_the_plan() {
    let (ecs, _) = running();
    let manifest = web_with(|definition| {
        definition["memory"] = json!("1 GB");
        definition["containerDefinitions"][0]["environment"] =
            json!([{"name": "LOG_LEVEL", "value": "s3cret"}, {"name": "NEW", "value": "n3w"}]);
        definition["containerDefinitions"][0]["portMappings"][0]["hostPort"] = json!(8080);
        definition["containerDefinitions"]
            .as_array_mut()
            .unwrap()
            .push(json!({
                "name": "log", "image": "fluent", "environment": [{"name": "TOKEN", "value": "s3cret"}]
            }));
    });
    let plan = planned(&ecs, &manifest, &pinned('d', 'c'));
    assert_eq!(
        changes(&plan),
        [
            "memory: \"512\" -> \"1024\"",
            "containerDefinitions.log: absent -> {\"name\":\"log\",\"image\":\"fluent\",\"environment\":[{\"name\":\"TOKEN\",\"value\":\"********\"}]}",
            "containerDefinitions.web.environment.A: hidden -> absent",
            "containerDefinitions.web.environment.LOG_LEVEL: hidden -> hidden",
            "containerDefinitions.web.environment.NEW: absent -> hidden",
        ]
    );
    assert!(
        matches!(&only(&plan).action, ServiceAction::Update { new_definition: true, changes, .. } if changes.is_empty())
    );
}

#[test]
fn a_revision_that_was_registered_and_never_deployed_is_used() {
    let (mut ecs, manifest) = running();
    let plan = planned(&ecs, &manifest, &pinned('f', 'e'));
    let DefinitionPlan::Register { input, .. } = &only(&plan).definition else {
        panic!()
    };
    ecs.register(input); // and then killed
    let again = planned(&ecs, &manifest, &pinned('f', 'e'));
    let web = only(&again);
    assert!(matches!(&web.definition, DefinitionPlan::Keep { arn } if arn.ends_with("/web:2")));
    let ServiceAction::Update {
        changes,
        new_definition,
        ..
    } = &web.action
    else {
        panic!()
    };
    assert_eq!(lines(changes), ["taskDefinition: \"web:1\" -> \"web:2\""]);
    assert!(new_definition);
}

#[test]
fn an_inactive_revision_is_not_used_again() {
    let (mut ecs, manifest) = running();
    ecs.services.clear();
    ecs.definitions[0]["status"] = json!("INACTIVE");
    let mut observed = ecs.observe(&manifest);
    observed.services["web"].latest_definition = Some(TaskDefinition::read(ecs.definitions[0].clone()));
    let plan = make(&manifest, &observed, &pinned('d', 'c'), &PlanOptions::default()).unwrap();
    assert!(matches!(only(&plan).definition, DefinitionPlan::Register { .. }));
}

#[test]
fn unknown_members_are_no_change_but_reported() {
    let (mut ecs, manifest) = running();
    ecs.definitions[0]["quantum"] = json!({"secret": 1});
    let plan = planned(&ecs, &manifest, &pinned('d', 'c'));
    assert!(plan.is_empty());
    assert_eq!(
        plan.warnings,
        ["web:1 has members that this version of ecsctl does not know and leaves unchanged: quantum"]
    );
    let plan = planned(&ecs, &manifest, &pinned('f', 'e'));
    assert_eq!(
        changes(&plan)[1],
        "quantum: hidden -> absent (unknown to this version of ecsctl)"
    );
    assert!(plan.warnings.is_empty());
}

#[test]
fn a_member_that_only_aws_knows_is_kept_when_the_file_names_it() {
    let (ecs, _) = running();
    let manifest = web_with(|definition| definition["quantum"] = json!(true));
    assert_eq!(
        changes(&planned(&ecs, &manifest, &pinned('d', 'c'))),
        ["quantum: absent -> true"]
    );
}

#[test]
fn a_role_may_be_given_by_its_name() {
    let mut ecs = Ecs::default();
    let manifest = web_with(|definition| definition["taskRoleArn"] = json!("web-task"));
    deploy(&mut ecs, &manifest, 'c', 'd');
    assert!(planned(&ecs, &manifest, &built('c')).is_empty());
    let manifest = web_with(|definition| definition["taskRoleArn"] = json!("task"));
    assert_eq!(
        changes(&planned(&ecs, &manifest, &built('c'))),
        ["taskRoleArn: \"arn:aws:iam::123456789012:role/web-task\" -> \"task\""]
    );
}

#[test]
fn another_family_is_a_change_though_all_else_is_the_same() {
    let (ecs, _) = running();
    let manifest = web_with(|definition| definition["family"] = json!("shop"));
    assert_eq!(
        changes(&planned(&ecs, &manifest, &built('c'))),
        ["family: \"web\" -> \"shop\""]
    );
}

#[test]
fn parts_of_an_image_are_known_as_early_as_they_can_be() {
    let manifest = web_with(|definition| {
        definition["containerDefinitions"][0]["dockerLabels"] = json!({"image": "image:web"});
    });
    let tag = |states: &IndexMap<String, ImageState>, tags: &[&str]| {
        let mut manifest = manifest.clone();
        manifest.images.insert("web".to_owned(), image("web", tags));
        let observed = Ecs::default().observe(&manifest);
        let images = crate::plan::images::ImagePlans::new(&manifest, &observed, states);
        let part = |attribute| {
            images.text(&ImageRef {
                image: "web".to_owned(),
                attribute,
            })
        };
        (
            part(ImageAttribute::Tag),
            part(ImageAttribute::Repository),
            part(ImageAttribute::Digest),
        )
    };
    let mark = |part: &str| format!("\0${{images.web{part}}}\0");
    assert_eq!(
        tag(&unbuilt(), &["v1"]),
        ("v1".to_owned(), REPOSITORY.to_owned(), mark(".digest"))
    );
    assert_eq!(tag(&unbuilt(), &[]).0, mark(".tag"));
    assert_eq!(tag(&built('c'), &[]).0, "ecsctl-cccccccccccccccc");
    assert_eq!(tag(&pinned('d', 'c'), &[]).2, digest('d').as_str());
    assert_eq!(
        tag(&given("a/b:1@sha256:2"), &["v1"]),
        ("1".to_owned(), "a/b".to_owned(), "sha256:2".to_owned())
    );
}

#[test]
fn an_existing_revision_is_used_as_named() {
    let (mut ecs, _) = running();
    let mut definition = web_definition();
    definition["containerDefinitions"][0]["image"] = json!("nginx");
    ecs.register(&definition);
    let span = node(json!(null)).span;
    let named = ServiceSpec {
        definition: TaskDefinitionSource::Revision("web:2".to_owned(), span),
        ..web()
    };
    let plan = planned(&ecs, &manifest([named]), &unbuilt());
    assert!(matches!(&only(&plan).definition, DefinitionPlan::Keep { arn } if arn.ends_with("/web:2")));
    assert!(plan.images.is_empty());
    assert_eq!(plan.changes(), 1);
}

#[test]
fn changes_go_over_a_base_by_name() {
    let (mut ecs, _) = running();
    let mut base = web_definition();
    base["containerDefinitions"][0]["image"] = json!("nginx:1");
    base["containerDefinitions"][0]["secrets"] = json!([{"name": "S", "valueFrom": "arn:s"}]);
    base["containerDefinitions"][0]["dockerLabels"] = json!({"a": "1", "b": "2"});
    base["containerDefinitions"]
        .as_array_mut()
        .unwrap()
        .push(json!({"name": "gone", "image": "x"}));
    base["tags"] = json!([{"key": "aws:cloudformation:stack-name", "value": "x"}]);
    base["pidMode"] = json!("task");
    ecs.register(&base);
    let changes = json!({
        "memory": "1024",
        "pidMode": null,
        "containerDefinitions": {
            "web": {
                "image": "image:web", "essential": false,
                "environment": {"A": null, "PORT": 8080, "LOG_LEVEL": "debug"},
                "secrets": [{"name": "T", "valueFrom": "arn:t"}],
                "dockerLabels": {"b": "3"},
                "portMappings": [{"containerPort": 9090}],
            },
            "gone": null,
            "new": {"image": "y"},
        },
    });
    let service = based(Base::Family("web".to_owned()), changes);
    let plan = planned(&ecs, &manifest([service]), &pinned('d', 'c'));
    let DefinitionPlan::Register { family, input, .. } = &only(&plan).definition else {
        panic!()
    };
    assert_eq!(family, "web");
    let mut web = json!({
        "name": "web", "image": format!("{REPOSITORY}@{}", digest('d')), "essential": false, "cpu": 0,
        "portMappings": [{"containerPort": 9090}],
        "environment": [{"name": "LOG_LEVEL", "value": "debug"}, {"name": "PORT", "value": "8080"}],
        "secrets": [{"name": "S", "valueFrom": "arn:s"}, {"name": "T", "valueFrom": "arn:t"}],
        "dockerLabels": {"a": "1", "b": "3"},
    });
    for list in ["mountPoints", "volumesFrom", "systemControls"] {
        web[list] = json!([]);
    }
    assert_eq!(
        *input,
        json!({
            "family": "web", "cpu": "256", "memory": "1024", "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"], "volumes": [], "placementConstraints": [],
            "containerDefinitions": [web, {"name": "new", "image": "y"}],
        })
    );
}

#[test]
fn tags_and_registry_credentials_that_are_empty_are_not_sent() {
    let (mut ecs, _) = running();
    let mut base = web_definition();
    base["tags"] = json!([{"key": "team", "value": "a"}]);
    base["containerDefinitions"][0]["repositoryCredentials"] = json!({"credentialsParameter": "arn:s"});
    ecs.register(&base);
    let changes = json!({
        "tags": [],
        "containerDefinitions": {"web": {"repositoryCredentials": {"credentialsParameter": ""}}},
    });
    let service = based(Base::Family("web".to_owned()), changes);
    let plan = planned(&ecs, &manifest([service]), &unbuilt());
    let DefinitionPlan::Register { input, .. } = &only(&plan).definition else {
        panic!()
    };
    assert_eq!(input.get("tags"), None);
    assert_eq!(
        input["containerDefinitions"][0].get("repositoryCredentials"),
        None
    );
}

#[test]
fn a_live_base_is_kept_when_the_changes_are_in_it() {
    let (ecs, _) = running();
    let over = |value: Value| {
        manifest([based(
            Base::Live,
            json!({"containerDefinitions": {"web": {"environment": {"A": value}}}}),
        )])
    };
    assert_eq!(changes(&planned(&ecs, &over(json!(1)), &unbuilt())), [KEEP_1]);
    assert_eq!(
        changes(&planned(&ecs, &over(json!(2)), &unbuilt())),
        ["containerDefinitions.web.environment.A: hidden -> hidden"]
    );
}

#[test]
fn a_value_that_is_pending_in_the_environment_stays_hidden() {
    let (ecs, _) = running();
    let manifest = web_with(|definition| {
        definition["containerDefinitions"][0]["environment"][1]["value"] = json!("image:web");
    });
    let plan = planned(&ecs, &manifest, &unbuilt());
    let DefinitionPlan::Register { changes, .. } = &only(&plan).definition else {
        panic!()
    };
    assert_eq!(
        changes[1].path.to_string(),
        "containerDefinitions.web.environment.A"
    );
    assert_eq!(changes[1].after, DisplayValue::Hidden);
}

#[test]
fn pushed_image_is_used_from_where_it_was_pushed() {
    let own = "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu/acme/web";
    let mut states = pinned('d', 'c');
    if let Some(ImageState::Pinned { repository, .. }) = states.get_mut("web") {
        *repository = own.to_owned();
    }
    let plan = planned(&Ecs::default(), &manifest([web()]), &states);
    let DefinitionPlan::Register { input, .. } = &only(&plan).definition else {
        panic!()
    };
    assert_eq!(
        input["containerDefinitions"][0]["image"],
        format!("{own}@{}", digest('d'))
    );
}

#[test]
fn the_lists_of_a_container_are_compared_by_their_elements() {
    let container = |members: Value| {
        web_with(|definition| {
            let container = definition["containerDefinitions"][0].as_object_mut().unwrap();
            container.extend(members.as_object().unwrap().clone());
        })
    };
    let cases = [
        (
            json!({"mountPoints": [{"sourceVolume": "a", "containerPath": "/x"}, {"sourceVolume": "a", "containerPath": "/y"}]}),
            json!({"mountPoints": [{"sourceVolume": "b", "containerPath": "/x"}, {"sourceVolume": "a", "containerPath": "/y"}]}),
            vec![r#"mountPoints./x.sourceVolume: "a" -> "b""#],
        ),
        (
            json!({"command": ["run", "--port", "80", "--fast"]}),
            json!({"command": ["run", "--port", "81", "--fast"]}),
            vec![r#"command.2: "80" -> "81""#],
        ),
        (
            json!({"command": ["run", "--fast"]}),
            json!({"command": ["run", "--port", "--fast"]}),
            vec![r#"command.1: absent -> "--port""#],
        ),
        (
            json!({"environmentFiles": [{"type": "s3", "value": "a"}, {"type": "s3", "value": "b"}]}),
            json!({"environmentFiles": [{"type": "s3", "value": "a"}, {"type": "s3", "value": "c"}]}),
            vec![r#"environmentFiles.1.value: "b" -> "c""#],
        ),
        (
            json!({"restartPolicy": {"enabled": true, "ignoredExitCodes": [1, 2]}}),
            json!({"restartPolicy": {"enabled": true, "ignoredExitCodes": [2, 3]}}),
            vec![
                "restartPolicy.ignoredExitCodes.1: 1 -> absent",
                "restartPolicy.ignoredExitCodes.3: absent -> 3",
            ],
        ),
        (
            json!({"environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]}),
            json!({"environment": [{"name": "C", "value": "3"}, {"name": "A", "value": "1"}]}),
            vec![
                "environment.B: hidden -> absent",
                "environment.C: absent -> hidden",
            ],
        ),
    ];
    for (before, after, expected) in cases {
        let mut ecs = Ecs::default();
        deploy(&mut ecs, &container(before), 'c', 'd');
        let found = changes(&planned(&ecs, &container(after), &pinned('d', 'c')));
        let expected = expected
            .iter()
            .map(|line| format!("containerDefinitions.web.{line}"));
        assert_eq!(found, expected.collect::<Vec<_>>());
    }
}

#[test]
fn an_element_named_by_an_image_is_refined() {
    let options = |options: Value| {
        manifest([service(
            "web",
            {
                let mut definition = web_definition();
                definition["containerDefinitions"][0]["dockerSecurityOptions"] = options.clone();
                definition["containerDefinitions"][0]["command"] = options;
                definition
            },
            json!({}),
        )])
    };
    let mut ecs = Ecs::default();
    deploy(&mut ecs, &options(json!(["z", "a"])), 'c', 'd');
    for after in [
        json!(["image:web"]),
        json!(["b", "image:web"]),
        json!(["image:web", "z", "a"]),
    ] {
        let manifest = options(after);
        let first = planned(&ecs, &manifest, &unbuilt());
        let second = planned(&ecs, &manifest, &pinned('f', 'e'));
        assert_eq!(
            crate::plan::refines(&first, &second),
            Ok(()),
            "{first:#?} {second:#?}"
        );
    }
}
