//! Merging one tree over another: mappings are merged, everything else is replaced.
//! A null is kept and means "absent, with no default". Lists of named items have been turned into
//! mappings by then.

use std::collections::HashMap;

use crate::model::{Entry, Node, NodeKind};

/// Merges `over` on top of `base`. Order: the base's members, then the new ones.
pub(crate) fn merge(base: &Node, over: &Node) -> Node {
    merge_aligned(base, over, &mut |_, _, _| None)
}

/// Gives the two values at a path the same form before they are merged; `None` leaves both as they are.
pub(crate) type Align<'a> = dyn FnMut(&[&str], &Node, &Node) -> Option<(Node, Node)> + 'a;

/// Like `merge`, with `align` called on each pair of values before it is merged.
pub(crate) fn merge_aligned(base: &Node, over: &Node, align: &mut Align<'_>) -> Node {
    merge_at(&[], base, over, align)
}

fn merge_at(path: &[&str], base: &Node, over: &Node, align: &mut Align<'_>) -> Node {
    if let Some((base, over)) = align(path, base, over) {
        return merge_values(path, &base, &over, align);
    }
    merge_values(path, base, over, align)
}

fn merge_values(path: &[&str], base: &Node, over: &Node, align: &mut Align<'_>) -> Node {
    let (NodeKind::Map(below), NodeKind::Map(above)) = (&base.kind, &over.kind) else {
        return over.clone();
    };
    let mut merged: Vec<Entry> = below.clone();
    let places: HashMap<&str, usize> = below.iter().map(|entry| entry.key.as_str()).zip(0..).collect();
    for entry in above {
        let there = places
            .get(entry.key.as_str())
            .and_then(|place| merged.get_mut(*place));
        match there {
            Some(there) => {
                let path = [path, &[entry.key.as_str()]].concat();
                *there = entry.with_value(merge_at(&path, &there.value, &entry.value, align));
            }
            None => merged.push(entry.clone()),
        }
    }
    Node::map(over.span, merged)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::diagnostic::{SourceId, Span};
    use crate::model::Value;

    const SPAN: Span = Span {
        source: SourceId(0),
        start: 0,
        end: 0,
    };

    fn node(value: &Value) -> Node {
        match value {
            Value::Object(members) => Node::map(
                SPAN,
                members
                    .iter()
                    .map(|(key, value)| Entry::new(key.clone(), SPAN, node(value))),
            ),
            Value::Array(items) => Node::list(SPAN, items.iter().map(node)),
            Value::Null => Node::null(SPAN),
            Value::Bool(flag) => Node::bool(SPAN, *flag),
            Value::Number(number) => Node::integer(SPAN, number.as_i64().unwrap_or_default()),
            Value::String(text) => Node::text(SPAN, text.clone()),
        }
    }

    #[test]
    fn mappings_merge_and_lists_replace() {
        let base = node(&json!({"a": {"x": 1, "y": 2}, "l": [1, 2], "n": 1}));
        let over = node(&json!({"z": 0, "a": {"y": 3}, "l": [3], "n": null}));
        let merged = merge(&base, &over);
        assert_eq!(
            merged.to_value(&|_| String::new()),
            json!({"a": {"x": 1, "y": 3}, "l": [3], "z": 0})
        );
        assert!(merged.get("n").is_some_and(Node::is_null), "null survives");
        let keys: Vec<&str> = merged.members().iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["a", "l", "n", "z"]);
    }

    fn leaf() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(json!(null)),
            any::<i8>().prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            Just(json!([1])),
            Just(json!([{"a": 1}, null])),
        ]
    }

    fn tree() -> impl Strategy<Value = Node> {
        let tree = leaf().prop_recursive(3, 16, 4, |inner| {
            prop::collection::btree_map("[a-c]", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect()))
        });
        tree.prop_map(|value| node(&value))
    }

    /// Generates a mapping in which `m` and `n` are mappings like it, and the other keys are not.
    fn alike() -> impl Strategy<Value = Node> {
        let leaves = || prop::collection::btree_map("[a-c]", leaf(), 0..3);
        let tree = leaves().prop_map(|leaves| Value::Object(leaves.into_iter().collect()));
        let tree = tree.prop_recursive(3, 16, 2, move |inner| {
            let inner = prop::collection::btree_map("[mn]", inner, 0..3);
            (leaves(), inner)
                .prop_map(|(leaves, inner)| Value::Object(leaves.into_iter().chain(inner).collect()))
        });
        tree.prop_map(|value| node(&value))
    }

    fn mapping() -> impl Strategy<Value = Node> {
        prop::collection::btree_map("[a-c]", tree(), 0..4).prop_map(|map| {
            let entries = map.into_iter().map(|(key, value)| Entry::new(key, SPAN, value));
            Node::map(SPAN, entries)
        })
    }

    proptest! {
        /// Where the same keys are mappings: a scalar in between would hide what is below it.
        #[test]
        fn merging_is_associative(a in alike(), b in alike(), c in alike()) {
            prop_assert_eq!(merge(&merge(&a, &b), &c), merge(&a, &merge(&b, &c)));
        }

        #[test]
        fn the_overlay_wins(a in tree(), b in tree()) {
            let merged = merge(&a, &b);
            prop_assert_eq!(merge(&merged, &b), merged);
        }

        #[test]
        fn an_empty_overlay_changes_nothing(a in mapping()) {
            prop_assert_eq!(merge(&a, &Node::map(SPAN, Vec::new())), a.clone());
            prop_assert_eq!(merge(&Node::map(SPAN, Vec::new()), &a), a);
        }
    }
}
