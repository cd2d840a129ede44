//! Property tests for any file: after a deploy nothing is left to do, and the second plan refines the
//! first.

use proptest::prelude::*;

use super::*;
use crate::model::{Change, DefinitionPlan, DisplayValue, ServiceAction};
use crate::plan::refines;

/// Generates any definition, with unique names for its containers, and an image that is built here.
fn any_definition(seed: u64) -> Value {
    let mut definition = any_named_definition(seed);
    let containers = definition["containerDefinitions"].as_array_mut().unwrap();
    for (at, container) in containers.iter_mut().enumerate() {
        if at == 0 || seed & 1 == 0 {
            container["image"] = json!("image:web");
        }
    }
    definition
}

/// Generates the fields of any service that a deploy may change.
fn any_fields(seed: u64) -> Value {
    let mut fields = valid(EcsOperation::CreateService.input(), seed);
    let fields = fields.as_object_mut().unwrap();
    for supplied in [
        "cluster",
        "serviceName",
        "taskDefinition",
        "clientToken",
        "deploymentController",
    ] {
        fields.remove(supplied);
    }
    if fields.contains_key("capacityProviderStrategy") {
        fields.remove("launchType");
    }
    let strategies = fields.get_mut("placementStrategy").and_then(Value::as_array_mut);
    for strategy in strategies.into_iter().flatten() {
        strategy["field"] = json!("memory");
    }
    if let Some(Value::Array(tags)) = fields.get_mut("tags") {
        let mut keys = std::collections::HashSet::new();
        tags.retain(|tag| keys.insert(tag["key"].clone()));
    }
    Value::Object(fields.clone())
}

fn any_web(definition: u64, fields: u64) -> ServiceSpec {
    service("web", any_definition(definition), any_fields(fields))
}

/// Removes fields that can't be changed from one value to another.
fn without_create_only(mut fields: Value) -> Value {
    for field in ["launchType", "schedulingStrategy", "role"] {
        fields.as_object_mut().unwrap().remove(field);
    }
    fields
}

proptest! {
    #![proptest_config(crate::schema::testing::cases(24))]

    #[test]
    fn applied_changes_are_not_planned_again(definition: u64, fields: u64) {
        let (mut ecs, manifest) = (Ecs::default(), manifest([any_web(definition, fields)]));
        deploy(&mut ecs, &manifest, 'c', 'd');
        for images in [built('c'), pinned('d', 'c')] {
            let plan = planned(&ecs, &manifest, &images);
            prop_assert!(plan.is_empty(), "{:#?}", plan.services);
        }
    }

    #[test]
    fn after_apply_the_plan_is_empty(one: u64, two: u64, fields: u64, others: u64) {
        let mut ecs = Ecs::default();
        deploy(&mut ecs, &manifest([any_web(one, fields)]), 'c', 'd');
        let other = without_create_only(any_fields(others));
        let manifest = manifest([service("web", any_definition(two), other)]);
        deploy(&mut ecs, &manifest, 'e', 'f');
        let plan = planned(&ecs, &manifest, &built('e'));
        prop_assert!(plan.is_empty(), "{:#?}", plan.services);
    }

    #[test]
    fn a_killed_deploy_registers_nothing_twice(one: u64, two: u64) {
        let mut ecs = Ecs::default();
        deploy(&mut ecs, &manifest([any_web(one, 0)]), 'c', 'd');
        let manifest = manifest([service("web", any_definition(two), json!({}))]);
        let plan = planned(&ecs, &manifest, &pinned('f', 'e'));
        if let DefinitionPlan::Register { input, .. } = &only(&plan).definition {
            ecs.register(input);
        }
        deploy(&mut ecs, &manifest, 'e', 'f');
        prop_assert!(ecs.definitions.len() <= 2);
    }

    #[test]
    fn the_second_plan_refines_the_first(one: u64, two: u64, fields: u64, others: u64, is_new: bool) {
        let mut ecs = Ecs::default();
        if !is_new {
            deploy(&mut ecs, &manifest([any_web(one, fields)]), 'c', 'd');
        }
        let other = without_create_only(any_fields(others));
        let manifest = manifest([service("web", any_definition(two), other)]);
        for first in [unbuilt(), built('c'), built('e')] {
            let first = planned(&ecs, &manifest, &first);
            for second in [pinned('d', 'c'), pinned('f', 'e')] {
                let second = planned(&ecs, &manifest, &second);
                if first.images[0].deployed.is_none() {
                    prop_assert_eq!(refines(&first, &second), Ok(()), "{:#?}\n{:#?}", first, second);
                }
                prop_assert_eq!(refines(&second, &second), Ok(()));
            }
        }
    }

    #[test]
    fn the_image_of_a_change_never_decides_what_else_changes(one: u64, two: u64) {
        let mut ecs = Ecs::default();
        deploy(&mut ecs, &manifest([any_web(one, 0)]), 'c', 'd');
        let manifest = manifest([service("web", any_definition(two), json!({}))]);
        let paths = |images: &IndexMap<String, ImageState>| match &only(&planned(&ecs, &manifest, images)).definition {
            DefinitionPlan::Register { changes, .. } => {
                changes.iter().map(|change| change.path.clone()).collect::<Vec<_>>()
            }
            DefinitionPlan::Keep { .. } => Vec::new(),
        };
        prop_assert_eq!(paths(&built('e')), paths(&pinned('f', 'e')));
    }
}

fn deployed() -> (Ecs, Manifest) {
    let (mut ecs, manifest) = (Ecs::default(), manifest([web()]));
    deploy(&mut ecs, &manifest, 'c', 'd');
    (ecs, manifest)
}

#[test]
fn a_second_plan_that_does_more_is_refused() {
    let (mut ecs, manifest) = deployed();
    let first = planned(&ecs, &manifest, &built('e'));
    ecs.services["web"]["desiredCount"] = json!(7);
    let second = planned(&ecs, &manifest, &pinned('f', 'e'));
    let error = refines(&first, &second).unwrap_err();
    assert_eq!(
        error.to_string(),
        "service web changed on AWS since the plan was shown; nothing was applied"
    );
    ecs.services.clear();
    assert!(refines(&first, &planned(&ecs, &manifest, &pinned('f', 'e'))).is_err());
}

#[test]
fn another_revision_that_appears_meanwhile_is_noticed() {
    let (mut ecs, manifest) = deployed();
    let first = planned(&ecs, &manifest, &built('e'));
    let mut other = web_definition();
    other["containerDefinitions"][0]["image"] = json!("nginx");
    let arn = ecs.register(&other);
    ecs.services["web"]["taskDefinition"] = json!(arn);
    assert!(refines(&first, &planned(&ecs, &manifest, &pinned('f', 'e'))).is_err());
}

#[test]
fn a_change_that_becomes_empty_is_accepted() {
    let (ecs, manifest) = deployed();
    let first = planned(&ecs, &manifest, &unbuilt());
    assert_eq!(first.changes(), 2);
    let second = planned(&ecs, &manifest, &pinned('d', 'c'));
    assert!(second.is_empty());
    refines(&first, &second).unwrap();
    assert!(refines(&second, &first).is_err());
}

#[test]
fn only_placeholders_may_be_filled_in() {
    let (ecs, manifest) = deployed();
    let first = planned(&ecs, &manifest, &built('e'));
    let second = planned(&ecs, &manifest, &pinned('f', 'e'));
    let tampered = |change: &dyn Fn(&mut Plan)| {
        let mut plan = second.clone();
        change(&mut plan);
        refines(&first, &plan)
    };
    assert_eq!(tampered(&|_| {}), Ok(()));
    let changes =
        |plan: &mut Plan, change: fn(&mut Vec<Change>, &mut Value)| match &mut plan.services[0].definition {
            DefinitionPlan::Register { changes, input, .. } => change(changes, input),
            DefinitionPlan::Keep { .. } => panic!("kept"),
        };
    for change in [
        (|changes, _| changes.push(changes[0].clone())) as fn(&mut Vec<Change>, &mut Value),
        |changes, _| changes[0].before = DisplayValue::Absent,
        |_, input| input["cpu"] = json!("1024"),
        |_, input| input["containerDefinitions"][0]["image"] = json!(""),
        |_, input| input["new"] = json!(1),
    ] {
        assert!(tampered(&|plan| changes(plan, change)).is_err());
    }
    assert!(tampered(&|plan| plan.cluster = "other".to_owned()).is_err());
    assert!(tampered(&|plan| plan.account = None).is_err());
    assert!(tampered(&|plan| plan.services.clear()).is_err());
    assert!(tampered(&|plan| plan.services[0].depends_on = vec!["x".to_owned()]).is_err());
    assert!(tampered(&|plan| plan.services[0].action = ServiceAction::Keep).is_err());
}
