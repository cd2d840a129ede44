//! Members that AWS returned and this binary does not know.

use super::{By, key_of, list_of};
use crate::model::{Object, Value};
use crate::shape::{Kind, model};

/// What is there, less the members that AWS's model (as embedded) does not know and `wanted` does not name, and the
/// paths of those.
pub(in crate::plan) fn known_only(
    there: &Value,
    wanted: &Value,
    shape: &'static str,
) -> (Value, Vec<String>) {
    let mut named = Vec::new();
    names_in(wanted, &mut named);
    let mut walk = Walk {
        named,
        path: Vec::new(),
        unknown: Vec::new(),
    };
    let known = walk.value(there, Some(shape), None);
    (known, walk.unknown)
}

fn names_in<'a>(value: &'a Value, names: &mut Vec<&'a str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| names_in(item, names)),
        Value::Object(object) => {
            for (key, member) in object {
                names.push(key);
                names_in(member, names);
            }
        }
        _ => {}
    }
}

struct Walk<'a> {
    named: Vec<&'a str>,
    path: Vec<String>,
    unknown: Vec<String>,
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, name: Option<&'static str>, by: Option<By>) -> Value {
        let Some((name, shape)) = name.and_then(|name| Some((name, model().shape(name)?))) else {
            return value.clone();
        };
        match value {
            Value::Object(object) if shape.kind == Kind::Structure && !shape.document => {
                Value::Object(self.structure(object, name))
            }
            Value::Array(items) => {
                let of = |(at, item): (usize, &Value)| {
                    let key = by.map(|by| key_of(item, by)).filter(|key| !key.is_empty());
                    self.path.push(key.unwrap_or_else(|| at.to_string()));
                    let item = self.value(item, shape.member, None);
                    self.path.pop();
                    item
                };
                items.iter().enumerate().map(of).collect()
            }
            other => other.clone(),
        }
    }

    fn structure(&mut self, object: &Object, name: &'static str) -> Object {
        let mut known = Object::new();
        for (key, member) in object {
            self.path.push(key.clone());
            let inner = model().shape(name).and_then(|shape| shape.member_shape(key));
            if inner.is_some() || self.named.contains(&key.as_str()) {
                known.insert(key.clone(), self.value(member, inner, list_of(name, key)));
            } else {
                self.unknown.push(self.path.join("."));
            }
            self.path.pop();
        }
        known
    }
}
