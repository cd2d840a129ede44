//! Looks up what `${tfstate:…}` names.

use super::reference::Interpolation;
use super::{Interpolator, ResolvedReference, text_node};
use crate::config::budget::Weight;
use crate::config::state_address::StateAddress;
use crate::config::state_location::StateLocation;
use crate::config::terraform_state::TerraformState;
use crate::diagnostic::{Problem, Span};
use crate::model::{Entry, Node, NodeKind, Value};

/// Where Terraform's state is, as far as that is known.
#[derive(Clone)]
pub(super) enum StatePlace {
    /// The file has no `tfstate:`.
    Unset,
    Known(StateLocation),
    /// It depends on something that isn't known yet.
    Pending,
    /// It is being resolved.
    Open,
    /// A problem was reported.
    Broken,
}

impl Interpolator<'_> {
    /// Returns where Terraform's state is, for a reference to a value in it.
    pub(super) fn state_place(
        &mut self,
        reference: &Interpolation,
        span: Span,
        value: &str,
    ) -> Result<Option<StateLocation>, ResolvedReference> {
        match self.resolve_state_place() {
            StatePlace::Unset => Ok(None),
            StatePlace::Known(location) => Ok(Some(location)),
            StatePlace::Pending => Err(self.pending()),
            StatePlace::Broken => Err(ResolvedReference::Broken),
            StatePlace::Open => {
                let place = self.place(span, value, &reference.name);
                let message = "`tfstate` can't refer to a value in the Terraform state";
                let problem = Problem::error("circle", message, place);
                self.report(problem.label("write the value itself, or use `${env.…}`"));
                Err(ResolvedReference::Broken)
            }
        }
    }

    /// Resolves `tfstate:`, once.
    pub(super) fn resolve_state_place(&mut self) -> StatePlace {
        if let Some(known) = &self.state_place {
            return known.clone();
        }
        let place = match self.tfstate {
            None => StatePlace::Unset,
            Some(node) => {
                self.state_place = Some(StatePlace::Open);
                self.read_state_place(node)
            }
        };
        self.state_place = Some(place.clone());
        place
    }

    fn read_state_place(&mut self, node: &Node) -> StatePlace {
        let before = self.broken;
        let (found, used) = self.node_with_facts(node);
        if self.broken > before || self.is_over {
            return StatePlace::Broken;
        }
        if self.is_guess(used) {
            return StatePlace::Pending;
        }
        let location = match &found.kind {
            NodeKind::Null => return StatePlace::Unset,
            NodeKind::Text(_) => StateLocation::parse(found.as_str().unwrap_or_default()),
            _ => Err("write the path of a file, or s3://BUCKET/KEY"),
        };
        match location {
            Ok(location) => StatePlace::Known(location),
            Err(label) => {
                let message = "`tfstate` doesn't name a Terraform state";
                self.report(Problem::error("tfstate", message, node.span).label(label));
                StatePlace::Broken
            }
        }
    }

    /// Reports once, at `tfstate:`, that the state can't be used.
    pub(super) fn unusable_state(&mut self, why: &str) -> ResolvedReference {
        if let Some(StatePlace::Known(location)) = self.state_place.replace(StatePlace::Broken) {
            let span = self.tfstate.map(|node| node.span);
            let message = format!("can't use the Terraform state `{location}`");
            self.report(Problem::error("tfstate", message, span).label(why));
        }
        ResolvedReference::Broken
    }

    /// Returns the value at an address of a state. A list or a mapping can be the whole value only.
    pub(super) fn state_value(
        &mut self,
        state: &TerraformState,
        address: &StateAddress,
        name: &str,
        span: Span,
    ) -> ResolvedReference {
        let found = match state.find(address) {
            Ok(found) => found,
            Err(miss) => {
                return ResolvedReference::Missing {
                    reason: miss.reason,
                    label: miss.label,
                };
            }
        };
        if found.value.is_null() {
            return ResolvedReference::Unset(format!("`{name}` is null in the Terraform state"));
        }
        if found.is_sensitive {
            self.note_sensitive(found.value);
        }
        let node = node_of(found.value, span);
        let weight = Weight::of(&node);
        match self.is_within_depth(weight.depth, span) && self.spend(weight, span) {
            true => ResolvedReference::Value(node),
            false => ResolvedReference::Broken,
        }
    }

    fn note_sensitive(&mut self, value: &Value) {
        match value {
            Value::Null => {}
            Value::Bool(_) | Value::Number(_) => {
                self.sensitive.insert(value.to_string());
            }
            Value::String(text) => {
                self.sensitive.insert(text.clone());
            }
            Value::Array(items) => items.iter().for_each(|item| self.note_sensitive(item)),
            Value::Object(members) => members.values().for_each(|member| self.note_sensitive(member)),
        }
    }
}

/// Returns a value of a state at the position of the reference. Numbers and booleans become text that may be read as
/// one: Terraform doesn't distinguish `"80"` from `80` either.
fn node_of(value: &Value, span: Span) -> Node {
    match value {
        Value::Null => Node::null(span),
        Value::Bool(_) | Value::Number(_) => text_node(span, &value.to_string()),
        Value::String(text) => text_node(span, text),
        Value::Array(items) => Node::list(span, items.iter().map(|item| node_of(item, span))),
        Value::Object(members) => {
            let entry = |(key, value): (&String, &Value)| Entry::new(key.clone(), span, node_of(value, span));
            Node::map(span, members.iter().map(entry))
        }
    }
}
