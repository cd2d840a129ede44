//! `${…}` in scalar values, interpolated after parsing, so that no value can change the file's structure.
//! There are two steps: `references` returns what to look up, `Interpolator` substitutes it.

mod find;
#[cfg(test)]
mod laws;
mod lookups;
mod named;
mod place;
mod reference;
mod source;
mod state;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use self::place::ScalarReferences;
use self::reference::InvalidInterpolation;
use self::reference::{Fallback, Interpolation, TextPiece};
use self::state::StatePlace;
use super::budget::{Budget, MAX_DEPTH, Weight};
use super::sources::SourceQuery;
use crate::diagnostic::{Level, Problem, Problems, Sources, Span};
use crate::model::{Entry, Node, NodeKind, Part, Text};
use crate::schema::similar_name;

pub(super) use lookups::has_references;
pub use lookups::{GitFacts, GitOutcome, Lookups, References, references};
pub(super) use named::{NamedReference, ReferenceInText, named_references};
pub(crate) use reference::is_name;

/// Placeholder for the account while it isn't known.
const SOME_ACCOUNT: &str = "000000000000";
/// Placeholder for the region while it isn't known.
pub(crate) const SOME_REGION: &str = "us-east-1";

/// Which facts were used that only a session provides. If one was not known, the result contains placeholders
/// and can be used for checks only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UsedFacts {
    /// Whether the account was used.
    pub account: bool,
    /// Whether the region was used.
    pub region: bool,
    /// Whether a source was used that isn't read yet. What depends on it is left out.
    pub sources: bool,
}

impl UsedFacts {
    fn add(&mut self, other: Self) {
        self.account |= other.account;
        self.region |= other.region;
        self.sources |= other.sources;
    }
}

/// Interpolates references. Holds the values they resolve to, and collects problems.
pub struct Interpolator<'a> {
    lookups: &'a Lookups,
    sources: &'a Sources,
    vars: HashMap<&'a str, &'a Node>,
    images: Vec<&'a str>,
    /// Variables being resolved, to detect cycles.
    open: Vec<String>,
    /// Resolved variables: each is reported once, however often it is used.
    resolved: HashMap<String, CachedVariable>,
    used: UsedFacts,
    /// What must be read from sources, and where a reference to it is.
    needed: BTreeMap<SourceQuery, Span>,
    /// `tfstate:`.
    tfstate: Option<&'a Node>,
    /// Where that is, once it was asked for.
    state_place: Option<StatePlace>,
    /// What Terraform marks as sensitive of what was filled in.
    sensitive: BTreeSet<String>,
    /// What was filled in.
    budget: Budget,
    /// Whether that was too much: then nothing more is filled in.
    is_over: bool,
    /// The number of values, variables and defaults around the one being filled in.
    depth: usize,
    /// The references of the scalar that a problem was reported in last.
    references: Option<ScalarReferences>,
    /// How often a value could not be resolved: for an error that was found, or one that was reported before.
    broken: usize,
    /// The references, as written, for which a default was filled in, and whether their values were empty.
    defaulted: BTreeMap<String, bool>,
    problems: &'a mut Problems,
}

/// A resolved variable of the file.
struct CachedVariable {
    resolved: ResolvedVariable,
    weight: Weight,
    used: UsedFacts,
}

/// What a variable of the file resolves to.
enum ResolvedVariable {
    Value(Node),
    Null,
    /// It depends on a source that isn't read yet.
    Pending,
    Broken,
}

/// What a reference resolves to.
enum ResolvedReference {
    Value(Node),
    /// No value, and the reason.
    Unset(String),
    /// No value where it was looked for: the reason, and what may be meant.
    Missing {
        reason: String,
        label: String,
    },
    /// Not known yet: `UsedFacts::sources` says so.
    Pending,
    /// Unusable: a problem was reported.
    Broken,
}

impl<'a> Interpolator<'a> {
    /// Creates an interpolator for the references of the file `root`, including its `vars` and `images`.
    pub fn new(
        root: &'a Node,
        lookups: &'a Lookups,
        sources: &'a Sources,
        problems: &'a mut Problems,
    ) -> Self {
        let members = |key| root.get(key).and_then(Node::entries).unwrap_or_default();
        Self {
            lookups,
            sources,
            vars: members("vars")
                .iter()
                .map(|entry| (entry.key.as_str(), &entry.value))
                .collect(),
            images: members("images").iter().map(|entry| entry.key.as_str()).collect(),
            open: Vec::new(),
            resolved: HashMap::new(),
            used: UsedFacts::default(),
            needed: BTreeMap::new(),
            tfstate: root.get("tfstate").filter(|node| !node.is_null()),
            state_place: None,
            sensitive: BTreeSet::new(),
            budget: Budget::default(),
            is_over: false,
            depth: 0,
            references: None,
            broken: 0,
            defaulted: BTreeMap::new(),
            problems,
        }
    }

    /// Returns the session facts used so far.
    pub fn used(&self) -> UsedFacts {
        self.used
    }

    /// Returns what must be read from sources, and where a reference to it is; and what is sensitive of what was.
    pub fn needed(self) -> (BTreeMap<SourceQuery, Span>, BTreeSet<String>) {
        (self.needed, self.sensitive)
    }

    /// Returns the references, as written, for which a default was filled in, and whether their values were empty.
    pub fn defaulted(self) -> BTreeMap<String, bool> {
        self.defaulted
    }

    /// Returns what was filled in so far; `None` if that was too much, which was reported.
    pub fn budget(&self) -> Option<Budget> {
        (!self.is_over).then_some(self.budget)
    }

    /// Interpolates a value like `node`, and returns the session facts that it uses.
    pub fn node_with_facts(&mut self, node: &Node) -> (Node, UsedFacts) {
        let before = std::mem::take(&mut self.used);
        let node = self.node(node);
        let used = std::mem::replace(&mut self.used, before);
        self.used.add(used);
        (node, used)
    }

    /// Returns a warning for each given variable that is not among the `referenced` ones, whose name may have a typo,
    /// and an error for a name that no variable can have.
    pub fn unused(&self, referenced: &BTreeSet<String>) -> Problems {
        let mut unused = Problems::default();
        for name in self
            .lookups
            .vars
            .keys()
            .filter(|name| !referenced.contains(*name))
        {
            let is_from_env = self.lookups.vars_from_env.contains(name);
            let given = |name: &str| match is_from_env {
                true => format!("ECSCTL_VAR_{name}"),
                false => format!("--var {name}=…"),
            };
            if !is_name(name) {
                let message = format!("invalid variable name `{name}` in {}", given(name));
                let problem = Problem::error("variable-name", message, None);
                unused.push(problem.hint("use ASCII letters, digits, `_` and `-`"));
                continue;
            }
            let message = format!("nothing uses {}", given(name));
            let problem = Problem::warning("unused-variable", message, None);
            let known = self.vars.keys().copied().filter(|known| known != name);
            unused.push(match similar_name(name, known) {
                Some(meant) => problem.hint(format!("did you mean {}?", given(meant))),
                None => problem,
            });
        }
        unused
    }

    /// Interpolates the whole file, and drops `vars`, `tfstate` and the free `x-` keys. Each variable is resolved once,
    /// so that a broken one is reported even if it is unused.
    pub fn file(&mut self, root: &Node) -> Node {
        self.resolve_vars();
        let Some(entries) = root.entries() else {
            return root.clone();
        };
        self.resolve_state_place();
        let is_content = |entry: &&Entry| {
            !matches!(entry.key.as_str(), "vars" | "tfstate") && !entry.key.starts_with("x-")
        };
        let entries = entries.iter().filter(is_content);
        // It was checked before anything was filled in.
        let entries = entries.map(|entry| match entry.key.as_str() {
            "requiredVersion" => entry.clone(),
            _ => self.entry(entry),
        });
        Node::map(root.span, entries)
    }

    /// Resolves every variable that isn't overridden, in the order of the file: one that refers to those before it
    /// isn't nested then.
    pub fn resolve_vars(&mut self) {
        let given = &self.lookups.vars;
        let names = self.vars.keys().copied();
        let mut names: Vec<&str> = names.filter(|name| !given.contains_key(*name)).collect();
        names.sort_by_key(|name| self.vars.get(name).map(|node| node.span));
        for name in names {
            self.resolve_var(name);
        }
    }

    /// Interpolates all references in a value, except those to images. A value that can't be interpolated
    /// is reported and becomes null, so that no further problems are reported for it.
    pub fn node(&mut self, node: &Node) -> Node {
        match &node.kind {
            NodeKind::Text(text) => match text.as_literal() {
                Some(literal) if literal.contains("${") => self.text(node.span, literal),
                _ => node.clone(),
            },
            NodeKind::List(_) | NodeKind::Map(_) => {
                if !self.enter(node.span) {
                    return Node::null(node.span);
                }
                let filled = match &node.kind {
                    NodeKind::List(items) => Node::list(node.span, items.iter().map(|item| self.node(item))),
                    _ => Node::map(node.span, node.members().iter().map(|entry| self.entry(entry))),
                };
                self.depth -= 1;
                filled
            }
            NodeKind::Null | NodeKind::Bool(..) | NodeKind::Number(..) => node.clone(),
        }
    }

    /// Goes one level deeper, or reports that it is too deep.
    fn enter(&mut self, span: Span) -> bool {
        let is_within = self.is_within_depth(1, span);
        self.depth += usize::from(is_within);
        is_within
    }

    /// Whether there may be so many levels more; reports it if not.
    fn is_within_depth(&mut self, levels: usize, span: Span) -> bool {
        if self.depth + levels <= MAX_DEPTH {
            return true;
        }
        let message = format!("nested deeper than {MAX_DEPTH} levels, variables and defaults filled in");
        self.report(Problem::error("too-deep", message, span));
        false
    }

    /// Counts a value before it is filled in, or reports that it is too much.
    fn spend(&mut self, weight: Weight, span: Span) -> bool {
        if self.is_over {
            return false;
        }
        if let Err(excess) = self.budget.spend(weight) {
            self.is_over = true;
            let message = format!("{excess} are filled in for references");
            let problem = Problem::error("too-large", message, span);
            self.report(problem.label("a variable is repeated too often, or is too long"));
            return false;
        }
        true
    }

    fn report(&mut self, problem: Problem) {
        self.broken += usize::from(problem.level == Level::Error);
        self.problems.push(problem);
    }

    fn entry(&mut self, entry: &Entry) -> Entry {
        if entry.key.contains("${") && !entry.key.contains("$${") {
            self.report(
                Problem::warning(
                    "reference-in-key",
                    format!("the key `{}` stays as it is", entry.key),
                    entry.key_span,
                )
                .label("`${…}` is filled in in values only"),
            );
        }
        entry.with_value(self.node(&entry.value))
    }

    fn text(&mut self, span: Span, value: &str) -> Node {
        let (pieces, malformed) = reference::split(value);
        let is_broken = !malformed.list.is_empty();
        for malformed in malformed.list {
            self.malformed(span, value, malformed);
        }
        self.problems.count_more(Level::Error, malformed.more);
        match self.pieces(&pieces, span, value) {
            Some(node) if !is_broken => node,
            _ => {
                self.problems.mark_unresolved(span);
                Node::null(span)
            }
        }
    }

    fn malformed(&mut self, span: Span, value: &str, malformed: InvalidInterpolation) {
        let place = self.place(span, value, &malformed.range);
        self.report(Problem::error(malformed.code, malformed.message, place).label(malformed.label));
    }

    /// Interpolates a text in pieces. `None` if any of them is broken.
    fn pieces(&mut self, pieces: &[TextPiece], span: Span, value: &str) -> Option<Node> {
        if let [TextPiece::Reference(reference)] = pieces {
            return self.whole(reference, span, value);
        }
        let mut parts: Vec<Part> = Vec::new();
        let mut is_whole = true;
        for piece in pieces {
            match piece {
                TextPiece::Literal(literal) => push(&mut parts, Part::Literal(literal.clone())),
                TextPiece::Reference(reference) => {
                    match self.resolve(reference, span, value).and_then(|node| {
                        let text = self.as_text(&node, reference, span, value);
                        text.map(|text| text.parts)
                    }) {
                        Some(found) => found.into_iter().for_each(|part| push(&mut parts, part)),
                        None => is_whole = false,
                    }
                }
            }
        }
        is_whole.then_some(Node::new(
            span,
            NodeKind::Text(Text {
                parts,
                plain: false,
                interpolated: false,
                filled: true,
            }),
        ))
    }

    /// Resolves a reference that is the whole value. It keeps the type of what it names, and for a variable
    /// of the file also its position: problems with the value are reported there.
    fn whole(&mut self, reference: &Interpolation, span: Span, value: &str) -> Option<Node> {
        self.resolve(reference, span, value).map(mark_interpolated)
    }

    fn resolve(&mut self, reference: &Interpolation, span: Span, value: &str) -> Option<Node> {
        let found = self.find(reference, span, value);
        let has_empty_value = matches!(found, ResolvedReference::Value(_));
        let (reason, meant) = match found {
            ResolvedReference::Broken => {
                // The problem was reported where it is; what refers to it is broken, too.
                self.broken += 1;
                return None;
            }
            ResolvedReference::Pending => return None,
            ResolvedReference::Value(node) if !is_empty(&node) => return Some(node),
            ResolvedReference::Value(node) => match &reference.fallback {
                None => return Some(node),
                Some(_) => {
                    let name = value.get(reference.name.clone()).unwrap_or_default();
                    (format!("`{name}` is empty"), None)
                }
            },
            ResolvedReference::Unset(reason) => (reason, None),
            ResolvedReference::Missing { reason, label } => (reason, Some(label)),
        };
        let message = match &reference.fallback {
            Some(Fallback::Default(pieces)) => {
                let name = value.get(reference.name.clone()).unwrap_or_default();
                self.defaulted.insert(name.to_owned(), has_empty_value);
                return self.default(pieces, span, value);
            }
            Some(Fallback::Required(message)) => Some(message),
            None => None,
        };
        let place = self.place(span, value, &reference.name);
        self.report(match message {
            Some(message) => {
                let message = if message.is_empty() { &reason } else { message };
                Problem::error("required-reference", message, place).label(reason)
            }
            None => {
                let name = value.get(reference.name.clone()).unwrap_or_default();
                let label = || format!("set it, or give a default: `${{{name}:-…}}`");
                Problem::error("unset-reference", reason, place).label(meant.unwrap_or_else(label))
            }
        });
        None
    }

    fn default(&mut self, pieces: &[TextPiece], span: Span, value: &str) -> Option<Node> {
        if !self.enter(span) {
            return None;
        }
        let default = self.pieces(pieces, span, value).map(mark_interpolated);
        self.depth -= 1;
        default
    }

    /// Converts a value to a part of a longer text: a scalar's source text.
    fn as_text(&mut self, node: &Node, reference: &Interpolation, span: Span, value: &str) -> Option<Text> {
        match &node.kind {
            NodeKind::Text(text) => Some(text.clone()),
            NodeKind::Number(_, source) | NodeKind::Bool(_, source) => Some(Text::literal(source.clone())),
            NodeKind::Null => Some(Text::literal("")),
            NodeKind::List(_) | NodeKind::Map(_) => {
                let kind = if node.items().is_some() {
                    "a list"
                } else {
                    "a mapping"
                };
                let name = value.get(reference.name.clone()).unwrap_or_default();
                let message = format!("`{name}` is {kind} and can't be part of a text");
                let place = self.place(span, value, &reference.name);
                self.report(
                    Problem::error("reference-in-text", message, place).label("use it as the whole value"),
                );
                None
            }
        }
    }

    fn place(&mut self, span: Span, value: &str, part: &Range<usize>) -> Span {
        let before = value.get(..part.start.saturating_add(2).min(value.len()));
        let dollar = before.and_then(|before| before.rfind("${")).unwrap_or(part.start);
        let references = match self.references.take().filter(|found| found.is_of(span, value)) {
            Some(found) => found,
            None => ScalarReferences::of(self.sources, span, value),
        };
        let place = references
            .locate(self.sources, value, dollar, part)
            .unwrap_or(span);
        self.references = Some(references);
        place
    }
}

fn is_empty(node: &Node) -> bool {
    node.as_str().is_some_and(str::is_empty)
}

/// Marks a whole value (or a default) as interpolated: it may then be read as a number or a boolean.
fn mark_interpolated(mut node: Node) -> Node {
    if let NodeKind::Text(text) = &mut node.kind {
        text.interpolated = true;
        text.filled = true;
    }
    node
}

/// Creates a node for text from outside of the file.
fn text_node(span: Span, text: &str) -> Node {
    let kind = NodeKind::Text(Text {
        interpolated: true,
        filled: true,
        ..Text::literal(text)
    });
    Node { span, kind }
}

/// Adds a part; two literals never follow each other, and none is empty.
fn push(parts: &mut Vec<Part>, part: Part) {
    match (parts.last_mut(), part) {
        (_, Part::Literal(text)) if text.is_empty() => {}
        (Some(Part::Literal(last)), Part::Literal(text)) => last.push_str(&text),
        (_, part) => parts.push(part),
    }
}
