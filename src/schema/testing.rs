//! Test support: writes a JSON value to a file's text, with the tree that a parser would build from it, and
//! configures property tests.

use proptest::prelude::ProptestConfig;
use serde_json::{Value, json};

use super::model::{ShapeType, model};
use crate::diagnostic::{Problem, Problems, SourceId, Span};
use crate::model::{Entry, ImageAttribute, ImageRef, Node, NodeKind, Part, Text};

/// Returns a configuration with this number of cases, unless proptest's own `PROPTEST_CASES` sets another.
pub(crate) fn cases(number: u32) -> ProptestConfig {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default(),
        None => ProptestConfig::with_cases(number),
    }
}

/// The text of a file and its tree. In its strings `plain:yes` is unquoted text, `var:5` was interpolated
/// as a whole, and `image:web` is filled in by the image `web`.
pub(crate) struct Written {
    pub text: String,
    pub node: Node,
}

pub(crate) fn written(value: &Value) -> Written {
    let mut text = String::new();
    let node = write(value, &mut text);
    Written { text, node }
}

impl Written {
    /// Formats each problem as `message [underlined] label`, with its notes and hint on separate lines.
    pub(crate) fn render(&self, problems: Problems) -> String {
        let lines: Vec<String> = problems
            .sorted()
            .iter()
            .map(|problem| self.line(problem))
            .collect();
        lines.join("\n")
    }

    fn line(&self, problem: &Problem) -> String {
        let place = problem
            .span
            .map_or("nowhere", |span| &self.text[span.start..span.end]);
        let label = problem.label.as_deref().unwrap_or_default();
        let mut line = format!("{} [{place}] {label}", problem.message);
        problem
            .notes
            .iter()
            .for_each(|note| line += &format!("\n  = {note}"));
        problem
            .hint
            .iter()
            .for_each(|hint| line += &format!("\n  hint: {hint}"));
        line
    }
}

fn span(start: usize, text: &str) -> Span {
    Span {
        source: SourceId(0),
        start,
        end: text.len(),
    }
}

fn write(value: &Value, text: &mut String) -> Node {
    let start = text.len();
    let kind = match value {
        Value::Object(members) => {
            *text += "{";
            let entries = members.iter().map(|(key, value)| {
                let at = text.len();
                *text += key;
                let key_span = span(at, text);
                *text += ": ";
                let value = write(value, text);
                *text += ", ";
                Entry::new(key.clone(), key_span, value)
            });
            let entries = entries.collect();
            *text += "}";
            NodeKind::Map(entries)
        }
        Value::Array(items) => {
            *text += "[";
            let items = items.iter().map(|item| {
                let item = write(item, text);
                *text += ", ";
                item
            });
            let items = items.collect();
            *text += "]";
            NodeKind::List(items)
        }
        scalar => {
            *text += &scalar.to_string();
            match scalar {
                Value::Bool(flag) => NodeKind::Bool(*flag, scalar.to_string()),
                Value::Number(number) => NodeKind::Number(number.clone(), scalar.to_string()),
                Value::String(string) => NodeKind::Text(text_of(string)),
                _ => NodeKind::Null,
            }
        }
    };
    Node::new(span(start, text), kind)
}

fn text_of(string: &str) -> Text {
    if let Some(image) = string.strip_prefix("image:") {
        let image = ImageRef {
            image: image.to_owned(),
            attribute: ImageAttribute::Uri,
        };
        return Text {
            parts: vec![Part::Image(image)],
            plain: true,
            interpolated: true,
            filled: true,
        };
    }
    let (plain, rest) = (
        string.starts_with("plain:"),
        string.strip_prefix("plain:").unwrap_or(string),
    );
    let (interpolated, rest) = (
        rest.starts_with("var:"),
        rest.strip_prefix("var:").unwrap_or(rest),
    );
    Text {
        plain,
        interpolated,
        filled: interpolated,
        ..Text::literal(rest)
    }
}

/// Generates a value that satisfies the shape, chosen by `seed`.
pub(crate) fn valid(name: &str, seed: u64) -> Value {
    let shape = model().shape(name).unwrap();
    let next = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(name.len() as u64 + 1);
    match shape.kind {
        ShapeType::Structure => shape
            .members()
            .enumerate()
            .filter(|(at, (member, _))| shape.required.contains(member) || next >> (at % 60) & 1 == 1)
            .map(|(at, (member, inner))| (member.to_owned(), valid(inner, next ^ at as u64)))
            .collect(),
        ShapeType::List => {
            let least = shape.min.unwrap_or(0.0) as u64;
            let most = shape.max.unwrap_or(3.0).min(3.0) as u64;
            (0..least.max(next >> 7 & 3).min(most))
                .map(|at| valid(shape.member.unwrap(), next ^ at))
                .collect()
        }
        ShapeType::Map => json!({"a": valid(shape.value.unwrap(), next)}),
        ShapeType::Boolean => json!(next & 2 == 0),
        ShapeType::Double => json!(2.5),
        ShapeType::Integer => json!(shape.min.unwrap_or(1.0) as i64),
        _ => match shape.values.as_slice() {
            [] => json!(format!("text{}", next % 5)),
            values => json!(values[next as usize % values.len()]),
        },
    }
}
