//! Writes a draft as the text of deploy.yaml.

use super::draft::{DraftLine, DraftMap, DraftValue};
use super::yaml_scalar::{in_block, in_flow, key};
use crate::model::Value;

/// How wide a list may be to stay on one line, and a comment before it is wrapped.
const WIDTH: usize = 100;

/// Returns the text of a draft.
pub fn yaml_text(draft: &DraftMap) -> String {
    let mut text = String::new();
    mapping(&mut text, draft, 0);
    text
}

fn mapping(text: &mut String, map: &DraftMap, indent: usize) {
    for line in &map.lines {
        match line {
            DraftLine::Comment(said) => comment(text, said, indent),
            DraftLine::Todo(said) => comment(text, &format!("TODO: {said}"), indent),
            DraftLine::LeftOut(left) => comment(text, &format!("left out: {}", left.what), indent),
            DraftLine::Sample(line) => text.push_str(&format!("{:indent$}# {line}\n", "")),
            DraftLine::Member(name, value) => {
                let start = format!("{:indent$}{}:", "", key(name));
                text.push_str(&start);
                member(text, value, indent, start.chars().count());
            }
        }
    }
}

/// Writes a comment: words that don't fit on the line go to the next.
fn comment(text: &mut String, said: &str, indent: usize) {
    let mut line = format!("{:indent$}#", "");
    let mut is_first = true;
    for word in said.split_whitespace() {
        if !is_first && line.chars().count() + 1 + word.chars().count() > WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = format!("{:indent$}#", "");
        }
        is_first = false;
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}

/// Writes the value behind a key, which ends at `column`.
fn member(text: &mut String, value: &DraftValue, indent: usize, column: usize) {
    if let Some(line) = one_line(value, indent + 2).filter(|line| fits(value, column + 1, line)) {
        text.push(' ');
        text.push_str(&line);
        text.push('\n');
        return;
    }
    text.push('\n');
    match value {
        DraftValue::Map(map) => mapping(text, map, indent + 2),
        DraftValue::List(items) => items.iter().for_each(|it| item(text, it, indent + 2)),
        DraftValue::Scalar(_) => {}
    }
}

/// Whether a value may stay on the line of its key: a list must not make it too long.
fn fits(value: &DraftValue, column: usize, line: &str) -> bool {
    !matches!(value, DraftValue::List(items) if !items.is_empty()) || column + line.chars().count() <= WIDTH
}

fn item(text: &mut String, value: &DraftValue, indent: usize) {
    match value {
        DraftValue::Map(map) if !map.is_empty() => {
            let mut inner = String::new();
            mapping(&mut inner, map, indent + 2);
            text.push_str(&format!("{:indent$}- {}", "", inner.trim_start_matches(' ')));
        }
        _ => {
            let start = format!("{:indent$}-", "");
            text.push_str(&start);
            member(text, value, indent, start.len());
        }
    }
}

/// Returns a value that can stand on the line of its key, or has its own lines below it as a block scalar; None of
/// other values.
fn one_line(value: &DraftValue, indent: usize) -> Option<String> {
    match value {
        DraftValue::Scalar(scalar) => Some(in_block(scalar, indent)),
        DraftValue::Map(map) => map.is_empty().then(|| "{}".to_owned()),
        DraftValue::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(flow_item).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
    }
}

/// Returns an item of a list in brackets: a scalar, or a mapping of scalars.
fn flow_item(item: &DraftValue) -> Option<String> {
    match item {
        DraftValue::Scalar(scalar) => Some(in_flow(scalar)),
        DraftValue::Map(map) => {
            let members: Option<Vec<String>> = map.lines.iter().map(flow_member).collect();
            Some(format!("{{{}}}", members?.join(", ")))
        }
        DraftValue::List(_) => None,
    }
}

fn flow_member(line: &DraftLine) -> Option<String> {
    match line {
        DraftLine::Member(name, DraftValue::Scalar(scalar)) => {
            let name = in_flow(&Value::String(name.clone()));
            Some(format!("{name}: {}", in_flow(scalar)))
        }
        DraftLine::Member(..)
        | DraftLine::Comment(_)
        | DraftLine::Todo(_)
        | DraftLine::Sample(_)
        | DraftLine::LeftOut(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::config::Document;
    use crate::schema::testing::cases;

    fn written(value: &Value) -> String {
        let DraftValue::Map(map) = DraftValue::literal(value) else {
            panic!("a mapping")
        };
        yaml_text(&map)
    }

    #[test]
    fn values_are_written_as_people_write_them() {
        let value = json!({"cpu": 256, "image": "nginx:1.27", "on": true, "PORT": "8080", "yes": "no", "none": null,
            "command": ["sh", "-c", "echo a, b"], "empty": [], "nothing": {},
            "script": "set -e\nexec web\n", "json": "{\"a\": 1}", "space ": " x", "ends": "a:",
            "ports": [{"containerPort": 8080}],
            "mounts": [{"sourceVolume": "a", "containerPath": "/a", "nested": {"x": [1]}}, {"b": [[1], [{"c": 1}]]}]});
        insta::assert_snapshot!("values", written(&value));
    }

    #[test]
    fn long_comments_are_wrapped_and_samples_kept() {
        let mut map = DraftMap::default();
        map.todo(format!("{} end", "word ".repeat(24).trim_end()));
        map.sample(&["a:", "  subnets: [b,   c]"]);
        map.put("a", 1);
        insta::assert_snapshot!("comments", yaml_text(&map));
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![
            "[ -~]{0,12}",
            "\\PC{0,8}",
            "(\\PC|[\n\t \r#:'\"\\\\\u{1b}\u{85}\u{feff}\u{2028}]){0,12}",
            "[-+0-9.eExo_:]{0,6}",
            prop::sample::select(vec![
                "yes", "null", "~", "<<", "true", "=", "---", "...", "- a", "? a", "!t", "&a", "*a", "%a",
                "@a", "`a`", "|", ">", "//a", "/*", "a #b", "a: b", "a:", "${A}", "$${A}", "{{A}}", "[a",
                "a]", "a,b", "a\n", "a\n\n", "\na", " a\nb"
            ])
            .prop_map(str::to_owned),
        ]
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any_text().prop_map(Value::String),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                prop::collection::vec((any_text(), inner), 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    /// Returns a value as it is written: with `$${` in its texts, not in its keys.
    fn escaped(value: &Value) -> Value {
        match value {
            Value::String(text) => text.replace("${", "$${").into(),
            Value::Array(items) => items.iter().map(escaped).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(key, it)| (key.clone(), escaped(it)))
                .collect(),
            other => other.clone(),
        }
    }

    proptest! {
        #![proptest_config(cases(400))]

        /// Both parsers read what was written; `$${` is a matter of interpolation.
        #[test]
        fn what_is_written_is_read_again(value in any_value()) {
            let written = written(&json!({"x-v": value}));
            let document = Document::parse("deploy.yaml", &written);
            prop_assert!(document.is_ok(), "{written}\n{document:?}");
            let read = serde_json::to_string(&document.unwrap().written()).unwrap();
            let expected = serde_json::to_string(&json!({"x-v": escaped(&value)})).unwrap();
            prop_assert_eq!(&read, &expected, "{}", written);
            let other: Value = serde_yaml::from_str(&written).map_err(|error| TestCaseError::fail(format!("{error}\n{written}")))?;
            prop_assert_eq!(serde_json::to_string(&other).unwrap(), expected, "{}", written);
        }
    }
}
