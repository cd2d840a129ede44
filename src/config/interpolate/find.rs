//! Looks up what a reference names.

use super::reference::{Interpolation, InterpolationTarget};
use super::{
    CachedVariable, GitOutcome, Interpolator, ResolvedReference, ResolvedVariable, SOME_ACCOUNT, SOME_REGION,
    text_node,
};
use crate::config::budget::Weight;
use crate::diagnostic::{Level, Problem, Span, joined};
use crate::model::{ImageAttribute, ImageRef, Node, NodeKind, Part, Text};
use crate::schema::similar_name;

/// What suggested commands show in place of a value (`ui::command_hints`).
const LEFT_OUT: &str = "…";

/// Returns that a variable of the environment is not set. Shells take `NAME-default`, which is a name here.
fn unset_variable(name: &str) -> ResolvedReference {
    let reason = format!("the environment variable `{name}` is not set");
    match name.split_once('-') {
        Some((name, default)) => ResolvedReference::Missing {
            reason,
            label: format!("set it; a default is written `${{env.{name}:-{default}}}`"),
        },
        None => ResolvedReference::Unset(reason),
    }
}

impl Interpolator<'_> {
    pub(super) fn find(&mut self, reference: &Interpolation, span: Span, value: &str) -> ResolvedReference {
        match &reference.target {
            InterpolationTarget::Var(name) => self.var(name, reference, span, value),
            InterpolationTarget::Env(name) => match self.lookups.env.get(name) {
                Some(text) => self.outside(span, text),
                None => unset_variable(name),
            },
            InterpolationTarget::Git(fact) => match &self.lookups.git {
                GitOutcome::Facts(facts) => self.outside(span, &facts.get(*fact)),
                GitOutcome::Missing(why) => ResolvedReference::Unset(why.clone()),
                GitOutcome::NotAsked => ResolvedReference::Unset("git was not read".to_owned()),
            },
            InterpolationTarget::Account => {
                self.used.account = true;
                let account = self.lookups.account.as_ref();
                let account = account.map_or(SOME_ACCOUNT, |account| account.as_str());
                self.outside(span, account)
            }
            InterpolationTarget::Region => {
                self.used.region = true;
                let region = self.lookups.region.as_deref().unwrap_or(SOME_REGION);
                self.outside(span, region)
            }
            InterpolationTarget::Image(name) => self.image(name, reference, span, value),
            InterpolationTarget::Source(kind, name) => self.source(*kind, name, reference, span, value),
        }
    }

    fn var(&mut self, name: &str, reference: &Interpolation, span: Span, value: &str) -> ResolvedReference {
        if let Some(given) = self.lookups.vars.get(name) {
            return match given.as_str() {
                LEFT_OUT => self.left_out(name, reference, span, value),
                given => self.outside(span, given),
            };
        }
        if self.open.iter().any(|open| open == name) {
            let circle = self.open.join(" → ");
            let place = self.place(span, value, &reference.name);
            let message = format!("the variable `{name}` refers to itself");
            self.report(
                Problem::error("circular-variable", message, place).label(format!("{circle} → {name}")),
            );
            return ResolvedReference::Broken;
        }
        if !self.vars.contains_key(name) {
            return self.unknown_var(name, reference, span, value);
        }
        if !self.enter(span) {
            return ResolvedReference::Broken;
        }
        self.resolve_var(name);
        self.depth -= 1;
        let Some(CachedVariable {
            weight,
            used,
            resolved,
        }) = self.resolved.get(name)
        else {
            return ResolvedReference::Broken;
        };
        let (weight, used) = (*weight, *used);
        let resolved = match resolved {
            ResolvedVariable::Value(_) => None,
            ResolvedVariable::Null => {
                Some(ResolvedReference::Unset(format!("the variable `{name}` is null")))
            }
            ResolvedVariable::Pending => Some(ResolvedReference::Pending),
            ResolvedVariable::Broken => Some(ResolvedReference::Broken),
        };
        self.used.add(used);
        if let Some(resolved) = resolved {
            return resolved;
        }
        if !self.is_within_depth(weight.depth, span) || !self.spend(weight, span) {
            return ResolvedReference::Broken;
        }
        match self.resolved.get(name).map(|variable| &variable.resolved) {
            Some(ResolvedVariable::Value(node)) => ResolvedReference::Value(node.clone()),
            _ => ResolvedReference::Broken,
        }
    }

    /// Returns text from outside of the file, unless that is too much.
    pub(super) fn outside(&mut self, span: Span, text: &str) -> ResolvedReference {
        match self.spend(Weight::of_text(text.len()), span) {
            true => ResolvedReference::Value(text_node(span, text)),
            false => ResolvedReference::Broken,
        }
    }

    /// Resolves a variable of the file, if there is one of this name and it isn't resolved yet.
    pub(super) fn resolve_var(&mut self, name: &str) {
        let Some(node) = self
            .vars
            .get(name)
            .copied()
            .filter(|_| !self.resolved.contains_key(name))
        else {
            return;
        };
        self.open.push(name.to_owned());
        let before = self.broken;
        let (found, used) = self.node_with_facts(node);
        self.open.pop();
        let weight = Weight::of(&found);
        let resolved = match found.kind {
            _ if used.sources => ResolvedVariable::Pending,
            _ if self.broken > before || self.is_over => ResolvedVariable::Broken,
            NodeKind::Null => ResolvedVariable::Null,
            _ => ResolvedVariable::Value(found),
        };
        let variable = CachedVariable {
            resolved,
            weight,
            used,
        };
        self.resolved.insert(name.to_owned(), variable);
    }

    /// Reports a variable that was pasted from a suggested command, which shows no values.
    fn left_out(
        &mut self,
        name: &str,
        reference: &Interpolation,
        span: Span,
        value: &str,
    ) -> ResolvedReference {
        if self.problems.is_full() {
            return self.counted();
        }
        let place = self.place(span, value, &reference.name);
        let message = format!("`--var {name}={LEFT_OUT}` lacks the value of `{name}`");
        self.report(Problem::error("value-left-out", message, place).label(format!(
            "suggested commands show no values: write it in place of `{LEFT_OUT}`"
        )));
        ResolvedReference::Broken
    }

    fn unknown_var(
        &mut self,
        name: &str,
        reference: &Interpolation,
        span: Span,
        value: &str,
    ) -> ResolvedReference {
        if self.problems.is_full() {
            return self.counted();
        }
        let known = self.vars.keys().copied();
        let given = self.lookups.vars.keys().map(String::as_str);
        let meant = similar_name(name, known.chain(given)).map(str::to_owned);
        match (meant, &reference.fallback) {
            // A variable set only by `--var` has no other place to be declared.
            (None, Some(_)) => ResolvedReference::Unset(format!("the variable `{name}` is not set")),
            (meant, _) => {
                let label = meant.map_or_else(
                    || format!("add it under `vars:`, or pass `--var {name}=…`"),
                    |meant| format!("did you mean `{meant}`?"),
                );
                self.unknown(
                    format!("unknown variable `{name}`"),
                    label,
                    reference,
                    span,
                    value,
                )
            }
        }
    }

    fn image(
        &mut self,
        written: &str,
        reference: &Interpolation,
        span: Span,
        value: &str,
    ) -> ResolvedReference {
        if reference.fallback.is_some() {
            let message = format!("`${{images.{written}}}` takes no default");
            return self.unknown(
                message,
                "images always have a value".to_owned(),
                reference,
                span,
                value,
            );
        }
        let (name, attribute) = match written.split_once('.') {
            None => (written, Some(ImageAttribute::Uri)),
            Some((name, "tag")) => (name, Some(ImageAttribute::Tag)),
            Some((name, "digest")) => (name, Some(ImageAttribute::Digest)),
            Some((name, "repository")) => (name, Some(ImageAttribute::Repository)),
            Some((name, _)) => (name, None),
        };
        if self.problems.is_full() {
            return self.counted();
        }
        if !self.images.contains(&name) {
            let label = match similar_name(name, self.images.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None if self.images.is_empty() => "add it under `images:`".to_owned(),
                None => format!("existing images: {}", joined(&self.images)),
            };
            return self.unknown(format!("unknown image `{name}`"), label, reference, span, value);
        }
        let Some(attribute) = attribute else {
            let label = "available: .tag, .digest, .repository".to_owned();
            return self.unknown(
                format!("`images.{written}` is unknown"),
                label,
                reference,
                span,
                value,
            );
        };
        let image = ImageRef {
            image: name.to_owned(),
            attribute,
        };
        ResolvedReference::Value(Node::new(
            span,
            NodeKind::Text(Text {
                parts: vec![Part::Image(image)],
                plain: false,
                interpolated: false,
                filled: true,
            }),
        ))
    }

    /// Counts an error of which nothing will be shown.
    fn counted(&mut self) -> ResolvedReference {
        self.broken += 1;
        self.problems.count_more(Level::Error, 1);
        ResolvedReference::Broken
    }

    pub(super) fn unknown(
        &mut self,
        message: String,
        label: String,
        reference: &Interpolation,
        span: Span,
        value: &str,
    ) -> ResolvedReference {
        let place = self.place(span, value, &reference.name);
        self.report(Problem::error("unknown-reference", message, place).label(label));
        ResolvedReference::Broken
    }
}
