//! Members that AWS returned and this version does not know.

use super::{ListKey, key_of, list_of};
use crate::model::{Object, Value};
use crate::schema::{ShapeType, model};

/// Returns the existing value without the members that AWS's embedded model does not know and `wanted`
/// does not name, and the paths of those.
pub(in crate::plan) fn known_only(
    there: &Value,
    wanted: &Value,
    shape: &'static str,
) -> (Value, Vec<String>) {
    let mut walk = UnknownMemberFilter::default();
    let known = walk.value(there, &[wanted], Some(shape), None);
    (known, walk.unknown)
}

#[derive(Default)]
struct UnknownMemberFilter {
    path: Vec<String>,
    unknown: Vec<String>,
}

impl UnknownMemberFilter {
    /// Filters one value. `wanted` holds the file's values at this position: in a list, each of its items.
    fn value(
        &mut self,
        there: &Value,
        wanted: &[&Value],
        name: Option<&'static str>,
        by: Option<ListKey>,
    ) -> Value {
        let Some((name, shape)) = name.and_then(|name| Some((name, model().shape(name)?))) else {
            return there.clone();
        };
        match there {
            Value::Object(object) if shape.kind == ShapeType::Structure && !shape.document => {
                Value::Object(self.structure(object, wanted, name))
            }
            Value::Array(items) => {
                let wanted: Vec<&Value> = wanted
                    .iter()
                    .filter_map(|list| list.as_array())
                    .flatten()
                    .collect();
                let of = |(at, item): (usize, &Value)| {
                    let key = by.map(|by| key_of(item, by)).filter(|key| !key.is_empty());
                    self.path.push(key.unwrap_or_else(|| at.to_string()));
                    let item = self.value(item, &wanted, shape.member, None);
                    self.path.pop();
                    item
                };
                items.iter().enumerate().map(of).collect()
            }
            other => other.clone(),
        }
    }

    fn structure(&mut self, object: &Object, wanted: &[&Value], name: &'static str) -> Object {
        let mut known = Object::new();
        for (key, member) in object {
            self.path.push(key.clone());
            let inner = model().shape(name).and_then(|shape| shape.member_shape(key));
            let wanted: Vec<&Value> = wanted.iter().filter_map(|wanted| wanted.get(key)).collect();
            if inner.is_some() || !wanted.is_empty() {
                known.insert(
                    key.clone(),
                    self.value(member, &wanted, inner, list_of(name, key)),
                );
            } else {
                self.unknown.push(self.path.join("."));
            }
            self.path.pop();
        }
        known
    }
}
