//! The names that a text refers to, for `render --explain`.

use super::reference::{Fallback, InterpolationTarget, TextPiece, split};

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

/// Returns what a text refers to, also in defaults: as written, `vars.x`, and what it names.
pub(crate) fn named_references(text: &str) -> Vec<(String, NamedReference)> {
    let mut found = Vec::new();
    collect(text, &split(text).0, &mut found);
    found
}

fn collect(text: &str, pieces: &[TextPiece], found: &mut Vec<(String, NamedReference)>) {
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
        found.push((written, named));
        if let Some(Fallback::Default(pieces)) = &reference.fallback {
            collect(text, pieces, found);
        }
    }
}
