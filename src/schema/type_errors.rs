//! The message of each kind of problem that the check finds.

use super::model::{EcsOperation, Shape, ShapeName, ShapeType, model};
use super::read_only::{READ_ONLY, READ_ONLY_OF_SERVICE};
use super::similar_names::{nearest, similar_name};
use super::suggestion;
use super::type_names::{in_words, places_of, reference};
use crate::diagnostic::{Problem, Span};
use crate::model::{Entry, Node, NodeKind};

/// How error messages refer to a value. The text is written when there is an error.
#[derive(Clone, Copy)]
pub(super) struct ValueName<'a> {
    /// The whole input's shape, if it is the whole input.
    input: Option<ShapeName>,
    key: Option<Span>,
    /// How many lists it is an item of.
    lists: usize,
    /// The member's name; for items of a list, the list's name.
    member: &'a str,
    /// The structure that contains the member.
    parent: Option<ShapeName>,
}

impl<'a> ValueName<'a> {
    /// Returns the name of the whole input, under the key at `key`.
    pub fn root(input: ShapeName, key: Option<Span>) -> Self {
        Self {
            input: Some(input),
            key,
            lists: 0,
            member: "",
            parent: None,
        }
    }

    /// Returns the name of a member under its key.
    pub fn member(key: &'a str, span: Span, parent: Option<ShapeName>) -> Self {
        Self {
            input: None,
            key: Some(span),
            lists: 0,
            member: key,
            parent,
        }
    }

    /// Returns the name of any item of the list at this location.
    pub fn items(self) -> Self {
        Self {
            key: None,
            lists: self.lists + 1,
            ..self
        }
    }

    /// Returns the name as in a message: `` an item of `command` ``.
    fn name(self) -> String {
        let whole = match self.input {
            Some(input) => in_words(input),
            None => format!("`{}`", self.member),
        };
        format!("{}{whole}", "an item of ".repeat(self.lists))
    }

    /// Whether it refers to an item of a list, which may not be null.
    pub fn is_item(self) -> bool {
        self.lists > 0
    }

    /// Returns where to report that this structure lacks a member: its key, else its first member, else
    /// itself.
    pub fn missing_at(self, entries: &[Entry], span: Span) -> Span {
        self.key
            .or_else(|| entries.first().map(|entry| entry.key_span))
            .unwrap_or(span)
    }
}

pub(super) fn unknown_key(entry: &Entry, name: ShapeName, shape: &Shape, own: &[&'static str]) -> Problem {
    let key = &entry.key;
    let members = || members(shape, own);
    let problem = Problem::error(
        "unknown-key",
        format!("unknown key `{key}` in {}", in_words(name)),
        entry.key_span,
    );
    let read_only = match name {
        _ if name == EcsOperation::RegisterTaskDefinition.input() => READ_ONLY.contains(&key.as_str()),
        _ if name == EcsOperation::CreateService.input() => READ_ONLY_OF_SERVICE.contains(&key.as_str()),
        _ => false,
    };
    let problem = if key.starts_with("x-") {
        problem.label("`x-` keys are free at the top level only")
    } else if read_only {
        problem.label("it is read-only: remove it")
    } else if let Some(meant) = misspelled(key, shape, own) {
        problem.label(format!("did you mean `{meant}`?"))
    } else if let Some(place) = places_of(key).into_iter().find(|place| *place != name) {
        problem.label(format!("belongs in {}", in_words(place)))
    } else {
        let known = listed(&nearest(key, members(), 5));
        let problem = problem.label("not a member").note(format!("nearest: {known}"));
        problem.hint("for a member that AWS added later, pass --allow-unknown-fields")
    };
    problem.note(format!("see {}", reference(name)))
}

/// Returns the member that an unknown key probably means.
pub(super) fn misspelled(key: &str, shape: &Shape, own: &[&'static str]) -> Option<&'static str> {
    let is_known = members(shape, own).any(|member| member == key);
    (!is_known).then(|| similar_name(key, members(shape, own)))?
}

fn members(shape: &Shape, own: &[&'static str]) -> impl Iterator<Item = &'static str> {
    let members = shape.members().map(|(member, _)| member);
    members.chain(own.iter().copied())
}

pub(super) fn missing(member: &str, name: ShapeName, at: Span) -> Problem {
    Problem::error(
        "missing-key",
        format!("missing `{member}` in {}", in_words(name)),
        at,
    )
    .label(format!("add `{member}:`"))
    .note(format!("see {}", reference(name)))
}

pub(super) fn null_item(span: Span, place: ValueName<'_>) -> Problem {
    Problem::error("wrong-type", format!("{} is null", place.name()), span).label("remove the item")
}

pub(super) fn unknown_value(
    written: &str,
    valid: &[&'static str],
    span: Span,
    place: ValueName<'_>,
) -> Problem {
    let problem = Problem::error(
        "unknown-value",
        format!("unknown value `{written}` for {}", place.name()),
        span,
    );
    let problem = match similar_name(written, valid.iter().copied()) {
        Some(meant) => problem.label(format!("did you mean `{meant}`?")),
        None => problem.label("not a valid value"),
    };
    problem.note(format!("valid: {}", valid.join(", ")))
}

/// The problem of an empty enum value. Go's SDK omits empty enum values from requests, so files of tools
/// written with it (ecspresso) may contain them: they mean that the member is absent.
pub(super) fn empty_value(span: Span, place: ValueName<'_>) -> Problem {
    Problem::warning("empty-value", format!("{} is empty", place.name()), span).label("treated as absent")
}

pub(super) fn pattern(pattern: &str, span: Span, place: ValueName<'_>) -> Problem {
    Problem::error(
        "wrong-characters",
        format!("{} has a character that AWS rejects", place.name()),
        span,
    )
    .label("refused")
    .note(format!("it must match {pattern}"))
}

pub(super) fn too_large(span: Span, place: ValueName<'_>) -> Problem {
    Problem::error("out-of-range", format!("{} is too large", place.name()), span).label(format!(
        "{} to {}",
        i32::MIN,
        i32::MAX
    ))
}

pub(super) fn range(
    found: f64,
    min: Option<f64>,
    max: Option<f64>,
    unit: &str,
    span: Span,
    place: ValueName<'_>,
) -> Problem {
    let is_count = !unit.is_empty();
    // A minimum length of 0 is not worth mentioning.
    let bounds = match (min.filter(|min| !is_count || *min > 0.0), max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => String::new(),
    };
    let verb = if is_count { "have" } else { "be" };
    let unit = match max.or(min) {
        _ if !is_count => String::new(),
        Some(1.0) => format!(" {}", unit.trim_end_matches('s')),
        _ => format!(" {unit}"),
    };
    Problem::error(
        "out-of-range",
        format!("{} must {verb} {bounds}{unit}, not {found}", place.name()),
        span,
    )
    .label(format!("{bounds}{unit}"))
}

pub(super) fn kind(node: &Node, name: ShapeName, place: ValueName<'_>) -> Problem {
    let wanted = model().shape(name).map_or(ShapeType::Other, |shape| shape.kind);
    let found = match &node.kind {
        NodeKind::Number(_, text) if matches!(wanted, ShapeType::Integer | ShapeType::Long) => text.clone(),
        kind => kind.name().to_owned(),
    };
    let needed = match wanted {
        ShapeType::String => "a string",
        ShapeType::Integer | ShapeType::Long => "a whole number",
        ShapeType::Double | ShapeType::Float => "a number",
        ShapeType::Boolean => "`true` or `false`",
        ShapeType::Structure | ShapeType::Map => "a mapping",
        ShapeType::List => "a list",
        ShapeType::Timestamp => "a time such as \"2026-12-31T23:00:00Z\"",
        ShapeType::Other => "something else",
    };
    Problem::error(
        "wrong-type",
        format!("{} must be {needed}, not {found}", place.name()),
        node.span,
    )
    .label(
        suggestion::label(node, name, place.member, place.parent).unwrap_or_else(|| format!("not {needed}")),
    )
}

/// The problem with an item of the list `key`, whose items are structures of this shape.
pub fn refused_item(item: &Node, shape: ShapeName, key: &str) -> Problem {
    kind(item, shape, ValueName::member(key, item.span, None).items())
}

fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
