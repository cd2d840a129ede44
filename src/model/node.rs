//! deploy.yaml as a tree in which every value knows where it was written.

use super::{ImageRef, Object, Value};
use crate::diagnostic::Span;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it was written. A default has the span of what it belongs to.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// The kinds of YAML 1.2's core schema. Scalars keep their source text,
/// because `V: 1.10` in an environment means the text.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// `null`, `~` or nothing: absent, and no default.
    Null,
    /// `true` or `false`, and the text as written.
    Bool(bool, String),
    /// An integer within i64 or u64, or a float, and the text as written.
    Number(serde_json::Number, String),
    /// Text, perhaps with places that an image fills in later.
    Text(Text),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in its own order, with no key twice.
    Map(Vec<Entry>),
}

/// One key of a mapping and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key was written.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

/// Text in parts. All interpolations but `${images.…}` are already done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// In order. Two literals never follow each other; no literal is empty.
    pub parts: Vec<Part>,
    /// Written without quotes and not as a block: `yes` was perhaps meant as a boolean.
    pub plain: bool,
    /// A whole-value `${…}` gave it: where the API wants an integer or a boolean, text that reads as one is taken.
    pub interpolated: bool,
    /// A `${…}` gave some of it, from outside of the file perhaps: no message repeats it.
    pub filled: bool,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// As it stands.
    Literal(String),
    /// Filled in by an image.
    Image(ImageRef),
}

impl Text {
    /// Text without any late part.
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

    /// The text, unless an image is still to fill in a part.
    pub fn as_literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// Whether any of it stands as it was written.
    pub fn has_literal_part(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Literal(_)))
    }

    /// The text as the file has it: none that a `${…}` gave some of.
    pub fn as_written(&self) -> Option<&str> {
        self.as_literal().filter(|_| !self.filled)
    }

    /// The text with every late part filled in.
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
    /// A key and its value.
    pub fn new(key: impl Into<String>, key_span: Span, value: Node) -> Self {
        let key = key.into();
        Self { key, key_span, value }
    }

    /// The same key with another value.
    pub fn with_value(&self, value: Node) -> Self {
        Self::new(self.key.clone(), self.key_span, value)
    }
}

impl Node {
    /// A value at a place.
    pub fn new(span: Span, kind: NodeKind) -> Self {
        Self { span, kind }
    }

    /// Null at a place.
    pub fn null(span: Span) -> Self {
        Self::new(span, NodeKind::Null)
    }

    /// Plain text at a place.
    pub fn text(span: Span, text: impl Into<String>) -> Self {
        Self::new(span, NodeKind::Text(Text::literal(text)))
    }

    /// An integer at a place.
    pub fn integer(span: Span, number: i64) -> Self {
        Self::new(span, NodeKind::Number(number.into(), number.to_string()))
    }

    /// A boolean at a place.
    pub fn bool(span: Span, value: bool) -> Self {
        Self::new(span, NodeKind::Bool(value, value.to_string()))
    }

    /// A sequence at a place.
    pub fn list(span: Span, items: impl IntoIterator<Item = Node>) -> Self {
        Self::new(span, NodeKind::List(items.into_iter().collect()))
    }

    /// A mapping at a place.
    pub fn map(span: Span, entries: impl IntoIterator<Item = Entry>) -> Self {
        Self::new(span, NodeKind::Map(entries.into_iter().collect()))
    }

    /// The entries, if this is a mapping.
    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.kind {
            NodeKind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The entries of a mapping; none of anything else.
    pub fn members(&self) -> &[Entry] {
        self.entries().unwrap_or_default()
    }

    /// The text of a member, if it is text without a late part.
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// The items, if this is a sequence.
    pub fn items(&self) -> Option<&[Node]> {
        match &self.kind {
            NodeKind::List(items) => Some(items),
            _ => None,
        }
    }

    /// The member of a mapping, a null one too.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a mapping, a null one too.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries()?.iter().find(|entry| entry.key == key)
    }

    /// Whether it says "absent, and no default".
    pub fn is_null(&self) -> bool {
        matches!(self.kind, NodeKind::Null)
    }

    /// The text, if it is text without a late part.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Text(text) => text.as_literal(),
            _ => None,
        }
    }

    /// The JSON value, late parts filled in by `fill`. Null members of mappings are left out: they say "absent".
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

    /// Every image that it refers to, in order of appearance, each once.
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
