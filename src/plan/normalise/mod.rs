//! Normalizes values that AWS treats as equal, so that only real differences are left.

#[cfg(test)]
mod cases;
mod pairwise;
mod rules;
mod spelling;
#[cfg(test)]
mod tests;
mod unknown_members;

use crate::model::{Object, Value};
use crate::schema::{Shape, ShapeType, model};

pub(super) use pairwise::align;
pub(super) use rules::{DefaultCondition, ListKey, Literal, Rule, list_of, rows_of};
pub(super) use unknown_members::known_only;

/// The shape of a task definition.
pub(super) const TASK_DEFINITION: &str = "RegisterTaskDefinitionRequest";
/// The shape of a service.
pub(super) const SERVICE: &str = "CreateServiceRequest";

/// The context that defaults depend on.
#[derive(Clone, Debug, Default)]
pub(super) struct NormaliseContext {
    conditions: Vec<DefaultCondition>,
}

impl NormaliseContext {
    /// Returns the context of a task definition: its network mode.
    pub fn of_definition(definition: &Value) -> Self {
        let shares = matches!(
            definition.get("networkMode").and_then(Value::as_str),
            Some("awsvpc" | "host")
        );
        let conditions = if shares {
            vec![DefaultCondition::SharedPorts]
        } else {
            Vec::new()
        };
        Self { conditions }
    }

    /// Returns the context of a service: its scheduling strategy.
    pub fn of_service(is_daemon: bool) -> Self {
        let condition = if is_daemon {
            DefaultCondition::Daemon
        } else {
            DefaultCondition::Replica
        };
        Self {
            conditions: vec![condition],
        }
    }

    fn has(&self, condition: DefaultCondition) -> bool {
        self.conditions.contains(&condition)
    }
}

/// Normalizes a task definition, written or described, for comparison.
pub(super) fn task_definition(definition: &Value) -> Value {
    normalise(
        definition,
        TASK_DEFINITION,
        &NormaliseContext::of_definition(definition),
    )
}

/// Normalizes a value of a shape for comparison. Idempotent.
pub(super) fn normalise(value: &Value, name: &str, context: &NormaliseContext) -> Value {
    let shape = model().shape(name);
    match (value, shape) {
        (Value::Object(object), Some(shape)) if shape.kind == ShapeType::Structure => {
            if shape.document {
                return value.clone();
            }
            Value::Object(structure(object, name, shape, context))
        }
        (Value::Object(object), Some(shape)) => Value::Object(
            present(object)
                .map(|(key, member)| (key.clone(), inner(member, shape.value, context)))
                .collect(),
        ),
        (Value::Array(items), Some(shape)) => items
            .iter()
            .map(|item| inner(item, shape.member, context))
            .collect(),
        (Value::Number(number), Some(shape)) => numeral(number, shape.kind),
        _ => value.clone(),
    }
}

fn inner(value: &Value, shape: Option<&str>, context: &NormaliseContext) -> Value {
    shape.map_or_else(|| value.clone(), |shape| normalise(value, shape, context))
}

fn present(object: &Object) -> impl Iterator<Item = (&String, &Value)> {
    object.iter().filter(|(_, member)| !member.is_null())
}

/// Normalizes a number: `5` and `5.0` are the same.
fn numeral(number: &serde_json::Number, kind: ShapeType) -> Value {
    let double = number.as_f64().unwrap_or_default();
    match kind {
        ShapeType::Double | ShapeType::Float => Value::from(double),
        ShapeType::Integer | ShapeType::Long
            if number.is_f64() && double.fract() == 0.0 && double.abs() < 1e15 =>
        {
            Value::from(double as i64)
        }
        _ => Value::Number(number.clone()),
    }
}

fn structure(object: &Object, name: &str, shape: &Shape, context: &NormaliseContext) -> Object {
    let members: Object = present(object)
        .map(|(key, member)| {
            let member = inner(member, shape.member_shape(key), context);
            (key.clone(), sorted(member, list_of(name, key)))
        })
        .collect();
    present(&members)
        .filter_map(|(key, member)| Some((key.clone(), ruled(member, name, key, &members, context)?)))
        .collect()
}

/// Applies a member's rules. Returns `None` if its value is equivalent to its absence.
fn ruled(
    member: &Value,
    shape: &str,
    key: &str,
    siblings: &Object,
    context: &NormaliseContext,
) -> Option<Value> {
    if member.as_array().is_some_and(Vec::is_empty) {
        return None;
    }
    let mut member = member.clone();
    for rule in rows_of(shape, key) {
        let is_absence = match rule {
            Rule::ReadOnly => true,
            Rule::Default(default) => default.is(&member),
            Rule::DefaultWhere(condition, default) => context.has(*condition) && default.is(&member),
            Rule::SameAs(sibling) => siblings.get(*sibling) == Some(&member),
            Rule::SameAsWhere(condition, sibling) => {
                context.has(*condition) && siblings.get(*sibling) == Some(&member)
            }
            Rule::DefaultBeside(sibling, default) => siblings.contains_key(*sibling) && default.is(&member),
            Rule::EmptyMapping => member.as_object().is_some_and(Object::is_empty),
            Rule::Spelled(spell) => {
                if let Some(spelled) = member.as_str().and_then(spell) {
                    member = Value::String(spelled);
                }
                false
            }
            Rule::FilledIn | Rule::NameOfArn | Rule::NameOrArn | Rule::OwnItems => false,
        };
        if is_absence {
            return None;
        }
    }
    Some(member)
}

impl Literal {
    fn is(&self, value: &Value) -> bool {
        match self {
            Literal::Bool(literal) => value.as_bool() == Some(*literal),
            Literal::Int(literal) => value.as_i64() == Some(*literal),
            Literal::Double(literal) => value.as_f64() == Some(*literal),
            Literal::Text(literal) => value.as_str() == Some(literal),
        }
    }
}

/// Sorts a list whose order has no meaning.
fn sorted(value: Value, by: Option<ListKey>) -> Value {
    match (value, by) {
        (Value::Array(mut items), Some(by)) if by != ListKey::Position => {
            items.sort_by_cached_key(|item| (key_of(item, by), item.to_string()));
            Value::Array(items)
        }
        (value, _) => value,
    }
}

/// Returns the name of a list's element, as shown to users. Empty if it has none.
pub(super) fn key_of(item: &Value, by: ListKey) -> String {
    let text = |member: &&str| item.get(*member).and_then(key_text);
    match by {
        ListKey::Members(members) => members.iter().filter_map(text).collect::<Vec<_>>().join(":"),
        ListKey::FirstOf(members) => members.iter().find_map(text).unwrap_or_default(),
        ListKey::Port => {
            let port = text(&"containerPort").or_else(|| text(&"containerPortRange"));
            let protocol = text(&"protocol").filter(|protocol| protocol != "tcp");
            let suffix = protocol.map(|protocol| format!("/{protocol}"));
            port.unwrap_or_default() + suffix.as_deref().unwrap_or_default()
        }
        ListKey::Item => key_text(item).unwrap_or_default(),
        ListKey::Position => String::new(),
    }
}

fn key_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => Some(items.iter().filter_map(key_text).collect::<Vec<_>>().join(",")),
        _ => None,
    }
}
