//! Checks a spanned value against the shape of an operation's input, and reports all problems at once.

use super::model::{EcsOperation, Model, Shape, ShapeName, ShapeType, model};
use super::type_errors::{self, ValueName};
use super::type_names::CONTAINER_KEYS;
use crate::diagnostic::{Level, Problems, Span};
use crate::model::{Entry, Node, NodeKind, Text};

/// Values that AWS accepts although its model lacks them, by the enum's shape. `http` is used by the
/// templates of aws/aws-app-mesh-examples.
pub const EXTRA_VALUES: [(ShapeName, &str); 1] = [("TransportProtocol", "http")];

/// Options of a check.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// Accept members and enum values that this binary does not know (`--allow-unknown-fields`).
    pub allow_unknown: bool,
    /// Top-level members that ecsctl sets itself: not required; if present, the caller handles them.
    pub supplied: &'static [&'static str],
    /// Keys that deploy.yaml has at the same level besides the API's: suggested when a key is misspelled.
    pub own_keys: &'static [&'static str],
    /// The location of the key that holds the value, where a missing top-level member is reported.
    pub at: Option<Span>,
}

/// Checks a value against an operation's input. Returns it with interpolated text converted to the
/// numbers and booleans that the API requires; invalid values are reported in `problems` and returned
/// unchanged. A null member counts as absent. Text that depends on an image not yet known is accepted as
/// any string.
pub fn check(node: &Node, operation: EcsOperation, options: &CheckOptions, problems: &mut Problems) -> Node {
    check_shape(node, operation.input(), options, problems)
}

/// The same for a value of a shape: `supplied` and `own_keys` are those of this shape.
pub fn check_shape(node: &Node, input: ShapeName, options: &CheckOptions, problems: &mut Problems) -> Node {
    let place = ValueName::root(input, options.at);
    let mut walk = SchemaCheck {
        model: model(),
        options,
        input,
        problems,
    };
    walk.value(node, input, place)
}

/// Checks a key's value against a shape, as `check` does. The key may have another name than AWS's member.
pub fn check_member(entry: &Entry, shape: ShapeName, allow_unknown: bool, problems: &mut Problems) -> Node {
    let options = CheckOptions {
        allow_unknown,
        ..CheckOptions::default()
    };
    let mut walk = SchemaCheck {
        model: model(),
        options: &options,
        input: "",
        problems,
    };
    walk.value(
        &entry.value,
        shape,
        ValueName::member(&entry.key, entry.key_span, None),
    )
}

/// Checks an item of the list `key` against its shape, as `check` does.
pub fn check_item(item: &Node, shape: ShapeName, key: &str, problems: &mut Problems) {
    let mut walk = SchemaCheck {
        model: model(),
        options: &CheckOptions::default(),
        input: "",
        problems,
    };
    walk.value(item, shape, ValueName::member(key, item.span, None).items());
}

/// Returns the member of an operation's input, or the caller's own key, that an unknown key probably means.
pub fn misspelled_member(
    operation: EcsOperation,
    own_keys: &[&'static str],
    key: &str,
) -> Option<&'static str> {
    let shape = model().shape(operation.input())?;
    type_errors::misspelled(key, shape, own_keys)
}

struct SchemaCheck<'a> {
    model: &'static Model,
    options: &'a CheckOptions,
    /// The operation's own input, the only level at which `supplied` and the caller.s `own_keys` apply.
    input: ShapeName,
    problems: &'a mut Problems,
}

impl SchemaCheck<'_> {
    fn value(&mut self, node: &Node, name: ShapeName, place: ValueName<'_>) -> Node {
        let Some(shape) = self.model.shape(name).filter(|shape| !shape.document) else {
            return node.clone();
        };
        if node.is_null() {
            // A value that could not be resolved reads as null, and has been reported.
            if place.is_item() && !self.problems.concern(node.span) {
                self.problems.push(type_errors::null_item(node.span, place));
            }
            return node.clone();
        }
        match (shape.kind, &node.kind) {
            (ShapeType::Structure, NodeKind::Map(entries)) => {
                self.structure(node.span, entries, name, shape, place)
            }
            (ShapeType::Map, NodeKind::Map(entries)) => self.map(node.span, entries, shape),
            (ShapeType::List, NodeKind::List(items)) => self.list(node.span, items, shape, place),
            (ShapeType::String, NodeKind::Text(text)) => {
                if !shape.values.is_empty() && text.as_literal() == Some("") && !place.is_item() {
                    self.problems.push(type_errors::empty_value(node.span, place));
                    return Node::null(node.span);
                }
                self.string(node, text, name, shape, place);
                node.clone()
            }
            (ShapeType::Integer | ShapeType::Long, _) => self
                .integer(node, shape, place)
                .unwrap_or_else(|| self.mismatch(node, name, place)),
            (ShapeType::Double | ShapeType::Float, _) => self
                .number(node, shape, place)
                .unwrap_or_else(|| self.mismatch(node, name, place)),
            (ShapeType::Timestamp, _) => timestamp(node).unwrap_or_else(|| self.mismatch(node, name, place)),
            (ShapeType::Boolean, _) => boolean(node).unwrap_or_else(|| self.mismatch(node, name, place)),
            (ShapeType::Other, _) => node.clone(),
            _ => self.mismatch(node, name, place),
        }
    }

    fn mismatch(&mut self, node: &Node, wanted: ShapeName, place: ValueName<'_>) -> Node {
        self.problems.push(type_errors::kind(node, wanted, place));
        node.clone()
    }

    fn structure(
        &mut self,
        span: Span,
        entries: &[Entry],
        name: ShapeName,
        shape: &Shape,
        place: ValueName<'_>,
    ) -> Node {
        let is_input = name == self.input;
        let checked: Vec<Entry> = entries
            .iter()
            .map(|entry| self.member(entry, name, shape, is_input))
            .collect();
        for required in &shape.required {
            // A value that could not be resolved reads as null, and has been reported.
            let is_there = entries.iter().any(|entry| {
                entry.key == *required && (!entry.value.is_null() || self.problems.concern(entry.value.span))
            });
            let is_callers = is_input && self.options.supplied.contains(required);
            let own = self.own_keys(name);
            // An unknown key is reported with the name that it probably means.
            let is_misspelled = || {
                !self.options.allow_unknown
                    && entries
                        .iter()
                        .any(|entry| type_errors::misspelled(&entry.key, shape, own) == Some(required))
            };
            if !is_there && !is_callers && !is_misspelled() {
                let at = place.missing_at(entries, span);
                self.problems.push(type_errors::missing(required, name, at));
            }
        }
        Node::map(span, checked)
    }

    fn member(&mut self, entry: &Entry, name: ShapeName, shape: &Shape, is_input: bool) -> Entry {
        let is_callers = is_input && self.options.supplied.contains(&entry.key.as_str());
        let value = match shape.member_shape(&entry.key) {
            _ if is_callers => entry.value.clone(),
            Some(inner) => self.value(
                &entry.value,
                inner,
                ValueName::member(&entry.key, entry.key_span, Some(name)),
            ),
            None => {
                let own = self.own_keys(name);
                let is_own = !is_input && own.contains(&entry.key.as_str());
                if !self.options.allow_unknown && !is_own {
                    match self.problems.is_full() {
                        true => self.problems.count_more(Level::Error, 1),
                        false => self
                            .problems
                            .push(type_errors::unknown_key(entry, name, shape, own)),
                    }
                }
                entry.value.clone()
            }
        };
        entry.with_value(value)
    }

    /// Returns the keys that deploy.yaml has in a structure besides the API's.
    fn own_keys(&self, name: ShapeName) -> &'static [&'static str] {
        match name {
            _ if name == self.input => self.options.own_keys,
            "ContainerDefinition" => &CONTAINER_KEYS,
            _ => &[],
        }
    }

    fn map(&mut self, span: Span, entries: &[Entry], shape: &Shape) -> Node {
        let checked = entries.iter().map(|entry| {
            entry.with_value(match shape.value {
                Some(inner) => self.value(
                    &entry.value,
                    inner,
                    ValueName::member(&entry.key, entry.key_span, None),
                ),
                None => entry.value.clone(),
            })
        });
        Node::map(span, checked)
    }

    fn list(&mut self, span: Span, items: &[Node], shape: &Shape, place: ValueName<'_>) -> Node {
        self.range(items.len() as f64, shape, "items", span, place);
        let Some(inner) = shape.member else {
            return Node::list(span, items.to_vec());
        };
        let of = place.items();
        let checked = items.iter().map(|item| self.value(item, inner, of));
        Node::list(span, checked)
    }

    fn string(&mut self, node: &Node, text: &Text, name: ShapeName, shape: &Shape, place: ValueName<'_>) {
        let Some(literal) = text.as_literal() else { return };
        self.range(
            literal.chars().count() as f64,
            shape,
            "characters",
            node.span,
            place,
        );
        let is_known = shape.values.is_empty()
            || shape.values.contains(&literal)
            || EXTRA_VALUES.contains(&(name, literal));
        if !is_known && !self.options.allow_unknown {
            self.problems.push(type_errors::unknown_value(
                literal,
                &shape.values,
                node.span,
                place,
            ));
        }
        if let Some(pattern) = shape.pattern.as_deref()
            && !matches_whole(pattern, literal)
        {
            self.problems
                .push(type_errors::pattern(pattern, node.span, place));
        }
    }

    /// Checks an integer; None if the value is not an integer.
    fn integer(&mut self, node: &Node, shape: &Shape, place: ValueName<'_>) -> Option<Node> {
        let number = match &node.kind {
            NodeKind::Number(number, _) => number.as_i64().map(|number| (number, node.clone())),
            NodeKind::Text(text) if text.interpolated => {
                let read = text.as_literal().and_then(|text| text.parse::<i64>().ok());
                read.map(|number| (number, Node::integer(node.span, number)))
            }
            _ => None,
        };
        let (number, node) = number?;
        if shape.kind == ShapeType::Integer && i32::try_from(number).is_err() {
            self.problems.push(type_errors::too_large(node.span, place));
        }
        self.range(number as f64, shape, "", node.span, place);
        Some(node)
    }

    /// Checks a number; None if the value is not a number.
    fn number(&mut self, node: &Node, shape: &Shape, place: ValueName<'_>) -> Option<Node> {
        let number = match &node.kind {
            NodeKind::Number(number, _) => Some((number.as_f64().unwrap_or(f64::NAN), node.clone())),
            NodeKind::Text(text) if text.interpolated => text.as_literal().and_then(|text| {
                let number = serde_json::Number::from_f64(text.parse().ok()?)?;
                let kind = NodeKind::Number(number.clone(), text.to_owned());
                Some((number.as_f64()?, Node::new(node.span, kind)))
            }),
            _ => None,
        };
        let (number, node) = number?;
        self.range(number, shape, "", node.span, place);
        Some(node)
    }

    fn range(&mut self, number: f64, shape: &Shape, unit: &str, span: Span, place: ValueName<'_>) {
        let too_small = shape.min.is_some_and(|min| number < min);
        let too_great = shape.max.is_some_and(|max| number > max);
        if too_small || too_great {
            self.problems.push(type_errors::range(
                number, shape.min, shape.max, unit, span, place,
            ));
        }
    }
}

/// Reads `true` or `false`, including interpolated text of that form; None for anything else.
fn boolean(node: &Node) -> Option<Node> {
    match &node.kind {
        NodeKind::Bool(..) => Some(node.clone()),
        NodeKind::Text(text) if text.interpolated => match text.as_literal() {
            Some("true") => Some(Node::bool(node.span, true)),
            Some("false") => Some(Node::bool(node.span, false)),
            _ => None,
        },
        _ => None,
    }
}

/// Reads a point in time as the seconds since 1970 that AWS's JSON protocol sends; None for anything else.
fn timestamp(node: &Node) -> Option<Node> {
    match &node.kind {
        NodeKind::Number(number, _) => number.as_i64().map(|_| node.clone()),
        NodeKind::Text(text) => {
            let at: jiff::Timestamp = text.as_literal()?.parse().ok()?;
            Some(Node::integer(node.span, at.as_second()))
        }
        _ => None,
    }
}

/// Whether the pattern matches the whole string, as in AWS. A pattern that can't be compiled here is left
/// to AWS.
fn matches_whole(pattern: &str, text: &str) -> bool {
    regex::Regex::new(&format!("^(?:{pattern})$")).map_or(true, |regex| regex.is_match(text))
}

#[cfg(test)]
mod tests;
