//! Looks up what a reference to a source names: `${ssm:/name}`.

use super::reference::{Interpolation, TextPiece};
use super::{Interpolator, ResolvedReference, UsedFacts};
use crate::config::sources::{SourceKind, SourceQuery, SourceReply};
use crate::config::state_address::StateAddress;
use crate::config::state_location::StateLocation;
use crate::diagnostic::{Problem, Span, joined};
use crate::model::split_secret;
use crate::schema::{nearest, similar_name};

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

/// What to read for a reference, and which part of the reply is its value.
struct SourceValue {
    query: SourceQuery,
    /// The name in a reply of several texts.
    member: String,
    /// What stands behind the text.
    suffix: String,
    /// The value's address in a Terraform state.
    address: Option<StateAddress>,
}

/// Why a name can't be looked up.
enum SourceRefusal {
    /// It is a secret's: what it is, and what a container's `secrets` takes.
    Secret(&'static str, String),
    /// The message, and the text beside the underline.
    Invalid(String, String),
}

impl SourceValue {
    /// `state` is where Terraform's state is, if that is asked for.
    fn of(kind: SourceKind, name: &str, state: Option<StateLocation>) -> Result<Self, SourceRefusal> {
        let whole = |query: fn(String) -> SourceQuery| Self {
            query: query(name.to_owned()),
            member: String::new(),
            suffix: String::new(),
            address: None,
        };
        match kind {
            SourceKind::Parameter => match name.strip_prefix(SECRET_PARAMETER) {
                Some(secret) => {
                    let what = "a secret of AWS Secrets Manager";
                    Err(SourceRefusal::Secret(
                        what,
                        format!("${{secretsmanager:{secret}}}"),
                    ))
                }
                None => Ok(whole(SourceQuery::Parameter)),
            },
            SourceKind::Export => Ok(Self {
                query: SourceQuery::Exports,
                member: name.to_owned(),
                suffix: String::new(),
                address: None,
            }),
            // An output's name is alphanumeric (CloudFormation user guide, "Outputs", Logical ID).
            SourceKind::StackOutput => match name.rsplit_once('.') {
                Some((stack, output)) if !stack.is_empty() && !output.is_empty() => Ok(Self {
                    query: SourceQuery::Stack(stack.to_owned()),
                    member: output.to_owned(),
                    suffix: String::new(),
                    address: None,
                }),
                _ => {
                    let message = format!("`cfn:{name}` names no output of a stack");
                    Err(SourceRefusal::Invalid(
                        message,
                        "write `cfn:STACK.OUTPUT`".to_owned(),
                    ))
                }
            },
            SourceKind::Secret => {
                let (secret, suffix) = secret_and_suffix(name).ok_or_else(|| {
                    let message = format!("`secretsmanager:{name}` has too many parts");
                    let label = "write `secretsmanager:NAME:JSON_KEY:VERSION_STAGE:VERSION_ID` at most";
                    SourceRefusal::Invalid(message, label.to_owned())
                })?;
                Ok(Self {
                    query: SourceQuery::Secret(secret.to_owned()),
                    member: String::new(),
                    suffix,
                    address: None,
                })
            }
            SourceKind::State => {
                let invalid = |label| {
                    let message = format!("`tfstate:{name}` is not an address in a Terraform state");
                    SourceRefusal::Invalid(message, label)
                };
                let address = StateAddress::parse(name).map_err(invalid)?;
                let state = state.ok_or_else(|| {
                    let message = "the file doesn't say where the Terraform state is".to_owned();
                    let label = "add `tfstate:` with a path or s3://BUCKET/KEY at the top of the file";
                    SourceRefusal::Invalid(message, label.to_owned())
                })?;
                Ok(Self {
                    query: SourceQuery::State(state),
                    member: String::new(),
                    suffix: String::new(),
                    address: Some(address),
                })
            }
        }
    }
}

/// Splits the name or ARN of a secret from its JSON key, version stage and version ID, and returns these as ECS takes
/// them behind an ARN: all three of them (Amazon ECS developer guide, "Pass Secrets Manager secrets through Amazon ECS
/// environment variables").
fn secret_and_suffix(name: &str) -> Option<(&str, String)> {
    let (secret, mut parts) = split_secret(name)?;
    if parts.is_empty() {
        return Some((secret, String::new()));
    }
    parts.resize(3, "");
    Some((secret, format!(":{}", parts.join(":"))))
}

/// Reports an output or an export that doesn't exist, with those that do.
fn missing_member<'a>(
    kind: SourceKind,
    owner: &str,
    member: &str,
    known: impl Iterator<Item = &'a String> + Clone,
) -> ResolvedReference {
    let what = match kind {
        SourceKind::Export => "export",
        _ => "output",
    };
    let known = known.map(String::as_str);
    let label = match similar_name(member, known.clone()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            let nearest = nearest(member, known, 5);
            match nearest.is_empty() {
                true => format!("it has no {what}s"),
                false => format!("it has {}", joined(&nearest)),
            }
        }
    };
    ResolvedReference::Missing {
        reason: format!("{owner} has no {what} `{member}`"),
        label,
    }
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
        let state = match kind {
            SourceKind::State => match self.state_place(reference, span, value) {
                Ok(state) => state,
                Err(resolved) => return resolved,
            },
            _ => None,
        };
        let value_of = match SourceValue::of(kind, &name, state) {
            Ok(value_of) => value_of,
            Err(SourceRefusal::Secret(what, secret)) => {
                return self.refuse_secret(what, &secret, &name, reference, span, value);
            }
            Err(SourceRefusal::Invalid(message, label)) => {
                return self.unknown(message, label, reference, span, value);
            }
        };
        let Some(reply) = self.lookups.sources.get(&value_of.query) else {
            let place = self.place(span, value, &reference.name);
            self.needed.entry(value_of.query).or_insert(place);
            return self.pending();
        };
        match reply {
            SourceReply::Text(text) => self.outside(span, &format!("{text}{}", value_of.suffix)),
            SourceReply::Named { owner, texts } => match texts.get(&value_of.member) {
                Some(text) => self.outside(span, text),
                None => missing_member(kind, owner, &value_of.member, texts.keys()),
            },
            SourceReply::State(state) => match &value_of.address {
                Some(address) => self.state_value(&state.clone(), address, &name, span),
                None => ResolvedReference::Broken,
            },
            SourceReply::Unusable(why) => self.unusable_state(&why.clone()),
            SourceReply::Missing(reason) => ResolvedReference::Unset(reason.clone()),
            SourceReply::Secret { what, value_from } => {
                self.refuse_secret(what, value_from, &name, reference, span, value)
            }
        }
    }

    pub(super) fn pending(&mut self) -> ResolvedReference {
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
        // A key of Terraform's `for_each` may be any text.
        let may_have_spaces = kind == SourceKind::State;
        let is_legal = |c: char| may_have_spaces && c == ' ' || !c.is_whitespace() && !c.is_control();
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
