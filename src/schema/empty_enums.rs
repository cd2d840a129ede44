//! Empty texts where the API has one of some names: SDKs that lack "absent" write them, and don't send them.

use super::model::{EcsOperation, ShapeName, ShapeType, model};
use crate::model::{Node, NodeKind};

/// Removes members with an empty text where an operation's input has an enum.
pub fn without_empty_enums(node: &mut Node, operation: EcsOperation) {
    clear(node, operation.input());
}

fn clear(node: &mut Node, name: ShapeName) {
    let Some(shape) = model().shape(name) else { return };
    match (shape.kind, &mut node.kind) {
        (ShapeType::Structure, NodeKind::Map(entries)) => {
            entries.retain(|entry| {
                let inner = shape.member_shape(&entry.key);
                !(inner.is_some_and(is_enum) && entry.value.as_str() == Some(""))
            });
            for entry in entries {
                if let Some(inner) = shape.member_shape(&entry.key) {
                    clear(&mut entry.value, inner);
                }
            }
        }
        (ShapeType::List, NodeKind::List(items)) => {
            let inner = shape.member.unwrap_or_default();
            items.iter_mut().for_each(|item| clear(item, inner));
        }
        _ => {}
    }
}

fn is_enum(name: ShapeName) -> bool {
    model().shape(name).is_some_and(|shape| !shape.values.is_empty())
}
