use proptest::prelude::*;

use super::super::*;
use super::said;

#[test]
fn budgets() {
    let deep = said(&"[".repeat(100_000));
    assert!(deep.starts_with("error: nested too deeply"), "{deep}");
    let nested: String = (0..70)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    assert!(said(&nested).starts_with("error: nested deeper than 64 levels"));
    let long = format!("a: {}", "x".repeat(MAX_BYTES));
    assert!(said(&long).starts_with("error: the file has 1048579 bytes"));
    let many = format!("a: &a 1\nb: [{}]", "*a,".repeat(201));
    assert!(said(&many).starts_with("error: more than 200 aliases"));
    let wide = format!("a: [{}]", "1,".repeat(20_001));
    assert!(said(&wide).starts_with("error: more than 20000 values"));
}

#[test]
fn a_bomb_of_aliases_is_defused() {
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..9 {
        let below = format!("*a{},", level - 1).repeat(9);
        bomb.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    assert!(said(&bomb).starts_with("error: more than 20000 values"));
}

proptest! {
    #[test]
    fn any_text_gives_a_tree_or_a_problem(text in "[ \\t\\r\\na-c0:\\-\\[\\]{}$\"'&*!|>%@#~<?,ü\u{feff}\u{85}]{0,60}") {
        let mut problems = Problems::default();
        let node = parse(&text, SourceId(0), &mut problems);
        prop_assert!(node.is_some() || problems.has_errors());
        said(&text);
    }

    #[test]
    fn json_reads_as_json(value in json()) {
        let text = value.to_string();
        let mut problems = Problems::default();
        let node = parse(&text, SourceId(0), &mut problems).expect("a tree");
        prop_assert!(problems.is_empty());
        prop_assert_eq!(plain_value(&node), value);
    }
}

/// Converts a node to JSON, with nulls kept.
fn plain_value(node: &Node) -> serde_json::Value {
    match &node.kind {
        NodeKind::List(items) => items.iter().map(plain_value).collect(),
        NodeKind::Map(entries) => serde_json::Value::Object(
            entries
                .iter()
                .map(|entry| (entry.key.clone(), plain_value(&entry.value)))
                .collect(),
        ),
        _ => node.to_value(&|_| String::new()),
    }
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "\\PC{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::btree_map("[a-z<]{1,6}", inner, 0..5)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}
