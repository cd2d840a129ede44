//! Where the values of the references inside a value come from.

use std::collections::BTreeMap;

use super::value_path::ValueStep;
use super::{Explainer, find};
use crate::config::interpolate::{Interpolator, NamedReference, ReferenceInText, named_references};
use crate::diagnostic::Problems;
use crate::model::{ExplainedReference, Node, NodeKind, Part, ValueSource};

/// The references of a file, and where their values come from.
pub(super) struct ReferenceSources<'a> {
    explainer: &'a Explainer<'a>,
    /// The references whose default is used, and whether their values are empty.
    defaulted: BTreeMap<String, bool>,
}

impl<'a> ReferenceSources<'a> {
    pub(super) fn new(explainer: &'a Explainer<'a>) -> Self {
        let document = explainer.document;
        let mut problems = Problems::default();
        let mut interpolator = Interpolator::new(
            &document.root,
            explainer.lookups,
            &document.sources,
            &mut problems,
        );
        interpolator.file(&document.root);
        Self {
            explainer,
            defaulted: interpolator.defaulted(),
        }
    }

    /// Returns what a value refers to, and what that refers to.
    pub(super) fn inside(&self, node: &Node) -> Vec<ExplainedReference> {
        let mut found = Vec::new();
        self.add(node, &mut found);
        found
    }

    fn add(&self, node: &Node, found: &mut Vec<ExplainedReference>) {
        match &node.kind {
            NodeKind::Text(text) => {
                for part in &text.parts {
                    if let Part::Literal(text) = part {
                        named_references(text, &|name| self.defaulted.contains_key(name))
                            .into_iter()
                            .for_each(|it| self.reference(it, found));
                    }
                }
            }
            NodeKind::List(items) => items.iter().for_each(|item| self.add(item, found)),
            NodeKind::Map(entries) => entries.iter().for_each(|entry| self.add(&entry.value, found)),
            NodeKind::Null | NodeKind::Bool(..) | NodeKind::Number(..) => {}
        }
    }

    fn reference(&self, reference: ReferenceInText, found: &mut Vec<ExplainedReference>) {
        if found.iter().any(|known| known.reference == reference.written) {
            return;
        }
        let (steps, source) = match self.defaulted.get(&reference.written) {
            Some(is_empty) if reference.is_defaulted => {
                (Vec::new(), ValueSource::Fallback { is_empty: *is_empty })
            }
            _ => self.source_of(reference.named),
        };
        let is_written = matches!(source, ValueSource::File(_) | ValueSource::Environment { .. });
        found.push(ExplainedReference {
            reference: reference.written,
            source,
        });
        let value = find(&self.explainer.document.root, &steps).and_then(|found| found.value);
        // What isn't in the file has no steps.
        if let Some(value) = value.filter(|_| is_written && !steps.is_empty()) {
            self.add(value, found);
        }
    }

    /// Returns where what is named comes from, and the path in the file that it is looked up at.
    fn source_of(&self, named: NamedReference) -> (Vec<ValueStep>, ValueSource) {
        let explainer = self.explainer;
        match named {
            NamedReference::Var(name) => self.at(&["vars", &name]),
            NamedReference::Env(name) => {
                let source = match explainer.lookups.from_env_file.get(&name) {
                    Some(position) => ValueSource::File(position.clone()),
                    None => ValueSource::Variable { name },
                };
                (Vec::new(), source)
            }
            NamedReference::Image(name) => {
                let names = explainer.loaded.manifest.images.keys();
                let is_meant = |key: &&String| name == **key || name.starts_with(&format!("{key}."));
                let image = names.filter(is_meant).max_by_key(|key| key.len());
                let name = image.cloned().unwrap_or(name);
                let given = explainer.overridden(&[
                    ValueStep::Member("images".to_owned()),
                    ValueStep::Member(name.clone()),
                ]);
                (Vec::new(), given.unwrap_or(ValueSource::Image { name }))
            }
            NamedReference::Account => self.of_session("account", false),
            NamedReference::Region => self.of_session("region", explainer.lookups.region.is_some()),
            NamedReference::Other(name) => (Vec::new(), ValueSource::Lookup { name }),
        }
    }

    /// Returns where a setting of the session comes from: AWS, unless the file has it or it `is_given`.
    fn of_session(&self, key: &str, is_given: bool) -> (Vec<ValueStep>, ValueSource) {
        let written = self.explainer.document.root.get(key);
        match is_given || written.is_some_and(|node| !node.is_null()) {
            true => self.at(&[key]),
            false => (
                Vec::new(),
                ValueSource::Lookup {
                    name: "aws".to_owned(),
                },
            ),
        }
    }

    fn at(&self, steps: &[&str]) -> (Vec<ValueStep>, ValueSource) {
        let steps = steps.iter().map(|step| ValueStep::Member((*step).to_owned()));
        let steps: Vec<_> = steps.collect();
        let source = self.explainer.overridden(&steps);
        let source = source.unwrap_or_else(|| self.explainer.source(&steps, &steps));
        (steps, source)
    }
}
