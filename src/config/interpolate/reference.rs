//! The grammar of `${…}`: what a text refers to, and at which position.

use std::ops::Range;

use crate::config::budget::MAX_DEPTH;
use crate::config::sources::SourceKind;
use crate::diagnostic::MAX_KEPT;
use crate::schema::similar_name;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TextPiece {
    /// Literal text, with `$${` already turned into `${`.
    Literal(String),
    /// A reference to look up.
    Reference(Interpolation),
}

/// One `${…}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Interpolation {
    /// The byte range in the text, from the dollar to the closing brace.
    pub range: Range<usize>,
    /// The range of the name.
    pub name: Range<usize>,
    /// The target of the reference.
    pub target: InterpolationTarget,
    /// What to do if the target is unset or empty.
    pub fallback: Option<Fallback>,
}

/// The target of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum InterpolationTarget {
    Var(String),
    Env(String),
    /// Everything after `images.`; it is split into name and attribute once the images are known.
    Image(String),
    Git(GitFact),
    Account,
    Region,
    /// A value that is read from elsewhere, and its name there, which may contain references itself.
    Source(SourceKind, Vec<TextPiece>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GitFact {
    Sha,
    ShortSha,
    Branch,
    BranchSlug,
    Tag,
    Dirty,
}

impl GitFact {
    const NAMES: [(&'static str, GitFact); 6] = [
        ("sha", GitFact::Sha),
        ("shortSha", GitFact::ShortSha),
        ("branch", GitFact::Branch),
        ("branchSlug", GitFact::BranchSlug),
        ("tag", GitFact::Tag),
        ("dirty", GitFact::Dirty),
    ];
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fallback {
    /// `:-`: a default value, which may contain references itself.
    Default(Vec<TextPiece>),
    /// `:?`: an error with this message.
    Required(String),
}

/// The invalid references of a text: as many as are reported, and how many more there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct InvalidInterpolations {
    pub list: Vec<InvalidInterpolation>,
    pub more: usize,
}

impl InvalidInterpolations {
    fn push(&mut self, invalid: InvalidInterpolation) {
        if self.list.len() < MAX_KEPT {
            self.list.push(invalid);
        } else {
            self.more += 1;
        }
    }
}

/// Splits a text into pieces. Invalid references are left out and returned with what is wrong with them.
pub(super) fn split(text: &str) -> (Vec<TextPiece>, InvalidInterpolations) {
    let mut splitter = InterpolationParser {
        text,
        depth: 0,
        malformed: InvalidInterpolations::default(),
    };
    let pieces = splitter.pieces(0..text.len());
    (pieces, splitter.malformed)
}

struct InterpolationParser<'t> {
    text: &'t str,
    /// The number of defaults around this one.
    depth: usize,
    malformed: InvalidInterpolations,
}

impl InterpolationParser<'_> {
    fn pieces(&mut self, within: Range<usize>) -> Vec<TextPiece> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut at = within.start;
        while at < within.end {
            let rest = &self.text[at..within.end];
            let Some(dollar) = rest.find("${") else {
                literal.push_str(rest);
                break;
            };
            let start = at + dollar;
            // `$${` is a literal `${`; what follows continues as text.
            if rest[..dollar].ends_with('$') {
                literal.push_str(&rest[..dollar - 1]);
                literal.push_str("${");
                at = start + 2;
                continue;
            }
            literal.push_str(&rest[..dollar]);
            let Some(close) = closing_brace(&self.text[start..within.end]) else {
                self.malformed.push(InvalidInterpolation {
                    range: start..within.end,
                    code: "unclosed-reference",
                    message: "`${` without its `}`".to_owned(),
                    label: "write `$${` for a literal `${`".to_owned(),
                });
                break;
            };
            let end = start + close + 1;
            if let Some(reference) = self.reference(start..end) {
                push_literal(&mut pieces, &mut literal);
                pieces.push(TextPiece::Reference(reference));
            }
            at = end;
        }
        push_literal(&mut pieces, &mut literal);
        pieces
    }

    fn reference(&mut self, range: Range<usize>) -> Option<Interpolation> {
        let inner = range.start + 2..range.end - 1;
        let content = &self.text[inner.clone()];
        let mark = fallback_mark(content);
        let written = &content[..mark.unwrap_or(content.len())];
        let start = inner.start + (written.len() - written.trim_start().len());
        let name = start..start + written.trim().len();
        let fallback = match mark {
            None => None,
            Some(mark) => {
                let body = inner.start + mark + 2..inner.end;
                Some(match &content[mark..mark + 2] {
                    ":-" => Fallback::Default(self.default(body)?),
                    _ => Fallback::Required(self.text[body].trim().to_owned()),
                })
            }
        };
        let target = match source(&self.text[name.clone()]) {
            Some((kind, before)) => self.source(kind, name.start + before..name.end)?,
            None => match self.target(name.clone()) {
                Ok(target) => target,
                Err(malformed) => {
                    self.malformed.push(malformed);
                    return None;
                }
            },
        };
        Some(Interpolation {
            range,
            name,
            target,
            fallback,
        })
    }

    /// Reads the name of a value of a source, which is at this range.
    fn source(&mut self, kind: SourceKind, range: Range<usize>) -> Option<InterpolationTarget> {
        if self.text[range.clone()].trim().is_empty() {
            let message = format!("`{}:` needs {}", kind.prefix(), kind.names());
            let range = range.start - kind.prefix().len() - 1..range.end;
            let label = format!("for example `{}:{}`", kind.prefix(), kind.example());
            self.malformed
                .push(InvalidInterpolation::unknown(range, message, label));
            return None;
        }
        Some(InterpolationTarget::Source(kind, self.default(range)?))
    }

    /// Splits a text inside a reference, or reports that there are too many around it.
    fn default(&mut self, body: Range<usize>) -> Option<Vec<TextPiece>> {
        if self.depth >= MAX_DEPTH {
            self.malformed.push(InvalidInterpolation {
                range: body,
                code: "too-deep",
                message: format!("nested deeper than {MAX_DEPTH} references"),
                label: "a reference inside a reference".to_owned(),
            });
            return None;
        }
        self.depth += 1;
        let pieces = self.pieces(body);
        self.depth -= 1;
        Some(pieces)
    }

    fn target(&self, range: Range<usize>) -> Result<InterpolationTarget, InvalidInterpolation> {
        let written = &self.text[range.clone()];
        if written.is_empty() {
            let message = "empty reference `${}`".to_owned();
            return Err(InvalidInterpolation::unknown(
                range.start.saturating_sub(2)..range.end + 1,
                message,
                "write `$${}` for a literal `${}`",
            ));
        }
        if let Some(prefix) = misspelled_source(written) {
            let root = written.split(':').next().unwrap_or(written);
            return Err(InvalidInterpolation::unknown(
                range.start..range.start + root.len(),
                format!("unknown source `{root}:`"),
                format!("did you mean `{prefix}:`?"),
            ));
        }
        let Some((root, rest)) = written.split_once('.') else {
            return Err(bare(written, range));
        };
        let member = range.start + root.len() + 1..range.end;
        match root {
            "vars" if is_name(rest) => Ok(InterpolationTarget::Var(rest.to_owned())),
            "env" if is_name(rest) => Ok(InterpolationTarget::Env(rest.to_owned())),
            "images" if !rest.is_empty() => Ok(InterpolationTarget::Image(rest.to_owned())),
            "git" => git(rest, member),
            "aws" => aws(rest, member),
            "vars" | "env" | "images" => Err(InvalidInterpolation::unknown(
                range,
                format!("`{written}` is not a valid name"),
                name_rule(rest),
            )),
            _ => Err(unknown_root(written, root, range.start..range.start + root.len())),
        }
    }
}

/// Returns what a name may have, or what may follow it: shells and Compose have more operators.
fn name_rule(written: &str) -> &'static str {
    let is_of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    match written.trim_start_matches(is_of_name).chars().next() {
        Some(':' | '+' | '?' | '=') => "only `:-DEFAULT` and `:?MESSAGE` may follow a name",
        _ => "letters, digits, `_` and `-`",
    }
}

/// Returns the source that a reference names, and the length of its prefix.
fn source(written: &str) -> Option<(SourceKind, usize)> {
    let (prefix, _) = written.split_once(':')?;
    let kind = SourceKind::ALL.into_iter().find(|kind| kind.prefix() == prefix)?;
    Some((kind, prefix.len() + 1))
}

/// Returns the source that may be meant by what stands before a colon, which is none.
fn misspelled_source(written: &str) -> Option<&'static str> {
    let (prefix, _) = written.split_once(':')?;
    similar_name(prefix, SourceKind::ALL.map(SourceKind::prefix))
}

/// Returns where the first `:-` or `:?` is that belongs to the reference itself, not to one inside it.
fn fallback_mark(content: &str) -> Option<usize> {
    let mut open = 0_usize;
    let bytes = content.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' => open = open.saturating_sub(1),
            b':' if open == 0 && matches!(bytes.get(at + 1), Some(b'-' | b'?')) => return Some(at),
            _ => {}
        }
    }
    None
}

/// Returns the offset of the brace that closes the first one in `text`, taking nested braces in defaults
/// into account.
fn closing_brace(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' if open == 1 => return Some(at),
            b'}' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn push_literal(pieces: &mut Vec<TextPiece>, literal: &mut String) {
    if !literal.is_empty() {
        pieces.push(TextPiece::Literal(std::mem::take(literal)));
    }
}

fn git(name: &str, range: Range<usize>) -> Result<InterpolationTarget, InvalidInterpolation> {
    let fact = GitFact::NAMES.iter().find(|(known, _)| *known == name);
    match fact {
        Some((_, fact)) => Ok(InterpolationTarget::Git(*fact)),
        None => {
            let known = GitFact::NAMES.map(|(known, _)| known);
            Err(unknown_member("git", name, &known, range))
        }
    }
}

fn aws(name: &str, range: Range<usize>) -> Result<InterpolationTarget, InvalidInterpolation> {
    match name {
        "account" => Ok(InterpolationTarget::Account),
        "region" => Ok(InterpolationTarget::Region),
        _ => Err(unknown_member("aws", name, &["account", "region"], range)),
    }
}

/// The valid roots of `${…}`, before the dot.
const ROOTS: [&str; 5] = ["vars", "env", "images", "git", "aws"];
/// An invalid `${…}`: what is wrong, and where in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InvalidInterpolation {
    pub range: Range<usize>,
    pub code: &'static str,
    pub message: String,
    pub label: String,
}

impl InvalidInterpolation {
    pub fn unknown(range: Range<usize>, message: String, label: impl Into<String>) -> Self {
        Self {
            range,
            code: "unknown-reference",
            message,
            label: label.into(),
        }
    }
}

pub(super) fn unknown_member(
    root: &str,
    name: &str,
    known: &[&str],
    range: Range<usize>,
) -> InvalidInterpolation {
    let label = match similar_name(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{root}.{meant}`?"),
        None => format!("one of {}", known.join(", ")),
    };
    InvalidInterpolation::unknown(range, format!("`{root}.{name}` is unknown"), label)
}

pub(super) fn unknown_root(written: &str, root: &str, range: Range<usize>) -> InvalidInterpolation {
    let label = match similar_name(root, ROOTS) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if is_source(root) => format!("write `{root}:`, with a colon"),
        None => format!("available: {}, {}", ROOTS.join(", "), sources()),
    };
    InvalidInterpolation::unknown(range, format!("unknown reference `${{{written}}}`"), label)
}

/// Lists the sources: `ssm:, cfn:`.
fn sources() -> String {
    let prefixes = SourceKind::ALL.map(|kind| format!("{}:", kind.prefix()));
    prefixes.join(", ")
}

/// Whether this is what stands before the colon of a reference to a source.
fn is_source(root: &str) -> bool {
    SourceKind::ALL.iter().any(|kind| kind.prefix() == root)
}

/// Returns the problem for `${PORT}`, which may be meant as a shell variable.
pub(super) fn bare(written: &str, range: Range<usize>) -> InvalidInterpolation {
    let incomplete = || format!("incomplete reference `${{{written}}}`");
    if ROOTS.contains(&written) {
        return InvalidInterpolation::unknown(range, incomplete(), format!("`{written}.` what?"));
    }
    if is_source(written) {
        return InvalidInterpolation::unknown(range, incomplete(), format!("`{written}:` what?"));
    }
    let label = if is_name(written) {
        format!(
            "write `${{env.{written}}}` for the environment variable, `$${{{written}}}` for the literal text"
        )
    } else {
        "write `$${` for a literal `${`".to_owned()
    };
    InvalidInterpolation::unknown(range, format!("unknown reference `${{{written}}}`"), label)
}

/// Whether a string is a valid variable name, as in shells and `--var`.
pub(crate) fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars
        .next()
        .is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn literal(text: &str) -> String {
        let (pieces, malformed) = split(text);
        assert_eq!(malformed.list, [], "{text}");
        pieces
            .into_iter()
            .map(|piece| match piece {
                TextPiece::Literal(literal) => literal,
                TextPiece::Reference(reference) => text[reference.range].to_owned(),
            })
            .collect()
    }

    #[test]
    fn a_lone_dollar_is_literal() {
        for (text, expected) in [
            ("costs 5$", "costs 5$"),
            ("$HOME $(ls) $1 $$", "$HOME $(ls) $1 $$"),
            ("$${PORT}", "${PORT}"),
            ("a $${x} b $${y}", "a ${x} b ${y}"),
            ("$$${x}", "$${x}"),
            ("}{", "}{"),
        ] {
            assert_eq!(literal(text), expected);
        }
    }

    #[test]
    fn defaults_may_hold_references_and_braces() {
        let (pieces, malformed) = split("a${env.X:-b${vars.y:-{\"c\": {}}}d}e");
        assert_eq!(malformed.list, []);
        let [
            TextPiece::Literal(_),
            TextPiece::Reference(outer),
            TextPiece::Literal(last),
        ] = pieces.as_slice()
        else {
            panic!("{pieces:?}")
        };
        assert_eq!(last, "e");
        let Some(Fallback::Default(inner)) = &outer.fallback else {
            panic!("{outer:?}")
        };
        let [
            TextPiece::Literal(_),
            TextPiece::Reference(inner),
            TextPiece::Literal(last),
        ] = inner.as_slice()
        else {
            panic!("{inner:?}")
        };
        assert_eq!(last, "d");
        assert_eq!(
            inner.fallback,
            Some(Fallback::Default(vec![TextPiece::Literal(
                "{\"c\": {}}".to_owned()
            )]))
        );
    }

    fn parameter(name: &str) -> InterpolationTarget {
        let name = TextPiece::Literal(name.to_owned());
        InterpolationTarget::Source(SourceKind::Parameter, vec![name])
    }

    #[test]
    fn names_of_values_may_hold_references() {
        let (pieces, malformed) = split("${ssm:/${vars.stage:-dev}/url:-none}");
        assert_eq!(malformed.list, []);
        let [TextPiece::Reference(reference)] = pieces.as_slice() else {
            panic!("{pieces:?}")
        };
        let InterpolationTarget::Source(SourceKind::Parameter, name) = &reference.target else {
            panic!("{reference:?}")
        };
        assert_eq!(name.len(), 3);
        let none = Fallback::Default(vec![TextPiece::Literal("none".to_owned())]);
        assert_eq!(reference.fallback, Some(none));
    }

    #[test]
    fn what_each_reference_names() {
        for (text, expected) in [
            ("${vars.a-b}", InterpolationTarget::Var("a-b".to_owned())),
            ("${ env.HOME }", InterpolationTarget::Env("HOME".to_owned())),
            (
                "${images.web.tag}",
                InterpolationTarget::Image("web.tag".to_owned()),
            ),
            ("${git.branchSlug}", InterpolationTarget::Git(GitFact::BranchSlug)),
            ("${aws.account}", InterpolationTarget::Account),
            ("${aws.region:-x}", InterpolationTarget::Region),
            ("${ssm:/a.b/c:3}", parameter("/a.b/c:3")),
            (
                "${ ssm:arn:aws:ssm:r:1:parameter/x :-y}",
                parameter("arn:aws:ssm:r:1:parameter/x"),
            ),
        ] {
            let (pieces, malformed) = split(text);
            assert_eq!(malformed.list, [], "{text}");
            assert!(
                matches!(&pieces[..], [TextPiece::Reference(reference)] if reference.target == expected),
                "{pieces:?}"
            );
        }
    }

    #[test]
    fn mistakes_are_pointed_at() {
        for (text, underlined, message) in [
            ("a ${PORT} b", "PORT", "unknown reference `${PORT}`"),
            ("a ${var.x}", "var", "unknown reference `${var.x}`"),
            ("${git.sah}", "sah", "`git.sah` is unknown"),
            ("${aws.zone}", "zone", "`aws.zone` is unknown"),
            ("${}", "${}", "empty reference `${}`"),
            ("x ${env.A", "${env.A", "`${` without its `}`"),
            ("${vars.a b}", "vars.a b", "`vars.a b` is not a valid name"),
            ("${vars}", "vars", "incomplete reference `${vars}`"),
            ("${ssm:}", "ssm:", "`ssm:` needs the name of a parameter"),
            ("${ssm}", "ssm", "incomplete reference `${ssm}`"),
            ("${ssm./x}", "ssm", "unknown reference `${ssm./x}`"),
            ("${smm:/x}", "smm", "unknown source `smm:`"),
            ("${cfnexport:x}", "cfnexport", "unknown source `cfnexport:`"),
            (
                "${ssm:/a/${nope.x:-b}/c}",
                "nope",
                "unknown reference `${nope.x}`",
            ),
            (
                "${tfstate:}",
                "tfstate:",
                "`tfstate:` needs the name of an output, or the address of an attribute",
            ),
            ("${tfstat:a}", "tfstat", "unknown source `tfstat:`"),
            ("${env.A:-${nope.x}}", "nope", "unknown reference `${nope.x}`"),
        ] {
            let (_, malformed) = split(text);
            let [malformed] = malformed.list.as_slice() else {
                panic!("{text}: {malformed:?}")
            };
            assert_eq!(&text[malformed.range.clone()], underlined, "{text}");
            assert_eq!(malformed.message, message);
        }
    }

    proptest! {
        #[test]
        fn no_reference_text_panics(text in "[${}:?.\\- a-eü]{0,40}") {
            let (pieces, malformed) = split(&text);
            for malformed in malformed.list {
                prop_assert!(text.get(malformed.range).is_some());
            }
            for piece in pieces {
                if let TextPiece::Reference(reference) = piece {
                    prop_assert!(text.get(reference.range).is_some());
                    prop_assert!(text.get(reference.name).is_some());
                }
            }
        }

        #[test]
        fn escaping_every_reference_gives_the_text_back(text in "[${}a. ü]{0,40}") {
            // `$` before `${` can't be distinguished from an escape, so it is excluded.
            prop_assume!(!text.contains("$${"));
            prop_assert_eq!(literal(&text.replace("${", "$${")), text);
        }
    }
}
