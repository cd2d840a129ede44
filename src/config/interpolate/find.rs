//! Looks up what a reference names.

use super::reference::{Interpolation, InterpolationTarget};
use super::{
    GitOutcome, Interpolator, ResolvedReference, ResolvedVariable, SOME_ACCOUNT, SOME_REGION, text_node,
};
use crate::diagnostic::{Problem, Span};
use crate::model::{ImageAttribute, ImageRef, Node, NodeKind, Part, Text};
use crate::schema::similar_name;

impl Interpolator<'_> {
    pub(super) fn find(&mut self, reference: &Interpolation, span: Span, value: &str) -> ResolvedReference {
        match &reference.target {
            InterpolationTarget::Var(name) => self.var(name, reference, span, value),
            InterpolationTarget::Env(name) => match self.lookups.env.get(name) {
                Some(text) => ResolvedReference::Value(text_node(span, text)),
                None => ResolvedReference::Unset(format!("the environment variable `{name}` is not set")),
            },
            InterpolationTarget::Git(fact) => match &self.lookups.git {
                GitOutcome::Facts(facts) => ResolvedReference::Value(text_node(span, &facts.get(*fact))),
                GitOutcome::Missing(why) => ResolvedReference::Unset(why.clone()),
                GitOutcome::NotAsked => ResolvedReference::Unset("git was not read".to_owned()),
            },
            InterpolationTarget::Account => {
                self.used.account = true;
                let account = self.lookups.account.as_ref();
                let account = account.map_or(SOME_ACCOUNT, |account| account.as_str());
                ResolvedReference::Value(text_node(span, account))
            }
            InterpolationTarget::Region => {
                self.used.region = true;
                let region = self.lookups.region.as_deref().unwrap_or(SOME_REGION);
                ResolvedReference::Value(text_node(span, region))
            }
            InterpolationTarget::Image(name) => self.image(name, reference, span, value),
        }
    }

    fn var(&mut self, name: &str, reference: &Interpolation, span: Span, value: &str) -> ResolvedReference {
        if let Some(given) = self.lookups.vars.get(name) {
            return ResolvedReference::Value(text_node(span, given));
        }
        if self.open.iter().any(|open| open == name) {
            let circle = self.open.join(" → ");
            let place = self.place(span, value, &reference.name);
            let message = format!("the variable `{name}` refers to itself");
            self.problems.push(
                Problem::error("circular-variable", message, place).label(format!("{circle} → {name}")),
            );
            return ResolvedReference::Broken;
        }
        match self.file_var(name) {
            Some(ResolvedVariable::Value(node)) => ResolvedReference::Value(node),
            Some(ResolvedVariable::Null) => {
                ResolvedReference::Unset(format!("the variable `{name}` is null"))
            }
            Some(ResolvedVariable::Broken) => ResolvedReference::Broken,
            None => self.unknown_var(name, reference, span, value),
        }
    }

    /// Resolves a variable of the file; `None` if there is none of this name.
    pub(super) fn file_var(&mut self, name: &str) -> Option<ResolvedVariable> {
        if let Some(resolved) = self.resolved.get(name) {
            return Some(resolved.clone());
        }
        let node = self.vars.get(name).copied()?;
        self.open.push(name.to_owned());
        let before = self.problems.error_count();
        let found = self.node(node);
        self.open.pop();
        let resolved = match found.kind {
            _ if self.problems.error_count() > before => ResolvedVariable::Broken,
            NodeKind::Null => ResolvedVariable::Null,
            _ => ResolvedVariable::Value(found),
        };
        self.resolved.insert(name.to_owned(), resolved.clone());
        Some(resolved)
    }

    fn unknown_var(
        &mut self,
        name: &str,
        reference: &Interpolation,
        span: Span,
        value: &str,
    ) -> ResolvedReference {
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
        if !self.images.contains(&name) {
            let label = match similar_name(name, self.images.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None if self.images.is_empty() => "the file has no `images:`".to_owned(),
                None => format!("existing images: {}", self.images.join(", ")),
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

    fn unknown(
        &mut self,
        message: String,
        label: String,
        reference: &Interpolation,
        span: Span,
        value: &str,
    ) -> ResolvedReference {
        let place = self.place(span, value, &reference.name);
        self.problems
            .push(Problem::error("unknown-reference", message, place).label(label));
        ResolvedReference::Broken
    }
}
