//! Values that only a task definition on AWS has: those of a base, or of a revision that is used as it is.

use super::Explainer;
use super::value_path::{self, DeadEnd, ValueStep};
use crate::model::{Base, ExplainedValue, TaskDefinitionSource, Value, ValueSource};
use crate::schema::{EcsOperation, Shape, ShapeType, model};

impl Explainer<'_> {
    /// Returns the source of a value of a task definition that deploy.yaml doesn't set, if a base may have it.
    pub(super) fn of_base(&self, end: &DeadEnd<'_>) -> Option<ExplainedValue> {
        let [
            ValueStep::Member(section),
            ValueStep::Member(key),
            ValueStep::Member(member),
            inside @ ..,
        ] = end.steps.as_slice()
        else {
            return None;
        };
        // A list of the file replaces that of the base; only mappings are merged.
        let is_merged = end.value.is_object() || inside.is_empty();
        let is_item = |step: &ValueStep| matches!(step, ValueStep::Item(_));
        if section != "services" || member != "taskDefinition" || !is_merged || inside.iter().any(is_item) {
            return None;
        }
        let (name, span) = match &self.loaded.manifest.services.get(key)?.definition {
            TaskDefinitionSource::Owned(_) => return None,
            TaskDefinitionSource::Revision(id, span) => (id.as_str(), *span),
            TaskDefinitionSource::Based { base, span, .. } => (named(base), *span),
        };
        let rest = end.rest.iter().map(|name| ValueStep::Member(name.clone()));
        let steps: Vec<ValueStep> = end.steps.iter().cloned().chain(rest).collect();
        is_member(steps.get(3..)?).then(|| ExplainedValue {
            path: value_path::text(&steps),
            value: Value::Null,
            source: ValueSource::Base {
                name: name.to_owned(),
                position: self.position(span),
            },
            references: Vec::new(),
        })
    }
}

fn named(base: &Base) -> &str {
    match base {
        Base::Live => "live",
        Base::Family(id) | Base::Revision(id) => id,
    }
}

/// Whether a task definition may have something at this place.
fn is_member(steps: &[ValueStep]) -> bool {
    let mut shape = model().shape(EcsOperation::RegisterTaskDefinition.input());
    for step in steps {
        let (ValueStep::Member(name) | ValueStep::Named(_, name)) = step else {
            return false;
        };
        let inner = |shape: &Shape| match shape.kind {
            ShapeType::Structure => shape.member_shape(name),
            ShapeType::List => shape.member,
            ShapeType::Map => shape.value,
            _ => None,
        };
        shape = shape.and_then(inner).and_then(|name| model().shape(name));
    }
    shape.is_some()
}
