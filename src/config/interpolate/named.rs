//! The names that a text refers to, for `render --explain`.

use super::reference::{Fallback, InterpolationTarget, TextPiece, split};

/// A `${…}` of a text.
pub(crate) struct ReferenceInText {
    /// As written: `vars.x`.
    pub written: String,
    /// What that names.
    pub named: NamedReference,
    /// Whether its default is used.
    pub is_defaulted: bool,
}

/// What a `${…}` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NamedReference {
    /// A variable of the file.
    Var(String),
    /// A variable of the process's environment.
    Env(String),
    /// An image, by its name.
    Image(String),
    /// The account.
    Account,
    /// The region.
    Region,
    /// Something that is looked up elsewhere: `git`.
    Other(String),
}

/// Returns what a text refers to. A reference whose default stands in its place `is_unset`.
pub(crate) fn named_references(text: &str, is_unset: &dyn Fn(&str) -> bool) -> Vec<ReferenceInText> {
    let mut found = Vec::new();
    collect(text, &split(text).0, is_unset, &mut found);
    found
}

fn collect(
    text: &str,
    pieces: &[TextPiece],
    is_unset: &dyn Fn(&str) -> bool,
    found: &mut Vec<ReferenceInText>,
) {
    for piece in pieces {
        let TextPiece::Reference(reference) = piece else {
            continue;
        };
        let written = text.get(reference.name.clone()).unwrap_or_default().to_owned();
        let source = written.split(['.', ':']).next().unwrap_or_default().to_owned();
        let named = match &reference.target {
            InterpolationTarget::Var(name) => NamedReference::Var(name.clone()),
            InterpolationTarget::Env(name) => NamedReference::Env(name.clone()),
            InterpolationTarget::Image(name) => NamedReference::Image(name.clone()),
            InterpolationTarget::Account => NamedReference::Account,
            InterpolationTarget::Region => NamedReference::Region,
            _ => NamedReference::Other(source),
        };
        let default = match &reference.fallback {
            Some(Fallback::Default(pieces)) if is_unset(&written) => Some(pieces),
            _ => None,
        };
        found.push(ReferenceInText {
            written,
            named,
            is_defaulted: default.is_some(),
        });
        if let Some(pieces) = default {
            collect(text, pieces, is_unset, found);
        }
    }
}
