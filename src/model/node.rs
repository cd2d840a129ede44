//! deploy.yaml as a tree whose values know their source location.

use super::{ImageRef, Object, Value};
use crate::diagnostic::Span;

/// A value and its location.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The source location. A default has the span of what it belongs to.
    pub span: Span,
    /// The value.
    pub kind: NodeKind,
}

/// The kinds of YAML 1.2's core schema. Scalars keep their source text,
/// because `V: 1.10` in an environment means that text.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// `null`, `~` or empty: absent, with no default.
    Null,
    /// `true` or `false`, and the source text.
    Bool(bool, String),
    /// An integer within i64 or u64, or a float, and the source text.
    Number(serde_json::Number, String),
    /// Text, possibly with image placeholders.
    Text(Text),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in source order, without duplicate keys.
    Map(Vec<Entry>),
}

/// A key of a mapping and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The location of the key.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

/// Text in parts. All interpolations except `${images.…}` are already resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The parts, in order. Two literals never follow each other; no literal is empty.
    pub parts: Vec<Part>,
    /// Written as a plain scalar, neither quoted nor a block: `yes` may have been meant as a boolean.
    pub plain: bool,
    /// The whole value came from a `${…}`: where the API wants an integer or boolean, text that parses as one is
    /// accepted.
    pub interpolated: bool,
    /// Part of the value came from a `${…}`, possibly from outside the file, so no message repeats it.
    pub filled: bool,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Literal text.
    Literal(String),
    /// An image placeholder.
    Image(ImageRef),
}

impl Text {
    /// Creates text without image placeholders.
    pub fn literal(text: impl Into<String>) -> Self {
        let text = text.into();
        let parts = if text.is_empty() {
            Vec::new()
        } else {
            vec![Part::Literal(text)]
        };
        Self {
            parts,
            plain: false,
            interpolated: false,
            filled: false,
        }
    }

    /// Returns the text, unless it contains an image placeholder.
    pub fn as_literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// Whether any part is literal text from the file.
    pub fn has_literal_part(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Literal(_)))
    }

    /// Returns the text as written in the file; None if any of it came from a `${…}`.
    pub fn as_written(&self) -> Option<&str> {
        self.as_literal().filter(|_| !self.filled)
    }

    /// Returns the text with every image placeholder filled in.
    pub fn fill(&self, fill: &dyn Fn(&ImageRef) -> String) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Literal(text) => text.clone(),
                Part::Image(image) => fill(image),
            })
            .collect()
    }
}

impl Entry {
    /// Creates an entry from a key and its value.
    pub fn new(key: impl Into<String>, key_span: Span, value: Node) -> Self {
        let key = key.into();
        Self { key, key_span, value }
    }

    /// Returns an entry with the same key and another value.
    pub fn with_value(&self, value: Node) -> Self {
        Self::new(self.key.clone(), self.key_span, value)
    }
}

impl NodeKind {
    /// Returns the kind as errors name it: `a mapping`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(..) => "a boolean",
            Self::Number(..) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}

impl Node {
    /// Creates a value at a location.
    pub fn new(span: Span, kind: NodeKind) -> Self {
        Self { span, kind }
    }

    /// Creates a null at a location.
    pub fn null(span: Span) -> Self {
        Self::new(span, NodeKind::Null)
    }

    /// Creates literal text at a location.
    pub fn text(span: Span, text: impl Into<String>) -> Self {
        Self::new(span, NodeKind::Text(Text::literal(text)))
    }

    /// Creates an integer at a location.
    pub fn integer(span: Span, number: i64) -> Self {
        Self::new(span, NodeKind::Number(number.into(), number.to_string()))
    }

    /// Creates a boolean at a location.
    pub fn bool(span: Span, value: bool) -> Self {
        Self::new(span, NodeKind::Bool(value, value.to_string()))
    }

    /// Creates a sequence at a location.
    pub fn list(span: Span, items: impl IntoIterator<Item = Node>) -> Self {
        Self::new(span, NodeKind::List(items.into_iter().collect()))
    }

    /// Creates a mapping at a location.
    pub fn map(span: Span, entries: impl IntoIterator<Item = Entry>) -> Self {
        Self::new(span, NodeKind::Map(entries.into_iter().collect()))
    }

    /// Returns the entries if this is a mapping.
    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.kind {
            NodeKind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// Returns the entries of a mapping; empty for any other kind.
    pub fn members(&self) -> &[Entry] {
        self.entries().unwrap_or_default()
    }

    /// Returns a member's text if it is text without image placeholders.
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// Keeps only some entries of a mapping.
    pub fn retain(&mut self, is_kept: impl FnMut(&Entry) -> bool) {
        if let NodeKind::Map(entries) = &mut self.kind {
            entries.retain(is_kept);
        }
    }

    /// Returns the entries of a mapping to change their values; empty for any other kind.
    pub fn members_mut(&mut self) -> &mut [Entry] {
        match &mut self.kind {
            NodeKind::Map(entries) => entries,
            _ => &mut [],
        }
    }

    /// Returns a member of a mapping to change it, including a null one.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let mut members = self.members_mut().iter_mut();
        members
            .find(|entry| entry.key == key)
            .map(|entry| &mut entry.value)
    }

    /// Returns the items if this is a sequence.
    pub fn items(&self) -> Option<&[Node]> {
        match &self.kind {
            NodeKind::List(items) => Some(items),
            _ => None,
        }
    }

    /// Returns a member of a mapping, including a null one.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Returns an entry of a mapping, including a null one.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries()?.iter().find(|entry| entry.key == key)
    }

    /// Whether it is null: "absent, and no default".
    pub fn is_null(&self) -> bool {
        matches!(self.kind, NodeKind::Null)
    }

    /// Returns the text if it is text without image placeholders.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Text(text) => text.as_literal(),
            _ => None,
        }
    }

    /// Converts to JSON, with image placeholders filled in by `fill`. Null members of mappings are omitted,
    /// because they mean "absent".
    pub fn to_value(&self, fill: &dyn Fn(&ImageRef) -> String) -> Value {
        match &self.kind {
            NodeKind::Null => Value::Null,
            NodeKind::Bool(value, _) => Value::Bool(*value),
            NodeKind::Number(number, _) => Value::Number(number.clone()),
            NodeKind::Text(text) => Value::String(text.fill(fill)),
            NodeKind::List(items) => items.iter().map(|item| item.to_value(fill)).collect(),
            NodeKind::Map(entries) => Value::Object(
                entries
                    .iter()
                    .filter(|entry| !entry.value.is_null())
                    .map(|entry| (entry.key.clone(), entry.value.to_value(fill)))
                    .collect::<Object>(),
            ),
        }
    }

    /// Returns every image reference in order of appearance, without duplicates.
    pub fn image_refs(&self) -> Vec<ImageRef> {
        let mut found = Vec::new();
        self.collect_image_refs(&mut found);
        found
    }

    fn collect_image_refs(&self, found: &mut Vec<ImageRef>) {
        match &self.kind {
            NodeKind::Text(text) => {
                for part in &text.parts {
                    if let Part::Image(image) = part
                        && !found.contains(image)
                    {
                        found.push(image.clone());
                    }
                }
            }
            NodeKind::List(items) => items.iter().for_each(|item| item.collect_image_refs(found)),
            NodeKind::Map(entries) => entries
                .iter()
                .for_each(|entry| entry.value.collect_image_refs(found)),
            NodeKind::Null | NodeKind::Bool(..) | NodeKind::Number(..) => {}
        }
    }
}
