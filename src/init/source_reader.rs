//! Reads values of another tool's YAML file, and collects what is wrong with them.

use indexmap::{IndexMap, IndexSet};

use super::draft::DraftValue;
use super::template::{Template, TemplatePiece};
use crate::diagnostic::{Problem, Problems, Span};
use crate::model::{Entry, Node, NodeKind};

/// Parses a text of the tool; fails with what is wrong with it.
pub(super) type TemplateParser<'a> = &'a dyn Fn(&str) -> Result<Template, String>;

/// Reads values, and keeps the problems.
pub(super) struct SourceReader<'a> {
    parser: TemplateParser<'a>,
    /// What is wrong.
    pub problems: Problems,
    /// The environment variables that have no default.
    pub unset: IndexSet<String>,
    /// Where a variable's value can be set for init.
    set_in: &'static str,
}

impl<'a> SourceReader<'a> {
    /// Creates a reader. `set_in` says where a variable gets a value that init needs.
    pub fn new(parser: TemplateParser<'a>, set_in: &'static str) -> Self {
        Self {
            parser,
            problems: Problems::default(),
            unset: IndexSet::new(),
            set_in,
        }
    }

    /// Reads a scalar as a text with variables. `what` names it in messages.
    pub fn template(&mut self, what: &str, node: &Node) -> Option<Template> {
        let Some(text) = scalar(node) else {
            self.wrong(what, node, "a string");
            return None;
        };
        self.parsed(text, node.span)
    }

    /// Parses a text at a position.
    pub fn parsed(&mut self, text: &str, span: Span) -> Option<Template> {
        match (self.parser)(text) {
            Ok(template) => Some(template),
            Err(reason) => {
                let problem = Problem::error("interpolation", "invalid interpolation", span);
                self.problems.push(problem.label(reason));
                None
            }
        }
    }

    /// Returns a text as deploy.yaml spells it.
    pub fn drafted(&mut self, template: &Template, span: Span) -> Option<String> {
        let unset = template.unset().into_iter().map(str::to_owned);
        self.unset.extend(unset);
        let draft = template.draft();
        if draft.is_none() {
            let message = "deploy.yaml has no spelling for this text";
            let problem = Problem::error("interpolation", message, span);
            self.problems
                .push(problem.label("a `$` before a variable: set the variable's default, or its value"));
        }
        draft
    }

    /// Reads a text, with deploy.yaml's references in the place of variables.
    pub fn text(&mut self, what: &str, node: &Node) -> Option<String> {
        let template = self.template(what, node)?;
        self.drafted(&template, node.span)
    }

    /// Reads a text that must be known now.
    pub fn known(&mut self, what: &str, node: &Node) -> Option<String> {
        match self.template(what, node)?.known() {
            Ok(text) => Some(text),
            Err(name) => {
                let message = format!("`{what}` needs the value of `{name}`, which is not set");
                let problem = Problem::error("unset-variable", message, node.span);
                self.problems
                    .push(problem.label(format!("set {name} in {}, or give it a default", self.set_in)));
                None
            }
        }
    }

    /// Reads a value that must be known now, with a parser of its form.
    pub fn parse<T>(
        &mut self,
        what: &str,
        node: &Node,
        form: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.known(what, node)?;
        let parsed = parse(&text);
        if parsed.is_none() {
            let problem = Problem::error("invalid-value", format!("invalid `{what}`: `{text}`"), node.span);
            self.problems.push(problem.label(form));
        }
        parsed
    }

    /// Reads a boolean.
    pub fn flag(&mut self, what: &str, node: &Node) -> Option<bool> {
        self.parse(what, node, "`true` or `false`", |text| match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        })
    }

    /// Reads a whole number; one that is a variable stays a reference.
    pub fn count(&mut self, what: &str, node: &Node) -> Option<DraftValue> {
        let template = self.template(what, node)?;
        if let [TemplatePiece::Variable(_)] = template.pieces.as_slice() {
            return Some(self.drafted(&template, node.span)?.as_str().into());
        }
        let number = self.parse(what, node, "a whole number", |text| text.parse::<u32>().ok())?;
        Some(i64::from(number).into())
    }

    /// Reads a sequence.
    pub fn items<'n>(&mut self, what: &str, node: &'n Node) -> &'n [Node] {
        match &node.kind {
            NodeKind::List(items) => items,
            NodeKind::Null => &[],
            _ => {
                self.wrong(what, node, "a list");
                &[]
            }
        }
    }

    /// Reads a mapping.
    pub fn members<'n>(&mut self, what: &str, node: &'n Node) -> &'n [Entry] {
        match &node.kind {
            NodeKind::Map(entries) => entries,
            NodeKind::Null => &[],
            _ => {
                self.wrong(what, node, "a mapping");
                &[]
            }
        }
    }

    /// Reads a text or a list of texts.
    pub fn texts(&mut self, what: &str, node: &Node) -> Vec<String> {
        match &node.kind {
            NodeKind::List(items) => items.iter().filter_map(|item| self.text(what, item)).collect(),
            NodeKind::Null => Vec::new(),
            _ => self.text(what, node).into_iter().collect(),
        }
    }

    /// Reads a mapping of texts, or a list of `NAME=TEXT`. A name without a text has None.
    pub fn pairs(&mut self, what: &str, node: &Node) -> IndexMap<String, Option<Template>> {
        let mut pairs = IndexMap::new();
        if let NodeKind::List(items) = &node.kind {
            for item in items {
                let Some(text) = scalar(item) else {
                    self.wrong(what, item, "a list of NAME=VALUE");
                    continue;
                };
                let (name, value) = match text.split_once('=') {
                    Some((name, value)) => (name, self.parsed(value, item.span)),
                    None => (text, None),
                };
                self.add_pair(&mut pairs, name, value, item.span);
            }
            return pairs;
        }
        for entry in self.members(what, node) {
            let value = match entry.value.is_null() {
                true => None,
                false => self.template(&entry.key, &entry.value),
            };
            self.add_pair(&mut pairs, &entry.key, value, entry.key_span);
        }
        pairs
    }

    fn add_pair(
        &mut self,
        pairs: &mut IndexMap<String, Option<Template>>,
        name: &str,
        value: Option<Template>,
        span: Span,
    ) {
        if name.is_empty() {
            let problem = Problem::error("name", "a name is empty", span);
            return self.problems.push(problem.label("write NAME=VALUE"));
        }
        pairs.insert(name.to_owned(), value);
    }

    /// Reports a value of the wrong type.
    pub fn wrong(&mut self, what: &str, node: &Node, needed: &str) {
        let message = format!("`{what}` must be {needed}, not {}", node.kind.name());
        self.problems
            .push(Problem::error("wrong-type", message, node.span).label(needed));
    }
}

/// Returns a scalar as it is written; None of null, a sequence and a mapping.
pub(super) fn scalar(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Text(text) => text.as_literal(),
        NodeKind::Bool(_, source) | NodeKind::Number(_, source) => Some(source),
        NodeKind::Null | NodeKind::List(_) | NodeKind::Map(_) => None,
    }
}
