//! Tests of each row by its case, of each list by its order, and of properties that hold for any value.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::cases::cases;
use super::rules::{LISTS, ROWS};
use super::*;
use crate::plan::diff::{ComparedValue, diff};
use crate::schema::testing::valid;
use crate::schema::{EcsOperation, model};

fn differ(shape: &'static str, ours: &Value, theirs: &Value, context: &NormaliseContext) -> bool {
    let wanted = normalise(ours, shape, context);
    let there = align(&normalise(theirs, shape, context), &wanted, shape);
    !diff(
        ComparedValue::new(&there, theirs),
        ComparedValue::new(&wanted, ours),
        shape,
    )
    .is_empty()
}

#[test]
fn normalized_values_are_equal_and_others_differ() {
    for case in cases() {
        let name = format!("{}.{}", case.shape, case.member);
        assert_ne!(case.ours, case.theirs, "{name}");
        assert!(
            !differ(case.shape, &case.ours, &case.theirs, &case.context),
            "{name}: {}",
            case.theirs
        );
        assert!(
            differ(case.shape, &case.ours, &case.other, &case.context),
            "{name}: {}",
            case.other
        );
    }
}

#[test]
fn every_row_has_its_case_and_a_source() {
    let cases = cases();
    for row in ROWS {
        let rows = ROWS
            .iter()
            .filter(|other| (other.shape, other.member) == (row.shape, row.member));
        let of_row = cases
            .iter()
            .filter(|case| (case.shape, case.member) == (row.shape, row.member));
        assert_eq!(of_row.count(), rows.count(), "{}.{}", row.shape, row.member);
        assert!(!row.source.is_empty());
    }
}

#[test]
fn every_row_names_what_the_model_knows() {
    for row in ROWS.iter().filter(|row| !matches!(row.rule, Rule::ReadOnly)) {
        let shape = model().shape(row.shape).unwrap();
        assert!(
            shape.member_shape(row.member).is_some(),
            "{}.{}",
            row.shape,
            row.member
        );
    }
}

#[test]
fn read_only_members_are_not_inputs() {
    let shape = model().shape(TASK_DEFINITION).unwrap();
    for row in ROWS.iter().filter(|row| matches!(row.rule, Rule::ReadOnly)) {
        assert!(shape.member_shape(row.member).is_none(), "{}", row.member);
    }
}

/// Returns two different items of a list.
fn two_items(shape: &str, member: &str, by: ListKey) -> [Value; 2] {
    let list = model().shape(shape).unwrap().member_shape(member).unwrap();
    let item = model().shape(list).unwrap().member.unwrap();
    let is_text = model().shape(item).unwrap().kind == ShapeType::String;
    let key = match by {
        ListKey::Members(keys) | ListKey::FirstOf(keys) => keys[0],
        ListKey::Port => "containerPort",
        _ if is_text => return [json!("a"), json!("b")],
        ListKey::Item => return [json!(1), json!(2)],
        ListKey::Position => model().shape(item).unwrap().members().next().unwrap().0,
    };
    assert!(
        model().shape(item).unwrap().member_shape(key).is_some(),
        "{item}.{key}"
    );
    [json!({key: "a"}), json!({key: "b"})]
}

/// Returns the structures that a plan compares, from the inputs down.
fn compared_structures() -> Vec<&'static str> {
    let mut names: Vec<&'static str> = [
        EcsOperation::RegisterTaskDefinition,
        EcsOperation::CreateService,
        EcsOperation::UpdateService,
    ]
    .map(EcsOperation::input)
    .to_vec();
    let mut at = 0;
    while let Some(shape) = names.get(at).and_then(|name| model().shape(name)) {
        let inner = shape
            .members()
            .map(|(_, inner)| inner)
            .chain(shape.member)
            .chain(shape.value);
        let new: Vec<_> = inner.filter(|inner| !names.contains(inner)).collect();
        names.extend(new);
        at += 1;
    }
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn every_list_of_the_model_is_decided_on() {
    let update = EcsOperation::UpdateService.input();
    let mut lists = Vec::new();
    for name in compared_structures() {
        for (member, inner) in model().shape(name).unwrap().members() {
            if model().shape(inner).unwrap().kind == ShapeType::List {
                // Both inputs are compared as CreateService's.
                let shape = if name == update { SERVICE } else { name };
                lists.push((shape, member));
            }
        }
    }
    lists.sort_unstable();
    lists.dedup();
    let mut rows: Vec<_> = LISTS.iter().map(|row| (row.shape, row.member)).collect();
    rows.sort_unstable();
    assert_eq!(rows, lists);
}

#[test]
fn list_keys_are_members_of_the_elements() {
    for row in LISTS {
        let name = format!("{}.{}", row.shape, row.member);
        let list = model()
            .shape(row.shape)
            .unwrap()
            .member_shape(row.member)
            .unwrap();
        let item = model()
            .shape(model().shape(list).unwrap().member.unwrap())
            .unwrap();
        let keys = match row.by {
            ListKey::FirstOf(keys) => keys,
            by => by.members(),
        };
        assert!(keys.iter().all(|key| item.member_shape(key).is_some()), "{name}");
        assert_eq!(
            row.by == ListKey::Item,
            item.kind != ShapeType::Structure && row.by != ListKey::Position,
            "{name}"
        );
    }
}

#[test]
fn lists_are_compared_without_order_unless_by_position() {
    let context = NormaliseContext::default();
    for row in LISTS {
        let [one, two] = two_items(row.shape, row.member, row.by);
        let of = |items: &[&Value]| json!({row.member: items});
        let name = format!("{}.{}", row.shape, row.member);
        assert!(!row.source.is_empty());
        // Only the file's tag keys are owned: an extra tag on AWS is no difference, a missing one is.
        assert_eq!(
            differ(row.shape, &of(&[&one, &two]), &of(&[&two, &one]), &context),
            row.by == ListKey::Position,
            "{name}"
        );
        assert!(
            differ(row.shape, &of(&[&one, &two]), &of(&[&one]), &context),
            "{name}"
        );
    }
}

#[test]
fn other_lists_are_compared_in_order() {
    let context = NormaliseContext::default();
    let ours = json!({"command": ["a", "b"]});
    assert!(differ(
        "ContainerDefinition",
        &ours,
        &json!({"command": ["b", "a"]}),
        &context
    ));
}

#[test]
fn empty_lists_and_nulls_are_dropped() {
    let context = NormaliseContext::default();
    let theirs =
        json!({"mountPoints": [], "volumesFrom": [], "systemControls": [], "command": [], "image": null});
    assert!(!differ("ContainerDefinition", &json!({}), &theirs, &context));
}

#[test]
fn a_bridge_host_port_stays() {
    let context = NormaliseContext::of_definition(&json!({"networkMode": "bridge"}));
    let theirs = json!({"containerPort": 80, "hostPort": 80});
    assert!(differ(
        "PortMapping",
        &json!({"containerPort": 80}),
        &theirs,
        &context
    ));
}

#[test]
fn unknown_members_are_told_apart_by_path() {
    let there =
        json!({"cpu": "1", "mine": 1, "containerDefinitions": [{"name": "web", "fast": true, "mine": 2}]});
    let wanted = json!({"containerDefinitions": [{"name": "web", "mine": 3}]});
    let (known, unknown) = known_only(&there, &wanted, TASK_DEFINITION);
    assert_eq!(
        known,
        json!({"cpu": "1", "containerDefinitions": [{"name": "web", "mine": 2}]})
    );
    assert_eq!(unknown, ["mine", "containerDefinitions.web.fast"]);
}

proptest! {
    #![proptest_config(crate::schema::testing::cases(64))]

    #[test]
    fn normalization_is_idempotent(seed: u64, is_daemon: bool) {
        let definition = valid(EcsOperation::RegisterTaskDefinition.input(), seed);
        let once = task_definition(&definition);
        prop_assert_eq!(&task_definition(&once), &once);

        let service = valid(EcsOperation::CreateService.input(), seed);
        let context = NormaliseContext::of_service(is_daemon);
        let once = normalise(&service, SERVICE, &context);
        prop_assert_eq!(&normalise(&once, SERVICE, &context), &once);
    }
}
