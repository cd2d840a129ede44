//! Looks up what a reference to a source names: `${ssm:/name}`.

use super::reference::{Interpolation, TextPiece};
use super::{Interpolator, ResolvedReference, UsedFacts};
use crate::config::sources::{SourceKind, SourceQuery, SourceReply};
use crate::diagnostic::{Problem, Span};

/// How Parameter Store refers to a secret of Secrets Manager (AWS Systems Manager user guide, "Referencing AWS
/// Secrets Manager secrets from Parameter Store parameters").
const SECRET_PARAMETER: &str = "/aws/reference/secretsmanager/";

/// The name of a value, as far as it is known.
enum SourceName {
    Known(String),
    /// It depends on something that isn't known yet.
    Pending,
    /// A problem was reported.
    Broken,
}

impl Interpolator<'_> {
    /// Looks up a value of a source. One that wasn't read yet is noted as needed.
    pub(super) fn source(
        &mut self,
        kind: SourceKind,
        name: &[TextPiece],
        reference: &Interpolation,
        span: Span,
        value: &str,
    ) -> ResolvedReference {
        let name = match self.source_name(kind, name, reference, span, value) {
            SourceName::Known(name) => name,
            SourceName::Pending => return self.pending(),
            SourceName::Broken => return ResolvedReference::Broken,
        };
        let query = match kind {
            SourceKind::Parameter if name.starts_with(SECRET_PARAMETER) => {
                let secret = name.trim_start_matches(SECRET_PARAMETER);
                let what = "a secret of AWS Secrets Manager";
                return self.refuse_secret(what, secret, &name, reference, span, value);
            }
            SourceKind::Parameter => SourceQuery::Parameter(name.clone()),
        };
        match self.lookups.sources.get(&query) {
            None => {
                let place = self.place(span, value, &reference.name);
                self.needed.entry(query).or_insert(place);
                self.pending()
            }
            Some(SourceReply::Text(text)) => self.outside(span, text),
            Some(SourceReply::Missing(reason)) => ResolvedReference::Unset(reason.clone()),
            Some(SourceReply::Secret { what, value_from }) => {
                self.refuse_secret(what, value_from, &name, reference, span, value)
            }
        }
    }

    fn pending(&mut self) -> ResolvedReference {
        self.used.sources = true;
        ResolvedReference::Pending
    }

    /// Fills in the references in a name.
    fn source_name(
        &mut self,
        kind: SourceKind,
        name: &[TextPiece],
        reference: &Interpolation,
        span: Span,
        value: &str,
    ) -> SourceName {
        if !self.enter(span) {
            return SourceName::Broken;
        }
        let before = std::mem::take(&mut self.used);
        let filled = match name {
            [TextPiece::Literal(name)] => Some(name.clone()),
            pieces => self.pieces(pieces, span, value).map(|node| match &node.kind {
                crate::model::NodeKind::Number(_, source) | crate::model::NodeKind::Bool(_, source) => {
                    source.clone()
                }
                _ => node.as_str().unwrap_or_default().to_owned(),
            }),
        };
        self.depth -= 1;
        let used = std::mem::replace(&mut self.used, before);
        self.used.add(used);
        let Some(name) = filled else {
            return match used.sources {
                true => SourceName::Pending,
                false => SourceName::Broken,
            };
        };
        if self.is_guess(used) {
            return SourceName::Pending;
        }
        let is_legal = |c: char| !c.is_whitespace() && !c.is_control();
        if name.is_empty() || !name.chars().all(is_legal) {
            let message = format!("`{}:` needs {}", kind.prefix(), kind.names());
            let label = match name.is_empty() {
                true => "the name is empty",
                false => "the name contains spaces",
            };
            return match self.unknown(message, label.to_owned(), reference, span, value) {
                ResolvedReference::Pending => SourceName::Pending,
                _ => SourceName::Broken,
            };
        }
        SourceName::Known(name)
    }

    /// Whether a value that uses these facts has placeholders in it.
    pub(crate) fn is_guess(&self, used: UsedFacts) -> bool {
        let lookups = self.lookups;
        used.account && lookups.account.is_none() || used.region && lookups.region.is_none() || used.sources
    }

    fn refuse_secret(
        &mut self,
        what: &str,
        value_from: &str,
        name: &str,
        reference: &Interpolation,
        span: Span,
        value: &str,
    ) -> ResolvedReference {
        let message = format!("`{name}` is {what}: its value can't be filled in");
        let place = self.place(span, value, &reference.name);
        self.report(
            Problem::error("secret-reference", message, place)
                .label("a container gets it through `secrets`")
                .note(format!("secrets: {{NAME: \"{value_from}\"}}")),
        );
        ResolvedReference::Broken
    }
}
